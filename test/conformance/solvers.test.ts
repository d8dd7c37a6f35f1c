/**
 * One suite for every solver of ordered selections: what the contract promises, on problems small
 * enough to try every order.
 */
import { describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import {
  HARD,
  type OrderedSelection,
  type SolveOptions,
  type SolveResult,
  type Solver,
  verify,
} from "#problem";
import { solverCatalogue, solverNamed } from "#solvers";
import {
  mixedShape,
  orderedSelection,
  type SelectionShape,
} from "../generators/ordered-selections.ts";
import { bruteForce } from "./brute-force.ts";
import { judged, optionsOf, stopsAt } from "./solver-contract.ts";

const small: SelectionShape = {
  ...mixedShape,
  itemCount: 7,
  positionCount: 4,
  groupCount: 3,
  dimension: 4,
};
const clashing: Partial<SelectionShape> = { planted: false, hardShare: 0.8, spacingShare: 0.7 };

const families: readonly (readonly [string, SelectionShape])[] = [
  ["a bit of everything", small],
  ["rules that may clash", { ...small, ...clashing, pins: 2 }],
  ["hard minima and maxima", { ...small, ...clashing, hardShare: 1, pins: 0, minima: 3 }],
  ["soft rules only", { ...small, hardShare: 0, pins: 2, spacingShare: 1 }],
  ["tight maxima", { ...small, caps: 6, minima: 0, pins: 0, hardShare: 1, planted: false }],
  ["no rules, strong diversity", { ...small, caps: 0, minima: 0, pins: 0, diversityWeight: 2 }],
  ["no similarity", { ...small, dimension: 0, overrideShare: 0 }],
  ["similarities of their own", { ...small, overrideShare: 1, diversityWeight: 3 }],
  ["negative values", { ...small, negativeShare: 0.7 }],
  ["equal weights", { ...small, weights: "equal" }],
  ["weights that end in zeros", { ...small, weights: "zero-tail", spacingShare: 1 }],
  ["fewer items than positions", { ...small, itemCount: 3, positionCount: 5 }],
  ["one position", { ...small, positionCount: 1 }],
  ["one item", { ...small, itemCount: 1 }],
  ["no items", { ...small, itemCount: 0 }],
  ["no positions", { ...small, positionCount: 0 }],
];

const selectionSolvers = solverCatalogue.filter(
  ({ problemKind }) => problemKind === "ordered-selection",
);

const cases = families.flatMap(([remark, shape]) =>
  Array.from({ length: 12 }, (_, seed) => {
    const problem = orderedSelection(randomStream(seed, remark), shape);
    return { name: `${remark}, seed ${seed}`, problem, optimum: bruteForce(problem) };
  }),
);

/** Two ways to add up the same objective may differ by this much. */
const ROUNDING = 1e-14;

describe.each(selectionSolvers)("$name", (solver) => {
  test("claims no more than there is, and its bound holds", () => {
    for (const { name, problem, optimum } of cases) {
      const { best, bound, status } = checked(solver, problem, {}, name);
      if (optimum === undefined) expect(best, name).toBeUndefined();
      if (status === "infeasible") expect(optimum, name).toBeUndefined();
      if (optimum === undefined) continue;
      if (best !== undefined) {
        const length = best.sample.values.length;
        expect(length, name).toBeLessThanOrEqual(optimum.length);
        const most = length === optimum.length ? optimum.objective + ROUNDING : Infinity;
        expect(best.objective, name).toBeLessThanOrEqual(most);
      }
      expect(bound ?? Infinity, name).toBeGreaterThanOrEqual(optimum.objective - ROUNDING);
    }
  });

  test("bounds every order at least as long as a given start", () => {
    for (const { name, problem, optimum } of cases) {
      const start = solverNamed("greedy-swap")?.solve(problem, optionsOf({})).best?.sample;
      if (start === undefined || optimum === undefined) continue;
      const { best, bound } = checked(solver, problem, { start }, name);
      expect(bound ?? Infinity, name).toBeGreaterThanOrEqual(optimum.objective - ROUNDING);
      const from = verify(problem, start).objective;
      expect(best?.sample.values.length, name).toBeGreaterThanOrEqual(start.values.length);
      if (best?.sample.values.length !== start.values.length) continue;
      expect(best.objective, name).toBeGreaterThanOrEqual(from - ROUNDING);
    }
  });

  test("refuses with a reason what pays for similarity or for broken rules", () => {
    const problem = orderedSelection(randomStream(1), small);
    const [rule] = problem.counts;
    const refused = [
      { ...problem, diversityWeight: -0.1 },
      { ...problem, diversityWeight: Number.NaN },
      { ...problem, counts: [{ ...rule, penalty: -1 }] },
    ];
    for (const odd of refused) {
      expect(solver.supports(odd)).toMatchObject({ kind: "no", reason: expect.any(String) });
    }
  });

  test("gives the same result for the same seed and budget", () => {
    for (const { name, problem } of cases.filter((_, index) => index % 4 === 0)) {
      const again = () => solver.solve(problem, optionsOf({ seed: 5 }));
      expect(again(), name).toEqual(again());
    }
  });

  test("tells of each better sample once, the last one being its best", () => {
    for (const { name, problem } of cases) {
      const heard: { readonly length: number; readonly objective: number }[] = [];
      const onIncumbent: SolveOptions["onIncumbent"] = (sample, objective) => {
        expect(verify(problem, sample).feasible, name).toBe(true);
        heard.push({ length: sample.values.length, objective });
      };
      const { best } = checked(solver, problem, { onIncumbent }, name);
      for (const [index, { length, objective }] of heard.entries()) {
        if (index === 0) continue;
        const before = heard[index - 1];
        expect(length > before.length || objective > before.objective, name).toBe(true);
      }
      const last = heard.at(-1);
      if (last !== undefined) expect(last.objective, name).toBe(best?.objective);
    }
  });

  test("ends at the tick that says stop, with the best so far", () => {
    const shape = { ...mixedShape, itemCount: 200, positionCount: 10, groupCount: 12 };
    const problem = orderedSelection(randomStream(3, "stop"), shape);
    for (const stopAt of [1, 2, 3, 10, 40]) {
      const count = stopsAt(stopAt);
      const { work } = checked(solver, problem, { budget: count.budget }, `stop at ${stopAt}`);
      expect(count.ticks).toBeLessThanOrEqual(stopAt);
      expect(work).toBeGreaterThanOrEqual(count.spent);
    }
  });

  test("ticks often enough to be stopped, however large the problem", () => {
    const shape = { ...mixedShape, itemCount: 2000, positionCount: 100, groupCount: 40 };
    const problem = orderedSelection(randomStream(4, "large"), { ...shape, dimension: 16 });
    const amounts: number[] = [];
    const limited = workBudget(400_000);
    const budget = {
      tick: (work: number) => {
        amounts.push(work);
        return limited.tick(work);
      },
    };
    checked(solver, problem, { budget }, "large");
    expect(Math.max(...amounts)).toBeLessThan(60_000);
  });
});

describe("exact", () => {
  test.each(selectionSolvers.filter(({ guarantee }) => guarantee === "exact"))(
    "$name proves the optimum or names a minimal conflict",
    (solver) => {
      for (const { name, problem, optimum } of cases) {
        const result = solver.solve(problem, optionsOf({ budget: workBudget(Infinity) }));
        expect(result.status, name).toBe(optimum === undefined ? "infeasible" : "optimal");
        if (optimum === undefined) checkConflict(problem, result.conflict ?? [], name);
        else {
          expect(result.best?.sample.values.length, name).toBe(optimum.length);
          expect(result.best?.objective, name).toBeCloseTo(optimum.objective, 12);
          expect(result.bound, name).toBe(result.best?.objective);
        }
      }
    },
  );
});

describe("exchange", () => {
  test.each(["tabu", "annealing"])("%s goes on from a better sample it is given", (name) => {
    const shape = { ...mixedShape, itemCount: 60, positionCount: 8, diversityWeight: 1 };
    const problem = orderedSelection(randomStream(9, "exchange"), shape);
    const given = solverNamed("branch-and-bound")?.solve(problem, optionsOf({})).best;
    const solver = solverNamed(name);
    expect(given).toBeDefined();
    let asked = 0;
    const exchange = () => {
      asked += 1;
      return asked === 2 ? given?.sample : undefined;
    };
    const best = solver?.solve(problem, optionsOf({ exchange })).best;
    expect(best?.objective).toBeGreaterThanOrEqual((given?.objective ?? Infinity) - ROUNDING);
  });
});

/** Solves, and holds what is reported against verify. */
function checked(
  solver: Solver,
  problem: OrderedSelection,
  options: Partial<SolveOptions>,
  name: string,
): SolveResult {
  const toleranceOf = (objective: number) => 1e-9 * Math.max(Math.abs(objective), 1e-3);
  return judged(solver, problem, options, { name, toleranceOf });
}

/** The named rules clash, and leaving any one of them out ends the clash. */
function checkConflict(problem: OrderedSelection, names: readonly string[], name: string): void {
  expect(names.length, name).toBeGreaterThan(0);
  expect(bruteForce(keepHard(problem, names)), name).toBeUndefined();
  for (const left of names) {
    const others = names.filter((rule) => rule !== left);
    expect(bruteForce(keepHard(problem, others)), `${name} without ${left}`).toBeDefined();
  }
}

function keepHard(problem: OrderedSelection, names: readonly string[]): OrderedSelection {
  const kept = ({ rule, penalty }: { readonly rule: string; readonly penalty: number }) =>
    penalty === HARD && names.includes(rule);
  return {
    ...problem,
    counts: problem.counts.filter(kept),
    pins: problem.pins.filter(kept),
    spacing: problem.spacing !== undefined && kept(problem.spacing) ? problem.spacing : undefined,
  };
}
