/**
 * Rankings as the demonstration compares them.
 */
import { z } from "zod";
import type { ScoredItem } from "./shop/shop-catalogue.ts";

/** The part of a ranking's answer that the demonstration reads. */
export const rankingAnswer = z.object({
  items: z.array(z.object({ id: z.string(), position: z.int() })),
  requested: z.int(),
  shortenedBy: z.array(z.string()),
});

/** See {@link rankingAnswer}. */
export type RankingAnswer = z.infer<typeof rankingAnswer>;

/**
 * The first `k` candidates, which come in order of score: what a shop without rules or a sense of
 * sameness shows.
 */
export function topByScore(candidates: readonly ScoredItem[], k: number): RankingAnswer {
  const items = candidates.slice(0, k).map(({ id }, index) => ({ id, position: index + 1 }));
  return { items, requested: k, shortenedBy: items.length < k ? ["candidates"] : [] };
}
