/**
 * The thread in which `tandem circuit transpile` computes: see circuit-worker.ts.
 */
import { workerData } from "node:worker_threads";
import { type Circuit, type Target, type TranspileOptions, transpile } from "#circuit";
import { reply } from "./circuit-worker.ts";

/** What to transpile, and for what. */
export interface TranspileTask {
  readonly circuit: Circuit;
  readonly target: Target;
  readonly options: TranspileOptions;
}

const task: TranspileTask = workerData;
await reply(() => transpile(task.circuit, task.target, task.options));
