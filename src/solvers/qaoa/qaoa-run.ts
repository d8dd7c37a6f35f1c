/**
 * One run: state the problem, run the circuit once, measure it some times, mend what was measured,
 * and say what the circuit found by itself.
 */
import { randomStream, type WorkBudget } from "#foundation";
import {
  cqmToBqm,
  isBetterObjective,
  type QuadraticProblem,
  type Sample,
  type SolveOptions,
  type SolveResult,
  type Solver,
} from "#problem";
import { BestSample } from "../best-sample.ts";
import type { QaoaCircuit } from "./circuit.ts";
import { bitsOfState, formulate } from "./formulation.ts";
import { type FinalState, runLayers } from "./layers.ts";
import { prepareCircuit } from "./prepared-circuit.ts";
import { type Site, stateCount } from "./sites.ts";

/** Measurements of the final state. */
const SHOTS = 256;
/** Amplitudes touched per unit of work. */
const AMPLITUDES_PER_UNIT = 16;
/** Work of mending one measurement. */
const POLISH_WORK_MAX = 20_000;

/** What to run. */
interface QaoaParts {
  readonly circuit: QaoaCircuit;
  readonly polisher: Solver;
}

/** What was measured, and what became of it. */
interface Tally {
  shots: number;
  feasibleShots: number;
  measured: number | undefined;
  mended: number | undefined;
}

/** Everything of a run that its parts need. */
interface Run {
  readonly problem: QuadraticProblem;
  readonly parts: QaoaParts;
  readonly best: BestSample;
  readonly tick: (work: number) => boolean;
  readonly lift: (index: number) => Sample;
  readonly seed: number;
  readonly tally: Tally;
}

/** Solves; ends after its measurements or with the budget. */
export function runQaoa(
  problem: QuadraticProblem,
  options: SolveOptions,
  parts: QaoaParts,
): SolveResult {
  const best = new BestSample(problem, options);
  if (options.start !== undefined) best.begin(options.start);
  let work = 0;
  let isStopped = false;
  const tick = (units: number): boolean => {
    if (isStopped) return true;
    work += units;
    isStopped = options.budget.tick(units) === "stop";
    return isStopped;
  };
  const conversion = cqmToBqm(problem);
  const bqm = conversion.problem;
  const sites = formulate(problem, conversion, parts.circuit.mixer);
  const lift = (index: number) => conversion.lift(bitsOfState(sites, bqm.variableCount, index));
  const tally = { shots: 0, feasibleShots: 0, measured: undefined, mended: undefined };
  const run = { problem, parts, best, tick, lift, seed: options.seed, tally };
  const final = circuitOf(bqm, sites, run);
  if (final !== undefined) measure(final, run);
  const status = best.known === undefined ? "unknown" : "feasible";
  const method = `${describe(sites, parts.circuit)}; ${found(final, tally)}`;
  return Object.freeze({ status, best: best.known, bound: undefined, method, work });
}

/** Runs the circuit; `undefined` when the budget ended first. */
function circuitOf(
  bqm: QuadraticProblem,
  sites: readonly Site[],
  { parts: { circuit }, tick }: Run,
): FinalState | undefined {
  const layerWork = Math.ceil((stateCount(sites) * (sites.length + 1)) / AMPLITUDES_PER_UNIT);
  if (tick(layerWork)) return undefined;
  const { ansatz, angles } = prepareCircuit(bqm, sites, circuit);
  return runLayers(ansatz, angles, () => tick(layerWork));
}

/** Judges each outcome as measured, then mends it. */
function measure(final: FinalState, { problem, parts, best, tick, lift, seed, tally }: Run) {
  const stream = randomStream(seed, "qaoa");
  const { sense } = problem;
  const { outcomes, counts } = final.sample(SHOTS, stream);
  for (const [at, outcome] of outcomes.entries()) {
    if (tick(1)) return;
    const start = lift(outcome);
    tally.shots += counts[at];
    const measured = best.take(start);
    if (measured !== undefined) tally.feasibleShots += counts[at];
    tally.measured = better(sense, tally.measured, measured);
    let left = POLISH_WORK_MAX;
    const budget: WorkBudget = {
      tick: (work) => {
        left -= work;
        return tick(work) || left <= 0 ? "stop" : "continue";
      },
    };
    const polished = parts.polisher.solve(problem, { seed: stream.uint32(), budget, start });
    if (polished.best === undefined) continue;
    tally.mended = better(sense, tally.mended, best.take(polished.best.sample));
  }
}

function better(
  sense: QuadraticProblem["sense"],
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isBetterObjective(sense, b, a) ? b : a;
}

function describe(sites: readonly Site[], { layers, mixer, schedule }: QaoaCircuit): string {
  const groups = sites.filter(({ ones }) => ones !== undefined).length;
  const angles = schedule === "fixed" ? "fixed angles" : "a linear ramp";
  const where = `${groups} groups and ${sites.length - groups} qubits`;
  return `QAOA of ${layers} layers, ${mixer} mixer, ${angles}, on ${where}`;
}

function found(final: FinalState | undefined, { shots, ...tally }: Tally): string {
  if (final === undefined) return "the budget ended before a measurement";
  const mean = `mean energy ${Number(final.meanEnergy.toPrecision(6))}`;
  const { feasibleShots, measured, mended } = tally;
  const best = `best as measured ${measured ?? "none"}, mended ${mended ?? "none"}`;
  return `${mean}; ${feasibleShots} of ${shots} measurements feasible; ${best}`;
}
