/**
 * How a thread's end is told: its result, its fault, no memory, no time, an interruption.
 */
import { expect, test } from "vitest";
import { CIRCUIT_FAULTS } from "#circuit";
import { systemClock } from "#foundation";
import { cliFaults } from "../faults.ts";
import { inThread } from "./circuit-worker.ts";

const script = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
const posting = (message: string) =>
  script(`import { parentPort } from "node:worker_threads"; parentPort.postMessage(${message});`);
const ENDLESS = script("for (;;);");
const terminal = { clock: systemClock, signal: new AbortController().signal };

test("a result comes back, a fault is itself again, a defect goes up", async () => {
  const result = await inThread(terminal, posting('{ kind: "result", result: 7 }'), {});
  expect(result).toBe(7);
  const fault = '{ kind: "fault", code: "circuit-qubits-too-many", detail: "too many", flaws: [] }';
  const refused = inThread(terminal, posting(fault), {});
  await expect(refused).rejects.toMatchObject({ row: CIRCUIT_FAULTS.tooManyQubits });
  const broken = inThread(terminal, script('throw new TypeError("a defect");'), {});
  await expect(broken).rejects.toThrow(/a defect/);
});

test.each([
  ["in its midst", "process.exit(3);", /end with code 3/],
  ["by itself", "", /end with code 0/],
])("a thread that ends without a reply %s is a defect", async (_remark, text, message) => {
  await expect(inThread(terminal, script(text), {})).rejects.toThrow(message);
});

test("a thread that runs out of memory ends in a fault", async () => {
  const greedy = script("const held = []; for (;;) held.push(new Array(1000).fill(held.length));");
  const limits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 };
  const ended = inThread(terminal, greedy, {}, undefined, limits);
  await expect(ended).rejects.toMatchObject({ row: CIRCUIT_FAULTS.memoryExhausted });
});

test("a thread without end is ended by the limit, and by the signal", async () => {
  const late = inThread(terminal, ENDLESS, {}, 50);
  await expect(late).rejects.toMatchObject({ row: cliFaults.timeLimit });
  const stopping = new AbortController();
  const stopped = inThread({ ...terminal, signal: stopping.signal }, ENDLESS, {});
  stopping.abort();
  await expect(stopped).rejects.toMatchObject({ row: cliFaults.interrupted });
});
