/**
 * Simulated quantum annealing (R. Martonak, G. Santoro and E. Tosatti, Physical Review B 66,
 * 094203, 2002): rounds of path-integral Monte Carlo with a transverse field that falls to nearly
 * nothing, each round twice as long as the one before, so that it answers early and goes on
 * improving whatever the budget.
 */
import { randomStream } from "#foundation";
import { bindingOf, type WorldLineMove, WorldLines } from "#kernels";
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { unprepared } from "../best-sample.ts";
import { OneFlipDescent } from "./one-flip-descent.ts";
import { spinFormWithin, supportsSpinForm } from "./spin-form.ts";
import { CALL_OPERATIONS, SpinRun, TICK_OPERATIONS } from "./spin-run.ts";
import { hottest } from "./temperatures.ts";

const SWEEPS_FIRST = 32;
/** Transverse field at the beginning and at the end, of the temperature where annealing begins. */
const FIELD_FIRST = 2;
const FIELD_LAST = 0.02;
/** Temperature all the while, of the same: the ring of slices is 16 times as hot. */
const HEAT = 0.05;
/** Changes of the field in a round, at most. */
const STEPS_MAX = 500;
/** Vector operations of a visit, and of telling a neighbour. */
const OPERATIONS_PER_VISIT = 70;
const OPERATIONS_PER_NEIGHBOUR = 12;

/** Runs until its budget ends. */
export const pathIntegralAnnealing = solverOf("quadratic", {
  name: "path-integral-annealing",
  version: 2,
  guarantee: "heuristic",
  supports: supportsSpinForm,
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const form = spinFormWithin(problem, options);
  if (form === undefined) return unprepared(problem, options);
  const { glass } = form;
  const run = new SpinRun(problem, options, form);
  const random = randomStream(options.seed, "path-integral-annealing");
  const descent = new OneFlipDescent(glass, run);
  if (descent.fall(new Int8Array(glass.spinCount).fill(1))) return run.result();
  if (glass.spinCount === 0) return run.result();
  const lines = new WorldLines(glass, random);
  if (run.pause()) return run.result();
  for (let sweeps = SWEEPS_FIRST; !run.isStopped; sweeps *= 2) {
    lines.scatter(random);
    if (run.pause() || anneal(run, lines, sweeps)) break;
    for (let slice = 0; slice < WorldLines.sliceCount; slice += 1) {
      if (descent.fall(lines.spinsOf(slice))) break;
    }
  }
  return run.result();
}

/** One round; true once the run has to end. */
function anneal(run: SpinRun, lines: WorldLines, sweeps: number): boolean {
  const hot = hottest(lines.glass);
  const steps = Math.min(sweeps, STEPS_MAX);
  lines.setTemperature(HEAT * hot);
  for (let step = 0, done = 0; step < steps; step += 1) {
    const field = FIELD_FIRST + ((FIELD_LAST - FIELD_FIRST) * step) / (steps - 1);
    lines.setBinding(bindingOf(HEAT * hot, field * hot));
    const due = Math.round(((step + 1) * sweeps) / steps);
    for (; done < due; done += 1) {
      if (sweep(run, lines, "slices") || sweep(run, lines, "lines")) return true;
    }
  }
  return false;
}

/** One sweep with ticks in between. */
function sweep(run: SpinRun, lines: WorldLines, move: WorldLineMove): boolean {
  const { spinCount, neighbours } = lines.glass;
  const perFlip = (OPERATIONS_PER_NEIGHBOUR * neighbours.length) / spinCount;
  const { blockSites } = WorldLines;
  const blocks = Math.ceil(TICK_OPERATIONS / (OPERATIONS_PER_VISIT + perFlip) / blockSites);
  const part = blocks * blockSites;
  for (let first = 0; first < spinCount; first += part) {
    const end = Math.min(spinCount, first + part);
    const flips = lines.sweep(move, first, end);
    if (run.spend(CALL_OPERATIONS + (end - first) * OPERATIONS_PER_VISIT + flips * perFlip))
      return true;
  }
  return false;
}
