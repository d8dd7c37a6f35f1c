/** Segments of the log are there before they are needed, and the engine writes to them. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { handClock } from "../../../test/pipeline/hand-clock.ts";
import { SegmentsAhead } from "./segments-ahead.ts";

describe("segments ahead", () => {
  const FIRST = "000000010000000000000001";
  const SECOND = "000000010000000000000002";
  const THIRD = "000000010000000000000003";
  let root = "";
  let folder = "";
  let clock = handClock();

  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-segments-"));
    folder = path.join(root, "pg_wal");
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, FIRST), "first");
    clock = handClock();
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  function flushes(segments: SegmentsAhead, name: string, count: number): void {
    for (let flush = 0; flush < count; flush += 1) segments.flushed(name);
  }

  /** A piece comes every 15 ms. */
  async function turn(pieces = 100): Promise<void> {
    for (let piece = 0; piece < pieces; piece += 1) await clock.turn(clock.monotonicMs() + 15);
  }

  it("are two, whole and empty, made once the present one is in use", async () => {
    const segments = new SegmentsAhead(root, clock);
    flushes(segments, FIRST, 63);
    await turn();
    expect(fs.readdirSync(folder)).toEqual([FIRST]);
    flushes(segments, "pg_control", 1);
    flushes(segments, FIRST, 1);
    await turn();
    expect(fs.readdirSync(folder).sort()).toEqual([FIRST, SECOND, THIRD]);
    const made = fs.readFileSync(path.join(folder, SECOND));
    expect(made.equals(Buffer.alloc(16 * 1024 * 1024))).toBe(true);
    expect(fs.readFileSync(path.join(folder, FIRST), "utf8")).toBe("first");
  });

  it.each([
    { name: "00000001000000000000000F", next: "000000010000000000000010" },
    { name: "0000000100000000000000FF", next: "000000010000000100000000" },
    { name: "0000000A0000000F000000FF", next: "0000000A0000001000000000" },
  ])("after $name are called $next", async ({ name, next }) => {
    flushes(new SegmentsAhead(root, clock), name, 64);
    await turn();
    expect(fs.readdirSync(folder)).toContain(next);
  });

  it("leave alone what the engine made in the meantime", async () => {
    const segments = new SegmentsAhead(root, clock);
    flushes(segments, FIRST, 64);
    await turn(5);
    fs.writeFileSync(path.join(folder, SECOND), "second");
    await turn();
    expect(fs.readFileSync(path.join(folder, SECOND), "utf8")).toBe("second");
    expect(fs.readdirSync(folder).sort()).toEqual([FIRST, SECOND, THIRD]);
  });

  it("stop where the disk refuses, and with the store", async () => {
    const segments = new SegmentsAhead(root, clock);
    flushes(segments, FIRST, 64);
    fs.rmSync(folder, { recursive: true });
    await turn();
    fs.mkdirSync(folder);
    flushes(segments, SECOND, 64);
    await turn(3);
    segments.stop();
    await turn();
    expect(fs.readdirSync(folder)).toEqual(["xlogtemp.ahead"]);
  });
});
