/**
 * Loaded into the attacked server beside its program, and so into each of its threads: on a message
 * from the parent every thread collects its garbage, and the first tells how much memory is left in
 * use.
 */
import { setTimeout as pause } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

const { gc } = globalThis;
const everyThread = new BroadcastChannel("collect");
everyThread.unref();

/** Twice, with a turn between: what the first frees may hold buffers that only the second gets. */
async function collect(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    gc?.();
    await pause(100);
  }
}

/** Of the other threads: what their heaps hold, and what they keep pages for. */
let heapOfThreads = 0;
let pagesOfThreads = 0;

if (isMainThread) {
  everyThread.onmessage = ({ data }) => {
    if (data.heap === undefined) return;
    heapOfThreads += data.heap;
    pagesOfThreads += data.pages;
  };
  process.on("message", async () => {
    heapOfThreads = 0;
    pagesOfThreads = 0;
    everyThread.postMessage("collect");
    await pause(1000); // Threads that are at work come to it later.
    await collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const heapPages = getHeapStatistics().total_physical_size + pagesOfThreads;
    const cpuMs = (user + system) / 1000;
    process.send?.({ rss, heapUsed, heapOfThreads, heapPages, external, cpuMs });
  });
  process.channel?.unref();
} else {
  everyThread.onmessage = async ({ data }) => {
    if (data !== "collect") return;
    await collect();
    const { used_heap_size: heap, total_physical_size: pages } = getHeapStatistics();
    everyThread.postMessage({ heap, pages });
  };
}
