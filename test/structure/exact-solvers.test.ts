/**
 * From a disguised problem through detector, recogniser and kernel back to a sample: the detector
 * names the family, and the solver of that name finds what trying every sample finds.
 */
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream, workBudget } from "#foundation";
import { COMPARISON, detectStructure, type QuadraticProblem, type StructureKind } from "#problem";
import { solverNamed } from "#solvers";
import { bestByTrying } from "../generators/quadratic-models.ts";
import { assemble, type Draft, disguised } from "./draft.ts";
import { type Family, families, multiKnapsack } from "./families.ts";

const SAMPLES_MAX = 20_000;
const SEEDS = 24;

/** Structures without a solver of that name. */
const UNNAMED: readonly StructureKind[] = [
  "quadratic-assignment",
  "tree-like",
  "enumerable",
  "general-quadratic",
];

const solved = families
  .filter(([kind]) => !UNNAMED.includes(kind))
  .map(([kind, family]): readonly [StructureKind, Family] =>
    kind === "transportation"
      ? [kind, (stream, size) => within(family(stream, size), 5)]
      : [kind, family],
  );

/** The draft with a lesser upper bound of its integer variables, so that fewer samples are left. */
function within(draft: Draft, upperMax: number): Draft {
  const variables = draft.variables.map(({ cost, bounds: [lower, upper] = [0, 1] }) => {
    return { cost, bounds: [lower, Math.min(upper, upperMax)] as const };
  });
  return { ...draft, variables };
}

function samplesOf({ lowerBounds, upperBounds }: QuadraticProblem): number {
  return upperBounds.reduce((count, upper, at) => count * (upper - lowerBounds[at] + 1), 1);
}

/** Small members of a family; most that are drawn have too many samples to try. */
function smallMembers(name: string, family: Family): QuadraticProblem[] {
  return Array.from({ length: SEEDS }, (_, seed): readonly [Draft, RandomStream] => {
    const stream = randomStream(seed, name);
    return [family(stream, seed % 3), stream];
  })
    .map(([draft, stream]) => assemble(disguised(draft, stream)))
    .filter((problem) => samplesOf(problem) <= SAMPLES_MAX);
}

describe.each(solved)("%s", (kind, family) => {
  test("is solved to proof, whatever its disguise", () => {
    const members = smallMembers(kind, family).filter(
      (problem) => solverNamed(kind)?.supports(problem).kind === "yes",
    );
    expect(members.length).toBeGreaterThan(2);
    for (const problem of members) {
      const best = bestByTrying(problem)?.objective;
      const result = solverNamed(kind)?.solve(problem, { seed: 1, budget: workBudget(Infinity) });
      expect(result?.status).toBe(best === undefined ? "infeasible" : "optimal");
      if (best === undefined) continue;
      expect(result?.best?.objective).toBeCloseTo(best, 6);
      expect(result?.bound).toBeCloseTo(best, 6);
    }
  });

  test("is named, large or small", () => {
    for (let size = 2; size < 12; size += 1) {
      const stream = randomStream(size, kind, "named");
      const problem = assemble(disguised(family(stream, size), stream));
      const found = detectStructure(problem);
      expect([found.kind, ...found.evidence]).toContain(kind);
      expect(found.evidence.length).toBeGreaterThan(0);
    }
  });
});

test("does not claim to tell apart costs that its bounds cannot", () => {
  const stream = randomStream(3, "large");
  const draft = multiKnapsack(stream, 6);
  const variables = draft.variables.map(({ cost }) => ({ cost: cost * 2 ** 28 + 1 }));
  const problem = assemble({ ...draft, variables });
  const result = solverNamed("multi-knapsack")?.solve(problem, {
    seed: 1,
    budget: workBudget(Infinity),
  });
  const best = bestByTrying(problem)?.objective ?? Number.NaN;
  expect(result?.status).toBe("feasible");
  expect(result?.best?.objective).toBe(best);
  expect(result?.bound).toBeGreaterThanOrEqual(best);
  expect(result?.bound).toBeLessThan(best * (1 + 1e-6));
});

test("does not call its start the best when the problem refuses the kernel's answer", () => {
  const problem = assemble({
    sense: "maximise",
    variables: [{ cost: 1 }],
    pairs: [],
    // Within what is taken for the rounding of a bound, and beyond what is for that of a sum.
    rows: [{ terms: [[0, 3]], comparison: COMPARISON.atMost, rightSide: 2.999_999_999_9 }],
  });
  const start = { values: Int32Array.of(0) };
  const options = { seed: 1, budget: workBudget(Infinity), start };
  const result = solverNamed("separable")?.solve(problem, options);
  expect(result?.best?.sample).toBe(start);
  expect(result?.status).toBe("feasible");
});
