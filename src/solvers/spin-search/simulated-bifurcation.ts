/**
 * Simulated bifurcation of eight replicas at a time (H. Goto et al., Science Advances 7, eabe7953,
 * 2021): rounds in which oscillators are tuned from rest through their bifurcation, each twice as
 * long as the one before, so that it answers early and goes on improving whatever the budget.
 */
import { type RandomStream, randomStream } from "#foundation";
import { Oscillators } from "#kernels";
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { unprepared } from "../best-sample.ts";
import { OneFlipDescent } from "./one-flip-descent.ts";
import { spinFormWithin, supportsSpinForm } from "./spin-form.ts";
import { CALL_OPERATIONS, SpinRun, TICK_OPERATIONS } from "./spin-run.ts";

const STEPS_FIRST = 64;
/** Of the oscillators' own period, 2 pi: longer steps blow up where degrees differ much. */
const STEP_TIME = 0.8;

/** Runs until its budget ends. */
export const simulatedBifurcation = solverOf("quadratic", {
  name: "simulated-bifurcation",
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
  const random = randomStream(options.seed, "simulated-bifurcation");
  const descent = new OneFlipDescent(glass, run);
  if (descent.fall(new Int8Array(glass.spinCount).fill(1))) return run.result();
  if (glass.spinCount === 0) return run.result();
  const oscillators = new Oscillators(glass);
  if (run.pause()) return run.result();
  oscillators.setVariants((lane) => (lane % 2 === 0 ? "discrete" : "ballistic"));
  for (let steps = STEPS_FIRST; !run.isStopped; steps *= 2) {
    if (bifurcate(run, oscillators, steps, random)) break;
    for (let lane = 0; lane < Oscillators.laneCount; lane += 1) {
      if (descent.fall(oscillators.spinsOf(lane))) break;
    }
  }
  return run.result();
}

/** One round from scattered oscillators; true once the run has to end. */
function bifurcate(
  run: SpinRun,
  oscillators: Oscillators,
  steps: number,
  random: RandomStream,
): boolean {
  const { spinCount, operationsPerSpin } = oscillators;
  oscillators.scatter(random);
  const blocks = Math.ceil(TICK_OPERATIONS / operationsPerSpin / Oscillators.partSpins);
  const part = blocks * Oscillators.partSpins;
  for (let step = 1; step <= steps; step += 1) {
    const terms = { detuning: 1 - step / steps, time: STEP_TIME };
    for (let first = 0; first < spinCount; first += part) {
      const end = Math.min(spinCount, first + part);
      oscillators.push(first, end, terms);
      if (run.spend(CALL_OPERATIONS + (end - first) * operationsPerSpin)) return true;
    }
    for (let first = 0; first < spinCount; first += part) {
      oscillators.drift(first, Math.min(spinCount, first + part), STEP_TIME);
    }
  }
  return false;
}
