/**
 * The program of a solver thread: takes one lane at a time, runs it, reports each attempt as it
 * ends. It holds no state between lanes, so the pool may end and replace it at any moment.
 */
import { parentPort, workerData } from "node:worker_threads";
import { prepareSolvers, solverNamed } from "#solvers";
import { type Disturbance, disturbed } from "./disturbance.ts";
import { type LaneTask, runLane } from "./lane.ts";
import { type LaneOrders, linkOf } from "./orders/lane-orders.ts";
import type { Attempt } from "./report.ts";

/** What the pool sends a thread. */
export interface LaneMessage {
  readonly taskNumber: number;
  readonly task: LaneTask;
  readonly orders: LaneOrders;
}

/**
 * What a thread sends back: that it is up; attempts as they end, the last of them with the end of
 * the lane. Every message wakes the other side, so there is none that says only that.
 */
export type ThreadMessage =
  | { readonly kind: "up" }
  | {
      readonly kind: "attempt";
      readonly taskNumber: number;
      readonly attempt: Attempt;
      readonly isLast: boolean;
    };

/** What a thread is started with. */
export interface ThreadSetup {
  readonly threadNumber: number;
  readonly disturbance: Disturbance | undefined;
  /** Whether solvers are tried out before the thread takes work. */
  readonly warm: boolean;
}

const port = parentPort;
if (port !== null) {
  const setup: ThreadSetup = workerData;
  port.on("message", ({ taskNumber, task, orders }: LaneMessage) => {
    const link = linkOf(task, orders);
    const troubled = setup.disturbance === undefined ? link : disturbed(link, setup);
    runLane(task, orders.kind === "live" ? troubled : link, solverNamed, (attempt, isLast) => {
      port.postMessage({ kind: "attempt", taskNumber, attempt, isLast } satisfies ThreadMessage);
    });
  });
  await prepareSolvers(setup.warm);
  port.postMessage({ kind: "up" } satisfies ThreadMessage);
}
