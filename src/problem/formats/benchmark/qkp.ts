/**
 * Quadratic knapsack of A. Billonnet and E. Soutif (EJOR 157, 2004). Name, n, n linear profits, the
 * rows of the upper triangle of pair profits, constraint type (0: at most, 1: equal), capacity, n
 * weights; remarks may follow. Maximised. Solution: 0 or 1 per item.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import { COMPARISON, interactionsOf } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { nextInteger, nextNumber, nextNumbers } from "./numbers.ts";
import { checkDense, denseRow, recovered } from "./recover.ts";

const ITEMS_MAX = 10_000;

interface QuadraticKnapsack {
  readonly profits: readonly number[];
  /** Row i holds the profits of the pairs (i, i + 1), (i, i + 2), ... */
  readonly pairProfits: readonly (readonly number[])[];
  readonly isEquality: boolean;
  readonly capacity: number;
  readonly weights: readonly number[];
}

/** The format. */
export const qkp: ProblemFormat = {
  name: "qkp",
  title: "Billonnet-Soutif quadratic knapsack",
  extensions: [".qkp"],
  fileName: /^(jeu_|r_)\d+/,
  isMaybe: (head) =>
    /^\s*(?![#*\\])[^\n]*[A-Za-z_][^\n]*\n\s*\d+[ \t]*\r?\n\s*[-\d.]+\s/.test(head),
  read: readKnapsack,
  write: writeKnapsack,
};

function* readKnapsack(scanner: Scanner): Reading {
  while (!scanner.ready() || !scanner.hasLine()) yield;
  scanner.skipLine();
  const itemCount = yield* nextInteger(scanner, "items", 0, ITEMS_MAX);
  const profits = yield* nextNumbers(scanner, "profit", itemCount);
  const pairProfits: number[][] = [];
  for (let item = 0; item < itemCount; item += 1) {
    pairProfits.push(yield* nextNumbers(scanner, "pair profit", itemCount - 1 - item));
  }
  const isEquality = (yield* nextInteger(scanner, "constraint type", 0, 1)) === 1;
  const capacity = yield* nextNumber(scanner, "capacity");
  const weights = yield* nextNumbers(scanner, "weight", itemCount);
  return pose({ profits, pairProfits, isEquality, capacity, weights });
}

function pose(data: QuadraticKnapsack): FileProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(data.profits.length);
  const row = assembly.addRow({
    label: "capacity",
    comparison: data.isEquality ? COMPARISON.equal : COMPARISON.atMost,
    rightSide: data.capacity,
  });
  for (const [item, profit] of data.profits.entries()) {
    assembly.addLinear(item, profit);
    assembly.addRowLinear(row, item, data.weights[item]);
    for (const [distance, pairProfit] of data.pairProfits[item].entries()) {
      assembly.addQuadratic(item, item + 1 + distance, pairProfit);
    }
  }
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeKnapsack({ problem }: FileProblem): Generator<string> {
  const { constraints, objective, variableCount } = problem;
  checkDense(variableCount, variableCount);
  const pairProfits = Array.from({ length: variableCount }, (_, item) =>
    new Array<number>(variableCount - 1 - item).fill(0),
  );
  for (const [first, second, bias] of interactionsOf(problem)) {
    if (second > first) pairProfits[first][second - first - 1] = bias;
  }
  const { starts, columns, biases } = constraints;
  const data = {
    profits: Array.from(objective.linear),
    pairProfits,
    isEquality: constraints.comparisons[0] === COMPARISON.equal,
    capacity: constraints.rightSides[0] ?? 0,
    weights: constraints.count === 0 ? [] : denseRow(starts, columns, biases, 0, variableCount),
  };
  recovered(problem, data, pose, "a quadratic knapsack over binary variables");
  yield `quadratic_knapsack\n${variableCount}\n${data.profits.join(" ")}\n`;
  for (const row of pairProfits) yield `${row.join(" ")}\n`;
  yield `\n${data.isEquality ? 1 : 0}\n${data.capacity}\n${data.weights.join(" ")}\n`;
}
