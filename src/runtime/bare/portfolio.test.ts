/** Which solvers a plan has, on which thread, in which order: a table of situations. */
import { expect, test } from "vitest";
import {
  type Guarantee,
  ProblemBuilder,
  type Solver,
  type StructureKind,
  solverOf,
} from "#problem";
import { planFor } from "./portfolio.ts";

const problem = new ProblemBuilder().build();

function solver(name: string, guarantee: Guarantee, isAble = true): Solver {
  const support = isAble ? { kind: "yes" as const } : { kind: "no" as const, reason: "cannot" };
  const solve = () => ({ status: "unknown" as const, best: undefined, bound: undefined, work: 0 });
  return solverOf("quadratic", { name, version: 1, guarantee, supports: () => support, solve });
}

const solvers = [
  solver("knapsack", "exact"),
  solver("min-cost-flow", "exact"),
  solver("enumeration", "exact"),
  solver("unable", "exact", false),
  solver("greedy", "heuristic"),
  solver("anneal", "heuristic"),
  solver("walk", "heuristic"),
  solver("highs-linearised", "exact"),
  solver("cp-sat", "exact"),
];
const bounded = [solver("bound", "bounded"), ...solvers];
const searches = solvers.filter(({ guarantee }) => guarantee === "heuristic");

type Row = readonly [
  remark: string,
  from: readonly Solver[],
  structure: StructureKind | undefined,
  threads: number,
  lanes: readonly string[],
];

const rows: readonly Row[] = [
  [
    "the structure's own solver leads, and should it not prove the general ones follow",
    solvers,
    "knapsack",
    2,
    ["knapsack greedy anneal min-cost-flow enumeration", "greedy anneal"],
  ],
  [
    "on one thread nothing is beside them",
    solvers,
    "knapsack",
    1,
    ["knapsack greedy anneal min-cost-flow enumeration"],
  ],
  [
    "beside a polynomial one nothing ever is",
    solvers,
    "min-cost-flow",
    4,
    ["min-cost-flow greedy anneal knapsack enumeration"],
  ],
  [
    "a solver with another name",
    solvers,
    "enumerable",
    2,
    ["enumeration greedy anneal knapsack min-cost-flow", "greedy anneal"],
  ],
  [
    "no structure: all proofs in turn",
    solvers,
    "general-quadratic",
    2,
    ["greedy knapsack min-cost-flow enumeration", "greedy anneal"],
  ],
  [
    "searches take turns over the threads",
    solvers,
    "knapsack",
    4,
    [
      "knapsack greedy anneal min-cost-flow enumeration",
      "greedy anneal",
      "greedy walk",
      "greedy anneal",
    ],
  ],
  [
    "on one thread a brief search before the proofs",
    solvers,
    undefined,
    1,
    ["greedy anneal knapsack min-cost-flow enumeration"],
  ],
  ["the structure's own solver and nothing else", solvers.slice(0, 1), "knapsack", 2, ["knapsack"]],
  ["nothing that proves", searches, "knapsack", 2, ["greedy anneal", "greedy walk"]],
  ["nothing that proves, one thread", searches, undefined, 1, ["greedy walk anneal"]],
  ["nothing that searches", solvers.slice(0, 1), undefined, 3, ["knapsack"]],
  [
    "a bound before all proofs",
    bounded,
    undefined,
    2,
    ["greedy bound knapsack min-cost-flow enumeration", "greedy anneal"],
  ],
  [
    "a bound before all searches",
    [bounded[0], ...searches],
    undefined,
    2,
    ["greedy bound anneal", "greedy walk"],
  ],
  [
    "no bound before the structure's own solver",
    bounded,
    "knapsack",
    1,
    ["knapsack greedy anneal bound min-cost-flow enumeration"],
  ],
  ["nothing at all", [], undefined, 2, []],
];

test.each(rows)("%s", (_remark, from, structure, threads, lanes) => {
  const plan = planFor(problem, { threads, workLimit: 1e9, solvers: from, structure });
  const names = plan.lanes.map((lane) => lane.map((leg) => leg.solver).join(" "));
  expect(names).toEqual(lanes);
  expect(plan.lanes.length).toBeLessThanOrEqual(threads);
});

test("on a thread of their own searches have brief turns, and the first goes on", () => {
  const options = { threads: 1, solvers: searches, structure: undefined, workLimit: 1e12 };
  const limits = planFor(problem, options).lanes[0].map((leg) => leg.workLimit);
  expect(limits[1]).toBeLessThan(1e9);
  expect([limits[0], limits[2]]).toEqual([1e12, 1e12]);
});

test("a search gives way to a faster one that takes the problem too", () => {
  const namesOf = (isFastAble: boolean) => {
    const slow = solver("quadratic-annealing", "heuristic");
    const from = [searches[0], slow, solver("spin-annealing", "heuristic", isFastAble)];
    const plan = planFor(problem, { threads: 1, workLimit: 1, solvers: from });
    return plan.lanes[0].map((leg) => leg.solver).join(" ");
  };
  expect(namesOf(true)).toBe("greedy spin-annealing");
  expect(namesOf(false)).toBe("greedy quadratic-annealing");
});

test("legs get the work there is, and a search ahead of proofs no more than its share", () => {
  const options = { threads: 1, solvers, structure: undefined };
  const limits = (workLimit: number) =>
    planFor(problem, { ...options, workLimit }).lanes[0].map((leg) => leg.workLimit);
  expect(new Set(limits(1000))).toEqual(new Set([1000]));
  const [search, , proof] = limits(1e12);
  expect(search).toBeLessThan(1e9);
  expect(proof).toBe(1e12);
});

test.each([
  ["few variables: the proof", 64, 1, ["select-k greedy select-k-search"]],
  ["many: a brief proof, then the search", 65, 1, ["select-k select-k-search"]],
  [
    "many on two threads: both",
    65,
    2,
    ["select-k greedy select-k-search", "greedy select-k-search"],
  ],
])("a selection of %s", (_remark, size, threads, lanes) => {
  const builder = new ProblemBuilder();
  for (let item = 0; item < size; item += 1) builder.binary(`x${item}`);
  const from = [
    solver("select-k", "exact"),
    solver("greedy", "heuristic"),
    solver("select-k-search", "heuristic"),
  ];
  const options = { threads, workLimit: 1e12, solvers: from, structure: "select-k" as const };
  const plan = planFor(builder.build(), options);
  expect(plan.lanes.map((lane) => lane.map((leg) => leg.solver).join(" "))).toEqual(lanes);
  const [proof] = plan.lanes[0];
  expect(proof.workLimit < 1e12).toBe(size > 64 && threads === 1);
});
