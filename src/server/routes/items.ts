/**
 * Routes of registered item sets: put the next version, see the newest.
 */
import { z } from "zod";
import type { Json } from "#foundation";
import { itemEntries, itemSetReceipt, itemSetRequest, LOOKED_UP_ITEMS_MAX } from "#wire";
import type { FrontDesk } from "../front-desk.ts";
import { nothing, pathPart, queryPart, readAs } from "../intake/request-part.ts";
import { type Route, route } from "../route.ts";

/** Item sets come in bulk: some 40,000 items with embeddings of 32 numbers. */
const ITEMS_BODY_BYTES_MAX = 16 * 1024 * 1024;

const setPath = pathPart(
  z.object({
    set: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,62}$/, "expected a lower-case name, e.g. shop")
      .meta({ description: "Name of the set." }),
  }),
);

/** `GET|PUT /v1/items/{set}` and `GET /v1/items/{set}/entries`. */
export function itemRoutes(desk: FrontDesk): readonly Route[] {
  return [readRoute(desk), putRoute(desk), entriesRoute(desk)];
}

function readRoute(desk: FrontDesk): Route {
  return route({
    method: "GET",
    path: "/v1/items/{set}",
    operation: "getItemSet",
    access: "reader",
    tag: "items",
    summary: "The newest version of an item set",
    takes: { ...nothing, path: setPath },
    replies: { 200: { description: "Its number, digest and size.", schema: itemSetReceipt } },
    problems: [404, 503],
    handle: async ({ principal, path }) => ({
      status: 200,
      body: await desk.pipeline.items(principal, path.set),
    }),
  });
}

function putRoute(desk: FrontDesk): Route {
  const takers = desk.types.flatMap(({ id, itemSchema, example }) =>
    itemSchema === undefined ? [] : [{ id, itemSchema, example }],
  );
  const ids = takers.map((type) => type.id);
  const documented = itemSetRequest(z.union(takers.map((type) => type.itemSchema)), ids);
  // The items themselves are checked once, by the decision type that will read them.
  const envelope = itemSetRequest(z.custom<Json>(), ids);
  return route({
    method: "PUT",
    path: "/v1/items/{set}",
    operation: "putItemSet",
    access: "admin",
    tag: "items",
    summary: "Register the next version of an item set",
    description:
      "Replaces the whole set. Requests then name the set and send only ids and scores. " +
      "The same content again keeps its version; older versions stay for replay.",
    takes: {
      ...nothing,
      path: setPath,
      body: {
        schema: documented,
        examples: { empty: { items: [] } },
        bytesMax: ITEMS_BODY_BYTES_MAX,
        read: (raw) => readAs(envelope, raw, ""),
      },
    },
    replies: { 200: { description: "The version it has now.", schema: itemSetReceipt } },
    problems: [409, 413, 415, 503],
    handle: async ({ principal, path, body }) => ({
      status: 200,
      body: await desk.pipeline.putItems(principal, path.set, body.type, body.items),
    }),
  });
}

function entriesRoute(desk: FrontDesk): Route {
  const id = z.string().min(1).max(200);
  const query = z.strictObject({
    id: z
      .union([id, z.array(id).max(LOOKED_UP_ITEMS_MAX)], {
        error: `expected 1 to ${LOOKED_UP_ITEMS_MAX} ids, each as a parameter of its own`,
      })
      .meta({ description: "An item's id; may be repeated." }),
    version: z.coerce.number().int().min(1).optional().meta({
      description: "Version of the set; the newest if absent.",
    }),
  });
  return route({
    method: "GET",
    path: "/v1/items/{set}/entries",
    operation: "getItems",
    access: "reader",
    tag: "items",
    summary: "Items of a set, by id",
    takes: { ...nothing, path: setPath, query: queryPart(query) },
    replies: { 200: { description: "Those there are, in order.", schema: itemEntries } },
    problems: [404, 503],
    handle: async ({ principal, path, query: { id: named, version } }) => ({
      status: 200,
      body: await desk.pipeline.itemEntries(principal, path.set, [named].flat(), version),
    }),
  });
}
