/**
 * CP-SAT as a call that returns: it runs in a thread of its own, started with the first call and
 * kept, and the caller's thread waits.
 */
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  type Worker,
} from "node:worker_threads";
import { Fault, startThread } from "#foundation";
import type { CpSatSetup } from "./cp-sat-thread.ts";
import { cpSatFaults } from "./faults.ts";
import type { CpEnd, CpMessage, CpOrder } from "./messages.ts";

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly heard: Int32Array;
}

/** The engine of one solver thread. */
export class CpSatEngine {
  readonly #address: string | undefined;
  #thread: Thread | undefined;

  constructor(address: string | undefined) {
    this.#address = address;
  }

  /** Whether there is a package to load. */
  get isInstalled(): boolean {
    return this.#address !== undefined;
  }

  /**
   * Runs one order to its end; hears of each solution as it is found.
   *
   * @throws Fault `cp-sat-failed` when the engine does not load or gives up; the next call starts
   * it anew.
   */
  run(order: CpOrder, onSolution: (solution: readonly number[]) => void): CpEnd {
    this.#thread ??= openThread(this.#address ?? "");
    const thread = this.#thread;
    let end: CpEnd | undefined;
    try {
      thread.worker.postMessage(order);
      while (end === undefined) {
        const message = nextMessage(thread);
        if (message.kind === "failed") throw failure(message.reason);
        if (message.kind === "end") end = message;
        else onSolution(message.solution);
      }
      return end;
    } finally {
      if (end === undefined) this.end(); // What it still says belongs to no later call.
    }
  }

  /** Ends the thread, if there is one. */
  end(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.port.close();
    void thread?.worker.terminate();
  }
}

function failure(got: string): Fault {
  return new Fault(cpSatFaults.failed, { detail: `CP-SAT: expected an answer, got ${got}` });
}

function openThread(address: string): Thread {
  const { port1, port2 } = new MessageChannel();
  const heard = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: CpSatSetup = { address, port: port2, heard };
  const worker = startThread(new URL("./cp-sat-thread.ts", import.meta.url), {
    workerData,
    transferList: [port2],
    stdout: true, // Whatever it prints is not ours to print.
    stderr: true,
  });
  worker.unref();
  return { worker, port: port1, heard };
}

/** Waits for a message. Its count is read first, so none can slip in between. */
function nextMessage({ port, heard }: Thread): CpMessage {
  for (;;) {
    const count = Atomics.load(heard, 0);
    const received: { readonly message: CpMessage } | undefined = receiveMessageOnPort(port);
    if (received !== undefined) return received.message;
    Atomics.wait(heard, 0, count);
  }
}
