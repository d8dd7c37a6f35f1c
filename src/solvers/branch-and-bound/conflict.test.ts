/** Clashes of every kind come out under their rules' own names, and nothing else does. */
import { expect, test } from "vitest";
import { workBudget } from "#foundation";
import { type CountRule, HARD, type OrderedSelection, type Pin } from "#problem";
import { branchAndBound } from "./branch-and-bound.ts";

/** Ten items, four positions; items 0-4 are in group 0, items 5-9 in group 1. */
const plain: OrderedSelection = {
  kind: "ordered-selection",
  sense: "maximise",
  itemCount: 10,
  positionCount: 4,
  values: Float64Array.from({ length: 10 }, (_, item) => 1 - item / 10),
  positionWeights: Float64Array.of(0.4, 0.3, 0.2, 0.1),
  diversityWeight: 0,
  similarity: {
    dimension: 0,
    unitVectors: new Float64Array(0),
    offsets: new Int32Array(11),
    others: new Int32Array(0),
    values: new Float64Array(0),
  },
  counts: [],
  pins: [],
  spacing: undefined,
};
const low = [0, 1, 2, 3, 4];
const high = [5, 6, 7, 8, 9];
const all = [...low, ...high];
const spacing = {
  rule: "spacing",
  offsets: Int32Array.from({ length: 11 }, (_, item) => item),
  groups: Int32Array.from(all, (item) => (item < 5 ? 0 : 1)),
  penalty: HARD,
};
// Rules that take no part in any clash; a minimal conflict never names them.
const bystanders = [atMost("calm", 4, all), atLeast("easy", 1, all)];

const clashes: readonly (readonly [string, Partial<OrderedSelection>, readonly string[]])[] = [
  ["one item at two positions", { pins: [pin("a", 2, 0), pin("b", 2, 1)] }, ["a", "b"]],
  ["two items at one position", { pins: [pin("a", 2, 0), pin("b", 3, 0)] }, ["a", "b"]],
  ["a position beyond the last", { pins: [pin("a", 2, 4), pin("b", 1, 0)] }, ["a"]],
  ["a minimum above the members", { counts: [atLeast("min", 3, [1, 2])] }, ["min"]],
  ["a minimum without members", { counts: [atLeast("min", 1, [])] }, ["min"]],
  ["a minimum above the positions", { counts: [atLeast("min", 5, all)] }, ["min"]],
  [
    "a minimum above a maximum",
    { counts: [atLeast("min", 2, low), atMost("max", 1, low)] },
    ["min", "max"],
  ],
  [
    "two minima that do not fit together",
    { counts: [atLeast("low", 3, low), atLeast("high", 2, high)] },
    ["low", "high"],
  ],
  [
    "a minimum confined by two maxima",
    { counts: [atLeast("min", 3, low), atMost("a", 1, [0, 1, 2]), atMost("b", 1, [3, 4])] },
    ["min", "a", "b"],
  ],
  [
    "a pin at a position that the maxima do not reach",
    { pins: [pin("a", 0, 3)], counts: [atMost("max", 2, all)] },
    ["a", "max"],
  ],
  [
    "pinned items above a maximum",
    { pins: [pin("a", 0, 0), pin("b", 1, 1)], counts: [atMost("max", 1, low)] },
    ["a", "b", "max"],
  ],
  [
    "pinned neighbours of one group",
    { pins: [pin("a", 0, 1), pin("b", 1, 2)], spacing },
    ["a", "b", "spacing"],
  ],
  [
    "a minimum that cannot be spaced",
    { counts: [atLeast("min", 3, low)], spacing },
    ["min", "spacing"],
  ],
];

test.each(clashes)("%s", (_remark, rules, names) => {
  const counts = [...bystanders, ...(rules.counts ?? [])];
  const result = solve({ ...plain, ...rules, counts }, Infinity);
  expect(result.status).toBe("infeasible");
  expect(result.conflict?.toSorted()).toEqual(names.toSorted());
});

test("soft rules never clash", () => {
  const counts = [atLeast("min", 9, low), atMost("max", 1, low)];
  const soft = counts.map((rule) => ({ ...rule, penalty: 0.1 }));
  expect(solve({ ...plain, counts: soft }, Infinity).status).toBe("optimal");
});

test("a budget that ends first leaves the question open", () => {
  const itemCount = 3000;
  const wide = {
    ...plain,
    itemCount,
    values: new Float64Array(itemCount),
    similarity: { ...plain.similarity, offsets: new Int32Array(itemCount + 1) },
    counts: [atLeast("min", 3, low), atMost("max", 1, low)],
  };
  expect(solve(wide, Infinity).conflict).toEqual(["min", "max"]);
  const stopped = solve(wide, 1);
  expect(stopped.status).toBe("unknown");
  expect(stopped.conflict).toBeUndefined();
});

function solve(problem: OrderedSelection, work: number) {
  return branchAndBound.solve(problem, { seed: 1, budget: workBudget(work) });
}

function pin(rule: string, item: number, position: number): Pin {
  return { rule, item, position, penalty: HARD };
}

function atLeast(rule: string, count: number, members: readonly number[]): CountRule {
  return { rule, bound: "at-least", count, members: Int32Array.from(members), penalty: HARD };
}

function atMost(rule: string, count: number, members: readonly number[]): CountRule {
  return { rule, bound: "at-most", count, members: Int32Array.from(members), penalty: HARD };
}
