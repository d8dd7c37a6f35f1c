/**
 * Simulated annealing of many replicas at once (S. Kirkpatrick, C. Gelatt and M. Vecchi, Science
 * 220, 1983): rounds of sweeps with a temperature that falls linearly, each round twice as long as
 * the one before, so that it answers early and goes on improving whatever the budget.
 */
import { randomStream } from "#foundation";
import { SpinReplicas } from "#kernels";
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { unprepared } from "../best-sample.ts";
import { ReplicaRun } from "./replica-run.ts";
import { spinFormWithin, supportsSpinForm } from "./spin-form.ts";
import { coldest, hottest } from "./temperatures.ts";

const SWEEPS_FIRST = 64;
/** Vector operations that filling a table of thresholds is worth. */
const OPERATIONS_PER_STEP = 300_000;
const STEPS_MIN = 12;
const STEPS_MAX = 1000;

/** Runs until its budget ends. */
export const spinAnnealing = solverOf("quadratic", {
  name: "spin-annealing",
  version: 2,
  guarantee: "heuristic",
  supports: supportsSpinForm,
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const form = spinFormWithin(problem, options);
  if (form === undefined) return unprepared(problem, options);
  const { glass } = form;
  const replicas = new SpinReplicas(glass, randomStream(options.seed, "spin-annealing"));
  const run = new ReplicaRun(problem, options, form);
  run.harvest(replicas);
  if (glass.spinCount === 0 || run.descend(replicas)) return run.result();
  if (run.scatter(replicas) || run.descend(replicas)) return run.result();
  const hot = hottest(glass);
  const cold = coldest(replicas, hot);
  for (let sweeps = SWEEPS_FIRST; !run.isStopped; sweeps *= 2) {
    run.scatter(replicas);
    cool(run, replicas, { hot, cold, sweeps });
    // What was reached is worth a look even when time is over.
    run.descend(replicas);
  }
  return run.result();
}

interface Cooling {
  readonly hot: number;
  readonly cold: number;
  readonly sweeps: number;
}

/** Cools linearly, in steps that are long beside what a change of temperature costs. */
function cool(run: ReplicaRun, replicas: SpinReplicas, { hot, cold, sweeps }: Cooling): void {
  const { spinCount, neighbours } = replicas.glass;
  const operations = sweeps * (spinCount + neighbours.length / 2);
  const affordable = Math.max(STEPS_MIN, Math.round(operations / OPERATIONS_PER_STEP));
  const steps = Math.min(sweeps, STEPS_MAX, affordable);
  let done = 0;
  for (let step = 0; step < steps; step += 1) {
    replicas.setTemperature(hot + ((cold - hot) * step) / Math.max(1, steps - 1));
    const due = Math.round(((step + 1) * sweeps) / steps);
    if (run.sweep(replicas, due - done)) return;
    done = due;
  }
}
