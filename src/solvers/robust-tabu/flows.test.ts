/** Flows and distances read off the costs of pairs, whatever scale they come in. */
import { expect, test } from "vitest";
import { type RandomStream, randomStream, workBudget } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { recogniseFlows } from "./flows.ts";
import { robustTabu } from "./robust-tabu.ts";

const SIZE = 5;

type Cost = (i: number, j: number, k: number, l: number) => number;

/** Minimises the sum of what facility i at k and j at l cost, over all pairs of facilities. */
function assignmentOf(cost: Cost): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const variableOf = (facility: number, location: number) => facility * SIZE + location;
  for (let variable = 0; variable < SIZE * SIZE; variable += 1) {
    assembly.addVariable(undefined);
    assembly.restrict(variable, VARTYPE.binary, 0, 1);
  }
  for (let i = 0; i < SIZE; i += 1) {
    for (let j = i + 1; j < SIZE; j += 1) {
      for (let k = 0; k < SIZE; k += 1) {
        for (let l = 0; l < SIZE; l += 1) {
          if (k !== l) assembly.addQuadratic(variableOf(i, k), variableOf(j, l), cost(i, j, k, l));
        }
      }
    }
  }
  for (let line = 0; line < SIZE; line += 1) {
    for (const isFacility of [true, false]) {
      const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
      for (let other = 0; other < SIZE; other += 1) {
        const variable = isFacility ? variableOf(line, other) : variableOf(other, line);
        assembly.addRowLinear(row, variable, 1);
      }
    }
  }
  return assembly.finish();
}

function table(stream: RandomStream, isSymmetric: boolean) {
  const entries = Array.from({ length: SIZE * SIZE }, () => stream.below(40));
  return (a: number, b: number) =>
    isSymmetric ? entries[Math.min(a, b) * SIZE + Math.max(a, b)] : entries[a * SIZE + b];
}

test.each([
  ["symmetric", true, 1],
  ["flows that differ by direction", false, 1],
  ["fractions", false, 0.1],
])("%s", (remark, isSymmetric, unit) => {
  const stream = randomStream(1, remark);
  const [flow, distance] = [table(stream, isSymmetric), table(stream, isSymmetric)];
  const cost: Cost = (i, j, k, l) =>
    unit * (flow(i, j) * distance(k, l) + flow(j, i) * distance(l, k));
  const problem = assignmentOf(cost);
  expect(recogniseFlows(problem)?.instance.terms.length).toBe(isSymmetric ? 1 : 2);
  const { best } = robustTabu.solve(problem, { seed: 1, budget: workBudget(100_000) });
  let least = Number.POSITIVE_INFINITY;
  const place = (placed: readonly number[], total: number) => {
    const i = placed.length;
    if (i === SIZE) least = Math.min(least, total);
    for (let location = 0; location < (i === SIZE ? 0 : SIZE); location += 1) {
      if (placed.includes(location)) continue;
      const added = placed.reduce((sum, at, other) => sum + cost(other, i, at, location), 0);
      place([...placed, location], total + added);
    }
  };
  place([], 0);
  expect(best?.objective).toBeCloseTo(least, 6);
});

test("costs that are no products are none of flows", () => {
  const stream = randomStream(2);
  expect(recogniseFlows(assignmentOf(() => 1 + stream.below(50)))).toBeUndefined();
});
