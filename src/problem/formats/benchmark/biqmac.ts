/**
 * Biq Mac sparse (A. Wiegele, Biq Mac library, 2007): a symmetric matrix Q to be minimised as x'Qx.
 * First line `n nnz`, then lines `i j q` with indices from 1; an off-diagonal q counts twice, as
 * q_ij and as q_ji. Solution: 0 or 1 per variable.
 */

import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import { interactionsOf, isAll, VARTYPE } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import { notWritable } from "../not-writable.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { readTriples } from "./triples.ts";

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
    take: (row, column, value) => {
      if (row === column) assembly.addLinear(row - 1, value);
      else assembly.addQuadratic(row - 1, column - 1, 2 * value);
    },
  });
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeMatrix({ problem }: FileProblem): Generator<string> {
  const { objective, variableCount } = problem;
  if (!isAll(problem, VARTYPE.binary)) notWritable("variables: expected all binary, got others");
  if (problem.constraints.count > 0) notWritable("constraints: expected none, got some");
  if (problem.sense !== "minimise") notWritable("sense: expected minimise, got maximise");
  if (objective.offset !== 0) notWritable(`offset: expected 0, got ${objective.offset}`);
  const diagonals = objective.linear.reduce((count, bias) => count + (bias === 0 ? 0 : 1), 0);
  yield `${variableCount} ${diagonals + objective.biases.length}\n`;
  for (const [index, bias] of objective.linear.entries()) {
    if (bias !== 0) yield `${index + 1} ${index + 1} ${bias}\n`;
  }
  for (const [first, second, bias] of interactionsOf(problem)) {
    yield `${first + 1} ${second + 1} ${bias / 2}\n`;
  }
}
