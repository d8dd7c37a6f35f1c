/** Which solvers a plan has, on which thread, in which order: a table of situations. */
import { expect, test } from "vitest";
import {
  COMPARISON,
  type Guarantee,
  ProblemAssembly,
  ProblemBuilder,
  type Solver,
  type StructureKind,
  solverOf,
} from "#problem";
import type { Lane } from "../plan.ts";
import type { Lessons } from "../selector/selector.ts";
import { type PortfolioOptions, planFor } from "./portfolio.ts";

const problem = new ProblemBuilder().build();

function solver(name: string, guarantee: Guarantee, isAble = true): Solver {
  const support = isAble ? { kind: "yes" as const } : { kind: "no" as const, reason: "cannot" };
  const solve = () => ({ status: "unknown" as const, best: undefined, bound: undefined, work: 0 });
  return solverOf("quadratic", { name, version: 1, guarantee, supports: () => support, solve });
}

const exact = ["knapsack", "min-cost-flow", "enumeration"].map((name) => solver(name, "exact"));
const bound = solver("bound", "bounded");
const searches = ["descent", "anneal", "walk"].map((name) => solver(name, "heuristic"));
const others = [solver("unable", "exact", false), solver("cp-sat", "exact")];
const all = [bound, ...exact, ...searches, ...others];

/** What members lose, in the situation of an empty problem of this structure. */
function lessons(structure: StructureKind, losses: Readonly<Record<string, number>>): Lessons {
  const members = Object.entries(losses).map(([name, loss]) => {
    return { solver: name, losses: [loss], workPerMs: 1000 };
  });
  const situation = [structure, "free", "two-valued", "linear", "small"];
  return { budgetsMs: [1000], lessons: [{ situation, problemCount: 1, members }] };
}

const UNLEARNT: Lessons = { budgetsMs: [1000], lessons: [] };

/** Legs by name; of a contest the contenders, and which of them goes on first. */
function told(lane: Lane): string {
  const texts = lane.map((entry) => {
    if ("solver" in entry) return entry.solver;
    const names = entry.contenders.map(({ solver: name }) => name).join(" ");
    return `(${names})${entry.places[0] ?? "-"}`;
  });
  return texts.join(" ");
}

type Row = readonly [
  remark: string,
  from: readonly Solver[],
  structure: StructureKind,
  threads: number,
  lanes: readonly string[],
  learnt?: Readonly<Record<string, number>>,
];

const rows: readonly Row[] = [
  [
    "the structure's own solver leads, and should it not prove the general ones follow",
    all,
    "knapsack",
    2,
    ["knapsack descent bound min-cost-flow enumeration (anneal walk)0", "(anneal walk)0"],
  ],
  [
    "on one thread nothing is beside them",
    all,
    "knapsack",
    1,
    ["knapsack descent bound min-cost-flow enumeration (anneal walk)0"],
  ],
  [
    "beside a polynomial one nothing ever is",
    all,
    "min-cost-flow",
    4,
    ["min-cost-flow descent bound knapsack enumeration (anneal walk)0"],
  ],
  [
    "a solver with another name",
    all,
    "enumerable",
    1,
    ["enumeration descent bound knapsack min-cost-flow (anneal walk)0"],
  ],
  [
    "no structure: all proofs, briefly before searches and in turn after them",
    all,
    "general-quadratic",
    2,
    [
      "descent bound knapsack min-cost-flow enumeration (anneal walk)- " +
        "knapsack min-cost-flow enumeration (anneal walk)0",
      "(anneal walk)0",
    ],
  ],
  [
    "every other thread goes on with the second",
    all,
    "knapsack",
    4,
    [
      "knapsack descent bound min-cost-flow enumeration (anneal walk)0",
      "(anneal walk)0",
      "(anneal walk)1",
      "(anneal walk)0",
    ],
  ],
  ["the own solver and nothing else", exact.slice(0, 1), "knapsack", 2, ["knapsack"]],
  [
    "nothing that proves",
    [bound, ...searches],
    "knapsack",
    2,
    ["descent bound (anneal walk)0", "(anneal walk)1"],
  ],
  ["nothing at all", [], "general-linear", 2, []],
  [
    "likelier searches first, also among those that prove; who is outdone has no heat before them",
    all,
    "general-quadratic",
    1,
    [
      "descent bound enumeration knapsack min-cost-flow walk " +
        "enumeration knapsack min-cost-flow (walk anneal)0",
    ],
    { anneal: 0.001, walk: 0, enumeration: 0, knapsack: 0.3, "min-cost-flow": 0.4 },
  ],
  [
    "who is expected to stay behind does not compete",
    [bound, ...searches],
    "general-quadratic",
    1,
    ["descent bound (walk)0"],
    { anneal: 0.01, walk: 0 },
  ],
  [
    "who was not there when the others were compared does, before one that was outdone",
    [...searches, solver("novel", "heuristic")],
    "general-quadratic",
    1,
    ["descent (walk novel)0"],
    { anneal: 0.001, walk: 0 },
  ],
  [
    "on one thread proofs are brief where a search comes further",
    all,
    "knapsack",
    1,
    ["knapsack descent bound min-cost-flow enumeration (anneal)0"],
    { knapsack: 0.01, anneal: 0.001, walk: 0.1, enumeration: 1, "min-cost-flow": 1 },
  ],
  [
    "where none is the structure's own, that search has a brief turn before them",
    all,
    "general-linear",
    1,
    ["descent bound anneal enumeration min-cost-flow knapsack (anneal)0"],
    { anneal: 0.001, walk: 0.1, enumeration: 0.5, "min-cost-flow": 0.6, knapsack: 0.7 },
  ],
];

test.each(rows.map((row) => ({ remark: row[0], row })))("$remark", ({ row }) => {
  const [, from, structure, threads, lanes, learnt] = row;
  const known = learnt === undefined ? UNLEARNT : lessons(structure, learnt);
  const options = { threads, workLimit: 1e12, searchMs: 1000, solvers: from, lessons: known };
  const plan = planFor(problem, { ...options, structure });
  expect(plan.lanes.map(told)).toEqual(lanes);
  expect(plan.lanes.length).toBeLessThanOrEqual(threads);
});

const GENERAL: PortfolioOptions = {
  threads: 1,
  workLimit: 1e12,
  searchMs: 1000,
  solvers: all,
  structure: "general-quadratic",
  lessons: lessons("general-quadratic", { anneal: 0, walk: 0 }),
};

/** The work of each turn: legs, then the first heats, then who goes on. */
function limits(options: PortfolioOptions): readonly number[] {
  const [lane = []] = planFor(problem, options).lanes;
  return lane.flatMap((entry) =>
    "solver" in entry
      ? [entry.workLimit]
      : [...entry.contenders.map(({ workLimit }) => workLimit), entry.workLimit],
  );
}

test("turns before a contest's end are a share of the time, in each solver's own units", () => {
  const from = { ...GENERAL, solvers: searches };
  expect(limits({ ...from, solvers: searches.slice(1) })).toEqual([40_000, 40_000, 1e12]);
  expect(limits({ ...from, searchMs: 500 })).toEqual([600_000, 20_000, 20_000, 1e12]);
  expect(limits({ ...from, workLimit: 1000 })).toEqual([1000, 1000, 1000, 1000]);
});

test("each of them ends after twice its time at most; the others with the search", () => {
  const turns = (options: PortfolioOptions) => {
    const [lane = []] = planFor(problem, options).lanes;
    return lane.flatMap((entry) => ("solver" in entry ? [entry] : entry.contenders));
  };
  const timed = turns({ ...GENERAL, solvers: [bound, ...searches] });
  expect(timed.map(({ turnMsMax }) => turnMsMax)).toEqual([80, undefined, 80, 80]);
  const long = turns({ ...GENERAL, solvers: searches, searchMs: 1e6 });
  expect(long.map(({ turnMsMax }) => turnMsMax)).toEqual([600, 600, 600]);
  const repeatable = turns({ ...GENERAL, solvers: all, searchMs: undefined });
  expect(repeatable.filter(({ turnMsMax }) => turnMsMax !== undefined)).toEqual([]);
});

test.each([
  ["who never had an answer on other problems has no heat", 1, 0, "descent (walk)0"],
  ["unless nobody had", 1, 1, "descent (anneal walk)0"],
  ["who had one now and then has", 0.99, 0, "descent (walk anneal)0"],
])("%s", (_remark, anneal, walk, lane) => {
  const known = lessons("knapsack", { anneal, walk });
  const plan = planFor(problem, { ...GENERAL, solvers: searches, lessons: known });
  expect(plan.lanes.map(told)).toEqual([lane]);
});

test("on a thread that is to search, proofs have half of a time that is long", () => {
  const known = lessons("general-quadratic", { enumeration: 0.5, anneal: 0 });
  const from = [solver("enumeration", "exact"), searches[1]];
  const brief = { ...GENERAL, solvers: from, lessons: known };
  expect(limits({ ...brief, searchMs: 2000 })).toEqual([80_000, 80_000, 80_000, 1e12]);
  expect(limits({ ...brief, searchMs: 4000 })).toEqual([160_000, 2_000_000, 160_000, 1e12]);
});

test("with too little time for heats the likeliest has all of it", () => {
  expect(planFor(problem, { ...GENERAL, searchMs: 499 }).lanes.map(told)).toEqual([
    "descent bound anneal knapsack min-cost-flow enumeration (anneal)0",
  ]);
});

test("under rows the two likeliest have heats, however short: one may have no answer", () => {
  const assembly = new ProblemAssembly("minimise");
  const variable = assembly.addVariable();
  const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide: 1 });
  assembly.addRowLinear(row, variable, 2);
  const from = { ...GENERAL, solvers: searches, searchMs: 30, lessons: UNLEARNT };
  expect(planFor(assembly.finish(), from).lanes.map(told)).toEqual(["descent (anneal walk)0"]);
  expect(planFor(problem, from).lanes.map(told)).toEqual(["descent (anneal)0"]);
});

test("limited by work alone, a plan is the same whatever the threads, without exchange", () => {
  const plans = [1, 2, 5].map((threads) =>
    planFor(problem, { ...GENERAL, threads, searchMs: undefined, workLimit: 1000 }),
  );
  expect(plans[0]).toEqual(plans[1]);
  expect(plans[0]).toEqual(plans[2]);
  expect(plans[0].exchange).toBe(false);
  expect(plans[0].lanes.length).toBe(2);
  expect(limits({ ...GENERAL, solvers: searches, searchMs: undefined, workLimit: 1000 })).toEqual([
    40, 40, 40, 1000,
  ]);
});
