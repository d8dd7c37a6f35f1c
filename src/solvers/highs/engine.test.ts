/** The engine's instances: loaded before use, replaced after an abort, not kept when bloated. */
import { describe, expect, test } from "vitest";
import { Fault } from "#foundation";
import { Engine } from "./engine.ts";
import { type HighsInstance, loadInstance } from "./instance.ts";
import { engine } from "./thread-engine.ts";

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) return error.row.code;
    throw error;
  }
  return "no fault";
}

const abort = () => {
  throw new Error("Aborted()");
};

/** An engine that counts its instances and tells which one is in use. */
function countingEngine(memoryBytesMax?: number) {
  const loaded: HighsInstance[] = [];
  const load = async () => {
    const instance = await loadInstance();
    loaded.push(instance);
    return instance;
  };
  const counted = new Engine(load, memoryBytesMax);
  return { counted, loaded, inUse: () => loaded.indexOf(counted.use((instance) => instance)) };
}

describe("the engine", () => {
  test("is not there before it is prepared", () => {
    expect(codeOf(() => engine.use(() => 1))).toBe("highs-not-loaded");
  });

  test("says why it could not be loaded", async () => {
    const broken = new Engine(() => Promise.reject(new Error("no such file")));
    await broken.prepare(false);
    expect(() => broken.use(() => 1)).toThrow("expected a loaded instance, got no such file");
  });

  test("survives an abort at once, and a second one once it was idle", async () => {
    const { counted, inUse } = countingEngine();
    await counted.prepare(false);
    expect(inUse()).toBe(0);
    expect(codeOf(() => counted.use(abort))).toBe("highs-failed");
    expect(inUse()).toBe(1);
    await counted.prepare(false);
    expect(codeOf(() => counted.use(abort))).toBe("highs-failed");
    expect(inUse()).toBe(2);
  });

  test("is gone after two aborts in a row without a moment between", async () => {
    const { counted } = countingEngine();
    await counted.prepare(false);
    expect(codeOf(() => counted.use(abort))).toBe("highs-failed");
    expect(codeOf(() => counted.use(abort))).toBe("highs-failed");
    expect(codeOf(() => counted.use(() => 1))).toBe("highs-not-loaded");
    await counted.prepare(false);
    expect(counted.use(() => 1)).toBe(1);
  });

  test.each([
    ["does not keep an instance that has grown too large", () => 0],
    ["loses no more than the one that aborts when it had grown too large as well", abort],
  ])("%s", async (_remark, work) => {
    const { counted, inUse } = countingEngine(1);
    await counted.prepare(false);
    codeOf(() => counted.use(work));
    expect(inUse()).toBe(1);
  });
});
