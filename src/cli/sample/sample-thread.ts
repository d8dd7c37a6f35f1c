/**
 * The thread the sample plays on: learning from a shop's log takes the processor for longer than a
 * server's own thread may be held up.
 */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { Fault, present, systemClock } from "#foundation";
import { playShop } from "./play-shop.ts";
import type { SampleMessage } from "./start-sample.ts";

const { url, countMax } = z.object({ url: z.string(), countMax: z.int() }).parse(workerData);
const parent = present(parentPort, "the thread that started this one");
const tell = (message: SampleMessage) => parent.postMessage(message);

try {
  const played = await playShop(url, countMax, {
    fetch: globalThis.fetch,
    clock: systemClock,
    signal: new AbortController().signal, // Who wants it to end, ends the thread.
    progress: (count, planned) => tell({ kind: "progress", played: count, planned }),
  });
  tell({ kind: "ended", played });
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  tell({ kind: "failed", reason: error.message });
}
