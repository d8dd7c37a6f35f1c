/**
 * The entry of the embedded store's thread.
 */
import { parentPort, workerData } from "node:worker_threads";
import { present } from "#foundation";
import { serveStore } from "./serve.ts";

const directory: string = workerData;
await serveStore(present(parentPort, "the thread's parent"), directory);
