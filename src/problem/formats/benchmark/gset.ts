/**
 * G-set (C. Helmberg and F. Rendl, 2000; rudy generator of G. Rinaldi): weighted graphs for maximum
 * cut. First line `n m`, then m lines `i j w`, vertices from 1. Solution: the side, 0 or 1, of each
 * vertex. Posed as: maximise sum of w (x_i + x_j - 2 x_i x_j).
 */

import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import {
  interactionsOf,
  isAll,
  type QuadraticProblem,
  VARTYPE,
} from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import { notWritable } from "../not-writable.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { readTriples } from "./triples.ts";

/** How far sums of the same fractions may lie apart that were added in another order. */
const ROUNDING = 1e-12;

/** The format. */
export const gset: ProblemFormat = {
  name: "gset",
  title: "G-set graph for maximum cut",
  extensions: [".gset", ".rud", ".mc"],
  fileName: /^G\d+(\.txt)?$/,
  isMaybe: (head) =>
    /^\s*\d+[ \t]+\d+[ \t]*\r?\n\s*[1-9]\d*[ \t]+\d+[ \t]+\S+[ \t]*\r?\n/.test(head),
  read: readGraph,
  write: writeGraph,
};

function* readGraph(scanner: Scanner): Reading {
  while (!scanner.ready()) yield;
  const vertexCount = scanner.integer("vertices", 0, VARIABLES_MAX);
  const edgeCount = scanner.integer("edges", 0, Number.MAX_SAFE_INTEGER);
  scanner.endOfLine();
  scanner.check();
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(vertexCount);
  yield* readTriples(scanner, {
    what: "edge",
    count: edgeCount,
    indexMin: 1,
    indexMax: vertexCount,
    take: (first, second, weight) => {
      if (first === second) return scanner.flaw("edge: expected two vertices, got one twice");
      assembly.addLinear(first - 1, weight);
      assembly.addLinear(second - 1, weight);
      assembly.addQuadratic(first - 1, second - 1, -2 * weight);
    },
  });
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeGraph({ problem }: FileProblem): Generator<string> {
  if (!isMaximumCut(problem)) {
    notWritable("expected a maximum cut over binary variables, got another kind of problem");
  }
  yield `${problem.variableCount} ${problem.objective.biases.length}\n`;
  for (const [first, second, bias] of interactionsOf(problem)) {
    yield `${first + 1} ${second + 1} ${-bias / 2}\n`;
  }
}

/** Whether each linear bias is the sum of its vertex' edges, and there is nothing else. */
function isMaximumCut(problem: QuadraticProblem): boolean {
  const { objective, constraints, sense, variableCount } = problem;
  const weights = new Float64Array(variableCount);
  const magnitudes = new Float64Array(variableCount);
  for (const [first, second, bias] of interactionsOf(problem)) {
    for (const vertex of [first, second]) {
      weights[vertex] -= bias / 2;
      magnitudes[vertex] += Math.abs(bias);
    }
  }
  const isOfEdges = weights.every(
    (weight, vertex) =>
      Math.abs(weight - objective.linear[vertex]) <= ROUNDING * magnitudes[vertex],
  );
  const isPlain = sense === "maximise" && constraints.count === 0 && objective.offset === 0;
  return isOfEdges && isPlain && isAll(problem, VARTYPE.binary);
}
