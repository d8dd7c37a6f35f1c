/**
 * The thread in which `tandem simulate` computes: see circuit-worker.ts.
 */
import { workerData } from "node:worker_threads";
import {
  circuitOfOpenQasm,
  expectationValue,
  invertedReadout,
  noiseModelOfIbm,
  type OutcomeWeights,
  pauliSumOfText,
  programOfOpenQasm,
  readoutByCharacter,
  type Simulation,
  type StateEngine,
  simulate,
  simulateNoisy,
  stateVectorEngine,
  unfoldedReadout,
} from "#circuit";
import { systemClock } from "#foundation";
import { type Build, Crew, type Precision } from "#kernels";
import { type CircuitFile, includesBeside } from "./circuit-file.ts";
import { reply } from "./circuit-worker.ts";

/** What to simulate. */
export interface SimulateTask {
  readonly source: CircuitFile;
  readonly shots: number;
  readonly seed: number;
  readonly exact: boolean;
  readonly inputs: Readonly<Record<string, string>>;
  readonly precision: Precision;
  readonly build: Build;
  readonly threads: number;
  /** A sum of Pauli products whose mean is wanted. */
  readonly observable?: string | undefined;
  /** A device's recorded properties, if its noise is wanted. */
  readonly noise?: string | undefined;
  readonly mitigation?: Mitigation | undefined;
}

/** How misread outcomes are corrected. */
export type Mitigation = "inverse" | "bayesian";

/** Rounds of unfolding; D'Agostini's estimate has settled long before on few bits. */
const UNFOLDING_ROUNDS = 100;

/** Fewer qubits are done before a helping thread has started. */
const CREW_QUBITS_MIN = 20;

const task: SimulateTask = workerData;
await reply(async (): Promise<Simulated> => {
  const startMs = systemClock.monotonicMs();
  const result =
    task.noise === undefined ? await withoutNoise(task) : await withNoise(task, task.noise);
  return { ...result, timeMs: systemClock.monotonicMs() - startMs };
});

interface Result {
  readonly simulation: Simulation;
  readonly mitigated?: OutcomeWeights | undefined;
  readonly expectation?: number | undefined;
  /** What of the noise was taken otherwise than recorded. */
  readonly notes?: readonly string[] | undefined;
}

/** What comes of it. */
export interface Simulated extends Result {
  readonly timeMs: number;
}

async function withoutNoise(task: SimulateTask): Promise<Result> {
  const { source, shots, seed, exact, inputs, observable } = task;
  const { text, file, directory } = source;
  const program = programOfOpenQasm(text, { file, readInclude: includesBeside(directory) });
  const terms = observable && pauliSumOfText(observable, program.qubitCount);
  return withEngine(task, program.qubitCount, (engine) => {
    const simulation = simulate(program, { shots, seed, exact, inputs, engine });
    if (!terms) return { simulation };
    return { simulation, expectation: expectationValue(program, terms, { inputs, engine }) };
  });
}

async function withNoise(task: SimulateTask, properties: string): Promise<Result> {
  const { source, shots, seed, exact, inputs, mitigation } = task;
  const { text, file, directory } = source;
  const model = noiseModelOfIbm(properties);
  const readInclude = includesBeside(directory);
  const circuit = circuitOfOpenQasm(text, { file, readInclude, inputs });
  return withEngine(task, circuit.qubitCount, (engine) => {
    const simulation = simulateNoisy(circuit, model, { shots, seed, exact, engine });
    const notes = model.notes?.length === 0 ? undefined : model.notes;
    if (mitigation === undefined) return { simulation, notes };
    const { counts, probabilities = counts } = simulation;
    const errors = readoutByCharacter(circuit, model);
    const mitigated =
      mitigation === "inverse"
        ? invertedReadout(probabilities, errors)
        : unfoldedReadout(probabilities, errors, UNFOLDING_ROUNDS);
    return { simulation, mitigated, notes };
  });
}

/** Lends an engine to `work`, with threads where they pay. */
async function withEngine(
  { precision, build, threads }: SimulateTask,
  qubitCount: number,
  work: (engine: StateEngine) => Result,
): Promise<Result> {
  const crew = qubitCount < CREW_QUBITS_MIN ? undefined : await Crew.start(threads);
  try {
    return work(stateVectorEngine({ precision, build, crew }));
  } finally {
    await crew?.close();
  }
}
