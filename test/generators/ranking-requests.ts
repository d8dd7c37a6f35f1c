/**
 * Seeded ranking requests over all kinds of rules: hard and soft, feasible and contradictory, with
 * embeddings, pair overrides, ages or none of them. The same seed gives the same request on every
 * machine.
 */
import { type RandomStream, randomStream, shuffle } from "#foundation";
import type {
  RankingItem,
  RankingRequest,
  RequestedRules,
} from "../../src/decisions/ranking/schema.ts";

/** What may be fixed instead of drawn. */
export interface RequestSizes {
  /** n; drawn from 0 to 12 if absent. */
  readonly candidateCount?: number;
  /** k; drawn from 1 to 5 if absent. */
  readonly positionCount?: number;
  /** Length of embeddings; drawn from 0 (none) to 4 if absent. */
  readonly dimension?: number;
}

const GROUPS = ["shoes", "new", "home", "*new*", "constructor", "été"];
const SOFT_NAMES = ["maxPerGroup", "minPerGroup", "minFresh", "pinned", "spacing"] as const;

/** The request of `seed`. */
export function rankingRequest(seed: number, sizes: RequestSizes = {}): RankingRequest {
  const random = randomStream(seed, "ranking-request");
  const candidateCount = sizes.candidateCount ?? random.below(13);
  const k = sizes.positionCount ?? 1 + random.below(5);
  const dimension = sizes.dimension ?? random.below(5);
  const ids = Array.from({ length: candidateCount }, (_, index) => `item-${index}`);
  return {
    candidates: ids.map((id) => candidate(random, id, dimension)),
    k,
    ...(random.below(2) === 0 ? {} : { similarity: pairs(random, ids) }),
    ...(random.below(8) === 0 ? {} : { rules: rules(random, ids, k) }),
    ...(random.below(8) === 0
      ? {}
      : {
          weights: {
            utility: random.below(5) === 0 ? 0 : 1,
            diversity: random.below(4) === 0 ? 0 : random.unit() / 10,
            freshness: random.below(2) === 0 ? 0 : random.unit() / 20,
            halfLifeHours: 1 + random.below(200),
          },
        }),
    subject: { id: `pseudonym-${seed}` },
    context: { page: "home" },
  };
}

/** `request` split in two: a registered item set, and the same request with ids and scores only. */
export function registered(
  request: RankingRequest,
  set = "shop",
): { readonly items: readonly RankingItem[]; readonly request: RankingRequest } {
  return {
    items: request.candidates.map(({ score: _score, ...item }) => item),
    request: {
      ...request,
      items: set,
      candidates: request.candidates.map(({ id, score }) => ({ id, score })),
    },
  };
}

function candidate(
  random: RandomStream,
  id: string,
  dimension: number,
): RankingRequest["candidates"][number] {
  const groupCount = random.below(3);
  return {
    id,
    score: (random.unit() - (random.below(4) === 0 ? 0.5 : 0)) / 20,
    ...(groupCount === 0 ? {} : { group: drawn(random, GROUPS, groupCount) }),
    ...(random.below(4) === 0 ? {} : { ageHours: random.below(300) }),
    ...(random.below(2) === 0 ? {} : { price: random.below(10_000) }),
    ...(dimension === 0 || random.below(6) === 0
      ? {}
      : { embedding: Array.from({ length: dimension }, () => random.below(9) - 3) }),
  };
}

function pairs(random: RandomStream, ids: readonly string[]): RankingRequest["similarity"] {
  return ids.flatMap((a, index) => {
    const later = ids.slice(index + 1);
    if (later.length === 0 || random.below(2) === 0) return [];
    const b = later[random.below(later.length)];
    return [random.below(2) === 0 ? { a, b, value: random.unit() } : { a: b, b: a, value: 1 }];
  });
}

function rules(random: RandomStream, ids: readonly string[], k: number): RequestedRules {
  const some = (oneIn: number): boolean => random.below(oneIn) === 0;
  const group = (): string => GROUPS[random.below(GROUPS.length)];
  const given: RequestedRules = {};
  if (some(2)) given.maxPerGroup = { "*": 1 + random.below(2), [group()]: random.below(3) };
  if (some(4)) given.maxPerGroup = { [group()]: random.below(3), [group()]: 1 };
  if (some(12)) given.minPerGroup = { "*": 1, [group()]: 0 };
  if (some(4)) given.minPerGroup = { [group()]: random.below(3) };
  if (some(3)) given.minFresh = { count: random.below(3), withinHours: 24 * (1 + random.below(8)) };
  if (some(3) && ids.length > 0) {
    const pinned = drawn(random, ids, 1 + random.below(2));
    given.pinned = pinned.map((id) => ({ id, position: 1 + random.below(k + (some(6) ? 1 : 0)) }));
  }
  if (some(3)) given.excluded = ids.filter(() => some(5));
  if (some(2)) given.spacing = true;
  const softened = SOFT_NAMES.filter((name) => given[name] !== undefined && some(3));
  if (softened.length > 0) {
    given.soft = Object.fromEntries(softened.map((name) => [name, random.unit() / 20]));
  }
  return given;
}

function drawn(random: RandomStream, from: readonly string[], count: number): string[] {
  const left = [...from];
  shuffle(left, random);
  return left.slice(0, count);
}
