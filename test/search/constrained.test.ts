/**
 * Constraint search on problems that are feasible for certain: it finds an answer to nearly all of
 * them within little work, whatever it says is feasible, and says it again for the same seed. The
 * whole campaign is a figure of `tandem bench search`.
 */
import { describe, expect, test } from "vitest";
import { present, randomStream, type WorkBudget, workBudget } from "#foundation";
import { ProblemBuilder, type Sample, sum, verify } from "#problem";
import { solverNamed } from "#solvers";
import { constrainedFamilies } from "./constrained-problems.ts";

const search = present(solverNamed("constraint-search"), "the search");
const WORK = 1_500_000;
const SIZES: readonly number[] = [2, 12, 25, 40];

describe.each(Object.entries(constrainedFamilies))("%s", (name, generator) => {
  const problems = SIZES.map((size, seed) => generator(randomStream(seed, name), size));

  test("is solved within its work, every answer feasible, each better than the one before", () => {
    for (const problem of problems) {
      const heard: number[] = [];
      const onIncumbent = (sample: Sample, objective: number) => {
        expect(verify(problem, sample)).toMatchObject({ feasible: true, objective });
        heard.push(problem.sense === "minimise" ? objective : -objective);
      };
      const result = search.solve(problem, { seed: 1, budget: workBudget(WORK), onIncumbent });
      expect(result.status).toBe("feasible");
      expect(heard).toEqual(heard.toSorted((a, b) => b - a));
      expect(new Set(heard).size).toBe(heard.length);
    }
  });

  test("is solved the same way again, and stops at the tick that says so", () => {
    const problem = problems[2];
    const run = (budget: WorkBudget) => search.solve(problem, { seed: 7, budget });
    expect(run(workBudget(200_000))).toEqual(run(workBudget(200_000)));
    let ticks = 0;
    const { work } = run({ tick: () => (++ticks === 3 ? "stop" : "continue") });
    expect(ticks).toBe(3);
    expect(work).toBeLessThan(200_000);
  });
});

test("says nothing where no answer is feasible, and takes no problem without rows", () => {
  const builder = new ProblemBuilder();
  const items = [builder.binary("a"), builder.binary("b")];
  builder.require("both", sum(items).atLeast(2));
  builder.require("one", sum(items).atMost(1));
  const { status, best } = search.solve(builder.build(), { seed: 1, budget: workBudget(100_000) });
  expect({ status, best }).toEqual({ status: "unknown", best: undefined });
  expect(search.supports(new ProblemBuilder().build()).kind).toBe("no");
});
