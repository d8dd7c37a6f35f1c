/** The normal form says the same however a problem is written, and lifts back exactly. */
import { describe, expect, test } from "vitest";
import { type Expression, type Operand, sum } from "../../model/expression.ts";
import { ProblemBuilder } from "../../model/problem-builder.ts";
import { verifyQuadratic } from "../../model/verify-quadratic.ts";
import { columnsOfSample, type NormalForm, sampleOfColumns } from "./normal-form.ts";
import { normalForm } from "./normalise.ts";

type Write = (builder: ProblemBuilder, x: Expression, y: Expression, z: Expression) => void;

/** Products of all three, so that none of them is decided alone. */
function formOf(write: Write) {
  const builder = new ProblemBuilder();
  const [x, y, z] = [builder.binary("x"), builder.binary("y"), builder.binary("z")];
  builder.minimise(sum(x.times(y), y.times(z), x.times(-2)));
  write(builder, x, y, z);
  return normalForm(builder.build());
}

function rowsOf(write: Write): string[] {
  const form = formOf(write);
  if (form.kind === "none") return [form.reason];
  const { rows } = form;
  return Array.from({ length: rows.count }, (_, row) => {
    const entries = rows.biases.subarray(rows.starts[row], rows.starts[row + 1]);
    return `${rows.lows[row]} <= ${entries.join(" ")} <= ${rows.highs[row]}`;
  });
}

const atMost = (left: Operand, most: number) => sum(left).atMost(most);
const atLeast = (left: Operand, least: number) => sum(left).atLeast(least);

const cases: readonly (readonly [remark: string, rows: readonly string[], write: Write])[] = [
  ["no rows", [], () => {}],
  [
    "a scaled row",
    ["-Infinity <= 1 1 <= 1"],
    (b, x, y) => b.require("a", atMost(sum(x.times(2), y.times(2)), 2)),
  ],
  [
    "a turned row",
    ["-Infinity <= 1 1 <= 1"],
    (b, x, y) => b.require("a", atLeast(sum(x.times(-1), y.times(-1)), -1)),
  ],
  [
    "decimals",
    ["-Infinity <= 1 2 5 <= 6"],
    (b, x, y, z) =>
      b.require("a", atMost(sum(x.times(0.1), y.times(0.2), z.times(0.5)), 0.1 + 0.2 + 0.3)),
  ],
  [
    "sevenths, and a capacity between two sums",
    ["-Infinity <= 1 2 4 <= 3"],
    (b, x, y, z) =>
      b.require("a", atMost(sum(x.times(1 / 7), y.times(2 / 7), z.times(4 / 7)), 3.9 / 7)),
  ],
  [
    "no common unit",
    ["-Infinity <= 1 1.4142135623730951 <= 2"],
    (b, x, y) => b.require("a", atMost(sum(x, y.times(Math.SQRT2)), 2)),
  ],
  [
    "an equality in two halves",
    ["1 <= 1 1 1 <= 1"],
    (b, x, y, z) => {
      b.require("a", atMost(sum(x, y, z), 1));
      b.require("b", atLeast(sum(z, x, y).times(3), 3));
    },
  ],
  ["a row that cannot fail", [], (b, x, y) => b.require("a", atMost(sum(x, y), 2))],
  ["a row of one variable", [], (b, x) => b.require("a", atMost(x, 0))],
  [
    "rows that clash",
    ["row b cannot hold"],
    (b, x, y, z) => {
      b.require("a", atMost(sum(x, y, z), 1));
      b.require("b", atLeast(sum(x, y, z), 2));
    },
  ],
  [
    "whole numbers whose sums are exact",
    [`-Infinity <= ${2 ** 47 - 2} 1 1 <= ${2 ** 47 - 2}`],
    (b, x, y, z) => b.require("a", atMost(sum(x.times(2 ** 47 - 2), y, z), 2 ** 47 - 2)),
  ],
  [
    "whole numbers whose sums are not",
    ["row a adds up numbers too far apart"],
    (b, x, y, z) => b.require("a", atMost(sum(x.times(2 ** 47 - 1), y, z), 2 ** 47 - 1)),
  ],
  [
    "a number that swallows another",
    ["row a adds up numbers too far apart"],
    (b, x, y) => b.require("a", atMost(sum(x.times(1e140), y), 1e140)),
  ],
  [
    "a fraction beside a large number",
    ["row a adds up numbers too far apart"],
    (b, x, y) => b.require("a", atMost(sum(x.times(1e12), y.times(0.5)), 1e12)),
  ],
  ["a right side beyond all sums", [], (b, x, y) => b.require("a", atMost(sum(x, y), 1e30))],
  [
    "a soft row",
    ["row a is soft"],
    (b, x, y) => b.prefer("a", atMost(sum(x, y), 1), { weight: 1, penalty: "linear" }),
  ],
];

describe("the normal form", () => {
  test.each(cases)("%s", (_remark, rows, write) => {
    expect(rowsOf(write)).toEqual(rows);
  });

  test("counts cost from where ranges begin, and lifts back to the same objective", () => {
    const builder = new ProblemBuilder();
    const up = builder.integer("up", -3, 4);
    const down = builder.integer("down", Number.NEGATIVE_INFINITY, 5);
    const fixed = builder.integer("fixed", 2, 2);
    builder.maximise(
      sum(up.times(down).times(3), up.times(fixed), down.times(-7), up.times(up), 11),
    );
    builder.require("row", atMost(sum(up, down.times(-1), fixed.times(9)), 30));
    const problem = builder.build();
    const form = present(normalForm(problem));
    for (const chosen of [
      [0, 0],
      [1, 0],
      [7, 3],
      [2, 9],
    ]) {
      const sample = sampleOfColumns(form, chosen);
      expect(Array.from(columnsOfSample(form, sample) ?? [])).toEqual(chosen);
      expect(-costOf(form, chosen)).toBe(verifyQuadratic(problem, sample).objective);
    }
  });
});

function present(form: ReturnType<typeof normalForm>): NormalForm {
  if (form.kind === "none") throw new Error(form.reason);
  return form;
}

function costOf({ constant, costs, pairs }: NormalForm, chosen: readonly number[]): number {
  let cost = constant;
  for (const [column, value] of chosen.entries()) cost += costs[column] * value;
  for (let pair = 0; pair < pairs.count; pair += 1) {
    cost += pairs.biases[pair] * chosen[pairs.firsts[pair]] * chosen[pairs.seconds[pair]];
  }
  return cost;
}
