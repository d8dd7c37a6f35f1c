/**
 * Solvers on the same constrained problem, one after the other, each with the same CPU time; what
 * they say is judged by the definition.
 */
import { present } from "#foundation";
import { type QuadraticProblem, verifyQuadratic } from "#problem";
import { solverNamed } from "#solvers";
import { cpuMs } from "../cpu-race.ts";

/** What one solver came to. */
export interface RaceRun {
  readonly solver: string;
  /** To be made small; infinite without an answer. */
  readonly cost: number;
  /** Whether what was answered is feasible and worth what was said. */
  readonly isTrue: boolean;
  /** CPU milliseconds between ticks, the first counted from the beginning. */
  readonly gapsMs: readonly number[];
}

/** Runs those of `solvers` that take the problem. */
export function race(
  problem: QuadraticProblem,
  solvers: readonly string[],
  { cpuSeconds, seed }: { readonly cpuSeconds: number; readonly seed: number },
): readonly RaceRun[] {
  return solvers.flatMap((name) => {
    const solver = present(solverNamed(name), name);
    if (solver.supports(problem).kind === "no") return [];
    const gapsMs: number[] = [];
    const begin = cpuMs();
    let last = begin;
    const tick = () => {
      const now = cpuMs();
      gapsMs.push(now - last);
      last = now;
      return now - begin >= 1000 * cpuSeconds ? ("stop" as const) : ("continue" as const);
    };
    const { best } = solver.solve(problem, { seed, budget: { tick } });
    if (best === undefined) return [{ solver: name, cost: Infinity, isTrue: true, gapsMs }];
    const { feasible, objective } = verifyQuadratic(problem, best.sample);
    const isTrue = feasible && Math.abs(objective - best.objective) <= 1e-9 * Math.abs(objective);
    const cost = problem.sense === "minimise" ? objective : -objective;
    return [{ solver: name, cost, isTrue, gapsMs }];
  });
}

/** How far each run is behind the best of its race, as a share of that; infinite if unsolved. */
export function gapsOf(runs: readonly RaceRun[]): ReadonlyMap<string, number> {
  const best = Math.min(...runs.map(({ cost }) => cost));
  const scale = Math.max(1, Math.abs(best));
  return new Map(
    runs.map(({ solver, cost }) => [solver, cost === Infinity ? Infinity : (cost - best) / scale]),
  );
}
