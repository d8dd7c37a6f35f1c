/**
 * The thread in which `tandem simulate` computes, so that the command can be interrupted: one task
 * in, one reply out.
 */
import { parentPort, workerData } from "node:worker_threads";
import {
  circuitOfOpenQasm,
  invertedReadout,
  noiseModelOfIbm,
  type OutcomeWeights,
  programOfOpenQasm,
  readoutByCharacter,
  type Simulation,
  simulate,
  simulateNoisy,
  unfoldedReadout,
} from "#circuit";
import { Fault, type Flaw, present, systemClock } from "#foundation";
import { type CircuitFile, includesBeside } from "./circuit-file.ts";

/** What to simulate. */
export interface SimulateTask {
  readonly source: CircuitFile;
  readonly shots: number;
  readonly seed: number;
  readonly exact: boolean;
  readonly inputs: Readonly<Record<string, string>>;
  /** A device's recorded properties, if its noise is wanted. */
  readonly noise?: string | undefined;
  readonly mitigation?: Mitigation | undefined;
}

/** How misread outcomes are corrected. */
export type Mitigation = "inverse" | "bayesian";

/** What comes of it. */
export type SimulateReply =
  | {
      readonly kind: "simulation";
      readonly simulation: Simulation;
      readonly mitigated: OutcomeWeights | undefined;
      readonly timeMs: number;
    }
  | {
      readonly kind: "fault";
      readonly code: string;
      readonly detail: string;
      readonly flaws: readonly Flaw[];
    };

/** Rounds of unfolding; D'Agostini's estimate has settled long before on few bits. */
const UNFOLDING_ROUNDS = 100;

const task: SimulateTask = workerData;
present(parentPort, "the thread's parent").postMessage(replyTo(task));

function replyTo(task: SimulateTask): SimulateReply {
  try {
    const startMs = systemClock.monotonicMs();
    const result = task.noise === undefined ? withoutNoise(task) : withNoise(task, task.noise);
    return { kind: "simulation", ...result, timeMs: systemClock.monotonicMs() - startMs };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { row, message, flaws } = error;
    return { kind: "fault", code: row.code, detail: message, flaws };
  }
}

interface Result {
  readonly simulation: Simulation;
  readonly mitigated: OutcomeWeights | undefined;
}

function withoutNoise({ source, shots, seed, exact, inputs }: SimulateTask): Result {
  const { text, file, directory } = source;
  const program = programOfOpenQasm(text, { file, readInclude: includesBeside(directory) });
  const simulation = simulate(program, { shots, seed, exact, inputs });
  return { simulation, mitigated: undefined };
}

function withNoise(task: SimulateTask, properties: string): Result {
  const { source, shots, seed, exact, inputs, mitigation } = task;
  const { text, file, directory } = source;
  const model = noiseModelOfIbm(properties);
  const readInclude = includesBeside(directory);
  const circuit = circuitOfOpenQasm(text, { file, readInclude, inputs });
  const simulation = simulateNoisy(circuit, model, { shots, seed, exact });
  if (mitigation === undefined) return { simulation, mitigated: undefined };
  const { counts, probabilities = counts } = simulation;
  const errors = readoutByCharacter(circuit, model);
  const mitigated =
    mitigation === "inverse"
      ? invertedReadout(probabilities, errors)
      : unfoldedReadout(probabilities, errors, UNFOLDING_ROUNDS);
  return { simulation, mitigated };
}
