/**
 * Puts the bundled example shop into a platform, so that a newcomer's first request has something
 * to rank.
 */
import path from "node:path";
import { Fault, LOCAL_PRINCIPAL } from "#foundation";
import type { Pipeline } from "#pipeline";
import { BUNDLED_SHOP } from "./demo/bundled-shop.ts";
import { loadShop } from "./demo/load-shop.ts";

/**
 * Registers the shop's items, unless a set of this name is there already: it may be the user's own.
 */
export async function registerShop(pipeline: Pipeline): Promise<void> {
  const { itemSet, type, items } = await loadShop();
  const isThere = await isAnswered(pipeline.items(LOCAL_PRINCIPAL, itemSet));
  if (!isThere) await pipeline.putItems(LOCAL_PRINCIPAL, itemSet, type, items);
  // Asking for an item no shop has reads the set and leaves no record, so the first real request
  // finds it read.
  const unknown = { candidates: [{ id: "not in the shop", score: 0 }], k: 1, items: itemSet };
  await isAnswered(pipeline.decide(LOCAL_PRINCIPAL, type, unknown));
}

async function isAnswered(question: Promise<unknown>): Promise<boolean> {
  try {
    await question;
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

/** Where the shop's example request lies, as seen from where the user is. */
export function shopRequestFile(): string {
  const fromHere = path.relative("", BUNDLED_SHOP.request);
  return fromHere.startsWith("..") ? BUNDLED_SHOP.request : fromHere;
}
