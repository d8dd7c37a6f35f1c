/**
 * One run: state the problem, run the circuit once, measure it some times, mend what was measured,
 * do the same with samples no circuit had a hand in, and say what the circuit found by itself.
 */
import { randomStream } from "#foundation";
import {
  cqmToBqm,
  type QuadraticProblem,
  type Sample,
  type SolveOptions,
  type SolveResult,
  type Solver,
} from "#problem";
import { BestSample } from "../best-sample.ts";
import type { QaoaCircuit } from "./circuit.ts";
import { describe, type Findings, found } from "./contribution.ts";
import { bitsOfSample, bitsOfState, formulate } from "./formulation.ts";
import { type FinalState, runLayers } from "./layers.ts";
import { freshIncumbent, type Mended, type Mending, mend } from "./mended.ts";
import { prepareCircuit } from "./prepared-circuit.ts";
import { type Site, stateCount } from "./sites.ts";
import { EPSILON_UNIFORM, type KnownBits } from "./starts.ts";

/** Measurements of the final state. */
const SHOTS = 256;
/** Amplitudes touched per unit of work. */
const AMPLITUDES_PER_UNIT = 16;

/** What to run. */
interface QaoaParts {
  readonly circuit: QaoaCircuit;
  readonly polisher: Solver;
}

/** Everything of a run that its parts need. */
interface Run extends Mending {
  readonly sites: readonly Site[];
  readonly lift: (index: number) => Sample;
}

/** Solves; ends after its measurements or with the budget. */
export function runQaoa(
  problem: QuadraticProblem,
  options: SolveOptions,
  { circuit, polisher }: QaoaParts,
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
  const sites = formulate(problem, conversion, circuit.mixer);
  const lift = (index: number) => conversion.lift(bitsOfState(sites, bqm.variableCount, index));
  const stream = randomStream(options.seed, "qaoa");
  const run = { problem, polisher, best, tick, stream, sites, lift };
  const isWarm = circuit.epsilon < EPSILON_UNIFORM;
  const incumbent = isWarm ? (options.start ?? freshIncumbent(run)) : undefined;
  const known = incumbent && bitsOfSample(conversion, incumbent);
  const final = finalState(bqm, circuit, known, run);
  const method =
    final === undefined
      ? found(problem.sense, final, NOTHING)
      : found(problem.sense, final, findings(final, incumbent, run));
  return Object.freeze({
    status: best.known === undefined ? "unknown" : "feasible",
    best: best.known,
    bound: undefined,
    method: `${describe(sites, circuit)}; ${method}`,
    work,
  });
}

const UNMEASURED: Mended = { shots: 0, feasibleShots: 0, measured: undefined, mended: undefined };
const NOTHING: Findings = { circuit: UNMEASURED, uniform: undefined, start: undefined };

/** Runs the circuit; `undefined` when the budget ended first. */
function finalState(
  bqm: QuadraticProblem,
  circuit: QaoaCircuit,
  incumbent: KnownBits | undefined,
  { sites, tick }: Run,
): FinalState | undefined {
  const layerWork = Math.ceil((stateCount(sites) * (sites.length + 1)) / AMPLITUDES_PER_UNIT);
  if (tick(layerWork)) return undefined;
  const { ansatz, angles } = prepareCircuit(bqm, sites, circuit, incumbent);
  return runLayers(ansatz, angles, () => tick(layerWork));
}

/** The measurements, mended; and what the same effort makes of chance and of the start. */
function findings(final: FinalState, incumbent: Sample | undefined, run: Run): Findings {
  const { outcomes, counts } = final.sample(SHOTS, run.stream);
  const measurements = Array.from(outcomes, (state, at) => ({ state, count: counts[at] }));
  const circuit = mend(samplesOf(measurements, run), run);
  if (run.tick(0)) return { circuit, uniform: undefined, start: undefined };
  const start = incumbent && mend([{ sample: incumbent, count: 1 }], run);
  const uniform = mend(samplesOf(uniformDraws(run), run), run);
  return { circuit, uniform: uniform.shots < SHOTS ? undefined : uniform, start };
}

function* samplesOf(
  draws: Iterable<{ readonly state: number; readonly count: number }>,
  { lift }: Run,
) {
  for (const { state, count } of draws) yield { sample: lift(state), count };
}

/** As many states as are measured, each with the same chance, each once with its count. */
function uniformDraws({ sites, stream }: Run) {
  const counts = new Map<number, number>();
  const states = stateCount(sites);
  for (let shot = 0; shot < SHOTS; shot += 1) {
    const state = stream.below(states);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return Array.from(counts, ([state, count]) => ({ state, count }));
}
