/**
 * One run: state the problem, run the circuit once, measure it some times, mend what was measured,
 * do the same with samples no circuit had a hand in, and say what the circuit found by itself.
 */
import { randomStream } from "#foundation";
import {
  cqmToBqm,
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  type Solver,
} from "#problem";
import { BestSample } from "../best-sample.ts";
import type { QaoaCircuit } from "./circuit.ts";
import { describe, found, NOTHING } from "./contribution.ts";
import { bitsOfSample, bitsOfState, formulate } from "./formulation.ts";
import { type FinalState, runLayers } from "./layers.ts";
import { measuredFindings } from "./measure.ts";
import { freshIncumbent, type Mending } from "./mended.ts";
import { prepareCircuit } from "./prepared-circuit.ts";
import { type Site, stateCount } from "./sites.ts";
import { EPSILON_UNIFORM, type KnownBits } from "./starts.ts";

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
  const run = { problem, polisher, best, tick, stream, sites };
  const isWarm = circuit.epsilon < EPSILON_UNIFORM;
  const incumbent = isWarm ? (options.start ?? freshIncumbent(run)) : undefined;
  const known = incumbent && bitsOfSample(conversion, incumbent);
  const final = finalState(bqm, circuit, known, run);
  const measurable = ({ sample }: FinalState) => ({ stateCount: stateCount(sites), lift, sample });
  const method =
    final === undefined
      ? found(problem.sense, final, NOTHING)
      : found(problem.sense, final, measuredFindings(measurable(final), incumbent, run));
  return Object.freeze({
    status: best.known === undefined ? "unknown" : "feasible",
    best: best.known,
    bound: undefined,
    method: `${describe(sites, circuit, incumbent)}; ${method}`,
    work,
  });
}

/** Runs the circuit; `undefined` when the budget ended first. */
function finalState(
  bqm: QuadraticProblem,
  circuit: QaoaCircuit,
  incumbent: KnownBits | undefined,
  { sites, tick }: Run,
): FinalState | undefined {
  const sweepWork = Math.ceil(stateCount(sites) / AMPLITUDES_PER_UNIT);
  if (tick(sweepWork * (sites.length + 1))) return undefined;
  const { ansatz, angles } = prepareCircuit(bqm, sites, circuit, incumbent);
  return runLayers(ansatz, angles, (sweeps) => tick(sweeps * sweepWork));
}
