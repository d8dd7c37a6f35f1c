/**
 * The store's thread on a simulated disk, set up by the environment data under `SIMULATED_DISK`.
 */
import { getEnvironmentData, parentPort, workerData } from "node:worker_threads";
import { present, randomStream } from "#foundation";
import { serveStore } from "#store";
import { installSimulatedDisk, type PowerCut, SIMULATED_DISK } from "./simulated-disk.ts";

const directory: string = workerData;
const { seed, cutAtChange, countFrom, flush } = powerCut();
const disk = installSimulatedDisk({
  root: directory,
  random: randomStream(seed, "disk"),
  cutAtChange,
  flush,
  onCut: () => process.exit(1), // Ends this thread only.
});
if (countFrom === "start") disk.arm();
await serveStore(present(parentPort, "the thread's parent"), directory);
disk.arm();

function powerCut(): PowerCut {
  const text: unknown = getEnvironmentData(SIMULATED_DISK);
  return JSON.parse(String(text));
}
