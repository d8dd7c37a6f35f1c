/**
 * How good the answer of one member of the portfolio is after how much CPU time: by itself, on one
 * thread, on the problem as it was brought.
 */
import { isBetterObjective, type QuadraticProblem, type Solver, verifyQuadratic } from "#problem";
import { cpuMs } from "../cpu-race.ts";

/** What a member came to. */
export interface Profile {
  /** Strictly better answers as they were found. */
  readonly steps: readonly { readonly cpuMs: number; readonly objective: number }[];
  /** When it ended by itself or was told to. */
  readonly endedCpuMs: number;
  readonly isProved: boolean;
  /** Work done in a CPU millisecond, once it has begun; NaN where it was over too soon. */
  readonly workPerMs: number;
}

/** Shorter runs say little of how fast a solver is. */
const SPEED_MS_MIN = 20;

/** Runs `solver` until it has used `cpuMsMax` or reached `listed`. */
export function profileOf(
  problem: QuadraticProblem,
  solver: Solver,
  options: {
    readonly cpuMsMax: number;
    readonly seed: number;
    readonly listed: number | undefined;
  },
): Profile {
  const { cpuMsMax, seed, listed } = options;
  const begin = cpuMs();
  const steps: { cpuMs: number; objective: number }[] = [];
  let isThere = false;
  const note = (objective: number) => {
    const last = steps.at(-1)?.objective;
    if (last !== undefined && !isBetterObjective(problem.sense, objective, last)) return;
    steps.push({ cpuMs: cpuMs() - begin, objective });
    isThere = listed !== undefined && !isBetterObjective(problem.sense, listed, objective);
  };
  let firstTick: { readonly cpuMs: number; readonly work: number } | undefined;
  const tick = (work: number) => {
    const now = cpuMs() - begin;
    firstTick ??= { cpuMs: now, work };
    return isThere || now > cpuMsMax ? "stop" : "continue";
  };
  const { status, best, work } = solver.solve(problem, {
    seed,
    budget: { tick },
    onIncumbent: (_sample, objective) => note(objective),
  });
  const endedCpuMs = cpuMs() - begin;
  if (best !== undefined) {
    const { feasible, objective } = verifyQuadratic(problem, best.sample);
    if (!feasible) throw new Error(`${solver.name}: an infeasible answer`);
    note(objective);
  }
  const isProved = status === "optimal" || status === "infeasible";
  const runMs = endedCpuMs - (firstTick?.cpuMs ?? endedCpuMs);
  const isLong = runMs >= SPEED_MS_MIN;
  const workPerMs = isLong ? (work - (firstTick?.work ?? 0)) / runMs : Number.NaN;
  return { steps, endedCpuMs, isProved, workPerMs };
}

/** The objective after `cpuMs`; `undefined` where there was none yet. */
export function objectiveAfter({ steps }: Profile, cpuMs: number): number | undefined {
  return steps.findLast((step) => step.cpuMs <= cpuMs)?.objective;
}
