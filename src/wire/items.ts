/**
 * Registered item sets on the wire: sent in bulk, kept as numbered versions, named by later
 * requests so that those need to carry only ids and scores.
 */
import { z } from "zod";

/** The most items of one set. */
const ITEMS_PER_SET_MAX = 200_000;

/** What `PUT /v1/items/{set}` takes; `item` is the decision type's schema of one item. */
export function itemSetRequest<Item extends z.ZodType>(item: Item, types: readonly string[]) {
  return z.strictObject({
    type: z
      .enum(types)
      .default(types[0] ?? "")
      .meta({ description: "The decision type that reads the items." }),
    items: z.array(item).max(ITEMS_PER_SET_MAX),
  });
}

/** The most items one look-up names. */
export const LOOKED_UP_ITEMS_MAX = 100;

/** Items of a set as they were registered: those there are, in the order asked for. */
export const itemEntries = z.object({
  name: z.string(),
  version: z.int(),
  items: z.array(z.json()).readonly(),
});

/** The newest version of a set. The same content again keeps its version. */
export const itemSetReceipt = z.object({
  name: z.string(),
  version: z.int(),
  digest: z.string().meta({ description: "SHA-256 of the items' canonical JSON, hex." }),
  itemCount: z.int(),
});

/** See {@link itemEntries}. */
export type ItemEntries = z.infer<typeof itemEntries>;
/** See {@link itemSetReceipt}. */
export type ItemSetReceipt = z.infer<typeof itemSetReceipt>;
