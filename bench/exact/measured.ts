/**
 * One solver on one problem, with its CPU time. The budget is CPU time too, read at the solver's
 * ticks; what the solver says is verified before it counts.
 */
import {
  detectStructure,
  isBetterObjective,
  type QuadraticProblem,
  type Sample,
  type Solver,
  type SolveStatus,
  verifyQuadratic,
} from "#problem";
import { solverCatalogue, solverNamed } from "#solvers";

/** What a run came to. */
export interface MeasuredRun {
  readonly solver: string;
  readonly status: SolveStatus;
  /** Absent, and the objective not a number, where nothing feasible was found. */
  readonly sample: Sample | undefined;
  readonly objective: number;
  readonly bound: number;
  readonly cpuSeconds: number;
  /** CPU time after which the objective was at least as good as `target`; infinite if never. */
  readonly targetCpuSeconds: number;
  /** Whether the verdict on the sample, and the evaluator's, are what was claimed. */
  readonly isTrue: boolean;
}

/** How to run. */
export interface MeasuredOptions {
  readonly cpuSecondsMax: number;
  readonly seed?: number;
  /** Named, or the one the detector leads to. */
  readonly solver?: Solver;
  readonly target?: number | undefined;
}

/** CPU seconds of this process, all threads. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The solver a problem is given to when nobody names one. */
export function ownSolver(problem: QuadraticProblem): Solver {
  const found = solverNamed(detectStructure(problem).kind);
  const able = found ?? solverCatalogue.find((solver) => solver.supports(problem).kind === "yes");
  if (able === undefined) throw new Error("no solver takes the problem");
  return able;
}

/** Solves `problem` once. */
export function measured(problem: QuadraticProblem, options: MeasuredOptions): MeasuredRun {
  const begin = cpuSeconds();
  const spent = () => cpuSeconds() - begin;
  const solver = options.solver ?? ownSolver(problem);
  let targetCpuSeconds = Number.POSITIVE_INFINITY;
  const result = solver.solve(problem, {
    seed: options.seed ?? 1,
    budget: { tick: () => (spent() > options.cpuSecondsMax ? "stop" : "continue") },
    onIncumbent: (_sample, objective) => {
      if (options.target === undefined || targetCpuSeconds < Infinity) return;
      const isShort = isBetterObjective(problem.sense, options.target, objective);
      if (!isShort) targetCpuSeconds = spent();
    },
  });
  const cpu = spent();
  const { best, bound = Number.NaN, status } = result;
  const verdict = best && verifyQuadratic(problem, best.sample);
  const objective = verdict?.feasible ? verdict.objective : Number.NaN;
  const isShort = isBetterObjective(problem.sense, options.target ?? objective, objective);
  return {
    solver: solver.name,
    status,
    sample: best?.sample,
    objective,
    bound,
    cpuSeconds: cpu,
    // Those that tell of no incumbents on the way have theirs at the end.
    targetCpuSeconds: isShort || best === undefined ? Infinity : Math.min(cpu, targetCpuSeconds),
    isTrue: best === undefined || objective === best.objective,
  };
}
