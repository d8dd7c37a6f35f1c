/** Verdicts: against a second evaluation from the definition, at the edges of exactness. */
import { describe, expect, test } from "vitest";
import { AssertionError, randomStream } from "#foundation";
import {
  everySample,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { HARD } from "../ordered-selection.ts";
import { sum } from "./expression.ts";
import { ProblemBuilder } from "./problem-builder.ts";
import { COMPARISON, PENALTY, type QuadraticProblem } from "./quadratic-problem.ts";
import { verifyQuadratic } from "./verify-quadratic.ts";

const sampleOf = (...values: number[]) => ({ values: Int32Array.from(values) });

/** The objective and feasibility over dense matrices, in plain doubles. */
function judge(problem: QuadraticProblem, x: Int32Array) {
  const { objective, constraints: rows } = problem;
  let value = objective.offset;
  for (let i = 0; i < x.length; i += 1) {
    value += objective.linear[i] * x[i];
    for (let k = objective.starts[i]; k < objective.starts[i + 1]; k += 1) {
      value += objective.biases[k] * x[i] * x[objective.columns[k]];
    }
  }
  let feasible = true;
  for (let row = 0; row < rows.count; row += 1) {
    let left = 0;
    for (let k = rows.starts[row]; k < rows.starts[row + 1]; k += 1) {
      left += rows.biases[k] * x[rows.columns[k]];
    }
    for (let k = rows.pairStarts[row]; k < rows.pairStarts[row + 1]; k += 1) {
      left += rows.pairBiases[k] * x[rows.pairFirsts[k]] * x[rows.pairSeconds[k]];
    }
    const over = Math.max(0, left - rows.rightSides[row]);
    const under = Math.max(0, rows.rightSides[row] - left);
    const broken =
      rows.comparisons[row] === COMPARISON.atMost
        ? over
        : rows.comparisons[row] === COMPARISON.atLeast
          ? under
          : over + under;
    if (broken === 0) continue;
    if (rows.weights[row] === HARD) feasible = false;
    else {
      const units = rows.penalties[row] === PENALTY.quadratic ? broken * broken : broken;
      value += (problem.sense === "minimise" ? 1 : -1) * rows.weights[row] * units;
    }
  }
  return { value, feasible };
}

describe("the verdict on a sample", () => {
  test("is that of the definition, on every sample of 200 small problems", () => {
    let infeasible = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const problem = quadraticModel(randomStream(seed), { ...smallQuadratic, variableCount: 4 });
      for (const values of everySample(problem)) {
        const verdict = verifyQuadratic(problem, { values });
        const { value, feasible } = judge(problem, values);
        expect(verdict.objective).toBe(value);
        expect(verdict.feasible).toBe(feasible);
        infeasible += feasible ? 0 : 1;
      }
    }
    expect(infeasible).toBeGreaterThan(1000);
  });

  test("of nothing is the offset", () => {
    const problem = new ProblemBuilder().maximise(-3).build();
    expect(verifyQuadratic(problem, sampleOf())).toEqual({
      feasible: true,
      objective: -3,
      violations: [],
    });
  });

  test("is exact where doubles are not: 2^53 + 1 against 2^53", () => {
    const builder = new ProblemBuilder();
    const [x, y] = [builder.binary("x"), builder.binary("y")];
    builder.maximise(sum(x.times(2 ** 53), y, x.times(-(2 ** 53))));
    builder.require("cap", sum(x.times(2 ** 53), y).atMost(2 ** 53));
    const { feasible, violations } = verifyQuadratic(builder.build(), sampleOf(1, 1));
    expect(feasible).toBe(false);
    expect(violations).toEqual([{ rule: "cap", count: 1, penalty: HARD }]);
  });

  test("forgives decimals their rounding and nothing else: 0.1 + 0.2 against 0.3", () => {
    const build = (bound: number) => {
      const builder = new ProblemBuilder();
      const [x, y] = [builder.binary("x"), builder.binary("y")];
      return builder.require("cap", sum(x.times(0.1), y.times(0.2)).atMost(bound)).build();
    };
    expect(verifyQuadratic(build(0.3), sampleOf(1, 1)).feasible).toBe(true);
    expect(verifyQuadratic(build(0.299999999999), sampleOf(1, 1)).feasible).toBe(false);
  });

  test("charges soft constraints by the unit or by the square, against either sense", () => {
    const cost = (penalty: "linear" | "quadratic", sense: "minimise" | "maximise") => {
      const builder = new ProblemBuilder();
      const x = builder.integer("x", 0, 9);
      builder[sense](0).prefer("few", x.atMost(2), { weight: 5, penalty });
      return verifyQuadratic(builder.build(), sampleOf(6)).objective;
    };
    expect([cost("linear", "minimise"), cost("linear", "maximise")]).toEqual([20, -20]);
    expect([cost("quadratic", "minimise"), cost("quadratic", "maximise")]).toEqual([80, -80]);
  });

  const outside: readonly (readonly [remark: string, values: readonly number[]])[] = [
    ["too few values", [0, 1]],
    ["a binary 2", [2, 1, 0]],
    ["a spin 0", [0, 0, 0]],
    ["an integer above its bound", [0, 1, 4]],
  ];
  test.each(outside)("refuses %s", (_remark, values) => {
    const builder = new ProblemBuilder();
    builder.minimise(sum(builder.binary("b"), builder.spin("s"), builder.integer("i", -1, 3)));
    const problem = builder.build();
    expect(() => verifyQuadratic(problem, sampleOf(...values))).toThrow(AssertionError);
  });
});
