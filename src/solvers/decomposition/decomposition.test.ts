/**
 * Decomposition by what it promises: parts that say of their answers what the whole says, passes
 * that leave nobody out, groups that stay whole, and answers that only improve.
 */

import { describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import { atOnce } from "#kernels";
import { type QuadraticProblem, type Solver, solverOf, verify } from "#problem";
import {
  bestByTrying,
  everySample,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { layOutQuadratic } from "../quadratic-layout.ts";
import { decomposition } from "./decomposition.ts";
import { Regions } from "./regions.ts";
import { partOf, subProblem } from "./sub-problem.ts";

const base = { ...smallQuadratic, quadraticRowShare: 0, variableCount: 6 };
const families = [
  ["rows of every kind", base],
  ["groups", { ...base, vartypes: ["binary"] as const, groupShare: 1, softShare: 0 }],
  ["no rows", { ...base, rowCount: 0 }],
  ["soft rows", { ...base, softShare: 1 }],
] as const;

/** Finds the best of a small problem by trying all. */
const trying = solverOf("quadratic", {
  name: "trying",
  version: 1,
  guarantee: "exact",
  supports: () => ({ kind: "yes" }),
  solve: (problem) => {
    const found = bestByTrying(problem);
    if (found === undefined) {
      return { status: "infeasible", best: undefined, bound: undefined, work: 1 };
    }
    return { status: "optimal", best: found, bound: found.objective, work: 1 };
  },
});

const by = (inner: Solver, sizeMax: number) =>
  decomposition({
    name: "tested",
    starter: trying,
    inner: [{ solver: inner, workPerTerm: 10 }],
    sizeMax,
  });

describe.each(families)("%s", (name, shape) => {
  const problems = Array.from({ length: 12 }, (_, seed) =>
    quadraticModel(randomStream(seed, name), shape),
  );

  test("a part rises and falls with the whole, and is feasible where the whole is", () => {
    for (const [seed, problem] of problems.entries()) {
      const random = randomStream(seed);
      const all = [...everySample(problem)];
      const around = all[random.below(all.length)];
      const region = [0, 1, 2, 3, 4, 5].filter(() => random.below(2) === 0);
      const part = atOnce(subProblem(layOutQuadratic(problem), region, around));
      const sign = problem.sense === "minimise" ? 1 : -1;
      const worth = (values: Int32Array) => sign * verify(problem, { values }).objective;
      const partWorth = (values: Int32Array) => verify(part, partOf(region, values)).objective;
      const kept = all.filter((values) =>
        values.every((value, variable) => region.includes(variable) || value === around[variable]),
      );
      for (const values of kept) {
        const change = worth(values) - worth(around);
        // Rows without a free variable are not the part's.
        expect(partWorth(values) - partWorth(around)).toBeCloseTo(change, 6);
        const broken = new Set(verify(problem, { values }).violations.map(({ rule }) => rule));
        const isWhole = verify(problem, { values }).feasible;
        if (isWhole)
          expect(verify(part, partOf(region, values)).feasible, [...broken].join()).toBe(true);
      }
    }
  });

  test("every variable with a choice is free once in a pass, groups as a whole", () => {
    for (const [seed, problem] of problems.entries()) {
      const layout = layOutQuadratic(problem);
      const regions = new Regions(layout, 3, randomStream(seed));
      const begins = [
        () => regions.beginConnected(),
        () =>
          regions.beginByImpact(
            layout.lower.reduce((v, l, i) => v.fill(l, i, i + 1), new Int32Array(6)),
          ),
      ];
      for (const [kind, begin] of begins.entries()) {
        begin();
        const seen = new Set<number>();
        for (let count = 0; !regions.isPassOver; count += 1) {
          const region = kind === 0 ? regions.nextConnected() : regions.nextByImpact();
          expect(region.length).toBeGreaterThan(0);
          expect(new Set(region).size).toBe(region.length);
          for (const variable of region) seen.add(variable);
          expect(count).toBeLessThan(20);
        }
        expect([...seen].sort((a, b) => a - b)).toEqual([...layout.free]);
      }
    }
  });

  test("with parts as large as the whole it finds what the inner solver finds", () => {
    for (const problem of problems) {
      const feasible = [...everySample(problem)].find(
        (values) => verify(problem, { values }).feasible,
      );
      if (feasible === undefined) continue;
      const options = { seed: 1, budget: workBudget(100_000), start: { values: feasible } };
      const { best } = by(trying, 6).solve(problem, options);
      expect(best?.objective).toBeCloseTo(bestByTrying(problem)?.objective ?? Number.NaN, 6);
    }
  });

  test("an inner solver that claims too much changes nothing", () => {
    const lying = solverOf("quadratic", {
      name: "lying",
      version: 1,
      guarantee: "heuristic",
      supports: () => ({ kind: "yes" }),
      solve: (_problem, { start }) => {
        const sample = start ?? { values: new Int32Array(0) };
        return { status: "feasible", best: { sample, objective: -1e9 }, bound: undefined, work: 1 };
      },
    });
    for (const problem of problems) {
      const feasible = [...everySample(problem)].find(
        (values) => verify(problem, { values }).feasible,
      );
      if (feasible === undefined) continue;
      const start = { values: feasible };
      const { best } = by(lying, 3).solve(problem, { seed: 1, budget: workBudget(5000), start });
      expect(best?.objective).toBe(verify(problem, start).objective);
    }
  });
});

test("without a feasible answer to begin with, nothing is claimed", () => {
  const problem = quadraticModel(randomStream(1), {
    ...smallQuadratic,
    variableCount: 2,
    rowCount: 0,
  });
  const silent: Solver = {
    ...trying,
    solve: (_problem: QuadraticProblem) =>
      ({ status: "unknown", best: undefined, bound: undefined, work: 0 }) as const,
  };
  const parts = { name: "tested", starter: silent, inner: [], sizeMax: 2 };
  const result = decomposition(parts).solve(problem, { seed: 1, budget: workBudget(1000) });
  expect(result).toMatchObject({ status: "unknown", best: undefined });
});
