/**
 * Samples judged as they come and then mended by a classical search: those of a circuit, and for
 * comparison others that were treated alike.
 */
import type { RandomStream, WorkBudget } from "#foundation";
import { betterOf, type QuadraticProblem, type Sample, type Solver } from "#problem";
import type { BestSample } from "../best-sample.ts";

/** What became of some samples. */
export interface Mended {
  /** How many were judged before the budget ended. */
  readonly shots: number;
  readonly feasibleShots: number;
  /** The best objective before mending, and after it; `undefined` while nothing was feasible. */
  readonly measured: number | undefined;
  readonly mended: number | undefined;
}

/** No samples at all. */
export const UNMEASURED: Mended = Object.freeze({
  ...{ shots: 0, feasibleShots: 0 },
  ...{ measured: undefined, mended: undefined },
});

/** What mending needs. */
export interface Mending {
  readonly problem: QuadraticProblem;
  readonly polisher: Solver;
  readonly best: BestSample;
  /** Spends work; true once the run has to end. */
  readonly tick: (work: number) => boolean;
  readonly stream: RandomStream;
}

/** Work of mending one sample. */
const POLISH_WORK_MAX = 20_000;

/** Judges and mends each of `samples`, which came up so often. */
export function mend(
  samples: Iterable<{ readonly sample: Sample; readonly count: number }>,
  { problem, polisher, best, tick, stream }: Mending,
): Mended {
  const { sense } = problem;
  const tally = { shots: 0, feasibleShots: 0 };
  let measured: number | undefined;
  let mended: number | undefined;
  for (const { sample: start, count } of samples) {
    if (tick(1)) break;
    tally.shots += count;
    const own = best.take(start);
    if (own !== undefined) tally.feasibleShots += count;
    measured = betterOf(sense, measured, own);
    const seed = stream.uint32();
    const polished = polisher.solve(problem, { seed, budget: brief(tick), start }).best;
    if (polished === undefined) continue;
    mended = betterOf(sense, mended, best.take(polished.sample));
  }
  return { ...tally, measured, mended };
}

/** What the polisher makes of nothing: an incumbent for who has none. */
export function freshIncumbent({ problem, polisher, best, tick, stream }: Mending) {
  const { best: found } = polisher.solve(problem, { seed: stream.uint32(), budget: brief(tick) });
  if (found !== undefined) best.take(found.sample);
  return found?.sample;
}

function brief(tick: Mending["tick"]): WorkBudget {
  let left = POLISH_WORK_MAX;
  return {
    tick: (work) => {
      left -= work;
      return tick(work) || left <= 0 ? "stop" : "continue";
    },
  };
}
