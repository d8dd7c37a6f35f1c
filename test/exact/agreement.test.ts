/**
 * Exact methods that share no code, on problems too large to try every sample in a test: whoever
 * proves must prove the same, and whoever is stopped must leave a bound that holds.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import { type QuadraticProblem, type SolveResult, type Solver, verify } from "#problem";
import { prepareSolvers, solverNamed } from "#solvers";
import {
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../generators/quadratic-models.ts";

beforeAll(() => prepareSolvers(false));

function named(name: string): Solver {
  const solver = solverNamed(name);
  if (solver === undefined) throw new Error(`no solver is called ${name}`);
  return solver;
}

const METHODS = ["enumeration", "quadratic-branch-and-bound", "treewidth", "highs-linearised"];
const medium: QuadraticShape = { ...smallQuadratic, variableCount: 14, vartypes: ["binary"] };
const families: readonly (readonly [remark: string, shape: QuadraticShape, methods: number])[] = [
  ["sparse, of everything", { ...medium, density: 0.15, vartypes: ["binary", "spin"] }, 3],
  ["dense, without rows", { ...medium, variableCount: 11, density: 1, rowCount: 0 }, 3],
  ["many rows", { ...medium, density: 0.2, rowCount: 8, rowDensity: 0.3, softShare: 0 }, 3],
  ["soft rows", { ...medium, density: 0.2, rowCount: 5, softShare: 1 }, 2],
  ["few values each", { ...medium, variableCount: 9, vartypes: ["integer"] }, 2],
];

function solved(solver: Solver, problem: QuadraticProblem, work = Infinity): SolveResult {
  return solver.solve(problem, { seed: 3, budget: workBudget(work) });
}

describe.each(families)("%s", (remark, shape, leastMethods) => {
  test("is proved alike by all who take it", () => {
    const took = new Set<string>();
    for (let seed = 0; seed < 4; seed += 1) {
      const problem = quadraticModel(randomStream(seed, remark), shape);
      const [first, ...others] = METHODS.map(named).filter(
        (solver) => solver.supports(problem).kind === "yes",
      );
      const { status, best } = solved(first, problem);
      took.add(first.name);
      expect(["optimal", "infeasible"]).toContain(status);
      for (const solver of others) {
        const other = solved(solver, problem);
        took.add(solver.name);
        expect([seed, solver.name, other.status]).toEqual([seed, solver.name, status]);
        if (best === undefined || other.best === undefined) continue;
        expect(other.best.objective).toBeCloseTo(best.objective, 9);
        expect(verify(problem, other.best.sample).feasible).toBe(true);
      }
    }
    expect(took.size).toBeGreaterThanOrEqual(leastMethods);
  });

  test("leaves a bound that holds wherever it is stopped", () => {
    const problem = quadraticModel(randomStream(1, remark), shape);
    const solvers = METHODS.map(named).filter((one) => one.supports(problem).kind === "yes");
    const optimum = solved(solvers[0], problem).best?.objective;
    for (const solver of solvers) {
      for (const work of [1, 200_000, 800_000]) {
        const { bound } = solved(solver, problem, work);
        if (bound === undefined || optimum === undefined) continue;
        const slack = 1e-6 * Math.max(1, Math.abs(optimum));
        const isOutside = problem.sense === "minimise" ? bound <= optimum : bound >= optimum;
        expect([solver.name, work, isOutside || Math.abs(bound - optimum) < slack]).toEqual([
          solver.name,
          work,
          true,
        ]);
      }
    }
  });
});
