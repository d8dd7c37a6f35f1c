/**
 * What solvers claim against what the verifier finds: each wrong claim must be struck out, each
 * right one kept.
 */
import { describe, expect, test } from "vitest";
import { type OrderedSelection, ProblemBuilder } from "#problem";
import { conclude } from "./conclude.ts";
import { unstartedAttempt } from "./lane.ts";
import type { Attempt } from "./report.ts";

/** Three items worth 3, 2, 1, one position, and item 0 forbidden. */
const problem: OrderedSelection = {
  kind: "ordered-selection",
  sense: "maximise",
  itemCount: 3,
  positionCount: 1,
  values: Float64Array.of(3, 2, 1),
  positionWeights: Float64Array.of(1),
  diversityWeight: 0,
  similarity: {
    dimension: 0,
    unitVectors: new Float64Array(0),
    offsets: new Int32Array(4),
    others: new Int32Array(0),
    values: new Float64Array(0),
  },
  counts: [
    {
      rule: "excluded",
      bound: "at-most",
      count: 0,
      members: Int32Array.of(0),
      penalty: Number.POSITIVE_INFINITY,
    },
  ],
  pins: [],
  spacing: undefined,
};

const leg = { solver: "some", workLimit: 10 };
const blank: Attempt = { ...unstartedAttempt({ laneIndex: 0, seed: 1 }, leg, 0), end: "finished" };
const found = (objective: number, ...values: number[]): Attempt => {
  const best = { sample: { values: Int32Array.from(values) }, objective };
  return { ...blank, status: "feasible", best };
};
const rule = { sample: { values: Int32Array.of(2) }, objective: 1 };

describe("conclude", () => {
  const rejected = [
    ["an infeasible sample", found(3, 0), "sample rejected: breaks excluded"],
    ["a wrong objective", found(2.5, 1), "sample rejected: objective 2, claimed 2.5"],
    ["an unknown item", found(2, 7), "sample rejected: no item 7"],
    ["too many items", found(3, 1, 2), "sample rejected: 2 positions"],
  ] as const;
  test.each(rejected)("strikes out %s and answers with the rule", (_remark, attempt, fault) => {
    const report = conclude(problem, rule, [attempt], 0);
    expect(report.attempts[0].fault).toBe(fault);
    expect(report).toMatchObject({ rung: "rule", status: "feasible", bound: undefined });
    expect(report.best?.objective).toBe(1);
  });

  test("keeps a true proof", () => {
    const report = conclude(problem, rule, [{ ...found(2, 1), status: "optimal", bound: 2 }], 0);
    expect(report).toMatchObject({ rung: "proved", status: "optimal", bound: 2, gap: 0 });
  });

  test("takes back a proof that another lane's sample refutes", () => {
    const wrong: Attempt = { ...found(1, 2), status: "optimal", bound: 1 };
    const report = conclude(problem, undefined, [wrong, found(2, 1)], 0);
    expect(report).toMatchObject({ rung: "portfolio", status: "feasible", bound: undefined });
    expect(report.attempts[0]).toMatchObject({ status: "feasible", bound: undefined });
  });

  test("takes back a bound below what is known", () => {
    const report = conclude(problem, rule, [{ ...found(2, 1), bound: 1.5 }], 0);
    expect(report.bound).toBeUndefined();
    expect(report.attempts[0].fault).toContain("bound rejected");
  });

  test("takes back a refutation when something feasible is known", () => {
    const refuter: Attempt = { ...blank, status: "infeasible", conflict: ["excluded"] };
    const report = conclude(problem, rule, [refuter], 0);
    expect(report).toMatchObject({ rung: "rule", status: "feasible", conflict: [] });
  });

  test("passes a refutation on when nothing feasible is known", () => {
    const refuter: Attempt = { ...blank, status: "infeasible", conflict: ["excluded"] };
    const report = conclude(problem, undefined, [refuter], 0);
    expect(report).toMatchObject({ rung: undefined, status: "infeasible", conflict: ["excluded"] });
  });

  test("uses the tightest bound and meets it with proof", () => {
    const attempts = [
      { ...found(2, 1), bound: 2.5 },
      { ...blank, bound: 2 },
    ];
    expect(conclude(problem, rule, attempts, 0)).toMatchObject({ bound: 2, status: "optimal" });
  });

  test("says incumbent when a lane was cut off, portfolio when that was allowed by the gap", () => {
    const cut: Attempt = { ...found(2, 1), end: "stopped", bound: 2.1 };
    expect(conclude(problem, rule, [cut], 0).rung).toBe("incumbent");
    expect(conclude(problem, rule, [cut], 0.05).rung).toBe("portfolio");
  });

  test("with no attempt and no rule it knows nothing", () => {
    const report = conclude(problem, undefined, [], 0);
    expect(report).toMatchObject({ rung: undefined, status: "unknown", best: undefined });
  });

  describe("of what is to be small", () => {
    /** Minimise 10 + 3a - 2b + c; the best is 8. */
    const builder = new ProblemBuilder();
    const [a, b, c] = ["a", "b", "c"].map((label) => builder.binary(label));
    builder.minimise(a.times(3).minus(b.times(2)).plus(c).plus(10));
    const small = builder.build();

    test("takes the least sample and the greatest bound", () => {
      const attempts = [
        { ...found(11, 0, 0, 1), bound: 5 },
        found(8, 0, 1, 0),
        { ...blank, bound: 7 },
      ];
      const report = conclude(small, undefined, attempts, 0);
      expect(report).toMatchObject({ status: "feasible", bound: 7, gap: 1 / 8 });
      expect(report.best?.objective).toBe(8);
    });

    test("takes back a bound above what is known, and a proof that is refuted", () => {
      const wrong: Attempt = { ...found(10, 0, 0, 0), status: "optimal", bound: 10 };
      const report = conclude(small, undefined, [wrong, { ...found(8, 0, 1, 0), bound: 8.5 }], 0);
      expect(report).toMatchObject({ status: "feasible", bound: undefined });
      expect(report.attempts.map(({ fault }) => fault)).toEqual([
        "bound rejected: 10, and 8 is known",
        "bound rejected: 8.5, and 8 is known",
      ]);
    });

    test("a bound one integer away proves nothing, however large both are", () => {
      const large = new ProblemBuilder();
      const x = large.binary("x");
      const problem = large.minimise(x.plus(2e9)).build();
      const attempt: Attempt = { ...found(2e9 + 1, 1), bound: 2e9 };
      expect(conclude(problem, undefined, [attempt], 0)).toMatchObject({ status: "feasible" });
      expect(conclude(problem, undefined, [{ ...found(2e9, 0), bound: 2e9 }], 0)).toMatchObject({
        status: "optimal",
        rung: "proved",
      });
    });
  });
});
