/**
 * The thread in which `tandem simulate` computes, so that the command can be interrupted: one task
 * in, one reply out.
 */
import { parentPort, workerData } from "node:worker_threads";
import { programOfOpenQasm, type Simulation, simulate } from "#circuit";
import { Fault, type Flaw, present, systemClock } from "#foundation";
import { type CircuitFile, includesBeside } from "./circuit-file.ts";

/** What to simulate. */
export interface SimulateTask {
  readonly source: CircuitFile;
  readonly shots: number;
  readonly seed: number;
  readonly exact: boolean;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What comes of it. */
export type SimulateReply =
  | { readonly kind: "simulation"; readonly simulation: Simulation; readonly timeMs: number }
  | {
      readonly kind: "fault";
      readonly code: string;
      readonly detail: string;
      readonly flaws: readonly Flaw[];
    };

const task: SimulateTask = workerData;
present(parentPort, "the thread's parent").postMessage(replyTo(task));

function replyTo({ source, shots, seed, exact, inputs }: SimulateTask): SimulateReply {
  const { text, file, directory } = source;
  try {
    const startMs = systemClock.monotonicMs();
    const program = programOfOpenQasm(text, { file, readInclude: includesBeside(directory) });
    const simulation = simulate(program, { shots, seed, exact, inputs });
    return { kind: "simulation", simulation, timeMs: systemClock.monotonicMs() - startMs };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { row, message, flaws } = error;
    return { kind: "fault", code: row.code, detail: message, flaws };
  }
}
