/**
 * Routes of registered item sets: put the next version, see the newest.
 */
import { z } from "zod";
import { Fault, type Flaw, type Json } from "#foundation";
import { itemEntries, itemSetReceipt, itemSetRequest, LOOKED_UP_ITEMS_MAX } from "#wire";
import type { FrontDesk, ListedType } from "../front-desk.ts";
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
        read: (raw) => readItemSet(envelope, desk.types, raw),
      },
    },
    replies: { 200: { description: "The version it has now.", schema: itemSetReceipt } },
    problems: [409, 413, 415, 503],
    handle: async ({ principal, path, body }) => ({
      status: 200,
      body: await desk.pipeline
        .putItems(principal, path.set, body.type, body.items)
        .catch((error: unknown) => {
          throw error instanceof Fault ? inBody(error) : error;
        }),
    }),
  });
}

/**
 * The body of a put. Items are checked by their decision type alone, later; unless the rest has
 * flaws: then here as well, so that one refusal names them all.
 */
function readItemSet<Body>(
  envelope: z.ZodType<Body>,
  types: readonly ListedType[],
  raw: unknown,
): Body {
  try {
    return readAs(envelope, raw, "");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const flaws = [...error.flaws, ...flawsOfItems(types, raw)];
    const detail = `flaws in the request: expected none, got ${flaws.length}`;
    throw new Fault(error.row, { detail, flaws }, error);
  }
}

function flawsOfItems(types: readonly ListedType[], raw: unknown): readonly Flaw[] {
  const named = z.object({ type: z.string().optional(), items: z.array(z.json()) }).safeParse(raw);
  if (!named.success) return [];
  const { type = types[0]?.id, items } = named.data;
  try {
    types.find(({ id }) => id === type)?.prepareItems(items);
    return [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return inBody(error).flaws;
  }
}

/** Decision types name items by their place in the list; the list is a member of the body. */
function inBody(fault: Fault): Fault {
  const flaws = fault.flaws.map((flaw) => ({ ...flaw, pointer: `/items${flaw.pointer}` }));
  const { row, message: detail, rules, retryAfterMs } = fault;
  const hint = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new Fault(row, { detail, flaws, rules, ...hint }, fault);
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
