/** Sample sets: merged, judged, and in one order whatever order they came in. */
import { describe, expect, test } from "vitest";
import { sum } from "./expression.ts";
import { ProblemBuilder } from "./problem-builder.ts";
import { sampleSet } from "./sample-set.ts";

const samples = [
  [1, 1],
  [0, 1],
  [1, 0],
  [0, 0],
  [1, 0],
].map((values) => ({ values: Int32Array.from(values) }));

function problem(sense: "minimise" | "maximise") {
  const builder = new ProblemBuilder();
  const [x, y] = [builder.binary("x"), builder.binary("y")];
  return builder[sense](sum(x, y)).require("one", sum(x, y).atMost(1)).build();
}

describe("a sample set", () => {
  const orders = [
    ["minimise", ["0,0", "0,1", "1,0", "1,1"]],
    ["maximise", ["0,1", "1,0", "0,0", "1,1"]],
  ] as const;
  test.each(orders)("puts the feasible first, then the best: %s", (sense, order) => {
    for (const input of [samples, [...samples].reverse()]) {
      const rows = sampleSet(problem(sense), input);
      expect(rows.map(({ sample }) => sample.values.join())).toEqual(order);
      expect(rows.map(({ feasible }) => feasible)).toEqual([true, true, true, false]);
    }
  });

  test("adds up occurrences and lists what is broken", () => {
    const rows = sampleSet(problem("minimise"), samples, [1, 2, 3, 4, 5]);
    expect(rows.map(({ occurrences }) => occurrences)).toEqual([4, 2, 8, 1]);
    expect(rows[3].violations.map(({ rule, count }) => [rule, count])).toEqual([["one", 1]]);
    expect(rows[2]).toMatchObject({ energy: 1, violations: [] });
  });

  test("of no samples is empty", () => {
    expect(sampleSet(problem("minimise"), [])).toEqual([]);
  });
});
