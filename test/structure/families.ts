/** Generators, one per structure: drafts that are that and nothing simpler. */
import type { RandomStream } from "#foundation";
import { COMPARISON, type ComparisonCode, type StructureKind } from "#problem";
import type { Draft, DraftRow, DraftVariable } from "./draft.ts";

/** Draws a draft of about `size` in each direction. */
export type Family = (stream: RandomStream, size: number) => Draft;

/** A whole number from `least` to `most`, or `least` if that is more. */
export function between(stream: RandomStream, least: number, most: number): number {
  return least + stream.below(Math.max(1, most - least + 1));
}

/** A row over `variables` with biases of 1. */
export function sumRow(
  variables: readonly number[],
  comparison: ComparisonCode,
  rightSide: number,
): DraftRow {
  return { terms: variables.map((one) => [one, 1] as const), comparison, rightSide };
}

/** Numbers from 0 up to, but excluding, `count`. */
export function indices(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function costed(stream: RandomStream, count: number, least = 1, most = 50): DraftVariable[] {
  return indices(count).map(() => ({ cost: between(stream, least, most) }));
}

/** Rows of `count` groups of `width` variables each, numbered group by group. */
function groupRows(count: number, width: number, comparison: ComparisonCode): DraftRow[] {
  return indices(count).map((group) =>
    sumRow(
      indices(width).map((one) => group * width + one),
      comparison,
      1,
    ),
  );
}

/** Rows across the groups: the n-th variable of each. */
function acrossRows(
  count: number,
  width: number,
  comparison: ComparisonCode,
  rightSide = 1,
): DraftRow[] {
  return indices(width).map((one) =>
    sumRow(
      indices(count).map((group) => group * width + one),
      comparison,
      rightSide,
    ),
  );
}

/** Every variable stands alone; what rows there are do not bind. */
const separable: Family = (stream, size) => ({
  sense: "minimise",
  variables: costed(stream, size + 2, -30, 30),
  pairs: [],
  rows: [sumRow(indices(size + 2), COMPARISON.atMost, size + 2)],
});

/** Tasks to people, everybody or not everybody busy. */
export const linearAssignment: Family = (stream, size) => {
  const rows = between(stream, 2, size + 1);
  const columns = rows + stream.below(3);
  const isMatching = stream.below(4) === 0;
  const taken = rows === columns && !isMatching ? COMPARISON.equal : COMPARISON.atMost;
  return {
    sense: isMatching ? "maximise" : "minimise",
    variables: costed(stream, rows * columns),
    pairs: [],
    rows: [
      ...groupRows(rows, columns, isMatching ? COMPARISON.atMost : COMPARISON.equal),
      ...acrossRows(rows, columns, taken),
    ],
  };
};

/** Goods from sources to sinks. */
export const transportation: Family = (stream, size) => {
  const sources = between(stream, 2, size + 1);
  const sinks = between(stream, 2, size + 1);
  const demands = indices(sinks).map(() => between(stream, 2, 5));
  const total = demands.reduce((sum, each) => sum + each, 0);
  const supply = Math.ceil(total / sources) + 1 + stream.below(2);
  const variables = indices(sources * sinks).map(() => ({
    cost: between(stream, 1, 50),
    bounds: [0, 50] as const,
  }));
  const atSinks = stream.below(2) === 0 ? COMPARISON.equal : COMPARISON.atLeast;
  return {
    sense: "minimise",
    variables,
    pairs: [],
    rows: [
      ...indices(sources).map((source) =>
        sumRow(
          indices(sinks).map((sink) => source * sinks + sink),
          COMPARISON.atMost,
          supply,
        ),
      ),
      ...indices(sinks).map((sink) =>
        sumRow(
          indices(sources).map((source) => source * sinks + sink),
          atSinks,
          demands[sink],
        ),
      ),
    ],
  };
};

/** A ring of nodes with chords; some send, some take, arcs hold so much. */
export const minCostFlow: Family = (stream, size) => {
  const nodes = size + 3;
  const arcs: (readonly [from: number, to: number])[] = [];
  for (const node of indices(nodes)) {
    arcs.push([node, (node + 1) % nodes], [(node + 1) % nodes, node]);
    if (nodes > 3) arcs.push([node, (node + 2 + stream.below(nodes - 3)) % nodes]);
  }
  const supplies = indices(nodes).map(() => 0);
  for (let turn = 0; turn < 2; turn += 1) {
    const amount = between(stream, 1, 3);
    supplies[stream.below(nodes)] += amount;
    supplies[stream.below(nodes)] -= amount;
  }
  return {
    sense: "minimise",
    variables: arcs.map(() => ({
      cost: between(stream, 1, 30),
      bounds: [0, 2 + stream.below(size + 1)] as const,
    })),
    pairs: [],
    rows: indices(nodes).map((node) => ({
      terms: arcs.flatMap(([from, to], arc) => {
        const bias = from === node ? 1 : -1;
        return from === node || to === node ? [[arc, bias] as const] : [];
      }),
      comparison: COMPARISON.equal,
      rightSide: supplies[node],
    })),
  };
};

/** Items of different weights under one capacity. */
export const knapsack: Family = (stream, size) => {
  const count = size + 3;
  const weights = indices(count).map(() => between(stream, 3, 40));
  return {
    sense: "maximise",
    variables: costed(stream, count),
    pairs: [],
    rows: [
      {
        terms: weights.map((weight, item) => [item, weight] as const),
        comparison: COMPARISON.atMost,
        rightSide: Math.floor(weights.reduce((sum, weight) => sum + weight, 0) / 2),
      },
    ],
  };
};

/** One option of each group, under one capacity. */
export const multipleChoiceKnapsack: Family = (stream, size) => {
  const groups = between(stream, 2, size + 1);
  const width = between(stream, 2, 4);
  const weights = indices(groups * width).map(() => between(stream, 2, 40));
  const comparison = stream.below(2) === 0 ? COMPARISON.equal : COMPARISON.atMost;
  return {
    sense: "maximise",
    variables: costed(stream, groups * width),
    pairs: [],
    rows: [
      ...groupRows(groups, width, comparison),
      {
        terms: weights.map((weight, item) => [item, weight] as const),
        comparison: COMPARISON.atMost,
        rightSide: groups * between(stream, 14, 22),
      },
    ],
  };
};

/** Items that take some of each of several capacities. */
export const multiKnapsack: Family = (stream, size) => {
  const count = size + 4;
  const rows = between(stream, 2, 4);
  return {
    sense: "maximise",
    variables: costed(stream, count),
    pairs: [],
    rows: indices(rows).map(() => {
      const weights = indices(count).map(() => between(stream, 3, 60));
      return {
        terms: weights.map((weight, item) => [item, weight] as const),
        comparison: COMPARISON.atMost,
        rightSide: Math.floor(weights.reduce((sum, weight) => sum + weight, 0) / 2),
      };
    }),
  };
};

/** Tasks to agents of limited capacity. */
export const generalisedAssignment: Family = (stream, size) => {
  const tasks = between(stream, 3, size + 2);
  const agents = between(stream, 2, 4);
  const uses = indices(tasks * agents).map(() => between(stream, 5, 25));
  const isOptional = stream.below(3) === 0;
  return {
    sense: isOptional ? "maximise" : "minimise",
    variables: costed(stream, tasks * agents),
    pairs: [],
    rows: [
      ...groupRows(tasks, agents, isOptional ? COMPARISON.atMost : COMPARISON.equal),
      ...indices(agents).map((agent) => ({
        terms: indices(tasks).map((task) => {
          const variable = task * agents + agent;
          return [variable, uses[variable]] as const;
        }),
        comparison: COMPARISON.atMost,
        rightSide: Math.ceil((tasks * 18) / agents),
      })),
    ],
  };
};

function allPairs(stream: RandomStream, count: number, least: number, most: number) {
  return indices(count).flatMap((one) =>
    indices(one).map((other) => [other, one, between(stream, least, most)] as const),
  );
}

/** k of n with a number for every pair. */
export const selectK: Family = (stream, size) => {
  const count = size + 4;
  const comparison = [COMPARISON.equal, COMPARISON.atMost, COMPARISON.atLeast][stream.below(3)];
  return {
    sense: "maximise",
    variables: costed(stream, count),
    pairs: allPairs(stream, count, -30, 30),
    rows: [sumRow(indices(count), comparison, between(stream, 2, count - 2))],
  };
};

/** One capacity, and profits of pairs. */
export const quadraticKnapsack: Family = (stream, size) => ({
  ...knapsack(stream, size),
  pairs: allPairs(stream, size + 3, 1, 30),
});

/** Facilities to locations, with a cost for pairs of placements. */
export const quadraticAssignment: Family = (stream, size) => {
  const count = between(stream, 3, Math.max(3, Math.min(7, size)));
  const pairs: (readonly [number, number, number])[] = [];
  for (const i of indices(count)) {
    for (const j of indices(i)) {
      for (const k of indices(count)) {
        for (const l of indices(count)) {
          if (k !== l) pairs.push([i * count + k, j * count + l, between(stream, 1, 20)]);
        }
      }
    }
  }
  return {
    sense: "minimise",
    variables: costed(stream, count * count, 0, 5),
    pairs,
    rows: [
      ...groupRows(count, count, COMPARISON.equal),
      ...acrossRows(count, count, COMPARISON.equal),
    ],
  };
};

/** A ladder of variables: products along it and across, nothing further apart. */
const treeLike: Family = (stream, size) => {
  const count = 3 * size + 30;
  const near = indices(count).flatMap((one) =>
    [1, 2].flatMap((step) => (one + step < count ? [[one, one + step] as const] : [])),
  );
  return {
    sense: "minimise",
    variables: costed(stream, count, -20, 20),
    pairs: near.map(([one, other]) => [one, other, between(stream, 1, 30)] as const),
    rows: [],
  };
};

/** Few variables, everything with everything. */
const enumerable: Family = (stream, size) => {
  const count = Math.min(20, size + 5);
  return {
    sense: "minimise",
    variables: costed(stream, count, -20, 20),
    pairs: allPairs(stream, count, 1, 30),
    rows: [],
  };
};

/** Many variables, everything with everything. */
const generalQuadratic: Family = (stream, size) => {
  const count = size + 40;
  return {
    sense: "minimise",
    variables: costed(stream, count, -20, 20),
    pairs: allPairs(stream, count, 1, 30),
    rows: [],
  };
};

/** All families, by what their drafts are. */
export const families: readonly (readonly [StructureKind, Family])[] = [
  ["separable", separable],
  ["linear-assignment", linearAssignment],
  ["transportation", transportation],
  ["min-cost-flow", minCostFlow],
  ["knapsack", knapsack],
  ["multiple-choice-knapsack", multipleChoiceKnapsack],
  ["multi-knapsack", multiKnapsack],
  ["generalised-assignment", generalisedAssignment],
  ["select-k", selectK],
  ["quadratic-knapsack", quadraticKnapsack],
  ["quadratic-assignment", quadraticAssignment],
  ["tree-like", treeLike],
  ["enumerable", enumerable],
  ["general-quadratic", generalQuadratic],
];
