/**
 * The heuristic of Burer, Monteiro and Zhang for maximum cuts (SIAM Journal on Optimization 12,
 * 2002), and for whatever else has a spin form: minimise the rank-2 relaxation, take the best cut
 * through it, fall into its local minimum, and go on from angles near that cut; from random ones
 * when that has led nowhere for a while.
 */
import { type RandomStream, randomStream } from "#foundation";
import { HalfPlanes, type SpinGlass, UnitVectors, withAncilla } from "#kernels";
import {
  type QuadraticProblem,
  remembered,
  type Sample,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { unprepared } from "../best-sample.ts";
import { OneFlipDescent } from "./one-flip-descent.ts";
import { spinFormWithin, supportsSpinForm } from "./spin-form.ts";
import { CALL_OPERATIONS, SpinRun, TICK_OPERATIONS } from "./spin-run.ts";

/** Sweeps of coordinate descent for a cut. */
const SWEEPS_RANDOM = 30;
const SWEEPS_NEAR = 12;
/** Angles begin within this of their side of the cut, in radians. */
const NEAR = 0.6;
/** Cuts without a better one after which a replica begins anew. */
const FAILURES_MAX = 30;
const OPERATIONS_PER_NEIGHBOUR = 8;
const OPERATIONS_PER_SPIN = 40;
/** The same of rounding a replica, in plain code: sorting, and flipping every spin. */
const OPERATIONS_PER_ROUNDED_SPIN = 1500;
const OPERATIONS_PER_ROUNDED_NEIGHBOUR = 10;

/** Rounding has no ticks inside: up to here it takes some 20 ms. */
const SPINS_MAX = 50_000;
const NEIGHBOURS_MAX = 2_000_000;

/** Runs until its budget ends. */
export const rankTwo = solverOf("quadratic", {
  name: "rank-two",
  version: 2,
  guarantee: "heuristic",
  supports: remembered((problem) => {
    const { variableCount, objective } = problem;
    const neighbours = 2 * objective.columns.length;
    if (variableCount <= SPINS_MAX && neighbours <= NEIGHBOURS_MAX)
      return supportsSpinForm(problem);
    const most = `${SPINS_MAX} variables and ${NEIGHBOURS_MAX / 2} interactions`;
    return { kind: "no", reason: `up to ${most}, got ${variableCount} and ${neighbours / 2}` };
  }),
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const form = spinFormWithin(problem, options);
  if (form === undefined) return unprepared(problem, options);
  const { glass } = form;
  const run = new SpinRun(problem, options, form);
  const random = randomStream(options.seed, "rank-two");
  const descent = new OneFlipDescent(glass, run);
  const first = options.start === undefined ? undefined : spinsOf(options.start);
  if (descent.fall(first ?? new Int8Array(glass.spinCount).fill(1))) return run.result();
  if (glass.spinCount === 0) return run.result();
  const products = withAncilla(glass);
  const vectors = new UnitVectors(products);
  const planes = new HalfPlanes(products);
  const cuts = Array.from({ length: UnitVectors.laneCount }, (_, lane): Cut | undefined =>
    lane === 0 && first !== undefined
      ? { spins: first, energy: descent.energy, failures: 0 }
      : undefined,
  );
  const rounding =
    OPERATIONS_PER_ROUNDED_SPIN * products.spinCount +
    OPERATIONS_PER_ROUNDED_NEIGHBOUR * products.neighbours.length;
  while (!run.isStopped) {
    for (const [lane, cut] of cuts.entries()) setAngles(vectors, lane, cut, random);
    const isNear = cuts.every((cut) => cut !== undefined);
    if (minimise(run, vectors, isNear ? SWEEPS_NEAR : SWEEPS_RANDOM)) break;
    for (const [lane, cut] of cuts.entries()) {
      const spins = relativeTo(glass, planes.round(vectors, lane));
      if (run.spend(rounding) || descent.fall(spins)) break;
      const { energy } = descent;
      const isBetter = cut === undefined || energy < cut.energy;
      const failures = isBetter ? 0 : cut.failures + 1;
      const next = isBetter ? { spins, energy, failures } : { ...cut, failures };
      cuts[lane] = failures > FAILURES_MAX ? undefined : next;
    }
  }
  return run.result();
}

/** The best cut of a replica since it began anew. */
interface Cut {
  readonly spins: Int8Array;
  readonly energy: number;
  readonly failures: number;
}

/** Near the cut, or anywhere. */
function setAngles(
  vectors: UnitVectors,
  lane: number,
  cut: Cut | undefined,
  random: RandomStream,
): void {
  vectors.setAngles(lane, (spin) => {
    const share = 2 * random.unit() - 1;
    if (cut === undefined) return Math.PI * share;
    // The ancilla, where there is one, is the last and up.
    return NEAR * share + (cut.spins[spin] < 0 ? Math.PI : 0);
  });
}

/** Coordinate descent on all replicas; true once the run has to end. */
function minimise(run: SpinRun, vectors: UnitVectors, sweeps: number): boolean {
  const { spinCount, neighbours } = vectors.glass;
  const perSpin = OPERATIONS_PER_SPIN + (OPERATIONS_PER_NEIGHBOUR * neighbours.length) / spinCount;
  const part = Math.ceil(TICK_OPERATIONS / perSpin);
  for (let count = 0; count < sweeps; count += 1) {
    for (let first = 0; first < spinCount; first += part) {
      const end = Math.min(spinCount, first + part);
      vectors.align(first, end);
      if (run.spend(CALL_OPERATIONS + (end - first) * perSpin)) return true;
    }
  }
  return false;
}

/** Spins relative to the ancilla, where there is one. */
function relativeTo({ spinCount }: SpinGlass, spins: Int8Array): Int8Array {
  const isTurned = spins.length > spinCount && spins[spinCount] < 0;
  return spins.subarray(0, spinCount).map((spin) => (isTurned ? -spin : spin));
}

function spinsOf({ values }: Sample): Int8Array {
  return Int8Array.from(values, (value) => (value > 0 ? 1 : -1));
}
