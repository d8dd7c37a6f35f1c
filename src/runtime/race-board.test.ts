/** The board under real threads: a reader must never see half a sample, whenever it looks. */
import { describe, expect, test } from "vitest";
import { startThread } from "#foundation";
import { openRaceBoard, raceBoardMemory } from "./race-board.ts";

const LENGTH = 61;

describe("the race board", () => {
  test("starts empty and keeps lanes apart", () => {
    const board = openRaceBoard(raceBoardMemory(2, 3));
    expect(board.read(0)).toBeUndefined();
    expect(board.isStopped()).toBe(false);
    board.publish(1, { sample: { values: Int32Array.of(4, 5) }, objective: 0.1 });
    board.publish(1, { sample: { values: Int32Array.of(6) }, objective: -1.5 });
    expect(board.read(0)).toBeUndefined();
    expect(board.read(1)).toEqual({ sample: { values: Int32Array.of(6) }, objective: -1.5 });
    expect(board.sequence(1)).toBe(2);
    board.stop();
    expect(board.isStopped()).toBe(true);
  });

  test("shows only whole samples while another thread writes", async () => {
    const memory = raceBoardMemory(1, LENGTH);
    const board = openRaceBoard(memory);
    const writer = startThread(
      `const { workerData } = require("node:worker_threads");
       import(workerData.module).then(({ openRaceBoard }) => {
         const board = openRaceBoard(workerData.memory);
         for (let value = 1; !board.isStopped(); value += 1) {
           const values = new Int32Array(${LENGTH}).fill(value);
           board.publish(0, { sample: { values }, objective: value });
         }
       });`,
      {
        eval: true,
        workerData: { memory, module: new URL("./race-board.ts", import.meta.url).href },
      },
    );
    const ended = new Promise((resolve) => writer.once("exit", resolve));
    let reads = 0;
    let lastSeen = 0;
    while (reads < 20_000) {
      const seen = board.read(0);
      if (seen === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        continue;
      }
      reads += 1;
      expect(seen.objective).toBeGreaterThanOrEqual(lastSeen);
      lastSeen = seen.objective;
      if (seen.sample.values.some((value) => value !== seen.objective)) {
        expect.fail(`torn read: ${seen.sample.values.join(" ")} against ${seen.objective}`);
      }
    }
    board.stop();
    expect(await ended).toBe(0);
    expect(lastSeen).toBeGreaterThan(1);
  });
});
