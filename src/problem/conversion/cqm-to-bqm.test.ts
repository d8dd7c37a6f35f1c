/**
 * Conversions by brute force: on small random problems of every kind the minimisers of the BQM are
 * exactly the minimisers of the CQM, at the same energy; and the forms rows take.
 */
import { describe, expect, test } from "vitest";
import { Fault, present, randomStream } from "#foundation";
import {
  everySample,
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { type Comparison, type Expression, sum } from "../model/expression.ts";
import { ProblemBuilder } from "../model/problem-builder.ts";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { verifyQuadratic } from "../model/verify-quadratic.ts";
import { cqmToBqm } from "./cqm-to-bqm.ts";
import { asMinimisation } from "./two-valued.ts";

const BITS_MAX = 16;

/** Best feasible samples of a problem, judged one by one. */
function minimisers(problem: QuadraticProblem) {
  let best = Number.POSITIVE_INFINITY;
  let samples = new Set<string>();
  for (const values of everySample(problem)) {
    const { feasible, objective } = verifyQuadratic(problem, { values });
    if (!feasible || objective > best + 1e-9) continue;
    if (objective < best - 1e-9) samples = new Set();
    best = Math.min(best, objective);
    samples.add(values.join());
  }
  return { best, samples };
}

/** Best samples of a BQM over binary variables, by Gray code over dense fields. */
function groundStates({ variableCount: n, objective }: QuadraticProblem) {
  const fields = Float64Array.from(objective.linear);
  const couplings = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let entry = objective.starts[i]; entry < objective.starts[i + 1]; entry += 1) {
      couplings[i * n + objective.columns[entry]] = objective.biases[entry];
      couplings[objective.columns[entry] * n + i] = objective.biases[entry];
    }
  }
  const values = new Int32Array(n);
  let energy = objective.offset;
  let best = energy;
  let states: Int32Array[] = [values.slice()];
  for (let step = 1; step < 2 ** n; step += 1) {
    const flipped = 31 - Math.clz32(step & -step);
    const sign = values[flipped] === 0 ? 1 : -1;
    energy += sign * fields[flipped];
    values[flipped] += sign;
    for (let other = 0; other < n; other += 1) {
      fields[other] += sign * couplings[flipped * n + other];
    }
    if (energy > best + 1e-6) continue;
    if (energy < best - 1e-6) states = [];
    best = Math.min(best, energy);
    states.push(values.slice());
  }
  return { best, states };
}

function agree(problem: QuadraticProblem): "agree" | "infeasible" | "too large" {
  const conversion = cqmToBqm(problem);
  if (conversion.problem.variableCount > BITS_MAX) return "too large";
  const { best, samples } = minimisers(asMinimisation(problem));
  if (samples.size === 0) return "infeasible";
  const ground = groundStates(conversion.problem);
  const lifted = new Set(ground.states.map((values) => conversion.lift({ values }).values.join()));
  expect([...lifted].sort()).toEqual([...samples].sort());
  expect(ground.best).toBeCloseTo(best, 6);
  return "agree";
}

describe("the BQM of a CQM", () => {
  const kinds: readonly (readonly [remark: string, shape: Partial<QuadraticShape>])[] = [
    ["binary, linear hard rows", { vartypes: ["binary"], quadraticRowShare: 0, softShare: 0 }],
    ["binary, groups", { vartypes: ["binary"], groupShare: 1, softShare: 0, rowCount: 4 }],
    ["spins", { vartypes: ["spin"], quadraticRowShare: 0, softShare: 0, rowCount: 2 }],
    ["integers", { vartypes: ["integer"], variableCount: 3, rowCount: 2, softShare: 0 }],
    ["products in rows", { variableCount: 4, quadraticRowShare: 1, groupShare: 0, rowCount: 2 }],
    ["soft rows alone", { variableCount: 4, softShare: 1, rowCount: 2 }],
    ["fractions", { variableCount: 4, step: 0.25, rowCount: 2 }],
    ["a bit of everything", { variableCount: 3, integerValues: 3, rowCount: 2 }],
  ];
  test.each(kinds)("keeps minimisers: %s", (_remark, shape) => {
    const outcomes = { agree: 0, infeasible: 0, "too large": 0 };
    for (let seed = 0; seed < 60; seed += 1) {
      const problem = quadraticModel(randomStream(seed, "bqm"), { ...smallQuadratic, ...shape });
      outcomes[agree(problem)] += 1;
    }
    expect(outcomes.agree).toBeGreaterThan(10);
  });

  test("of nothing is its offset", () => {
    const { problem, rows } = cqmToBqm(new ProblemBuilder().maximise(4).build());
    expect(problem.variableCount).toBe(0);
    expect(problem.objective.offset).toBe(-4);
    expect(rows).toEqual([]);
  });

  test("has a weight of its own for each group of rows", () => {
    const builder = new ProblemBuilder();
    const [a, b, c, d] = ["a", "b", "c", "d"].map((label) => builder.binary(label));
    builder.minimise(sum(a.times(-3), b.times(2), c.times(-1000), d.times(7)));
    builder.require("small", sum(a, b).atMost(1)).require("great", sum(c, d).atMost(1));
    const weights = cqmToBqm(builder.build()).rows.map(({ label, weight }) => [label, weight]);
    expect(weights).toEqual([
      ["small", 6],
      ["great", 1008],
    ]);
  });
});

describe("the form of a row", () => {
  type Row = (x: readonly Expression[]) => Comparison;
  const forms: readonly (readonly [remark: string, form: string, slack: number, row: Row])[] = [
    ["at most one of four", "conflicts", 0, (x) => sum(x).atMost(1)],
    ["x + y >= 1", "conflicts", 0, ([x, y]) => sum(x, y).atLeast(1)],
    ["x implies y", "conflicts", 0, ([x, y]) => x.minus(y).atMost(0)],
    ["any of three needs y", "conflicts", 0, ([y, ...x]) => sum(x).atMost(y.times(3))],
    ["at most one zero of four", "conflicts", 0, (x) => sum(x).atLeast(3)],
    [
      "two heavy ones and a light",
      "conflicts",
      0,
      ([x, y, z]) => sum(x.times(3), y.times(3), z).atMost(4),
    ],
    ["forbidden, being too heavy", "conflicts", 0, ([x, y]) => sum(x.times(5), y).atMost(4)],
    ["always so", "none", 0, (x) => sum(x).atMost(4)],
    ["exactly two", "square", 0, (x) => sum(x).equals(2)],
    ["at most two of four", "slack", 2, (x) => sum(x).atMost(2)],
    ["at least one of four", "slack", 2, (x) => sum(x).atLeast(1)],
    ["in tens", "slack", 2, (x) => sum(x).times(10).atMost(29)],
    ["never so", "slack", 0, (x) => sum(x).atMost(-1)],
  ];
  test.each(forms)("%s: %s with %i bits of slack", (_remark, form, slack, row) => {
    const builder = new ProblemBuilder();
    const x = ["a", "b", "c", "d"].map((label) => builder.binary(label));
    const { problem, rows } = cqmToBqm(builder.require("row", row(x)).build());
    expect(rows.map((one) => one.form)).toEqual([form]);
    expect(problem.variableCount).toBe(4 + slack);
  });

  test("unbalanced penalisation needs no slack and leads to the constraint", () => {
    const builder = new ProblemBuilder();
    const x = ["a", "b", "c", "d"].map((label) => builder.binary(label));
    builder.maximise(sum(x)).require("two", sum(x).atMost(2));
    const unbalanced = { linear: 0.96, quadratic: 0.97 };
    const { problem, rows, lift } = cqmToBqm(builder.build(), { unbalanced });
    expect(rows[0].form).toBe("unbalanced");
    expect(problem.variableCount).toBe(4);
    const [state] = groundStates(problem).states;
    expect(lift({ values: present(state, "a state") }).values.reduce((a, b) => a + b)).toBe(2);
  });

  test("weighing by row is lighter where rows hang together", () => {
    const builder = new ProblemBuilder();
    const x = ["a", "b", "c"].map((label) => builder.binary(label));
    builder.minimise(sum(x[0].times(5), x[1], x[2].times(9)));
    builder.require("ab", sum(x[0], x[1]).equals(1)).require("bc", sum(x[1], x[2]).equals(1));
    const problem = builder.build();
    const weights = (weighing: "group" | "row") =>
      cqmToBqm(problem, { weighing }).rows.map(({ weight }) => weight);
    expect(weights("group")).toEqual([16, 16]);
    expect(weights("row")).toEqual([7, 11]);
  });
});

describe("what cannot be converted", () => {
  const cases: readonly (readonly [remark: string, QuadraticProblem])[] = [
    ["an unbounded integer", withInteger(Number.POSITIVE_INFINITY, 1)],
    ["a bias that is no decimal", withInteger(3, Math.SQRT2)],
    ["a soft product of unbounded integers", withSoftProduct()],
  ];
  test.each(cases)("%s is a fault", (_remark, problem) => {
    let fault: unknown;
    try {
      cqmToBqm(problem);
    } catch (thrown) {
      fault = thrown;
    }
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ row: { code: "conversion-impossible" } });
  });

  function withSoftProduct(): QuadraticProblem {
    const builder = new ProblemBuilder();
    const [x, y] = [builder.integer("x", 0, Infinity), builder.integer("y", 0, Infinity)];
    return builder.prefer("row", x.times(y).atMost(1), { weight: 1, penalty: "linear" }).build();
  }

  function withInteger(upper: number, bias: number): QuadraticProblem {
    const builder = new ProblemBuilder();
    const x = builder.integer("x", 0, upper);
    return builder.minimise(x).require("row", x.times(bias).atLeast(1)).build();
  }
});
