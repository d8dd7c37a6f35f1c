/**
 * The variational eigensolver as a solver: the problem's BQM as fields and couplings of qubits, a
 * hardware-efficient ansatz whose angles are chosen for this one problem, then measurements, mended
 * and compared with chance. Choosing angles is what takes the time: for studies, not for requests.
 */
import { isingOf } from "#annealer";
import { hardwareEfficientAnsatz } from "#circuit";
import { counted, Fault, randomStream } from "#foundation";
import { type PauliTerm, ProductState } from "#kernels";
import {
  cqmToBqm,
  detectStructure,
  isPolynomial,
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  type Solver,
  type Support,
  solverOf,
} from "#problem";
import { BestSample } from "../../best-sample.ts";
import { found, NOTHING } from "../contribution.ts";
import { costsOf, energiesOf } from "../energies.ts";
import { bitsOfState } from "../formulation.ts";
import { measuredFindings } from "../measure.ts";
import { qubitsOnly } from "../sites.ts";
import { AnsatzEnergy } from "./energy.ts";
import { minimiseEnergy } from "./minimise-energy.ts";

/** Every bit of the BQM is a qubit, and every angle costs a pass over all states. */
const QUBITS_MAX = 12;
/** What needs more variables than this has too many bits anyway. */
const VARIABLES_MAX = 64;
const LAYERS = 2;
const EVALUATIONS_MAX = 120;
/** Runs of the circuit in one value with its gradient. */
const RUNS_PER_SLOPE = 3;
/** Amplitudes touched per unit of work. */
const AMPLITUDES_PER_UNIT = 16;

/** The solver; `polisher` mends measurements. It ends by itself. */
export function vqe(polisher: Solver): Solver {
  return solverOf("quadratic", {
    name: "vqe",
    version: 1,
    guarantee: "heuristic",
    supports,
    solve: (problem, options) => run(problem, options, polisher),
  });
}

function supports(problem: QuadraticProblem): Support {
  const { variableCount } = problem;
  if (variableCount > VARIABLES_MAX) {
    return { kind: "no", reason: `${variableCount} variables; at most ${VARIABLES_MAX} are tried` };
  }
  const { kind } = detectStructure(problem);
  if (isPolynomial(kind)) {
    return { kind: "no", reason: `a problem of structure ${kind} is solved exactly without it` };
  }
  try {
    const bits = cqmToBqm(problem).problem.variableCount;
    if (bits <= QUBITS_MAX) return { kind: "yes" };
    return { kind: "no", reason: `${bits} bits; at most ${QUBITS_MAX} are simulated` };
  } catch (error) {
    if (error instanceof Fault) return { kind: "no", reason: error.message };
    throw error;
  }
}

function run(problem: QuadraticProblem, options: SolveOptions, polisher: Solver): SolveResult {
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
  const { problem: bqm, lift } = cqmToBqm(problem);
  const trained = trainedState(bqm, options.seed, tick);
  const stream = randomStream(options.seed, "vqe", "measure");
  const sites = qubitsOnly(bqm.variableCount);
  const findings =
    trained.final &&
    measuredFindings(
      {
        stateCount: 1 << bqm.variableCount,
        lift: (state) => lift(bitsOfState(sites, bqm.variableCount, state)),
        sample: (shots, draws) => trained.final?.sample(shots, draws) ?? EMPTY,
      },
      undefined,
      { problem, polisher, best, tick, stream },
    );
  const mean = trained.final && { meanEnergy: trained.final.expectedCost() };
  return Object.freeze({
    status: best.known === undefined ? "unknown" : "feasible",
    best: best.known,
    bound: undefined,
    method: `${trained.words}; ${found(problem.sense, mean, findings ?? NOTHING)}`,
    work,
  });
}

const EMPTY = Object.freeze({ outcomes: new Int32Array(0), counts: new Int32Array(0) });

/** The state of the ansatz at the best angles; without one where the budget ended before. */
function trainedState(bqm: QuadraticProblem, seed: number, tick: (work: number) => boolean) {
  const qubits = bqm.variableCount;
  const ansatz = hardwareEfficientAnsatz(qubits, LAYERS);
  const terms = termsOf(bqm);
  const energy = new AnsatzEnergy(ansatz, terms);
  const scale = terms.reduce((most, { coefficient }) => Math.max(most, Math.abs(coefficient)), 0);
  const unit = terms.map((term) => ({ ...term, coefficient: term.coefficient / (scale || 1) }));
  const slopeWork = Math.ceil((RUNS_PER_SLOPE * energy.amplitudes) / AMPLITUDES_PER_UNIT);
  const { angles, evaluations } = minimiseEnergy(ansatz, unit, {
    ...{ method: "gradients", evaluationsMax: EVALUATIONS_MAX, seed },
    isStopped: () => tick(slopeWork),
  });
  const words =
    `VQE of ${counted(LAYERS, "layer")} of RY, RZ and CX on ${counted(qubits, "qubit")}, ` +
    `${counted(energy.symbols.length, "angle")} chosen in ${counted(evaluations, "evaluation")}`;
  if (tick(slopeWork)) return { words, final: undefined };
  const point = Float64Array.from(energy.symbols, (name) => angles[name]);
  const { re, im } = energy.state(point);
  const sites = qubitsOnly(qubits);
  const starts = sites.map(() => Float64Array.of(1, 0));
  const final = new ProductState(starts, costsOf(energiesOf(bqm, sites)));
  final.re.set(re);
  final.im.set(im);
  return { words, final };
}

/** The BQM on qubits: bit 1 is spin 1, which is -Z. */
function termsOf(bqm: QuadraticProblem): readonly PauliTerm[] {
  const { fields, firsts, seconds, couplings } = isingOf(bqm);
  const single = Array.from(fields, (field, qubit): PauliTerm => {
    return { coefficient: -field, operators: [{ qubit, pauli: "Z" }] };
  });
  const pairs = Array.from(couplings, (coefficient, at): PauliTerm => {
    const operators = [firsts[at], seconds[at]].map((qubit) => ({ qubit, pauli: "Z" }) as const);
    return { coefficient, operators };
  });
  return [...single, ...pairs].filter(({ coefficient }) => coefficient !== 0);
}
