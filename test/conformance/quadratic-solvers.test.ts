/**
 * One suite for every solver of quadratic problems: what the contract promises, on problems small
 * enough to try every sample. A solver that says no to a problem is not asked to solve it, but has
 * to say yes to some; all but one whose optional engine is not installed.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import {
  isBetterObjective,
  objectiveTolerance,
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  type Solver,
  verify,
} from "#problem";
import { prepareSolvers, solverCatalogue } from "#solvers";
import {
  bestByTrying,
  everySample,
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../generators/quadratic-models.ts";
import { structuredModels } from "../generators/structured-models.ts";
import { judged, optionsOf, stopsAt } from "./solver-contract.ts";

const solvers = solverCatalogue.filter(({ problemKind }) => problemKind === "quadratic");

const small: QuadraticShape = { ...smallQuadratic, variableCount: 5 };
const binary: QuadraticShape = { ...small, vartypes: ["binary"], variableCount: 8 };
const families: readonly (readonly [string, QuadraticShape])[] = [
  ["a bit of everything", small],
  ["fractions", { ...small, step: 0.1 }],
  ["binary", binary],
  ["binary without rows", { ...binary, rowCount: 0 }],
  ["binary and linear", { ...binary, density: 0, quadraticRowShare: 0, softShare: 0 }],
  ["counts of binaries", { ...binary, groupShare: 1, softShare: 0, rowDensity: 0.7 }],
  ["rows that may clash", { ...binary, rowCount: 7, softShare: 0 }],
  ["soft rows only", { ...small, softShare: 1 }],
  ["spins", { ...small, vartypes: ["spin"], variableCount: 8, rowCount: 0 }],
  ["integers", { ...small, vartypes: ["integer"], variableCount: 4, integerValues: 5 }],
  ["linear integers", { ...small, vartypes: ["integer"], density: 0, quadraticRowShare: 0 }],
  ["one variable", { ...small, variableCount: 1 }],
  ["no variables", { ...small, variableCount: 0 }],
  ["nothing at all", { ...small, variableCount: 0, rowCount: 0 }],
];

interface Case {
  readonly name: string;
  readonly problem: QuadraticProblem;
  /** The best objective of a feasible sample, by trying all. */
  readonly optimum: number | undefined;
}

const cases: readonly Case[] = [
  ...families.map(([name, shape]) => {
    const draw = (seed: number) => quadraticModel(randomStream(seed, name), shape);
    return { name, draw };
  }),
  ...Object.entries(structuredModels).map(([name, generator]) => {
    const draw = (seed: number) => generator(randomStream(seed, name));
    return { name, draw };
  }),
].flatMap(({ name, draw }) =>
  Array.from({ length: 4 }, (_, seed) => {
    const problem = draw(seed);
    return { name: `${name}, seed ${seed}`, problem, optimum: bestByTrying(problem)?.objective };
  }),
);

beforeAll(() => prepareSolvers(false));

describe.each(solvers)("$name", (solver) => {
  const supported = cases.filter(({ problem }) => solver.supports(problem).kind === "yes");

  test("says yes to some problems, and gives its reason to the others", () => {
    expect(supported.length > 0 || isNotInstalled(solver)).toBe(true);
    for (const { problem, name } of cases) {
      const support = solver.supports(problem);
      if (support.kind === "no") expect(support.reason.length, name).toBeGreaterThan(0);
    }
  });

  test("claims no more than there is, and its bound holds", () => {
    for (const one of supported) checked(solver, one, {});
  });

  test("is no worse than a feasible start, and can do with an infeasible one", () => {
    for (const one of supported) {
      const { problem, name } = one;
      const samples = [...everySample(problem)].map((values) => ({ values }));
      const start = samples.find((sample) => verify(problem, sample).feasible);
      const { best } = checked(solver, one, { start });
      if (start !== undefined) {
        const { objective } = verify(problem, start);
        const slack = objectiveTolerance(problem);
        const isWorse = isBetterObjective(problem.sense, objective, best?.objective ?? Number.NaN);
        const apart = Math.abs(objective - (best?.objective ?? Number.NaN));
        expect(isWorse && apart > slack, name).toBe(false);
      }
      const odd = samples.find((sample) => !verify(problem, sample).feasible);
      if (odd !== undefined) checked(solver, one, { start: odd });
    }
  });

  test("gives the same result for the same seed and budget", () => {
    for (const { name, problem } of supported.filter((_, index) => index % 3 === 0)) {
      const again = () => solver.solve(problem, optionsOf({ seed: 5 }));
      expect(again(), name).toEqual(again());
    }
  });

  test("tells of each better sample once, the last one being its best", () => {
    for (const one of supported) {
      const heard: number[] = [];
      const onIncumbent: SolveOptions["onIncumbent"] = (sample, objective) => {
        expect(verify(one.problem, sample).feasible, one.name).toBe(true);
        const last = heard.at(-1);
        const isBetter =
          last === undefined || isBetterObjective(one.problem.sense, objective, last);
        expect(isBetter, one.name).toBe(true);
        heard.push(objective);
      };
      const { best } = checked(solver, one, { onIncumbent });
      const last = heard.at(-1);
      if (last !== undefined) expect(last, one.name).toBe(best?.objective);
    }
  });

  test("ends at the tick that says stop, with the best so far", () => {
    for (const one of supported.filter((_, index) => index % 3 === 0)) {
      for (const stopAt of [1, 2, 5]) {
        const count = stopsAt(stopAt);
        const { work } = checked(solver, one, { budget: count.budget });
        expect(count.ticks, one.name).toBeLessThanOrEqual(stopAt);
        expect(work, one.name).toBeGreaterThanOrEqual(count.spent);
      }
    }
  });
});

describe("exact", () => {
  test.each(solvers.filter(({ guarantee }) => guarantee === "exact"))(
    "$name proves the optimum, or that there is none",
    (solver) => {
      for (const one of cases) {
        if (solver.supports(one.problem).kind === "no") continue;
        const { status } = checked(solver, one, { budget: workBudget(Infinity) });
        expect(status, one.name).toBe(one.optimum === undefined ? "infeasible" : "optimal");
      }
    },
  );
});

test("whatever the problem, some heuristic takes it and some find its optimum", () => {
  const heuristics = solvers.filter(({ guarantee }) => guarantee === "heuristic");
  let found = 0;
  let feasible = 0;
  for (const one of cases) {
    if (one.optimum === undefined) continue;
    feasible += 1;
    const results = heuristics
      .filter((solver) => solver.supports(one.problem).kind === "yes")
      .map((solver) => checked(solver, one, { budget: workBudget(200_000) }));
    expect(results.length, one.name).toBeGreaterThan(0);
    const tolerance = objectiveTolerance(one.problem);
    const optimum = one.optimum;
    if (
      results.some(({ best }) => Math.abs((best?.objective ?? Infinity) - optimum) <= tolerance)
    ) {
      found += 1;
    }
  }
  expect(found).toBeGreaterThanOrEqual(feasible * 0.97);
});

/** Only who says so of every problem: an engine is there or it is not. */
function isNotInstalled(solver: Solver): boolean {
  return cases.every(({ problem }) => {
    const support = solver.supports(problem);
    return support.kind === "no" && support.reason === "or-tools-wasm is not installed";
  });
}

/** Solves, and holds what is reported against verify and against every sample. */
function checked(solver: Solver, one: Case, options: Partial<SolveOptions>): SolveResult {
  const { name, problem, optimum } = one;
  const tolerance = objectiveTolerance(problem);
  const result = judged(solver, problem, options, { name, toleranceOf: () => tolerance });
  const { best, bound, status } = result;
  if (status === "infeasible") expect(optimum, name).toBeUndefined();
  if (optimum === undefined) return result;
  if (status === "optimal") {
    expect(Math.abs((best?.objective ?? Infinity) - optimum), name).toBeLessThanOrEqual(tolerance);
  }
  if (bound === undefined) return result;
  const isRefuted = isBetterObjective(problem.sense, optimum, bound);
  expect(isRefuted && Math.abs(bound - optimum) > tolerance, name).toBe(false);
  return result;
}
