/**
 * Puts the bundled example shop into a platform, so that a newcomer's first request has something to rank.
 */
import path from "node:path";
import { Fault, LOCAL_PRINCIPAL } from "#foundation";
import type { Pipeline } from "#pipeline";
import { BUNDLED_SHOP } from "./demo/bundled-shop.ts";
import { loadShop } from "./demo/load-shop.ts";

/** Registers the shop's items, unless a set of this name is there already: it may be the user's own. */
export async function registerShop(pipeline: Pipeline): Promise<void> {
  const { itemSet, type, items } = await loadShop();
  try {
    await pipeline.items(LOCAL_PRINCIPAL, itemSet);
  } catch (error) {
    if (!(error instanceof Fault) || error.row.category !== "missing") throw error;
    await pipeline.putItems(LOCAL_PRINCIPAL, itemSet, type, items);
  }
}

/** Where the shop's example request lies, as seen from where the user is. */
export function shopRequestFile(): string {
  const fromHere = path.relative("", BUNDLED_SHOP.request);
  return fromHere.startsWith("..") ? BUNDLED_SHOP.request : fromHere;
}
