/**
 * Biq Mac sparse (A. Wiegele, Biq Mac library, 2007): a symmetric matrix Q to be minimised as x'Qx.
 * First line `n nnz`, then lines `i j q` with indices from 1; an off-diagonal q counts twice, as
 * q_ij and as q_ji. Solution: 0 or 1 per variable.
 */

import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import { interactionsOf } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { recovered } from "./recover.ts";
import { readTriples } from "./triples.ts";

type Entry = readonly [row: number, column: number, value: number];

interface SymmetricMatrix {
  readonly size: number;
  readonly entries: readonly Entry[];
}

/** The format. */
export const biqmac: ProblemFormat = {
  name: "biqmac",
  title: "Biq Mac sparse matrix, minimise x'Qx",
  extensions: [".sparse"],
  isMaybe: (head) =>
    /^\s*\d+[ \t]+\d+[ \t]*\r?\n(?:.*\r?\n)*?\s*([1-9]\d*)[ \t]+\1[ \t]/.test(head),
  read: readMatrix,
  write: writeMatrix,
};

function* readMatrix(scanner: Scanner): Reading {
  while (!scanner.ready()) yield;
  const size = scanner.integer("variables", 0, VARIABLES_MAX);
  const count = scanner.integer("entries", 0, Number.MAX_SAFE_INTEGER);
  scanner.endOfLine();
  scanner.check();
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  yield* readTriples(scanner, {
    what: "entry",
    count,
    indexMin: 1,
    indexMax: size,
    take: (row, column, value) => addEntry(assembly, [row - 1, column - 1, value]),
  });
  return { problem: assembly.finish(), layout: VALUES };
}

function addEntry(assembly: ProblemAssembly, [row, column, value]: Entry): void {
  if (row === column) assembly.addLinear(row, value);
  else assembly.addQuadratic(row, column, 2 * value);
}

function pose({ size, entries }: SymmetricMatrix): FileProblem {
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (const entry of entries) addEntry(assembly, entry);
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeMatrix({ problem }: FileProblem): Generator<string> {
  const diagonal = Array.from(problem.objective.linear, (bias, i): Entry => [i, i, bias]);
  const entries = [
    ...diagonal.filter(([, , value]) => value !== 0),
    ...Array.from(interactionsOf(problem), ([i, j, bias]): Entry => [i, j, bias / 2]),
  ];
  const matrix = { size: problem.variableCount, entries };
  recovered(problem, matrix, pose, "a minimisation over binary variables alone, without offset");
  yield `${problem.variableCount} ${entries.length}\n`;
  for (const [row, column, value] of entries) yield `${row + 1} ${column + 1} ${value}\n`;
}
