/**
 * OR-Library multi-dimensional knapsack (P. Chu and J. Beasley, J. Heuristics 4, 1998). A number of
 * problems, then per problem `n m optimum` (0 where unknown), n profits, m rows of n weights, m
 * capacities. Maximised. Solution: 0 or 1 per item.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import { COMPARISON } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { endOfNumbers, nextInteger, nextNumber, nextNumbers } from "./numbers.ts";
import { chosenProblem } from "./problem-number.ts";
import { checkDense, denseRow, recovered } from "./recover.ts";

const COUNT_MAX = 2 ** 20;

interface Knapsacks {
  readonly profits: readonly number[];
  readonly weights: readonly (readonly number[])[];
  readonly capacities: readonly number[];
}

/** The format. */
export const mknap: ProblemFormat = {
  name: "mknap",
  title: "OR-Library multi-dimensional knapsack, several problems per file",
  extensions: [".mknap"],
  fileName: /^mknap/,
  isMaybe: (head) => /^\s*\d+\s*\n\s*\d+[ \t]+\d+[ \t]+[\d.]+[ \t]*\r?\n/.test(head),
  holdsSeveral: true,
  read: readKnapsacks,
  write: writeKnapsacks,
};

function* readKnapsacks(scanner: Scanner, number: number): Reading {
  const problemCount = yield* nextInteger(scanner, "problems", 1, COUNT_MAX);
  chosenProblem(scanner, number, problemCount);
  for (let index = 1; ; index += 1) {
    const data = yield* readOne(scanner);
    if (index === problemCount) yield* endOfNumbers(scanner);
    if (index === number) return pose(data);
  }
}

function* readOne(scanner: Scanner): Generator<void, Knapsacks, void> {
  const itemCount = yield* nextInteger(scanner, "items", 0, COUNT_MAX);
  const rowCount = yield* nextInteger(scanner, "constraints", 0, COUNT_MAX);
  yield* nextNumber(scanner, "optimum");
  const profits = yield* nextNumbers(scanner, "profit", itemCount);
  const weights: number[][] = [];
  while (weights.length < rowCount) {
    weights.push(yield* nextNumbers(scanner, "weight", itemCount));
  }
  return { profits, weights, capacities: yield* nextNumbers(scanner, "capacity", rowCount) };
}

function pose({ profits, weights, capacities }: Knapsacks): FileProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(profits.length);
  for (const [item, profit] of profits.entries()) assembly.addLinear(item, profit);
  for (const [index, rightSide] of capacities.entries()) {
    const label = `capacity${index}`;
    const row = assembly.addRow({ label, comparison: COMPARISON.atMost, rightSide });
    for (const [item, weight] of weights[index].entries()) assembly.addRowLinear(row, item, weight);
  }
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeKnapsacks({ problem }: FileProblem): Generator<string> {
  const { count, starts, columns, biases, rightSides } = problem.constraints;
  const itemCount = problem.variableCount;
  checkDense(count, itemCount);
  const data = {
    profits: Array.from(problem.objective.linear),
    weights: Array.from({ length: count }, (_, row) =>
      denseRow(starts, columns, biases, row, itemCount),
    ),
    capacities: Array.from(rightSides),
  };
  recovered(problem, data, pose, "a multi-dimensional knapsack over binary variables");
  yield `1\n${itemCount} ${count} 0\n${data.profits.join(" ")}\n`;
  for (const weights of data.weights) yield `${weights.join(" ")}\n`;
  yield `${data.capacities.join(" ")}\n`;
}
