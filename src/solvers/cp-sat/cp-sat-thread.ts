/**
 * The program of the thread CP-SAT runs in. The package's interface is asynchronous and a solver is
 * not, so the solver's thread waits on a shared word while this one works. The package is loaded
 * from the address it is given, with the first order, and stays loaded.
 */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { CpMessage, CpModel, CpOrder, CpParameters } from "./messages.ts";

/** What the thread is started with. */
export interface CpSatSetup {
  /** Address of the module `or-tools-wasm/cp-sat`. */
  readonly address: string;
  readonly port: MessagePort;
  /** One word, counted up and notified with each message. */
  readonly heard: Int32Array;
}

/** What is used of a response; numbers of 64 bits come as they fit. */
interface Response {
  readonly status?: string;
  readonly solution?: readonly unknown[];
  readonly bestObjectiveBound?: number;
  readonly deterministicTime?: number;
  readonly solutionInfo?: string;
}

/** What is used of the package. */
interface CpSatModule {
  readonly CpSat: {
    createModel(model: CpModel): Promise<Uint8Array>;
    solve(
      model: Uint8Array,
      parameters: CpParameters,
      callbacks: { onSolution(response: Response): void },
    ): Promise<{ readonly response: Response | null }>;
  };
}

if (parentPort !== null) {
  const { address, port, heard }: CpSatSetup = workerData;
  const say = (message: CpMessage) => {
    port.postMessage(message);
    Atomics.add(heard, 0, 1);
    Atomics.notify(heard, 0);
  };
  const fail = (error: unknown) => say({ kind: "failed", reason: String(error) });
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  parentPort.on("message", (order: CpOrder) => {
    answer(address, order, say).catch(fail);
  });
}

async function answer(
  address: string,
  { model, parameters }: CpOrder,
  say: (message: CpMessage) => void,
): Promise<void> {
  const { CpSat }: CpSatModule = await import(address);
  const { response } = await CpSat.solve(await CpSat.createModel(model), parameters, {
    onSolution: ({ solution }) => say({ kind: "solution", solution: numbers(solution) }),
  });
  if (response === null) throw new Error("expected a response, got none");
  say({
    kind: "end",
    status: response.status ?? "UNKNOWN",
    solution: numbers(response.solution),
    bound: Number(response.bestObjectiveBound ?? 0),
    deterministicTime: Number(response.deterministicTime ?? 0),
    remark: response.solutionInfo ?? "",
  });
}

function numbers(values: readonly unknown[] = []): readonly number[] {
  return values.map(Number);
}
