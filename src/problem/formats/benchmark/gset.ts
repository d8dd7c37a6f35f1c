/**
 * G-set (C. Helmberg and F. Rendl, 2000; rudy generator of G. Rinaldi): weighted graphs for maximum
 * cut. First line `n m`, then m lines `i j w`, vertices from 1. Solution: the side, 0 or 1, of each
 * vertex. Posed as: maximise sum of w (x_i + x_j - 2 x_i x_j).
 */

import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import { interactionsOf } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { recovered } from "./recover.ts";
import { readTriples } from "./triples.ts";

/** An edge: vertices from 0, first < second, and a weight. */
type Edge = readonly [first: number, second: number, weight: number];

interface Graph {
  readonly vertexCount: number;
  readonly edges: readonly Edge[];
}

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
      if (first === second) scanner.flaw("edge: expected two vertices, got one twice");
      else addEdge(assembly, [first - 1, second - 1, weight]);
    },
  });
  return { problem: assembly.finish(), layout: VALUES };
}

function addEdge(assembly: ProblemAssembly, [first, second, weight]: Edge): void {
  assembly.addLinear(first, weight);
  assembly.addLinear(second, weight);
  assembly.addQuadratic(first, second, -2 * weight);
}

function pose({ vertexCount, edges }: Graph): FileProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(vertexCount);
  for (const edge of edges) addEdge(assembly, edge);
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeGraph({ problem }: FileProblem): Generator<string> {
  const edges = Array.from(
    interactionsOf(problem),
    ([first, second, bias]): Edge => [first, second, -bias / 2],
  );
  const graph = { vertexCount: problem.variableCount, edges };
  recovered(problem, graph, pose, "a maximum cut over binary variables");
  yield `${problem.variableCount} ${edges.length}\n`;
  for (const [first, second, weight] of edges) yield `${first + 1} ${second + 1} ${weight}\n`;
}
