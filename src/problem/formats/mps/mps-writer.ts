/**
 * Writing free MPS: every bound spelled out, because defaults differ between readers; quadratic
 * parts as QUADOBJ and QCMATRIX.
 */

import {
  COMPARISON,
  interactionsOf,
  labelOf,
  type QuadraticProblem,
  VARTYPE,
} from "../../model/quadratic-problem.ts";
import { HARD } from "../../ordered-selection.ts";
import type { FileProblem } from "../format.ts";
import { notWritable } from "../not-writable.ts";

const OBJECTIVE = "obj";
/** The file, piece by piece. */
export function* writeMps({ problem }: FileProblem): Generator<string> {
  const { constraints: rows, objective } = problem;
  const names = variableNames(problem);
  checkRows(problem);
  yield "NAME problem\n";
  if (problem.sense === "maximise") yield "OBJSENSE\n MAX\n";
  yield `ROWS\n N ${OBJECTIVE}\n`;
  for (const [row, label] of rows.labels.entries()) {
    const comparison = rows.comparisons[row];
    const type =
      comparison === COMPARISON.atMost ? "L" : comparison === COMPARISON.equal ? "E" : "G";
    yield ` ${type} ${label}\n`;
  }
  yield "COLUMNS\n MARK 'MARKER' 'INTORG'\n";
  yield* writeColumns(problem, names);
  yield " MARK 'MARKER' 'INTEND'\nRHS\n";
  if (objective.offset !== 0) yield ` rhs ${OBJECTIVE} ${-objective.offset}\n`;
  for (const [row, label] of rows.labels.entries()) {
    if (rows.rightSides[row] !== 0) yield ` rhs ${label} ${rows.rightSides[row]}\n`;
  }
  yield "BOUNDS\n";
  for (const [index, name] of names.entries()) yield boundsOf(problem, index, name);
  yield* writeQuadratics(problem, names);
  yield "ENDATA\n";
}

/** Column by column, as the format wants it. */
function* writeColumns(problem: QuadraticProblem, names: readonly string[]): Generator<string> {
  const { starts, columns, biases, labels, count } = problem.constraints;
  const entries = names.map((): string[] => []);
  for (let row = 0; row < count; row += 1) {
    for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
      const column = columns[entry];
      entries[column].push(` ${names[column]} ${labels[row]} ${biases[entry]}\n`);
    }
  }
  for (const [index, name] of names.entries()) {
    yield ` ${name} ${OBJECTIVE} ${problem.objective.linear[index]}\n`;
    yield* entries[index];
  }
}

function* writeQuadratics(problem: QuadraticProblem, names: readonly string[]): Generator<string> {
  const { constraints: rows, objective } = problem;
  if (objective.biases.length > 0) yield "QUADOBJ\n";
  for (const [first, second, bias] of interactionsOf(problem)) {
    yield ` ${names[first]} ${names[second]} ${first === second ? 2 * bias : bias}\n`;
  }
  for (let row = 0; row < rows.count; row += 1) {
    const start = rows.pairStarts[row];
    const end = rows.pairStarts[row + 1];
    if (start < end) yield `QCMATRIX ${rows.labels[row]}\n`;
    for (let entry = start; entry < end; entry += 1) {
      const first = names[rows.pairFirsts[entry]];
      const second = names[rows.pairSeconds[entry]];
      const bias = rows.pairBiases[entry];
      if (first === second) yield ` ${first} ${second} ${bias}\n`;
      else yield ` ${first} ${second} ${bias / 2}\n ${second} ${first} ${bias / 2}\n`;
    }
  }
}

function boundsOf(problem: QuadraticProblem, index: number, name: string): string {
  if (problem.vartypes[index] === VARTYPE.binary) return ` BV bnd ${name}\n`;
  const lower = problem.lowerBounds[index];
  const upper = problem.upperBounds[index];
  const below = lower === -Infinity ? ` MI bnd ${name}\n` : ` LO bnd ${name} ${lower}\n`;
  return below + (upper === Infinity ? ` PL bnd ${name}\n` : ` UP bnd ${name} ${upper}\n`);
}

function variableNames(problem: QuadraticProblem): string[] {
  return Array.from({ length: problem.variableCount }, (_, index) => {
    const name = problem.labels === undefined ? `x${index}` : labelOf(problem, index);
    checkName("variable", name);
    if (problem.vartypes[index] === VARTYPE.spin) {
      notWritable(`variable ${name}: expected binary or integer, got spin`);
    }
    return name;
  });
}

function checkRows({ constraints: { labels, weights } }: QuadraticProblem): void {
  for (const [row, label] of labels.entries()) {
    checkName("constraint", label);
    if (label === OBJECTIVE) notWritable(`constraint name: expected any but "${OBJECTIVE}"`);
    if (weights[row] !== HARD) notWritable(`constraint ${label}: expected a hard one, got soft`);
  }
}

function checkName(what: string, name: string): void {
  if (!/^[^\s*$'][^\s]{0,254}$/.test(name)) {
    notWritable(`${what} name: expected one without blanks, got "${name}"`);
  }
}
