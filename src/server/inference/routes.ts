/**
 * Routes of the Open Inference Protocol, with and without a version in the address.
 */
import { z } from "zod";
import {
  inferenceRequest,
  inferenceResponse,
  modelMetadata,
  REQUEST_TENSOR,
  serverMetadata,
} from "#wire";
import { openAsking } from "../ask.ts";
import type { FrontDesk, ListedType } from "../front-desk.ts";
import { requireReady } from "../intake/readiness.ts";
import {
  BODY_BYTES_MAX,
  type BodyPart,
  nothing,
  type Part,
  pathPart,
} from "../intake/request-part.ts";
import { type Route, route } from "../route.ts";
import { infer } from "./infer.ts";
import { metadataOf, modelNamed, versionsAsked, versionsOf } from "./models.ts";
import type { InferenceBody } from "./protocol.ts";

/** Extensions of the protocol that are spoken here. */
const EXTENSIONS = ["binary_tensor_data", "schedule_policy", "parameters"];

const TAG = "inference";

const bodySchema = z.custom<InferenceBody>();

function inferenceBodyPart(types: readonly ListedType[]): BodyPart<InferenceBody> {
  const examples = types.map(({ id, example }) => {
    const input = { name: REQUEST_TENSOR, shape: [1], datatype: "BYTES" };
    return [id, { id: "1", inputs: [{ ...input, data: [JSON.stringify(example)] }] }];
  });
  return {
    schema: inferenceRequest,
    examples: Object.fromEntries(examples),
    bytesMax: BODY_BYTES_MAX,
    read: (raw) => bodySchema.parse(raw),
  };
}

/** Everything under `/v2`. */
export function inferenceRoutes(desk: FrontDesk): readonly Route[] {
  return [
    serverRoute(desk),
    liveRoute(),
    readyRoute(desk),
    indexRoute(desk),
    ...["", "/versions/{version}"].flatMap((part) => [
      metadataRoute(desk, part),
      modelReadyRoute(desk, part),
      inferRoute(desk, part),
    ]),
  ];
}

function serverRoute({ version }: FrontDesk): Route {
  return route({
    ...{ method: "GET", path: "/v2", operation: "inferenceServer", access: "reader", tag: TAG },
    summary: "The server, to clients of the Open Inference Protocol",
    takes: nothing,
    replies: { 200: { description: "Name, version, extensions.", schema: serverMetadata } },
    problems: [503],
    handle: () => ({ status: 200, body: { name: "tandem", version, extensions: EXTENSIONS } }),
  });
}

function liveRoute(): Route {
  return route({
    ...{ method: "GET", path: "/v2/health/live", operation: "inferenceLive", access: "public" },
    tag: TAG,
    summary: "Whether the process is alive",
    always: true,
    takes: nothing,
    replies: { 200: { description: "Alive.", schema: z.object({ live: z.literal(true) }) } },
    problems: [],
    handle: () => ({ status: 200, body: { live: true } }),
  });
}

function readyRoute(desk: FrontDesk): Route {
  // The specification's text has one member, its clients read the other.
  const ready = z.object({ live: z.literal(true), ready: z.literal(true) });
  return route({
    ...{ method: "GET", path: "/v2/health/ready", operation: "inferenceReady", access: "public" },
    tag: TAG,
    summary: "Whether decisions can be taken",
    always: true,
    takes: nothing,
    replies: { 200: { description: "Ready.", schema: ready } },
    problems: [503],
    handle: async () => {
      await requireReady(desk);
      return { status: 200, body: { live: true, ready: true } };
    },
  });
}

function indexRoute(desk: FrontDesk): Route {
  const entry = z.object({
    ...{ name: z.string(), version: z.string(), state: z.literal("READY"), reason: z.string() },
  });
  return route({
    method: "POST",
    path: "/v2/repository/index",
    operation: "inferenceIndex",
    access: "reader",
    tag: TAG,
    summary: "Every version of every model",
    takes: { ...nothing, body: { ...nothing.body, bytesMax: 64 * 1024 } },
    replies: { 200: { description: "One entry per version.", schema: z.array(entry) } },
    problems: [503],
    handle: async ({ principal }) => {
      const entries = await Promise.all(
        desk.types.map(async (type) => {
          const versions = await versionsOf(desk.pipeline, principal, type);
          return versions.map((version) => ({
            name: type.id,
            version,
            state: "READY",
            reason: "",
          }));
        }),
      );
      return { status: 200, body: entries.flat() };
    },
  });
}

interface ModelAddress {
  readonly model: string;
  readonly version?: string;
}

/** `part` is what stands between a model's name and what is asked of it: nothing, or a version. */
function addressOf(part: string) {
  const model = z.string().max(64).meta({ description: "A decision type." });
  const version = z.string().max(80).meta({ description: "A policy version, name@version." });
  const placeholders: Part<ModelAddress> =
    part === "" ? pathPart(z.object({ model })) : pathPart(z.object({ model, version }));
  return { path: `/v2/models/{model}${part}`, suffix: part === "" ? "" : "Version", placeholders };
}

function metadataRoute(desk: FrontDesk, part: string): Route {
  const { path, suffix, placeholders } = addressOf(part);
  return route({
    ...{ method: "GET", path, operation: `inferenceModel${suffix}`, access: "reader", tag: TAG },
    summary: "A decision type as a model: its versions, its tensors",
    takes: { ...nothing, path: placeholders },
    replies: { 200: { description: "The model.", schema: modelMetadata } },
    problems: [404, 503],
    handle: async ({ principal, path: { model, version } }) => {
      const type = modelNamed(desk.types, model);
      const versions = await versionsAsked(desk.pipeline, principal, type, version);
      return { status: 200, body: metadataOf(type, versions) };
    },
  });
}

function modelReadyRoute(desk: FrontDesk, part: string): Route {
  const { path, suffix, placeholders } = addressOf(part);
  const ready = z.object({ name: z.string(), ready: z.literal(true) });
  return route({
    method: "GET",
    path: `${path}/ready`,
    operation: `inferenceModel${suffix}Ready`,
    access: "reader",
    tag: TAG,
    summary: "Whether a model decides",
    takes: { ...nothing, path: placeholders },
    replies: { 200: { description: "It does.", schema: ready } },
    problems: [404, 503],
    handle: async ({ principal, path: { model, version } }) => {
      const type = modelNamed(desk.types, model);
      await versionsAsked(desk.pipeline, principal, type, version);
      await desk.pipeline.ready();
      return { status: 200, body: { name: type.id, ready: true } };
    },
  });
}

function inferRoute(desk: FrontDesk, part: string): Route {
  const { path, suffix, placeholders } = addressOf(part);
  const ask = openAsking(desk);
  return route({
    method: "POST",
    path: `${path}/infer`,
    operation: `infer${suffix}`,
    access: "operator",
    tag: TAG,
    summary: "Decisions for requests in a BYTES tensor",
    description:
      "Bodies may carry binary tensors after the JSON (Inference-Header-Content-Length). " +
      "The parameter `timeout`, in microseconds, is the deadline.",
    idempotent: true,
    takes: { ...nothing, path: placeholders, body: inferenceBodyPart(desk.types) },
    replies: {
      200: { description: "Replies and figures, as tensors.", schema: inferenceResponse },
    },
    problems: [404, 409, 413, 415, 422, 503, 504],
    handle: ({ path: { model, version }, body, query: _, lastEventId: __, ...caller }) =>
      infer(ask, modelNamed(desk.types, model), version, body, caller),
  });
}
