/**
 * Presolve against brute force: the same optimum before and after, samples that lift to feasible
 * ones of the same objective, and conflicts that really clash. Every kind of reduction is provoked.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream } from "#foundation";
import {
  COMPARISON,
  describeStep,
  type Expression,
  PENALTY,
  type PresolveOptions,
  ProblemAssembly,
  ProblemBuilder,
  presolve,
  type QuadraticProblem,
  type Reduction,
  type ReductionRule,
  sum,
  VARTYPE,
  verifyQuadratic,
} from "#problem";
import {
  bestByTrying,
  everySample,
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";

const SHAPES: readonly (readonly [remark: string, shape: QuadraticShape])[] = [
  ["a bit of everything", smallQuadratic],
  [
    "binary, no rows: persistency",
    { ...smallQuadratic, vartypes: ["binary"], rowCount: 0, density: 0.3 },
  ],
  ["spin, no rows", { ...smallQuadratic, vartypes: ["spin"], rowCount: 0, density: 0.3 }],
  [
    "linear with many rows",
    { ...smallQuadratic, vartypes: ["binary"], density: 0, rowCount: 5, softShare: 0 },
  ],
  [
    "groups",
    { ...smallQuadratic, vartypes: ["binary"], groupShare: 1, softShare: 0, density: 0.2 },
  ],
  [
    "integers with quadratic rows",
    { ...smallQuadratic, vartypes: ["integer"], variableCount: 4, quadraticRowShare: 0.7 },
  ],
  ["fractions", { ...smallQuadratic, step: 0.1, softShare: 0.1 }],
  ["mostly linear, all vartypes", { ...smallQuadratic, density: 0.1, softShare: 0, rowCount: 4 }],
  ["nothing at all", { ...smallQuadratic, variableCount: 0, rowCount: 0 }],
];

const PLANTED_COUNT = 600;
/** What biases of a row are multiples of: all but the last are made whole. */
const STEPS = [1, 1, 1, 0.5, 0.1, 1 / 3];

/**
 * Five variables, the last three made from the first two: equal in all rows, or worse in some;
 * rows of every comparison around a sample, so that most can be met, some soft, few products.
 */
function plantedColumns(stream: RandomStream): QuadraticProblem {
  const assembly = new ProblemAssembly(stream.below(2) === 0 ? "minimise" : "maximise");
  const better = assembly.sense === "minimise" ? 1 : -1;
  const comparisons = Object.values(COMPARISON);
  const rows = Array.from({ length: 1 + stream.below(4) }, () => {
    const step = STEPS[stream.below(STEPS.length)];
    return { comparison: comparisons[stream.below(3)], step, isSoft: stream.below(9) === 0 };
  });
  const columns: { readonly cost: number; readonly biases: readonly number[] }[] = [];
  const sample: number[] = [];
  for (let variable = 0; variable < 5; variable += 1) {
    const base = columns[stream.below(2)];
    const isCopy = variable >= 2;
    const isWorse = stream.below(2) === 0;
    const cost = isCopy ? base.cost : stream.below(9) - 4;
    const biases = rows.map(({ comparison }, row) => {
      if (!isCopy) return stream.below(9) - 3;
      const more = isWorse && comparison !== COMPARISON.equal ? stream.below(3) : 0;
      return base.biases[row] + (comparison === COMPARISON.atMost ? more : -more);
    });
    columns.push({ cost: cost + (isCopy && isWorse ? better * stream.below(2) : 0), biases });
    const [vartype, lower, span] = [stream.below(9), stream.below(5) - 3, stream.below(4) + 1];
    assembly.addVariable(`v${variable}`);
    if (vartype > 1) assembly.restrict(variable, VARTYPE.integer, lower, lower + span);
    else if (vartype === 1) assembly.restrict(variable, VARTYPE.spin);
    assembly.addLinear(variable, columns[variable].cost);
    sample.push(vartype > 1 ? lower + stream.below(span + 1) : 1);
  }
  if (stream.below(6) === 0) assembly.addQuadratic(stream.below(5), stream.below(5), 2);
  for (const [row, { comparison, step, isSoft }] of rows.entries()) {
    const sum = columns.reduce((total, { biases }, at) => total + biases[row] * sample[at], 0);
    const slack = stream.below(4) * (comparison - 1);
    const weight = isSoft ? 3 : undefined;
    const penalty = PENALTY.linear;
    const rightSide = (sum + slack * (stream.below(9) === 0 ? 9 : -1)) * step;
    assembly.addRow({ comparison, rightSide, weight, penalty });
    for (const [at, { biases }] of columns.entries()) {
      assembly.addRowLinear(row, at, biases[row] * step);
    }
  }
  return assembly.finish();
}

/** Presolve without a pause. */
function presolved(problem: QuadraticProblem, options?: PresolveOptions): Reduction {
  const passes = presolve(problem, options);
  for (;;) {
    const { done, value } = passes.next();
    if (done === true) return value;
  }
}

/** The reduction keeps the optimum, and its samples are the original's; or the rows clash. */
function expectSound(problem: QuadraticProblem, reduction: Reduction): void {
  const before = bestByTrying(problem)?.objective;
  if (reduction.kind === "infeasible") {
    expect(before).toBeUndefined();
    return;
  }
  const after = bestByTrying(reduction.problem)?.objective;
  if (before === undefined) expect(after).toBeUndefined();
  else expect(after).toBeCloseTo(before, 9);
  for (const values of everySample(reduction.problem)) {
    const verdict = verifyQuadratic(reduction.problem, { values });
    if (!verdict.feasible) continue;
    const lifted = reduction.lift({ values });
    const original = verifyQuadratic(problem, lifted);
    expect(original.feasible).toBe(true);
    expect(original.objective).toBeCloseTo(verdict.objective, 9);
    expect(reduction.restrict(lifted)?.values).toEqual(values);
    expect(reduction.project(lifted).values).toEqual(values);
  }
}

/** Whatever the sample, it breaks one of the rows named. */
function expectClash(problem: QuadraticProblem, conflict: readonly string[]): void {
  expect(conflict.length).toBeGreaterThan(0);
  const named = new Set(conflict);
  for (const values of everySample(problem)) {
    const { violations } = verifyQuadratic(problem, { values });
    expect(violations.some(({ rule }) => named.has(rule))).toBe(true);
  }
}

describe("presolve against brute force", () => {
  test.each(SHAPES)("%s", (_remark, shape) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const problem = quadraticModel(randomStream(seed, "presolve"), shape);
        expectSound(problem, presolved(problem));
      }),
      { numRuns: 120 },
    );
  });

  test("planted duplicate and dominated columns", () => {
    const found = new Map<ReductionRule, number>();
    let conflicts = 0;
    for (let seed = 0; seed < PLANTED_COUNT; seed += 1) {
      const problem = plantedColumns(randomStream(seed, "columns"));
      const reduction = presolved(problem);
      for (const { rule } of reduction.steps) found.set(rule, (found.get(rule) ?? 0) + 1);
      expectSound(problem, reduction);
      if (reduction.kind === "reduced") continue;
      conflicts += 1;
      expectClash(problem, reduction.conflict);
    }
    expect(found.get("duplicate-column")).toBeGreaterThan(PLANTED_COUNT / 5);
    expect(found.get("dominated-column")).toBeGreaterThan(PLANTED_COUNT / 5);
    expect(conflicts).toBeGreaterThan(PLANTED_COUNT / 20);
  });

  test("rows said to clash do clash, without the others", () => {
    const shape = {
      ...smallQuadratic,
      vartypes: ["binary", "integer"] as const,
      rowCount: 6,
      softShare: 0,
    };
    let refuted = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const problem = quadraticModel(randomStream(seed, "conflict"), shape);
      const reduction = presolved(problem);
      if (reduction.kind !== "infeasible") continue;
      refuted += 1;
      expectClash(problem, reduction.conflict);
    }
    expect(refuted).toBeGreaterThan(20);
  });

  test("a second presolve finds nothing that the first could have", () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const first = presolved(quadraticModel(randomStream(seed, "again"), smallQuadratic));
      if (first.kind === "infeasible") continue;
      expect(presolved(first.problem)).toMatchObject({ kind: "reduced", steps: [] });
    }
  });
});

type Variables = readonly [x: Expression, y: Expression, z: Expression, i: Expression];

/** What provokes each reduction, and the words it is told in. */
const PROVOKED: readonly (readonly [
  rule: ReductionRule,
  words: string,
  pose: (builder: ProblemBuilder, variables: Variables) => void,
])[] = [
  [
    "loose-variables",
    "x and 2 more set: in no row and no product, so that its own bias alone decides",
    (builder, [x, y, z]) => builder.minimise(sum(x, y.times(-1))).require("z", z.atLeast(0)),
  ],
  [
    "bound-propagation",
    "i <= 3 (row cap): its rows leave no other value",
    (builder, [x, , , i]) => builder.maximise(i).require("cap", sum(i.times(2), x).atMost(7)),
  ],
  [
    "forcing-row",
    "x <= 0 (row all): the row holds only if each of its variables is at its bound",
    (builder, [x, y]) => builder.maximise(sum(x, y)).require("all", sum(x, y).atMost(0)),
  ],
  [
    "redundant-row",
    "row loose removed: no value of its variables can break it",
    (builder, [x, y]) => builder.minimise(sum(x, y)).require("loose", sum(x, y).atMost(2)),
  ],
  [
    "duplicate-row",
    "row b removed: a parallel row says as much or more",
    (builder, [x, y, z]) =>
      builder
        .maximise(sum(x, y.times(2), z))
        .require("a", sum(x, y, z).atMost(2))
        .require("b", sum(x, y, z).times(-3).atLeast(-6)),
  ],
  [
    "tightened-coefficient",
    "row pack: x rewritten: the row is slack without this variable, so a smaller bias says it too",
    (builder, [x, y, z]) =>
      builder
        .maximise(sum(x, y, z))
        .require("pack", sum(x.times(9), y.times(5), z.times(4)).atMost(10)),
  ],
  [
    "whole-numbers",
    "row cents rewritten: times a power of ten, all its numbers are integers and its sums exact",
    (builder, [x, y, z]) =>
      builder
        .maximise(sum(x, y, z))
        .require("cents", sum(x.times(0.1), y.times(0.2), z.times(0.3)).atMost(0.4)),
  ],
  [
    "divided-row",
    "row even rewritten: its biases have a common divisor",
    (builder, [x, y, z]) =>
      builder.maximise(sum(x, y, z)).require("even", sum(x, y, z.times(2)).times(2).equals(4)),
  ],
  [
    "found-group",
    "row pairs rewritten: the row bounds how many of its variables are 1, whatever the biases",
    (builder, [x, y, z]) =>
      builder
        .maximise(sum(x, y, z))
        .require("pairs", sum(x.times(5), y.times(6), z.times(7)).atMost(9)),
  ],
  [
    "first-order",
    "x >= 1: moving it there improves the objective whatever the others do, and harms no row",
    (builder, [x, y]) => builder.maximise(sum(x.times(3), y.times(-1), x.times(y).times(-2))),
  ],
  [
    "dominated-column",
    "y <= 0 (row one): another variable of the row is worth as much and strains no row more",
    (builder, [x, y, z]) =>
      builder
        .maximise(sum(x.times(3), y.times(2), z.times(4)))
        .oneHot("one", [x, y, z])
        .require("cap", sum(x.times(2), y.times(2), z.times(4)).atMost(4)),
  ],
  [
    "dominated-column",
    "i <= 0 (row cap): another variable of the row is worth as much and strains no row more",
    (builder, [x, , , i]) => {
      const j = builder.integer("j", 0, 9);
      const cap = sum(i.times(3), j.times(2), x).atMost(13);
      builder.maximise(sum(i, j, x)).require("cap", cap);
    },
  ],
  [
    "duplicate-column",
    "j removed: another costs the same in all the same rows, so that their sum alone counts",
    (builder, [x, , , i]) => {
      const j = builder.integer("j", -3, 4);
      builder.maximise(sum(i, j, x)).require("cap", sum(i, j, x).times(2).atMost(9));
    },
  ],
  [
    "exclusive-pair",
    "row one: x removed: a row lets at most one of the two be 1, so their product is 0",
    (builder, [x, y, z]) => builder.maximise(sum(x, y.times(z), x.times(y))).oneHot("one", [x, y]),
  ],
  [
    "persistency",
    "x <= 0: every optimum has this value, by roof duality",
    (builder, [x, y, z]) =>
      builder.minimise(
        sum(x.times(3), y.times(3), z.times(3), x.times(y).times(-4), y.times(z).times(-1)),
      ),
  ],
];

describe("each reduction, in words", () => {
  test.each(PROVOKED)("%s: %s", (rule, words, pose) => {
    const builder = new ProblemBuilder();
    const [x, y, z] = ["x", "y", "z"].map((label) => builder.binary(label));
    pose(builder, [x, y, z, builder.integer("i", 0, 9)]);
    const problem = builder.build();
    const { steps } = presolved(problem);
    const told = steps.filter((step) => step.rule === rule);
    expect(told.map((step) => describeStep(problem, step))).toContain(words);
  });
});

describe("large and simple", () => {
  /** Nine thousand variables of every kind, three of them in a product or a row. */
  function mostlyLoose() {
    const builder = new ProblemBuilder();
    const all = Array.from({ length: 3000 }, (_, index) => [
      builder.binary(`b${index}`),
      builder.spin(`s${index}`),
      builder.integer(`i${index}`, -2, 5),
    ]).flat();
    const costs = all.map((one, index) => one.times((index % 7) - 3));
    builder.minimise(sum(...costs, all[0].times(all[3])));
    return builder.require("row", sum(all[3], all[6]).atLeast(1)).build();
  }

  test("variables in no row and no product cost one step together", () => {
    const problem = mostlyLoose();
    const reduction = presolved(problem);
    expect(reduction.steps.filter(({ rule }) => rule === "loose-variables").length).toBe(1);
    expect(reduction.steps.length).toBeLessThan(12);
    expect(reduction.steps[0].value).toBe(8997);
    if (reduction.kind !== "reduced") throw new Error("it has solutions");
    const best = bestByTrying(reduction.problem);
    const lifted = reduction.lift(best?.sample ?? { values: new Int32Array(0) });
    const { feasible, objective } = verifyQuadratic(problem, lifted);
    expect({ feasible, objective }).toEqual({ feasible: true, objective: best?.objective });
    for (let index = 9; index < 9000; index += 97) {
      const values = lifted.values.slice();
      const [value, upper] = [values[index], problem.upperBounds[index]];
      if (problem.vartypes[index] === VARTYPE.spin) values[index] = -value;
      else values[index] += value === upper ? -1 : 1;
      expect(verifyQuadratic(problem, { values }).objective).toBeGreaterThanOrEqual(objective);
    }
  });

  test.each([
    ["a sum that a sample can hold", 2 ** 30, 1],
    ["a sum beyond the values of a sample", 2 ** 31 - 1, 2],
  ])("duplicates with %s", (_remark, upper, left) => {
    const builder = new ProblemBuilder();
    const [i, j] = [builder.integer("i", 0, upper - 1), builder.integer("j", 0, upper)];
    const x = builder.binary("x");
    builder.minimise(sum(i, j, x.times(2))).require("some", sum(i, j, x.times(3)).atLeast(5));
    const reduction = presolved(builder.build());
    const duplicates = reduction.steps.filter(({ rule }) => rule === "duplicate-column");
    expect(duplicates.length).toBe(2 - left);
  });

  test("a sample that differs in what was fixed still says what is left", () => {
    const builder = new ProblemBuilder();
    const [i, j] = [builder.integer("i", 0, 9), builder.integer("j", 0, 9)];
    const [k, loose] = [builder.integer("k", 0, 9), builder.binary("loose")];
    const total = sum(i, j, k.times(2));
    builder.minimise(sum(i, j, k.times(k), loose)).require("some", total.atLeast(15));
    const reduction = presolved(builder.build());
    if (reduction.kind !== "reduced") throw new Error("it has solutions");
    const sample = { values: Int32Array.of(6, 6, 2, 1) };
    expect([...reduction.kept]).toEqual([0, 2]);
    expect(reduction.restrict(sample)).toBeUndefined();
    expect([...reduction.project(sample).values]).toEqual([12, 2]);
  });

  test("what has no best value stays", () => {
    const builder = new ProblemBuilder();
    const [x] = [builder.integer("x", 0, Number.POSITIVE_INFINITY), builder.binary("y")];
    expect(presolved(builder.maximise(x).build())).toMatchObject({ kept: Int32Array.of(0) });
  });

  test("ends soon after it is told to", () => {
    const builder = new ProblemBuilder();
    const all = Array.from({ length: 3000 }, (_, index) => builder.binary(`x${index}`));
    const products = all.slice(1).map((one, index) => one.times(all[index]).times(-1));
    builder.minimise(sum(...products));
    for (let index = 2; index < all.length; index += 1) {
      builder.require(`r${index}`, sum(all[index], all[index - 1], all[index - 2]).atMost(3));
    }
    let asked = 0;
    const isOver = () => {
      asked += 1;
      return true;
    };
    const problem = builder.build();
    const reduction = presolved(problem, { isOver });
    expect(asked).toBe(1);
    expect(reduction.steps.length).toBeLessThan(presolved(problem).steps.length);
  });

  test("is not begun where the work is less than the problem", () => {
    const builder = new ProblemBuilder();
    const [x, y] = [builder.binary("x"), builder.binary("y")];
    const problem = builder.minimise(sum(x.times(y), x)).build();
    expect(presolved(problem, { workLimit: 2 }).steps).toEqual([]);
    expect(presolved(problem).steps.length).toBeGreaterThan(0);
  });
});
