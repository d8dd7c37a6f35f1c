/**
 * Writing CPLEX LP. Each variable stands in the objective, with bias 0 if need be, so that a reader
 * sees them in the problem's own order.
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
import { isLpWord } from "./lp-tokens.ts";

const SENSES = Object.freeze({ minimise: "Minimize", maximise: "Maximize" } as const);
/** What CPLEX allows in a name; it may not begin like a number. */
const NAME = /^(?![eE.\d])[A-Za-z0-9!"#$%&(),.;?@_'`{}~]{1,255}$/;
/** Terms to a line. */
const LINE_TERMS = 8;

/** The file, piece by piece. */
export function* writeLp({ problem }: FileProblem): Generator<string> {
  const names = namesOf(problem);
  yield `${SENSES[problem.sense]}\n obj:`;
  yield* writeObjective(problem, names);
  yield "Subject To\n";
  for (let row = 0; row < problem.constraints.count; row += 1) {
    yield* writeRow(problem, row, names);
  }
  yield "Bounds\n";
  const { vartypes, lowerBounds, upperBounds } = problem;
  for (const [index, name] of names.entries()) {
    if (vartypes[index] === VARTYPE.binary) continue;
    yield ` ${bound(lowerBounds[index])} <= ${name} <= ${bound(upperBounds[index])}\n`;
  }
  yield "Binary\n";
  for (const [index, name] of names.entries()) {
    if (vartypes[index] === VARTYPE.binary) yield ` ${name}\n`;
  }
  yield "General\n";
  for (const [index, name] of names.entries()) {
    if (vartypes[index] === VARTYPE.integer) yield ` ${name}\n`;
  }
  yield "End\n";
}

function* writeObjective(problem: QuadraticProblem, names: readonly string[]): Generator<string> {
  const { linear, offset, biases } = problem.objective;
  for (const [index, name] of names.entries()) {
    if (index % LINE_TERMS === 0) yield "\n";
    yield term(linear[index], name);
  }
  if (biases.length > 0) {
    yield "\n + [";
    let count = 0;
    for (const [first, second, bias] of interactionsOf(problem)) {
      if (count++ % LINE_TERMS === 0) yield "\n";
      // The format halves what is in the bracket of an objective.
      yield term(2 * bias, product(names, first, second));
    }
    yield " ] / 2";
  }
  yield offset === 0 ? "\n" : `\n${signed(offset)}\n`;
}

function* writeRow(
  { constraints: rows }: QuadraticProblem,
  row: number,
  names: readonly string[],
): Generator<string> {
  const label = rows.labels[row];
  if (rows.weights[row] !== HARD) notWritable(`constraint ${label}: expected a hard one, got soft`);
  if (!NAME.test(label)) notWritable(`constraint name: expected one of the format, got "${label}"`);
  yield ` ${label}:`;
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    if ((entry - rows.starts[row]) % LINE_TERMS === LINE_TERMS - 1) yield "\n";
    yield term(rows.biases[entry], names[rows.columns[entry]]);
  }
  const start = rows.pairStarts[row];
  const end = rows.pairStarts[row + 1];
  if (start < end) yield " + [";
  for (let entry = start; entry < end; entry += 1) {
    if ((entry - start) % LINE_TERMS === LINE_TERMS - 1) yield "\n";
    yield term(
      rows.pairBiases[entry],
      product(names, rows.pairFirsts[entry], rows.pairSeconds[entry]),
    );
  }
  if (start < end) yield " ]";
  if (start === end && rows.starts[row] === rows.starts[row + 1]) yield " 0";
  yield ` ${comparisonText(rows.comparisons[row])} ${rows.rightSides[row]}\n`;
}

function namesOf(problem: QuadraticProblem): string[] {
  const names = Array.from({ length: problem.variableCount }, (_, index) =>
    problem.labels === undefined ? `x${index}` : labelOf(problem, index),
  );
  for (const [index, name] of names.entries()) {
    if (!NAME.test(name) || isLpWord(name)) {
      notWritable(`variable name: expected one of the format, got "${name}"`);
    }
    if (problem.vartypes[index] === VARTYPE.spin) {
      notWritable(`variable ${name}: expected binary or integer, got spin`);
    }
  }
  return names;
}

function product(names: readonly string[], first: number, second: number): string {
  return first === second ? `${names[first]} ^ 2` : `${names[first]} * ${names[second]}`;
}

function term(bias: number, text: string): string {
  return `${signed(bias)} ${text}`;
}

function signed(value: number): string {
  return value < 0 ? ` - ${-value}` : ` + ${value}`;
}

function bound(value: number): string {
  return value === Infinity ? "+inf" : value === -Infinity ? "-inf" : String(value);
}

function comparisonText(comparison: number): string {
  if (comparison === COMPARISON.equal) return "=";
  return comparison === COMPARISON.atMost ? "<=" : ">=";
}
