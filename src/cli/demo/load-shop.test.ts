/**
 * The bundled shop as the platform will read it: items that the ranking type takes, and a request
 * that can be decided.
 */
import { describe, expect, it } from "vitest";
import { typeNamed } from "#decisions";
import { present } from "#foundation";
import { loadShop } from "./load-shop.ts";

describe("loadShop", () => {
  it("gives items and a request that the ranking type poses and its rule answers", async () => {
    const { items, request, itemSet } = await loadShop();
    expect(items.length).toBeGreaterThan(3000);
    const type = present(typeNamed("ranking"), "ranking");
    const prepared = type.prepareItems(items);
    const parsed = type.parse(request);
    expect(parsed.options).toMatchObject({ items: itemSet, policy: "homepage@1" });
    const posed = parsed.pose({
      policy: type.defaultPolicy,
      items: { name: itemSet, version: 1, digest: "", prepared },
      atUtcMs: 0,
    });
    const answer = posed.read(present(posed.rule(), "the rule's sample"));
    expect(posed.check(answer).broken).toEqual([]);
    expect(answer).toMatchObject({ requested: 10, shortenedBy: [] });
  });
});
