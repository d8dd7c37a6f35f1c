/**
 * Routes of decisions: ask, look up, list, replay.
 */
import { z } from "zod";
import {
  decisionReply,
  decisionSummary,
  decisionView,
  page,
  replayReport,
  rungs,
  uuid,
} from "#wire";
import { openAdmission } from "../admission.ts";
import { type Ask, type DecisionCounter, openAsking } from "../ask.ts";
import type { ListedType } from "../front-desk.ts";
import { nothing, pathPart, queryPart, uncheckedBody } from "../intake/request-part.ts";
import { type Route, route } from "../route.ts";
import { outcomeShown } from "../translate.ts";

/** A replay is not urgent; it waits this long for its turn, and takes no decision's place. */
const REPLAY_START_WITHIN_MS = 10_000;
const REPLAYS = { inFlightMax: 1, queueMax: 64 };

const idPath = pathPart(z.object({ id: uuid }));

/** One asking route per decision type, and those all types have in common. */
export function decisionRoutes(desk: DecisionCounter): readonly Route[] {
  const ask = openAsking(desk);
  return [
    ...desk.types.map((type) => askRoute(ask, type)),
    unknownTypeRoute(desk),
    lookUpRoute(desk),
    listRoute(desk),
    replayRoute(desk),
  ];
}

function askRoute(ask: Ask, type: ListedType): Route {
  return route({
    method: "POST",
    path: `/v1/decisions/${type.id}`,
    operation: `decide${type.id.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase())}`,
    access: "operator",
    tag: "decisions",
    summary: type.title,
    description: type.summary,
    idempotent: true,
    takes: { ...nothing, body: uncheckedBody(type.requestSchema, { example: type.example }) },
    replies: {
      200: {
        description:
          "A checked, feasible answer, by the deadline; durably recorded unless it says otherwise.",
        schema: decisionReply(type.answerSchema),
      },
    },
    problems: [404, 409, 413, 415, 422, 503, 504],
    handle: async ({ path: _, query: __, lastEventId: ___, ...question }) => ({
      status: 200,
      body: await ask(type, question),
    }),
  });
}

/** Without it, an unknown type would read as a decision's address that does not take POST. */
function unknownTypeRoute(desk: DecisionCounter): Route {
  return route({
    method: "POST",
    path: "/v1/decisions/{type}",
    operation: "decideUnknown",
    access: "operator",
    tag: "decisions",
    summary: "No such decision type",
    undocumented: true,
    takes: {
      ...nothing,
      path: pathPart(z.object({ type: z.string() })),
      body: uncheckedBody(z.unknown(), {}),
    },
    replies: {},
    problems: [404],
    handle: async ({ principal, path, body }) => ({
      status: 200,
      body: await desk.pipeline.decide(principal, path.type, body),
    }),
  });
}

function lookUpRoute(desk: DecisionCounter): Route {
  return route({
    method: "GET",
    path: "/v1/decisions/{id}",
    operation: "getDecision",
    access: "reader",
    tag: "decisions",
    summary: "A decision with everything kept about it",
    takes: { ...nothing, path: idPath },
    replies: { 200: { description: "Reply, record and outcomes.", schema: decisionView } },
    problems: [404, 503],
    handle: async ({ principal, path }) => {
      const { outcomes, ...view } = await desk.pipeline.decision(principal, path.id);
      return { status: 200, body: { ...view, outcomes: outcomes.map(outcomeShown) } };
    },
  });
}

function listRoute(desk: DecisionCounter): Route {
  const query = z.strictObject({
    type: z.string().max(64).optional(),
    policy: z.string().max(80).optional(),
    rung: z.enum(rungs).optional(),
    cursor: uuid.optional().meta({ description: "`next` of the page before." }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  });
  return route({
    method: "GET",
    path: "/v1/decisions",
    operation: "listDecisions",
    access: "reader",
    tag: "decisions",
    summary: "Decisions, newest first",
    takes: { ...nothing, query: queryPart(query) },
    replies: { 200: { description: "One page.", schema: page(decisionSummary) } },
    problems: [503],
    handle: async ({ principal, query: { cursor, ...filter } }) => ({
      status: 200,
      body: await desk.pipeline.decisions(principal, { ...filter, beforeId: cursor }),
    }),
  });
}

function replayRoute(desk: DecisionCounter): Route {
  const replays = openAdmission(desk.clock, REPLAYS);
  return route({
    method: "POST",
    path: "/v1/decisions/{id}/replay",
    operation: "replayDecision",
    access: "operator",
    tag: "decisions",
    summary: "Run a stored decision again and compare",
    description:
      "Re-runs the recorded work under the recorded seeds; no clock takes part. Nothing is " +
      "stored. Stops when the client leaves, or when it takes many times what the decision took.",
    takes: { ...nothing, path: idPath },
    replies: { 200: { description: "The verdict.", schema: replayReport } },
    problems: [404, 503, 504],
    handle: async ({ principal, path, receivedAtMs, signal }) => ({
      status: 200,
      body: await replays.run(receivedAtMs + REPLAY_START_WITHIN_MS, () =>
        desk.pipeline.replay(principal, path.id, signal),
      ),
    }),
  });
}
