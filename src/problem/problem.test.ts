/** What is said of problems of every kind: what a sample of each is, and which of two is better. */
import { describe, expect, test } from "vitest";
import { AssertionError, workBudget } from "#foundation";
import { ProblemBuilder } from "./model/problem-builder.ts";
import type { QuadraticProblem } from "./model/quadratic-problem.ts";
import type { OrderedSelection } from "./ordered-selection.ts";
import { beats, type Problem, sampleFlaw, sampleLengthMax } from "./problem.ts";
import { problemDigest } from "./problem-digest.ts";
import { solverOf } from "./solver.ts";
import { objectiveTolerance, verify } from "./verify.ts";

/** Three items worth 3, 2, 1 and two positions. */
const selection: OrderedSelection = {
  kind: "ordered-selection",
  sense: "maximise",
  itemCount: 3,
  positionCount: 2,
  values: Float64Array.of(3, 2, 1),
  positionWeights: Float64Array.of(1, 1),
  diversityWeight: 0,
  similarity: {
    dimension: 0,
    unitVectors: new Float64Array(0),
    offsets: new Int32Array(4),
    others: new Int32Array(0),
    values: new Float64Array(0),
  },
  counts: [],
  pins: [],
  spacing: undefined,
};

/** A binary, a spin and an integer from -2 to 5, each worth `bias`. */
function quadratic(bias: number): QuadraticProblem {
  const builder = new ProblemBuilder();
  const variables = [builder.binary("b"), builder.spin("s"), builder.integer("i", -2, 5)];
  const [first, ...others] = variables.map((variable) => variable.times(bias));
  builder.minimise(others.reduce((sum, variable) => sum.plus(variable), first));
  return builder.build();
}

const flaws: readonly (readonly [string, Problem, readonly number[], string | undefined])[] = [
  ["an order", selection, [2, 0], undefined],
  ["no order at all", selection, [], undefined],
  ["an order too long", selection, [0, 1, 2], "3 positions"],
  ["an item twice", selection, [1, 1], "an item twice"],
  ["an unknown item", selection, [3], "no item 3"],
  ["values", quadratic(1), [1, -1, 5], undefined],
  ["too few values", quadratic(1), [1, -1], "2 values"],
  ["a binary of 2", quadratic(1), [2, 1, 0], "variable 0 cannot be 2"],
  ["a spin of 0", quadratic(1), [0, 0, 0], "variable 1 cannot be 0"],
  ["an integer out of bounds", quadratic(1), [0, 1, 6], "variable 2 cannot be 6"],
  ["nothing, of a problem of nothing", new ProblemBuilder().build(), [], undefined],
];

test.each(flaws)("%s", (_remark, problem, values, flaw) => {
  const sample = { values: Int32Array.from(values) };
  expect(sampleFlaw(problem, sample.values)).toBe(flaw);
  if (flaw === undefined) {
    expect(verify(problem, sample).feasible).toBe(true);
    expect(values.length).toBeLessThanOrEqual(sampleLengthMax(problem));
  } else {
    expect(() => verify(problem, sample)).toThrow(AssertionError);
  }
});

const contests = [
  ["the greater of what is to be great", "maximise", [2, 5], [2, 4], true],
  ["the lesser of what is to be small", "minimise", [2, 4], [2, 5], true],
  ["not its equal", "minimise", [2, 4], [2, 4], false],
  ["longer before better", "maximise", [3, 1], [2, 9], true],
  ["longer before better, small", "minimise", [2, 1], [3, 9], false],
] as const;
test.each(contests)("beats: %s", (_remark, sense, a, b, wins) => {
  const [length, objective] = a;
  expect(beats(sense, { length, objective }, { length: b[0], objective: b[1] })).toBe(wins);
});

test("digests differ by kind, and follow the numbers", () => {
  const digests = [selection, quadratic(1), quadratic(2), quadratic(1)].map(problemDigest);
  expect(new Set(digests).size).toBe(3);
  expect(digests[3]).toBe(digests[1]);
});

describe("the tolerance between two sums of an objective", () => {
  test("grows with the terms, unless they are integers", () => {
    expect(objectiveTolerance(quadratic(0.5))).toBeCloseTo(1e-9 * 0.5 * 7, 15);
    expect(objectiveTolerance(quadratic(0.5e12))).toBeLessThan(1);
    expect(objectiveTolerance(quadratic(1e12 + 0.5))).toBeGreaterThan(1);
  });

  test("counts soft penalties, however far they can reach", () => {
    const builder = new ProblemBuilder();
    const far = builder.integer("far", 0, 1000);
    const soft = { weight: 0.5, penalty: "quadratic" } as const;
    const problem = builder.prefer("near", far.atMost(0), soft).build();
    expect(objectiveTolerance(problem)).toBeCloseTo(1e-9 * 0.5 * 1e6, 12);
  });

  test("is 0 for a problem of nothing", () => {
    expect(objectiveTolerance(new ProblemBuilder().build())).toBe(0);
  });
});

test("a solver of one kind refuses the other with the reason, and never gets it", () => {
  const solver = solverOf("quadratic", {
    name: "zero",
    version: 1,
    guarantee: "heuristic",
    supports: ({ variableCount }) =>
      variableCount < 9 ? { kind: "yes" } : { kind: "no", reason: "too many" },
    solve: () => ({ status: "unknown", best: undefined, bound: undefined, work: 0 }),
  });
  const options = { seed: 1, budget: workBudget(1) };
  expect(solver.supports(quadratic(1))).toEqual({ kind: "yes" });
  expect(solver.supports(selection)).toEqual({
    kind: "no",
    reason: "zero solves quadratic problems, not ordered-selection ones",
  });
  expect(solver.solve(quadratic(1), options).status).toBe("unknown");
  expect(() => solver.solve(selection, options)).toThrow(AssertionError);
});
