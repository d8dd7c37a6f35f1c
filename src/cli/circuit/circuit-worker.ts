/**
 * Work on circuits in a thread of its own, so that the command can be interrupted while it goes on:
 * one task in, one reply out. Faults travel as their code and are themselves again on this side.
 */
import { once } from "node:events";
import { parentPort, type ResourceLimits, Worker } from "node:worker_threads";
import { CIRCUIT_FAULTS } from "#circuit";
import { Fault, type Flaw, present } from "#foundation";
import { STATE_FAULTS } from "#kernels";
import { cliFaults } from "../faults.ts";
import { type Terminal, unlessInterrupted } from "../terminal.ts";

type Reply<Result> =
  | { readonly kind: "result"; readonly result: Result }
  | {
      readonly kind: "fault";
      readonly code: string;
      readonly detail: string;
      readonly flaws: readonly Flaw[];
    };

/** In the thread: does `work` and sends what comes of it. */
export async function reply<Result>(work: () => Result | Promise<Result>): Promise<void> {
  const port = present(parentPort, "the thread's parent");
  try {
    port.postMessage({ kind: "result", result: await work() } satisfies Reply<Result>);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { row, message, flaws } = error;
    port.postMessage({ kind: "fault", code: row.code, detail: message, flaws });
  }
}

/**
 * The reply of the thread `script` to `task`; an interruption or the end of `limitMs` ends it.
 *
 * @throws Fault `interrupted`, `time-limit`, `circuit-memory-exhausted`, and what the work throws.
 */
export async function inThread<Result>(
  { clock, signal }: Pick<Terminal, "clock" | "signal">,
  script: URL,
  task: unknown,
  limitMs?: number,
  resourceLimits: ResourceLimits = {},
): Promise<Result> {
  const worker = new Worker(script, { workerData: task, resourceLimits });
  const late = Promise.withResolvers<never>();
  const end = () => {
    const detail = `expected an end within ${limitMs} ms, got none`;
    late.reject(new Fault(cliFaults.timeLimit, { detail }));
  };
  const forget = limitMs === undefined ? () => {} : clock.after(limitMs, end);
  try {
    return await unlessInterrupted(signal, Promise.race([answer<Result>(worker), late.promise]));
  } finally {
    forget();
    void worker.terminate();
  }
}

async function answer<Result>(worker: Worker): Promise<Result> {
  try {
    const message = await firstMessage<Reply<Result>>(worker);
    if (message.kind === "result") return message.result;
    const rows = [...Object.values(CIRCUIT_FAULTS), ...Object.values(STATE_FAULTS)];
    const row = rows.find(({ code }) => code === message.code);
    throw new Fault(present(row, `the fault ${message.code}`), message);
  } catch (error) {
    const isMemory =
      error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    if (!isMemory) throw error;
    const detail = "the thread that computes, expected to fit into its memory, got none left";
    throw new Fault(CIRCUIT_FAULTS.memoryExhausted, { detail }, error);
  }
}

/** What the thread sends first; throws what it dies of, also where it ends without a word. */
async function firstMessage<Message>(worker: Worker): Promise<Message> {
  const heard = new AbortController();
  const { signal } = heard;
  const ended = once(worker, "exit", { signal }).then(([code]: number[]): never => {
    throw new Error(`expected a reply from the thread, got its end with code ${code}`);
  });
  try {
    const [message]: Message[] = await Promise.race([once(worker, "message", { signal }), ended]);
    return message;
  } finally {
    heard.abort();
  }
}
