/**
 * Routes of API keys: make, list, revoke. The rows stay: a revoked key still says who it was.
 */
import { z } from "zod";
import { keyCreated, keyRequest, keyView, page, tenantName } from "#wire";
import type { FrontDesk } from "../front-desk.ts";
import { BODY_BYTES_MAX, nothing, pathPart, queryPart, readAs } from "../intake/request-part.ts";
import { type Route, route } from "../route.ts";
import { keyShown } from "../translate.ts";

const EXAMPLE = { name: "shop backend", role: "operator", expiresAt: "2099-01-01T00:00:00Z" };

const ofTenant = queryPart(z.strictObject({ tenant: tenantName.optional() }));

/** `GET|POST /v1/keys` and `POST /v1/keys/{id}/revoke`. */
export function keyRoutes(desk: FrontDesk): readonly Route[] {
  return [listRoute(desk), createRoute(desk), revokeRoute(desk)];
}

function listRoute(desk: FrontDesk): Route {
  return route({
    method: "GET",
    path: "/v1/keys",
    operation: "listKeys",
    access: "admin",
    tag: "keys",
    summary: "API keys, newest first, without their secrets",
    takes: { ...nothing, query: ofTenant },
    replies: { 200: { description: "All of them on one page.", schema: page(keyView) } },
    problems: [503],
    handle: ({ principal, query }) => ({
      status: 200,
      body: { items: desk.keys.list(principal, query.tenant).map(keyShown) },
    }),
  });
}

function createRoute(desk: FrontDesk): Route {
  const wished = keyRequest(desk.types.map(({ id }) => id));
  return route({
    method: "POST",
    path: "/v1/keys",
    operation: "createKey",
    access: "admin",
    tag: "keys",
    summary: "Make an API key",
    description:
      "The reply is the only place that ever shows the key. From the first one on every request " +
      "needs a key; the first has to be an administrator's of the installation's own tenant.",
    takes: {
      ...nothing,
      body: {
        schema: wished,
        examples: { operator: EXAMPLE },
        bytesMax: BODY_BYTES_MAX,
        read: (raw) => readAs(wished, raw, ""),
      },
    },
    replies: { 201: { description: "Made, and in force.", schema: keyCreated } },
    problems: [409, 413, 415, 503],
    handle: async ({ principal, body: { expiresAt, ...wish } }) => {
      const expiresAtUtcMs = expiresAt === undefined ? undefined : Date.parse(expiresAt);
      const { key, facts } = await desk.keys.create(principal, { ...wish, expiresAtUtcMs });
      return { status: 201, body: { ...keyShown(facts), key } };
    },
  });
}

function revokeRoute(desk: FrontDesk): Route {
  const id = z.string().regex(/^[0-9a-f]{12}$/, "expected a key's id, 12 hexadecimal digits");
  return route({
    method: "POST",
    path: "/v1/keys/{id}/revoke",
    operation: "revokeKey",
    access: "admin",
    tag: "keys",
    summary: "End an API key at once",
    takes: { ...nothing, path: pathPart(z.object({ id })), query: ofTenant },
    replies: { 200: { description: "Revoked.", schema: keyView } },
    problems: [404, 503],
    handle: async ({ principal, path, query }) => ({
      status: 200,
      body: keyShown(await desk.keys.revoke(principal, path.id, query.tenant)),
    }),
  });
}
