/** The builder: algebra folds as the mathematics says, special rows are named, the rest refused. */
import { describe, expect, test } from "vitest";
import { AssertionError, Fault } from "#foundation";
import { ProblemAssembly } from "./assembly.ts";
import { type Comparison, type Expression, sum } from "./expression.ts";
import { ProblemBuilder } from "./problem-builder.ts";
import { quadraticDigest } from "./quadratic-digest.ts";
import { COMPARISON, SHAPE, VARTYPE } from "./quadratic-problem.ts";

describe("a built problem", () => {
  test("holds each pair once, squares folded by vartype, zeros left out", () => {
    const builder = new ProblemBuilder();
    const [b, s, i] = [builder.binary("b"), builder.spin("s"), builder.integer("i", -2, 2)];
    builder.minimise(
      sum(
        b.plus(s).plus(i).squared(), // b + 1 + i^2 + 2bs + 2bi + 2si
        b.times(s).times(-2),
        7,
      ),
    );
    const { objective, vartypes, labels } = builder.build();
    expect([...vartypes]).toEqual([VARTYPE.binary, VARTYPE.spin, VARTYPE.integer]);
    expect(labels).toEqual(["b", "s", "i"]);
    expect(objective.offset).toBe(8);
    expect([...objective.linear]).toEqual([1, 0, 0]);
    expect([...objective.starts]).toEqual([0, 1, 2, 3]);
    expect([...objective.columns]).toEqual([2, 2, 2]);
    expect([...objective.biases]).toEqual([2, 2, 1]);
  });

  test("of nothing is empty and frozen", () => {
    const problem = new ProblemBuilder().build();
    expect(problem.variableCount).toBe(0);
    expect(problem.constraints.count).toBe(0);
    expect([...problem.objective.starts]).toEqual([0]);
    expect(Object.isFrozen(problem) && Object.isFrozen(problem.objective)).toBe(true);
  });

  test("takes an integer between 0 and 1 for what it is: binary", () => {
    const builder = new ProblemBuilder();
    const [x, i] = [builder.binary("x"), builder.integer("i", 0, 1)];
    const { vartypes, constraints } = builder.oneHot("one", [x, i]).build();
    expect([...vartypes]).toEqual([VARTYPE.binary, VARTYPE.binary]);
    expect([...constraints.shapes]).toEqual([SHAPE.oneHot]);
  });

  type Row = (x: Expression, y: Expression, i: Expression) => Comparison;
  const shapes: readonly (readonly [remark: string, shape: number, row: Row])[] = [
    ["x + y = 1", SHAPE.oneHot, (x, y) => sum(x, y).equals(1)],
    ["constants moved to the right", SHAPE.oneHot, (x, y) => sum(x, y, 4).equals(5)],
    ["variables moved to the left", SHAPE.oneHot, (x, y) => x.equals(y.times(-1).plus(1))],
    ["x + y <= 1", SHAPE.cardinality, (x, y) => sum(x, y).atMost(1)],
    ["x + y >= 2", SHAPE.cardinality, (x, y) => sum(x, y).atLeast(2)],
    ["x^2 counts as x", SHAPE.oneHot, (x, y) => sum(x.squared(), y).equals(1)],
    ["a bias of 2", SHAPE.general, (x, y) => sum(x, y.times(2)).equals(1)],
    ["an integer variable", SHAPE.general, (x, _y, i) => sum(x, i).equals(1)],
    ["a product", SHAPE.general, (x, y) => sum(x, y, x.times(y)).equals(1)],
    ["half of one", SHAPE.general, (x, y) => sum(x, y).atMost(1.5)],
    ["nothing on the left", SHAPE.general, (x) => x.minus(x).equals(1)],
  ];
  test.each(shapes)("names the shape of %s", (_remark, shape, row) => {
    const builder = new ProblemBuilder();
    const [x, y, i] = [builder.binary("x"), builder.binary("y"), builder.integer("i", 0, 2)];
    expect([...builder.require("row", row(x, y, i)).build().constraints.shapes]).toEqual([shape]);
  });

  test("has digests that tell it from its like", () => {
    const digestOf = (label: string, bias: number, comparison: 0 | 1) => {
      const builder = new ProblemBuilder();
      const x = builder.binary(label);
      builder.minimise(x.times(bias));
      return quadraticDigest(builder.require("row", { left: x, comparison, rightSide: 1 }).build());
    };
    const same = digestOf("x", 1, COMPARISON.atMost);
    expect(digestOf("x", 1, COMPARISON.atMost)).toBe(same);
    const others = [digestOf("y", 1, 0), digestOf("x", 2, 0), digestOf("x", 1, COMPARISON.equal)];
    expect(new Set([same, ...others]).size).toBe(4);
  });
});

describe("misuse of the builder", () => {
  const misuse: readonly (readonly [remark: string, (builder: ProblemBuilder) => unknown])[] = [
    ["a name twice", (builder) => [builder.binary("x"), builder.spin("x")]],
    ["an empty domain", (builder) => builder.integer("i", 1, 0)],
    ["half a bound", (builder) => builder.integer("i", 0, 0.5)],
    ["degree three", (builder) => builder.binary("x").squared().times(builder.spin("s"))],
    ["two objectives", (builder) => builder.minimise(0).maximise(0)],
    [
      "a reward for a broken rule",
      (builder) => builder.prefer("p", sum(1).atMost(0), { weight: -1, penalty: "linear" }),
    ],
    ["not a number", (builder) => builder.minimise(Number.NaN)],
    ["building twice", (builder) => [builder.build(), builder.build()]],
  ];
  test.each(misuse)("asserts against %s", (_remark, act) => {
    expect(() => act(new ProblemBuilder())).toThrow(AssertionError);
  });

  test("more variables than memory holds is a fault", () => {
    let fault: unknown;
    try {
      new ProblemAssembly("minimise").addVariables(2 ** 24 + 1);
    } catch (thrown) {
      fault = thrown;
    }
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ row: { code: "problem-too-large" } });
  });
});
