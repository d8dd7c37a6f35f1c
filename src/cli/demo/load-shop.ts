/**
 * The bundled shop for a running platform: its item set as it stood after its last sale, and a
 * request that uses it. Both were computed when the example was made, so that loading them costs a
 * start next to nothing.
 */
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { Json } from "#foundation";
import { BUNDLED_SHOP } from "./bundled-shop.ts";

/** What `serve` registers at its start. */
export interface BundledShop {
  /** Name under which the items are to be registered. */
  readonly itemSet: "shop";
  /** The decision type that reads them. */
  readonly type: "ranking";
  readonly items: readonly Json[];
  /**
   * A ranking request whose candidates are registered items; works with the policy `homepage@1`.
   */
  readonly request: Json;
  /** Where that request lies as a file, e.g. for `curl -d @...`. */
  readonly requestPath: string;
}

/** Reads the bundled shop. */
export async function loadShop(): Promise<BundledShop> {
  const [items, request] = await Promise.all([
    readFile(BUNDLED_SHOP.items),
    readFile(BUNDLED_SHOP.request, "utf8"),
  ]);
  return {
    itemSet: "shop",
    type: "ranking",
    items: z.array(z.custom<Json>()).parse(JSON.parse(gunzipSync(items).toString("utf8"))),
    request: z.custom<Json>().parse(JSON.parse(request)),
    requestPath: BUNDLED_SHOP.request,
  };
}
