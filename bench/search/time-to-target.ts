/**
 * How long a search takes to a value that is known: it is told to stop as soon as it has said that
 * it is there, or when its CPU time is over, and what it found is judged afterwards.
 */
import { present } from "#foundation";
import {
  isBetterObjective,
  type QuadraticProblem,
  type Sample,
  solutionOf,
  verifyQuadratic,
} from "#problem";
import { solverNamed } from "#solvers";
import { shippedEvaluator, shippedPath } from "../exact/shipped.ts";
import { readShipped, type ShippedInstance } from "../exact/shipped-run.ts";
import { cpuMs } from "./cpu-race.ts";

/** One search. */
export interface TargetRun {
  /** NaN where nothing feasible was found. */
  readonly objective: number;
  readonly sample: Sample | undefined;
  /** CPU time until it was at least as good as the target; infinite if it never was. */
  readonly cpuSeconds: number;
}

/** What to search with, for what, and for how long. */
export interface TargetSearch {
  readonly solver: string;
  /** Infinite or minus infinite: never reached. */
  readonly target: number;
  readonly cpuSecondsMax: number;
  readonly seed: number;
}

/** Targets of fractions are listed with fewer digits than objectives have. */
const LISTED_ROUNDING = 1e-6;

/** Searches until the target is reached. */
export function searchFor(problem: QuadraticProblem, search: TargetSearch): TargetRun {
  const { target, cpuSecondsMax, seed } = search;
  const solver = present(solverNamed(search.solver), search.solver);
  const begin = cpuMs();
  const spent = () => (cpuMs() - begin) / 1000;
  const isExact = Number.isInteger(target) || !Number.isFinite(target);
  const slack = isExact ? 0 : LISTED_ROUNDING * Math.abs(target);
  let cpuSeconds = Number.POSITIVE_INFINITY;
  const { best } = solver.solve(problem, {
    seed,
    budget: {
      tick: () => (cpuSeconds < Infinity || spent() > cpuSecondsMax ? "stop" : "continue"),
    },
    onIncumbent: (_sample, objective) => {
      const isShort = isBetterObjective(problem.sense, target, objective);
      if (isShort && Math.abs(objective - target) > slack) return;
      cpuSeconds = Math.min(cpuSeconds, spent());
    },
  });
  const verdict = best && verifyQuadratic(problem, best.sample);
  const objective = verdict?.feasible ? verdict.objective : Number.NaN;
  return { objective, sample: best?.sample, cpuSeconds };
}

/** The same on a shipped instance; throws where the evaluator does not agree. */
export async function searchShipped(
  instance: ShippedInstance,
  searches: readonly TargetSearch[],
): Promise<readonly TargetRun[]> {
  const { family, file } = instance;
  const { problem, layout } = await readShipped(instance);
  const evaluate = await shippedEvaluator();
  const runs = searches.map((search) => searchFor(problem, search));
  for (const { sample, objective } of runs) {
    if (sample === undefined) continue;
    const judged = evaluate(shippedPath(family, file), solutionOf(layout, sample), {});
    const isAgreed = Math.abs(judged.objective - objective) <= 1e-9 * Math.abs(objective);
    if (!judged.feasible || !isAgreed) throw new Error(`${file}: ${objective} is untrue`);
  }
  const found = runs.map((run) => `${run.objective} @ ${run.cpuSeconds.toFixed(3)}`);
  process.stderr.write(`  ${file}: ${found.join(", ")}\n`);
  return runs;
}
