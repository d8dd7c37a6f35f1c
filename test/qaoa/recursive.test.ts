/**
 * Recursive QAOA: optimal where it is known to be, good on random problems, and honest about what
 * mending did.
 */
import { describe, expect, test } from "vitest";
import { present, randomStream, workBudget } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { solverNamed } from "#solvers";
import { bestByTrying } from "../generators/quadratic-models.ts";

const recursive = present(solverNamed("recursive-qaoa"), "the solver");
const solve = (problem: QuadraticProblem, work = 1e8) =>
  recursive.solve(problem, { seed: 1, budget: workBudget(work) });

/** Spins on a ring with couplings of either sign, and chords where there are any. */
function ring(size: number, seed: number, chords: number): QuadraticProblem {
  const random = randomStream(seed, "ring");
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let spin = 0; spin < size; spin += 1) {
    assembly.restrict(spin, VARTYPE.spin);
    assembly.addQuadratic(spin, (spin + 1) % size, 2 * random.below(2) - 1);
  }
  for (let chord = 0; chord < chords; chord += 1) {
    const [a, b] = [random.below(size), random.below(size)];
    if (a !== b) assembly.addQuadratic(a, b, random.unit() - 0.5);
  }
  return assembly.finish();
}

describe("recursive-qaoa", () => {
  test("is optimal on rings without mending, as its authors prove", () => {
    for (let seed = 0; seed < 6; seed += 1) {
      const size = 20 + 5 * seed;
      const problem = ring(size, seed, 0);
      const frustrated = problem.objective.biases.filter((bias) => bias > 0).length % 2;
      const { method } = solve(problem);
      expect(method).toContain(`as found ${2 * frustrated - size}, `);
    }
  });

  test("finds the optimum of small problems, binary or spin, either sense", () => {
    for (let seed = 0; seed < 8; seed += 1) {
      const random = randomStream(seed, "small");
      const assembly = new ProblemAssembly(seed % 2 === 0 ? "minimise" : "maximise");
      assembly.addVariables(12);
      for (let second = 0; second < 12; second += 1) {
        if (random.below(2) === 0) assembly.restrict(second, VARTYPE.spin);
        assembly.addLinear(second, random.below(21) - 10);
        for (let first = 0; first < second; first += 1) {
          assembly.addQuadratic(first, second, random.below(21) - 10);
        }
      }
      const problem = assembly.finish();
      expect(solve(problem).best?.objective).toBe(bestByTrying(problem)?.objective);
    }
  });

  test("says what it fixed and what as much work without it finds", () => {
    const { method, work } = solve(ring(40, 1, 30));
    expect(method).toMatch(/30 spins fixed by their means \(the least certain at [\d.]+\); /);
    expect(method).toMatch(/as found -\S+, mended -\S+; \d+ random samples mended by as much /);
    expect(method).toMatch(/ work -\S+: the circuit (added nothing|found what these did not)$/);
    expect(work).toBeGreaterThan(40);
  });

  test("credits no circuit where all settings were tried at once", () => {
    const { method } = solve(ring(10, 1, 0));
    expect(method).toContain("of one layer; all settings tried, no circuit asked; as found ");
    expect(method).toMatch(/: the circuit added nothing$/);
  });

  test("ends with the budget", () => {
    const { status, method } = solve(ring(60, 1, 0), 10);
    expect(status).toBe("unknown");
    expect(method).toContain("the budget ended before its end");
  });

  test.each<readonly [string, (assembly: ProblemAssembly) => void, RegExp]>([
    [
      "constraints",
      (assembly) => void assembly.addRow({ comparison: COMPARISON.atMost, rightSide: 1 }),
      /no constraints/,
    ],
    ["integers", (assembly) => assembly.restrict(0, VARTYPE.integer, 0, 5), /two-valued/],
    ["a polynomial structure", () => {}, /solved exactly/],
    ["too many variables", (assembly) => void assembly.addVariables(300), /302 variables/],
  ])("refuses %s", (_, change, reason) => {
    const assembly = new ProblemAssembly("minimise");
    assembly.addVariables(2);
    change(assembly);
    const support = recursive.supports(assembly.finish());
    expect(support.kind === "no" ? support.reason : "").toMatch(reason);
  });
});
