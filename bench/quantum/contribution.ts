/**
 * What circuits add: on how many problems a solver's measurements, mended, are better than samples
 * no circuit had a hand in, mended alike, and than the start. No goal: a figure to choose by.
 */
import { present, workBudget } from "#foundation";
import { solverNamed } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { oneHot } from "./qaoa.ts";

const PROBLEMS = 10;

/** Solver, groups, and how many options each has. */
const CASES: readonly (readonly [solver: string, groups: number, size: number])[] = [
  ["qaoa", 6, 4],
  ["qaoa", 8, 5],
  ["qaoa-warm", 6, 4],
  ["qaoa-warm", 8, 5],
  ["vqe", 4, 3],
];

/** One reading for each solver and shape. */
export function measureContribution({ isQuick }: FigureOptions): readonly Reading[] {
  const count = isQuick ? 2 : PROBLEMS;
  return CASES.map(([name, groups, size]) => {
    const solver = present(solverNamed(name), "the solver");
    let added = 0;
    let last = "";
    for (let seed = 0; seed < count; seed += 1) {
      const problem = oneHot(seed, groups, size);
      const { method = "" } = solver.solve(problem, { seed, budget: workBudget(1e12) });
      if (method.endsWith(": the circuit found what these did not")) added += 1;
      last = method;
    }
    return {
      what: `${name}, ${groups} groups of ${size}`,
      goal: "",
      reached: `on ${added} of ${count} problems better than 256 uniform draws, mended alike`,
      spread: `the last of them: ${last}`,
      isMet: null,
    };
  });
}
