/**
 * Every shipped benchmark instance: read in the format its name or content says, written and read
 * back as the same problem, and judged as the independent evaluator judges it. The instances are
 * not part of the project; without them these tests are skipped.
 */
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import {
  quadraticDigest,
  readProblem,
  readProblemFile,
  sampleOf,
  verifyQuadratic,
  writeProblem,
} from "#problem";
import { drawSolution } from "./solutions.ts";

const SHARED = new URL("../../../shared/", import.meta.url);
const EVALUATOR = new URL("tools/evaluate.mjs", SHARED);
/** Folder of instances, and the format of its files. */
const FOLDERS: readonly (readonly [folder: string, format: string])[] = [
  ["maxcut-gset", "gset"],
  ["bqp-beasley", "biqmac"],
  ["bqp-anonymous-1000", "biqmac"],
  ["bqp-gka", "biqmac"],
  ["quadratic-knapsack", "qkp"],
  ["multidim-knapsack", "mknap"],
  ["generalized-assignment", "gap"],
  ["qap", "qaplib"],
  ["max-diversity", "mdp"],
];
const SOLUTIONS = 5;

type Evaluate = (
  file: string,
  solution: readonly number[],
  options: { readonly problem?: number },
) => { readonly objective: number; readonly feasible: boolean };

async function evaluator(): Promise<Evaluate> {
  const tools: { readonly evaluate: Evaluate } = await import(EVALUATOR.href);
  return tools.evaluate;
}

// The instances lie beside the project where it is developed, and nowhere else.
describe.skipIf(!existsSync(EVALUATOR))("shipped instances", () => {
  test.each(FOLDERS)("%s", async (folder, format) => {
    const evaluate = await evaluator();
    const root = new URL(`instances/${folder}/`, SHARED).pathname;
    const names = readdirSync(root);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const file = await readProblemFile(root + name);
      expect([name, file.format.name]).toEqual([name, format]);
      const again = await readProblem(writeProblem(file, format), { format });
      expect([name, quadraticDigest(again.problem)]).toEqual([name, quadraticDigest(file.problem)]);
      const stream = randomStream(4, name);
      for (let round = 0; round < SOLUTIONS; round += 1) {
        const solution = drawSolution(file, stream);
        const sample = sampleOf(file.layout, file.problem.variableCount, solution);
        const verdict = verifyQuadratic(file.problem, sample);
        const expected = evaluate(root + name, solution, {});
        expect([name, verdict.feasible]).toEqual([name, expected.feasible]);
        // The evaluator adds up fractions without compensation.
        const slack = Number.isInteger(expected.objective)
          ? 0
          : 1e-9 * Math.abs(expected.objective);
        expect(Math.abs(verdict.objective - expected.objective)).toBeLessThanOrEqual(slack);
      }
    }
  });

  test("every problem of a file of thirty", async () => {
    const evaluate = await evaluator();
    const path = new URL("instances/multidim-knapsack/mknapcb7.txt", SHARED).pathname;
    for (let problem = 1; problem <= 30; problem += 1) {
      const file = await readProblemFile(path, { problem });
      const solution = drawSolution(file, randomStream(problem));
      const { objective, feasible } = verifyQuadratic(
        file.problem,
        sampleOf(file.layout, file.problem.variableCount, solution),
      );
      const expected = evaluate(path, solution, { problem });
      expect({ objective, feasible }).toEqual({
        objective: expected.objective,
        feasible: expected.feasible,
      });
    }
  });
});
