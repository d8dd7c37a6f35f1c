/**
 * The variational eigensolver as a solver: what it finds, says and refuses.
 */
import { describe, expect, test } from "vitest";
import { present, randomStream, workBudget } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem } from "#problem";
import { solverNamed } from "#solvers";
import { bestByTrying } from "../generators/quadratic-models.ts";

const vqe = present(solverNamed("vqe"), "the solver");
const solve = (problem: QuadraticProblem, work = 1e7) =>
  vqe.solve(problem, { seed: 1, budget: workBudget(work) });

function drawn(size: number, seed: number, rightSide?: number): QuadraticProblem {
  const random = randomStream(seed, "vqe");
  const assembly = new ProblemAssembly(seed % 2 === 0 ? "minimise" : "maximise");
  assembly.addVariables(size);
  for (let second = 0; second < size; second += 1) {
    assembly.addLinear(second, random.below(21) - 10);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, random.below(21) - 10);
    }
  }
  if (rightSide !== undefined) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
    for (let member = 0; member < size; member += 1) assembly.addRowLinear(row, member, 1);
  }
  return assembly.finish();
}

describe("vqe", () => {
  test("finds the optimum of small problems, with and without constraints", () => {
    for (let seed = 0; seed < 6; seed += 1) {
      const problem = drawn(7, seed, seed % 3 === 0 ? 3 : undefined);
      expect(solve(problem).best?.objective).toBe(bestByTrying(problem)?.objective);
    }
  });

  test("chooses angles that measure better than chance", () => {
    const problem = drawn(8, 2);
    const { method = "" } = solve(problem);
    expect(method).toMatch(/^VQE of 2 layers of RY, RZ and CX on 8 qubits, 48 angles chosen in /);
    expect(method).toMatch(/; 256 uniform draws, mended alike, -?\d+: the circuit /);
    const mean = Number(/mean energy (-?[\d.]+)/.exec(method)?.[1]);
    const optimum = present(bestByTrying(problem), "an optimum").objective;
    const all = Array.from({ length: 256 }, (_, state) =>
      Int32Array.from({ length: 8 }, (_, bit) => (state >> bit) & 1),
    ).map((values) => energyOf(problem, values));
    const chance = all.reduce((sum, energy) => sum + energy, 0) / all.length;
    expect(mean).toBeLessThan(chance + 0.6 * (optimum - chance));
  });

  test("says when the budget ended before a measurement", () => {
    const { status, method } = solve(drawn(8, 0), 1);
    expect(status).toBe("unknown");
    expect(method).toMatch(/the budget ended before a measurement$/);
  });

  test.each<readonly [string, QuadraticProblem, RegExp]>([
    ["too many bits", drawn(13, 0), /13 bits; at most 12/],
    ["too many variables", drawn(70, 0), /70 variables/],
    ["a polynomial structure", new ProblemAssembly("minimise").finish(), /solved exactly/],
  ])("refuses %s", (_, problem, reason) => {
    const support = vqe.supports(problem);
    expect(support.kind === "no" ? support.reason : "").toMatch(reason);
  });
});

function energyOf({ objective, variableCount }: QuadraticProblem, values: Int32Array): number {
  let energy = objective.offset;
  for (let first = 0; first < variableCount; first += 1) {
    energy += objective.linear[first] * values[first];
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      energy += objective.biases[entry] * values[first] * values[objective.columns[entry]];
    }
  }
  return energy;
}
