/**
 * From a question to an ordered selection. Item i of the problem is candidate i of the question.
 * Everything that came as a map is sorted, so that the problem does not depend on the order of keys
 * in a request.
 */
import {
  type CountRule,
  HARD,
  halfLifeDecay,
  type OrderedSelection,
  type Pin,
  positionWeights,
  type Similarity,
  type Spacing,
} from "#problem";
import type { Candidate, RankingQuestion, RankingRules, Ruled } from "./question.ts";
import { writeUnitVector } from "./unit-vector.ts";

/** Group name to the indices of its candidates, ascending. */
type Members = ReadonlyMap<string, readonly number[]>;

/** The problem of `question`. */
export function formulate(question: RankingQuestion): OrderedSelection {
  const { candidates, rules, weights, positionCount } = question;
  const members = membersByGroup(question);
  return {
    kind: "ordered-selection",
    sense: "maximise",
    itemCount: candidates.length,
    positionCount,
    values: itemValues(question),
    positionWeights: positionWeights(positionCount),
    diversityWeight: weights.diversity,
    similarity: weights.diversity === 0 ? unrelated(candidates.length) : similarityOf(question),
    counts: inOneBuffer([
      ...maxima(rules.maxPerGroup, members, positionCount),
      ...minima(rules.minPerGroup, members),
      ...freshness(rules.minFresh, candidates),
      ...exclusions(rules.excluded, candidates),
    ]),
    pins: pins(rules.pinned, candidates),
    spacing: spacing(rules.spacing, candidates, members),
  };
}

/** What a candidate is worth at a position of weight 1. */
function itemValues({ candidates, weights }: RankingQuestion): Float64Array {
  const values = new Float64Array(candidates.length);
  for (let index = 0; index < candidates.length; index += 1) {
    const { score, ageHours } = candidates[index];
    values[index] = weights.utility * score;
    if (ageHours === undefined || weights.freshness === 0) continue;
    values[index] += weights.freshness * halfLifeDecay(ageHours, weights.halfLifeHours);
  }
  return values;
}

/** Groups that an item set has numbered are told apart by number: a name costs a look-up. */
function membersByGroup({ candidates, itemSet }: RankingQuestion): Members {
  const members = new Map<string, number[]>();
  const numbered: (number[] | undefined)[] = itemSet?.groupNames.map(() => undefined) ?? [];
  const listOf = (group: string): number[] => {
    const list = members.get(group) ?? [];
    if (list.length === 0) members.set(group, list);
    return list;
  };
  for (let index = 0; index < candidates.length; index += 1) {
    const { groups, groupRow } = candidates[index];
    if (itemSet === undefined || groupRow < 0) {
      for (const group of groups) listOf(group).push(index);
      continue;
    }
    const end = itemSet.groupOffsets[groupRow + 1];
    for (let entry = itemSet.groupOffsets[groupRow]; entry < end; entry += 1) {
      const number = itemSet.groups[entry];
      const list = numbered[number] ?? listOf(itemSet.groupNames[number]);
      numbered[number] = list;
      list.push(index);
    }
  }
  return new Map([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Limits that cannot be exceeded are left out: they are not rules of this problem. */
function maxima(
  ruled: RankingRules["maxPerGroup"],
  members: Members,
  positionCount: number,
): DraftRule[] {
  const rules: DraftRule[] = [];
  for (const [group, items] of ruled === undefined ? [] : members) {
    const count = ruled?.value.get(group) ?? ruled?.value.get("*") ?? positionCount;
    if (Math.min(items.length, positionCount) <= count) continue;
    rules.push(countRule(`maxPerGroup:${group}`, "at-most", count, items, ruled));
  }
  return rules;
}

/** A named group without members stays: its minimum cannot hold, and the solver shall say so. */
function minima(ruled: RankingRules["minPerGroup"], members: Members): DraftRule[] {
  if (ruled === undefined) return [];
  const rules: DraftRule[] = [];
  const named = [...ruled.value.keys()].filter((group) => group !== "*");
  const groups = ruled.value.has("*") ? [...named, ...members.keys()] : named;
  for (const group of [...new Set(groups)].sort()) {
    const count = ruled.value.get(group) ?? ruled.value.get("*") ?? 0;
    if (count === 0) continue;
    rules.push(
      countRule(`minPerGroup:${group}`, "at-least", count, members.get(group) ?? [], ruled),
    );
  }
  return rules;
}

function freshness(ruled: RankingRules["minFresh"], candidates: readonly Candidate[]): DraftRule[] {
  if (ruled === undefined || ruled.value.count === 0) return [];
  const { count, withinHours } = ruled.value;
  const fresh = indicesWhere(
    candidates,
    ({ ageHours }) => ageHours !== undefined && ageHours <= withinHours,
  );
  return [countRule("minFresh", "at-least", count, fresh, ruled)];
}

function exclusions(excluded: ReadonlySet<string>, candidates: readonly Candidate[]): DraftRule[] {
  if (excluded.size === 0) return [];
  const kept = indicesWhere(candidates, ({ id }) => excluded.has(id));
  return kept.length === 0 ? [] : [countRule("excluded", "at-most", 0, kept, undefined)];
}

/** A count rule with its members as a list. */
type DraftRule = Omit<CountRule, "members"> & { readonly items: readonly number[] };

function countRule(
  rule: string,
  bound: CountRule["bound"],
  count: number,
  items: readonly number[],
  ruled: Ruled<unknown> | undefined,
): DraftRule {
  return { rule, bound, count, items, penalty: ruled?.penalty ?? HARD };
}

/** One buffer for the members of all rules: to send dozens to a thread costs more than to solve. */
function inOneBuffer(rules: readonly DraftRule[]): CountRule[] {
  const all = new Int32Array(rules.reduce((sum, { items }) => sum + items.length, 0));
  let filled = 0;
  return rules.map(({ rule, bound, count, items, penalty }) => {
    const members = all.subarray(filled, filled + items.length);
    for (let index = 0; index < items.length; index += 1) members[index] = items[index];
    filled += items.length;
    return { rule, bound, count, members, penalty };
  });
}

function pins(ruled: RankingRules["pinned"], candidates: readonly Candidate[]): Pin[] {
  if (ruled === undefined) return [];
  const indexOf = new Map(candidates.map(({ id }, index) => [id, index]));
  return ruled.value.map(({ id, position }) => ({
    rule: `pinned:${id}@${position}`,
    item: indexOf.get(id) ?? -1,
    position: position - 1,
    penalty: ruled.penalty ?? HARD,
  }));
}

function spacing(
  ruled: RankingRules["spacing"],
  candidates: readonly Candidate[],
  members: Members,
): Spacing | undefined {
  if (ruled === undefined) return undefined;
  const numberOf = new Map([...members.keys()].map((group, index) => [group, index]));
  const offsets = new Int32Array(candidates.length + 1);
  const groups: number[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const own = candidate.groups.map((group) => numberOf.get(group) ?? -1).sort((a, b) => a - b);
    groups.push(...own);
    offsets[index + 1] = groups.length;
  }
  return {
    rule: "spacing",
    offsets,
    groups: Int32Array.from(groups),
    penalty: ruled.penalty ?? HARD,
  };
}

function similarityOf(question: RankingQuestion): Similarity {
  const { candidates, similarity } = question;
  const dimension = candidates.find(({ embedding }) => embedding)?.embedding?.length ?? 0;
  const unitVectors = unitVectorsOf(question, dimension);
  if (similarity.length === 0) return { ...unrelated(candidates.length), dimension, unitVectors };
  return { dimension, unitVectors, ...overrides(candidates, similarity) };
}

function unitVectorsOf({ candidates, itemSet }: RankingQuestion, dimension: number): Float64Array {
  const vectors = new Float64Array(candidates.length * dimension);
  for (let index = 0; index < candidates.length; index += 1) {
    const { embedding, vectorRow } = candidates[index];
    const into = index * dimension;
    if (itemSet === undefined || vectorRow < 0) {
      if (embedding !== undefined) writeUnitVector(embedding, vectors, into);
      continue;
    }
    // Copied one by one: a call that copies so few numbers costs more than the numbers.
    const from = vectorRow * dimension;
    for (let axis = 0; axis < dimension; axis += 1) {
      vectors[into + axis] = itemSet.unitVectors[from + axis];
    }
  }
  return vectors;
}

/** The overrides of each candidate, both ways, as compressed rows with ascending columns. */
function overrides(
  candidates: readonly Candidate[],
  pairs: RankingQuestion["similarity"],
): Pick<Similarity, "offsets" | "others" | "values"> {
  const indexOf = new Map(candidates.map(({ id }, index) => [id, index]));
  const rows = candidates.map(() => new Map<number, number>());
  for (const { a, b, value } of pairs) {
    const first = indexOf.get(a);
    const second = indexOf.get(b);
    if (first === undefined || second === undefined) continue; // One of them is excluded.
    rows[first].set(second, value);
    rows[second].set(first, value);
  }
  const offsets = new Int32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) offsets[index + 1] = offsets[index] + row.size;
  const entries = rows.flatMap((row) => [...row].sort(([a], [b]) => a - b));
  return {
    offsets,
    others: Int32Array.from(entries, ([other]) => other),
    values: Float64Array.from(entries, ([, value]) => value),
  };
}

function unrelated(itemCount: number): Similarity {
  return {
    dimension: 0,
    unitVectors: new Float64Array(0),
    offsets: new Int32Array(itemCount + 1),
    others: new Int32Array(0),
    values: new Float64Array(0),
  };
}

function indicesWhere(
  candidates: readonly Candidate[],
  holds: (candidate: Candidate) => boolean,
): number[] {
  const indices: number[] = [];
  for (let index = 0; index < candidates.length; index += 1) {
    if (holds(candidates[index])) indices.push(index);
  }
  return indices;
}
