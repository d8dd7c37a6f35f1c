/** What the bound claims where variables reach beyond the values of samples. */
import { expect, test } from "vitest";
import { workBudget } from "#foundation";
import { ProblemAssembly, VALUE_MAX, VARTYPE } from "#problem";
import { intervalBound } from "./interval-bound.ts";

type Ends = readonly [lower: number, upper: number];
type Product = readonly [one: number, other: number, bias: number];

interface Row {
  readonly remark: string;
  readonly ends: readonly Ends[];
  readonly linear?: readonly number[];
  readonly products?: readonly Product[];
  readonly bound: number | undefined;
}

const END = Number.POSITIVE_INFINITY;

test.each<Row>([
  { remark: "an end that pays", ends: [[0, END]], linear: [-1], bound: undefined },
  { remark: "an end that pays, downwards", ends: [[-END, 0]], linear: [1], bound: undefined },
  { remark: "an end that costs", ends: [[0, END]], linear: [1], bound: 0 },
  { remark: "an end that costs, from 5", ends: [[5, END]], linear: [1], bound: 5 },
  { remark: "just within", ends: [[0, VALUE_MAX]], linear: [-1], bound: -VALUE_MAX },
  { remark: "just beyond", ends: [[0, VALUE_MAX + 1]], linear: [-1], bound: undefined },
  { remark: "just beyond, below", ends: [[-VALUE_MAX - 1, 0]], linear: [1], bound: undefined },
  { remark: "all beyond", ends: [[3e9, 4e9]], linear: [1], bound: undefined },
  { remark: "all below", ends: [[-4e9, -3e9]], linear: [-1], bound: undefined },
  {
    remark: "one that is not in the objective",
    ends: [
      [-END, END],
      [0, 1],
    ],
    linear: [0, -1],
    bound: -1,
  },
  {
    remark: "a square that costs, with room for the rounding of the greatest",
    ends: [[-END, END]],
    products: [[0, 0, 1]],
    bound: -1e-9 * 2 ** 62,
  },
  { remark: "a square that pays", ends: [[-END, END]], products: [[0, 0, -1]], bound: undefined },
  {
    remark: "a product that costs",
    ends: [
      [0, END],
      [0, 1],
    ],
    products: [[0, 1, 1]],
    bound: 0,
  },
  {
    remark: "a product that pays",
    ends: [
      [0, 1],
      [0, END],
    ],
    products: [[0, 1, -1]],
    bound: undefined,
  },
  {
    remark: "a product with one that is 0",
    ends: [
      [0, 0],
      [0, END],
    ],
    products: [[0, 1, -1]],
    bound: 0,
  },
])("$remark", ({ ends, linear = [], products = [], bound }) => {
  for (const sign of [1, -1]) {
    const assembly = new ProblemAssembly(sign === 1 ? "minimise" : "maximise");
    for (const [index, bounds] of ends.entries()) {
      assembly.addVariable(`x${index}`);
      assembly.restrict(index, VARTYPE.integer, ...bounds);
    }
    for (const [index, bias] of linear.entries()) assembly.addLinear(index, sign * bias);
    for (const [one, other, bias] of products) assembly.addQuadratic(one, other, sign * bias);
    const budget = workBudget(Number.POSITIVE_INFINITY);
    const result = intervalBound.solve(assembly.finish(), { seed: 1, budget });
    expect(result.bound).toBe(bound === undefined ? undefined : sign * bound + 0);
  }
});
