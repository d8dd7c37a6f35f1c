/**
 * Requests at the edges of what rules and amounts can say: the clash is named in full, and nothing
 * is called proved that a better answer refutes.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPipeline, type Pipeline } from "#pipeline";
import { faultOf } from "./fault-of.ts";
import { ASKER, testPlatform } from "./platform.ts";

const options = { deadlineMs: 1000, seed: 1 };
const PAIR = [
  { id: "x", score: 1, group: ["X"] },
  { id: "y", score: 1, group: ["Y"] },
];

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = createPipeline(testPlatform());
  await pipeline.ready();
});
afterAll(() => pipeline.close());

async function clash(rules: object): Promise<string[]> {
  const request = { candidates: PAIR, k: 2, rules, options };
  const fault = await faultOf(pipeline.decide(ASKER, "ranking", request));
  expect(fault.row.code).toBe("contradiction");
  return [...fault.rules].sort();
}

describe("an exclusion that makes another rule impossible", () => {
  test("is named with it", async () => {
    const rules = { minPerGroup: { Y: 1 }, excluded: ["y"] };
    expect(await clash(rules)).toEqual(["excluded", "minPerGroup:Y"]);
  });

  test("counts for every group, whatever else is asked of the excluded", async () => {
    const rules = { minPerGroup: { "*": 1 }, excluded: ["y"] };
    const pinned = { pinned: [{ id: "y", position: 1 }], soft: { pinned: 0.1 } };
    expect(await clash(rules)).toEqual(["excluded", "minPerGroup:Y"]);
    expect(await clash({ ...rules, ...pinned })).toEqual(["excluded", "minPerGroup:Y"]);
  });
});

test("the rule's objective stands beside an answer only if it is as long", async () => {
  const candidates = [
    { id: "a", score: 3, group: ["p", "q"] },
    { id: "b", score: 1, group: ["p"] },
    { id: "c", score: 1, group: ["q"] },
  ];
  const request = { candidates, k: 2, rules: { maxPerGroup: { "*": 1 } }, options };
  const { answer, quality } = await pipeline.decide(ASKER, "ranking", request);
  expect(answer).toMatchObject({ items: [{}, {}] });
  expect(quality.objective).toBeCloseTo(1, 12);
  expect(quality.ruleObjective ?? 0).toBeLessThanOrEqual(quality.objective);
});

test.each([1, 1e-6, 1e-9, 1e-13, 1e-17])(
  "amounts of size %s are proved by their size",
  async (size) => {
    // Two tops side by side cost more likeness than the second is worth: the best answer mixes.
    const candidates = [
      { id: "a", score: 3 * size, embedding: [1, 0] },
      { id: "b", score: 2.9 * size, embedding: [1, 0.01] },
      { id: "c", score: 1.5 * size, embedding: [0, 1] },
    ];
    const weights = { utility: 1, diversity: size };
    const request = { candidates, k: 2, weights, options };
    const { answer, quality } = await pipeline.decide(ASKER, "ranking", request);
    expect(quality).toMatchObject({ rung: "proved", gap: 0 });
    expect(answer).toMatchObject({ items: [{ id: "a" }, { id: "c" }] });
  },
);

test("terms that all but cancel are proved by the size of the terms", async () => {
  const waiting = { channel: "voice", waitedSeconds: 1e7, patienceSeconds: 1e7 };
  const request = {
    contacts: [
      { ...waiting, id: "a", slaSeconds: 0.001, priority: 123.456 },
      { ...waiting, id: "b", slaSeconds: 77, value: 1e12, mayCallBack: true },
      { ...waiting, id: "c", slaSeconds: 1, priority: 1 },
    ],
    agents: [{ id: "x" }, { id: "y", idleSeconds: 5 }, { id: "z", freeInSeconds: 1e-9 }],
    weights: { value: 0, priority: 0, serviceLevel: 1, delay: 123.456, idle: 1 },
    callBack: { afterSeconds: 5, reached: 1, cost: 1 },
    options,
  };
  const { quality } = await pipeline.decide(ASKER, "routing", request);
  expect(quality).toMatchObject({ rung: "proved", gap: 0 });
});
