/**
 * One solver for so much CPU time on one problem. What counts is what it had found by then, not
 * what it returned later.
 */
import { isBetterObjective, type QuadraticProblem, type Solver, verifyQuadratic } from "#problem";

/** What to run for. */
export interface RunOptions {
  readonly seed: number;
  readonly budgetMs: number;
  /** Nothing is better: who is there may stop. */
  readonly target: number | undefined;
  /** CPU time of this process so far. */
  readonly cpuMs: () => number;
}

/** What a run came to. */
export interface Run {
  readonly seed: number;
  /** The best within the budget; `null` without any. */
  readonly objective: number | null;
  /** CPU time when it was found; the whole run's where none was. */
  readonly foundMs: number;
  readonly endedMs: number;
  /** Nothing is better, by its own proof. */
  readonly isProved: boolean;
  /** What the solver says of itself. */
  readonly method: string | undefined;
}

/** Runs until the target is reached or the budget spent. */
export function runOnce(problem: QuadraticProblem, solver: Solver, options: RunOptions): Run {
  const { seed, budgetMs, target, cpuMs } = options;
  const begin = cpuMs();
  let found: { readonly objective: number; readonly atMs: number } | undefined;
  let isThere = false;
  const note = (objective: number) => {
    const atMs = cpuMs() - begin;
    if (atMs > budgetMs) return;
    if (found !== undefined && !isBetterObjective(problem.sense, objective, found.objective))
      return;
    found = { objective, atMs };
    isThere = target !== undefined && !isBetterObjective(problem.sense, target, objective);
  };
  const { status, best, method } = solver.solve(problem, {
    seed,
    budget: { tick: () => (isThere || cpuMs() - begin > budgetMs ? "stop" : "continue") },
    onIncumbent: (_sample, objective) => note(objective),
  });
  const endedMs = cpuMs() - begin;
  if (best !== undefined) {
    const { feasible, objective } = verifyQuadratic(problem, best.sample);
    if (feasible) note(objective);
  }
  return {
    seed,
    objective: found?.objective ?? null,
    foundMs: found?.atMs ?? endedMs,
    endedMs,
    isProved: status === "optimal" && endedMs <= budgetMs,
    method,
  };
}

/** Whether the first has found the better answer, or the same sooner. */
export function isStronger(sense: QuadraticProblem["sense"], one: Run, other: Run): boolean {
  if (one.objective === null || other.objective === null) return one.objective !== null;
  if (isBetterObjective(sense, one.objective, other.objective)) return true;
  if (isBetterObjective(sense, other.objective, one.objective)) return false;
  return one.foundMs < other.foundMs;
}
