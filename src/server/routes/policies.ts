/**
 * Routes of policies: list them, add a version, read one.
 */
import { z } from "zod";
import { Fault } from "#foundation";
import { pipelineFaults } from "#pipeline";
import { page, policyRequest, policyView } from "#wire";
import type { FrontDesk } from "../front-desk.ts";
import { nothing, pathPart, uncheckedBody } from "../intake/request-part.ts";
import { type Route, route } from "../route.ts";
import { policyShown } from "../translate.ts";

/** `GET|POST /v1/policies` and `GET /v1/policies/{reference}`. */
export function policyRoutes(desk: FrontDesk): readonly Route[] {
  return [listRoute(desk), addRoute(desk), readRoute(desk)];
}

function listRoute(desk: FrontDesk): Route {
  return route({
    method: "GET",
    path: "/v1/policies",
    operation: "listPolicies",
    access: "reader",
    tag: "policies",
    summary: "All policy versions",
    takes: nothing,
    replies: { 200: { description: "All of them on one page.", schema: page(policyView) } },
    problems: [503],
    handle: async ({ principal }) => {
      const policies = await desk.pipeline.policies(principal);
      return { status: 200, body: { items: policies.map(policyShown) } };
    },
  });
}

function addRoute(desk: FrontDesk): Route {
  const examples = Object.fromEntries(
    desk.types.map((type) => [type.id, { ...type.defaultPolicy, name: "mine", version: 1 }]),
  );
  return route({
    method: "POST",
    path: "/v1/policies",
    operation: "addPolicy",
    access: "admin",
    tag: "policies",
    summary: "Add an immutable policy version",
    description:
      "The same content again is fine; other content under the same version is a conflict.",
    takes: { ...nothing, body: uncheckedBody(policyRequest, examples) },
    replies: {
      200: { description: "It was there already, the same.", schema: policyView },
      201: { description: "Added.", schema: policyView },
    },
    problems: [404, 409, 413, 415, 503],
    handle: async ({ principal, body }) => {
      const { added, policy } = await desk.pipeline.addPolicy(principal, body);
      const shown = policyShown(policy);
      return {
        status: added ? 201 : 200,
        body: shown,
        headers: { location: `/v1/policies/${shown.reference}` },
      };
    },
  });
}

function readRoute(desk: FrontDesk): Route {
  const reference = z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}@[1-9][0-9]{0,8}$/, "expected name@version, e.g. homepage@1");
  return route({
    method: "GET",
    path: "/v1/policies/{reference}",
    operation: "getPolicy",
    access: "reader",
    tag: "policies",
    summary: "A policy version, as name@version",
    takes: { ...nothing, path: pathPart(z.object({ reference })) },
    replies: { 200: { description: "The version.", schema: policyView } },
    problems: [404, 503],
    handle: async ({ principal, path }) => {
      const shown = (await desk.pipeline.policies(principal)).map(policyShown);
      const found = shown.find((policy) => policy.reference === path.reference);
      if (found === undefined) {
        throw new Fault(pipelineFaults.unknownPolicy, {
          detail: `policy: expected a version that exists, got ${path.reference}`,
        });
      }
      return { status: 200, body: found };
    },
  });
}
