/**
 * A defect of Node 24 kept away: where WebAssembly of two threads imports functions of one
 * signature, the machine code that leads from one to the other belongs to both, and V8 may free it
 * twice. The process then ends at once. See ADR 0010.
 */
import v8 from "node:v8";
import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * More calls than any process makes: imports stay with the general wrapper, which is nobody's own.
 */
const CALLS_MAX = 2 ** 30;

/**
 * Has V8 compile no wrappers of imported functions for instances made from now on, in every thread.
 * To be called before WebAssembly that imports functions is instantiated.
 */
export function shareNoImportWrappers(): void {
  v8.setFlagsFromString(`--wasm-wrapper-tiering-budget=${CALLS_MAX}`);
}

/**
 * Starts a thread; every thread is started here. Node itself reads a thread's TypeScript by
 * WebAssembly with imports, in each thread anew.
 */
export function startThread(program: URL | string, options: WorkerOptions = {}): Worker {
  shareNoImportWrappers();
  return new Worker(program, options);
}
