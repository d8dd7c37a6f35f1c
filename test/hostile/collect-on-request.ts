/**
 * Loaded into the attacked server beside its program: on a message from its parent it collects
 * garbage and tells how much memory is left in use.
 */
import { setTimeout as pause } from "node:timers/promises";

const { gc } = globalThis;

process.on("message", async () => {
  // Twice, with a turn between: what the first frees may hold buffers that only the second gets.
  for (let round = 0; round < 2; round += 1) {
    gc?.();
    await pause(50);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({ rss, heapUsed, external, cpuMs: (user + system) / 1000 });
});
process.channel?.unref();
