/**
 * The program of a helper thread: waits for orders, opens states, runs its share of passes. It
 * never returns to its event loop; ending it is up to the crew.
 */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { present, unreachable } from "#foundation";
import type { CrewOrder, CrewSetup } from "./crew.ts";
import { openKernels } from "./kernel-instance.ts";
import { TileQueue } from "./tile-queue.ts";
import type { TileRunner } from "./tile-runner.ts";

const port = present(parentPort, "the port of a helper thread");
const { thread, words }: CrewSetup = workerData;
const queue = new TileQueue(words);
const runners = new Map<number, TileRunner>();

port.postMessage("up");
for (let seen = 0; ; seen += 1) {
  queue.awaitOrder(seen);
  let received = receiveMessageOnPort(port);
  while (received === undefined) received = receiveMessageOnPort(port);
  obey(received.message);
}

function obey(order: CrewOrder): void {
  switch (order.kind) {
    case "open": {
      const { module, memory, layout } = order.work;
      runners.set(order.state, openKernels(module, memory, layout, thread).runner);
      return;
    }
    case "forget":
      runners.delete(order.state);
      return;
    case "run": {
      const runner = present(runners.get(order.state), `state ${order.state}`);
      queue.run(order.passes, order.start, runner);
      return;
    }
    default:
      unreachable(order);
  }
}
