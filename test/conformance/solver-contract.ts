/**
 * What every solver's contract has in common, whatever kind of problem it solves: options of a
 * test, a budget that ends at a given tick, and a result held against the verifier.
 */
import { expect } from "vitest";
import { type WorkBudget, workBudget } from "#foundation";
import { type Problem, type SolveOptions, type SolveResult, type Solver, verify } from "#problem";

const WORK_LIMIT = 30_000;

/** Options of a short run, but for what is given. */
export function optionsOf(options: Partial<SolveOptions>): SolveOptions {
  return { seed: 1, budget: workBudget(WORK_LIMIT), ...options };
}

/** A budget that ends at a tick, and what it has heard. */
interface TickCount {
  readonly budget: WorkBudget;
  ticks: number;
  spent: number;
}

/** Counts ticks and work, and says stop at the tick `stopAt`, from 1. */
export function stopsAt(stopAt: number): TickCount {
  const count: TickCount = {
    ticks: 0,
    spent: 0,
    budget: {
      tick: (work) => {
        count.ticks += 1;
        count.spent += work;
        return count.ticks >= stopAt ? "stop" : "continue";
      },
    },
  };
  return count;
}

/**
 * Solves, and holds the result against the verifier: there is a sample where the status says so,
 * it is feasible, and it is worth what is said but for `toleranceOf` its worth.
 */
export function judged(
  solver: Solver,
  problem: Problem,
  options: Partial<SolveOptions>,
  { name, toleranceOf }: { readonly name: string; toleranceOf(objective: number): number },
): SolveResult {
  expect(solver.supports(problem).kind, name).toBe("yes");
  const result = solver.solve(problem, optionsOf(options));
  const { best, status } = result;
  expect(best !== undefined, name).toBe(status === "optimal" || status === "feasible");
  if (best === undefined) return result;
  const { feasible, objective } = verify(problem, best.sample);
  expect(feasible, name).toBe(true);
  expect(Math.abs(best.objective - objective), name).toBeLessThanOrEqual(toleranceOf(objective));
  return result;
}
