/**
 * A quadratic problem as JSON, all of it: any sense, vartypes, soft constraints. dimod has no JSON
 * for its constrained models; this one uses its words. Solution: the value of each variable.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import {
  COMPARISON,
  type ComparisonCode,
  labelOf,
  PENALTY,
  type QuadraticProblem,
  VARTYPE,
} from "../../model/quadratic-problem.ts";
import { HARD } from "../../ordered-selection.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { objectiveTerms, rowTerms, type TermLists } from "../terms-of.ts";
import { type JsonPart, readJson } from "./json-part.ts";

const TYPE = "QuadraticProblem";
const SCHEMA_VERSION = 1;
const VARTYPE_NAMES = Object.freeze(["BINARY", "SPIN", "INTEGER"] as const);
const COMPARISON_NAMES = Object.freeze(["<=", "==", ">="] as const);
const PENALTY_NAMES = Object.freeze(["linear", "quadratic"] as const);

/** The format. */
export const cqmJson: ProblemFormat = {
  name: "cqm-json",
  title: "quadratic problem as JSON, without loss",
  extensions: [".cqm.json"],
  isSurely: (head) => /^\s*\{\s*"type"\s*:\s*"QuadraticProblem"/.test(head),
  read: readCqmJson,
  write: writeCqmJson,
};

function* readCqmJson(scanner: Scanner): Reading {
  const file = yield* readJson(scanner);
  file.member("type").choice([TYPE]);
  file.member("schemaVersion").integer(SCHEMA_VERSION, SCHEMA_VERSION);
  const assembly = new ProblemAssembly(file.member("sense").choice(["minimise", "maximise"]));
  readVariables(file.member("variables"), assembly);
  const objective = file.member("objective");
  assembly.addOffset(objective.member("offset").number());
  readTerms(objective.member("linear"), 1, assembly, ([index], bias) =>
    assembly.addLinear(index, bias),
  );
  readTerms(objective.member("quadratic"), 2, assembly, ([first, second], bias) =>
    assembly.addQuadratic(first, second, bias),
  );
  const labels = new Set<string>();
  for (const part of file.member("constraints").items()) readRow(part, assembly, labels);
  return { problem: assembly.finish(), layout: VALUES };
}

function readVariables(part: JsonPart, assembly: ProblemAssembly): void {
  const labels = new Set<string>();
  for (const variable of part.items()) {
    const label = variable.member("label");
    const name = label.isPresent ? label.text() : undefined;
    if (name !== undefined && labels.has(name)) label.fail("a label of its own");
    if (name !== undefined) labels.add(name);
    const index = assembly.addVariable(name);
    const vartype = variable.member("vartype").choice(VARTYPE_NAMES);
    const lower = boundOf(variable.member("lower"), Number.NEGATIVE_INFINITY);
    const upper = boundOf(variable.member("upper"), Number.POSITIVE_INFINITY);
    if (lower > upper) variable.member("lower").fail(`at most the upper bound ${upper}`);
    assembly.restrict(index, VARTYPE[lowerCase(vartype)], lower, upper);
  }
}

function readRow(part: JsonPart, assembly: ProblemAssembly, labels: Set<string>): void {
  const label = part.member("label");
  if (labels.has(label.text())) label.fail("a label of its own");
  labels.add(label.text());
  const weight = part.member("weight");
  if (weight.isPresent && weight.number() <= 0) weight.fail("a weight above 0");
  const isSoft = weight.isPresent;
  const row = assembly.addRow({
    label: label.text(),
    comparison: comparisonOf(part.member("sense")),
    rightSide: part.member("rhs").number(),
    weight: isSoft ? weight.number() : undefined,
    penalty: isSoft ? PENALTY[part.member("penalty").choice(PENALTY_NAMES)] : undefined,
  });
  readTerms(part.member("linear"), 1, assembly, ([index], bias) =>
    assembly.addRowLinear(row, index, bias),
  );
  readTerms(part.member("quadratic"), 2, assembly, ([first, second], bias) =>
    assembly.addRowQuadratic(row, first, second, bias),
  );
}

/** Lists `[index, bias]` or `[first, second, bias]`. */
function readTerms(
  part: JsonPart,
  indexCount: 1 | 2,
  { variableCount }: ProblemAssembly,
  take: (indexes: readonly number[], bias: number) => void,
): void {
  for (const term of part.items()) {
    const numbers = term.numbers();
    const indexes = numbers.slice(0, indexCount);
    const isTerm =
      numbers.length === indexCount + 1 &&
      indexes.every((index) => Number.isInteger(index) && index >= 0 && index < variableCount);
    if (!isTerm) term.fail(`${indexCount} indices below ${variableCount} and a bias`);
    take(indexes, numbers[indexCount]);
  }
}

function boundOf(part: JsonPart, none: number): number {
  return part.isPresent ? part.integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) : none;
}

function comparisonOf(part: JsonPart): ComparisonCode {
  const name = part.choice(COMPARISON_NAMES);
  if (name === "==") return COMPARISON.equal;
  return name === "<=" ? COMPARISON.atMost : COMPARISON.atLeast;
}

function lowerCase(name: (typeof VARTYPE_NAMES)[number]): keyof typeof VARTYPE {
  if (name === "INTEGER") return "integer";
  return name === "SPIN" ? "spin" : "binary";
}

function* writeCqmJson({ problem }: FileProblem): Generator<string> {
  const { constraints } = problem;
  yield `{"type":"${TYPE}","schemaVersion":${SCHEMA_VERSION},"sense":"${problem.sense}",\n`;
  yield '"variables":[';
  for (let index = 0; index < problem.variableCount; index += 1) {
    yield `${index === 0 ? "\n" : ",\n"}${JSON.stringify(variableFacts(problem, index))}`;
  }
  yield `\n],\n"objective":${JSON.stringify(termFacts(objectiveTerms(problem)))},\n"constraints":[`;
  for (let row = 0; row < constraints.count; row += 1) {
    yield `${row === 0 ? "\n" : ",\n"}${JSON.stringify(rowFacts(problem, row))}`;
  }
  yield "\n]}\n";
}

function variableFacts(problem: QuadraticProblem, index: number) {
  const label = problem.labels === undefined ? undefined : labelOf(problem, index);
  const code = problem.vartypes[index];
  const finite = (bound: number) => (Number.isFinite(bound) ? bound : undefined);
  const bounds =
    code === VARTYPE.integer
      ? { lower: finite(problem.lowerBounds[index]), upper: finite(problem.upperBounds[index]) }
      : {};
  return { label, vartype: VARTYPE_NAMES[code], ...bounds };
}

function rowFacts(problem: QuadraticProblem, row: number) {
  const { labels, comparisons, rightSides, weights, penalties } = problem.constraints;
  const { linear, quadratic } = termFacts(rowTerms(problem, row));
  const soft =
    weights[row] === HARD ? {} : { weight: weights[row], penalty: PENALTY_NAMES[penalties[row]] };
  const sense = COMPARISON_NAMES[comparisons[row]];
  return { label: labels[row], sense, rhs: rightSides[row], ...soft, linear, quadratic };
}

function termFacts({ offset, variables, biases, firsts, seconds, pairBiases }: TermLists) {
  const linear = Array.from(variables, (variable, entry) => [variable, biases[entry]]);
  const quadratic = Array.from(pairBiases, (bias, entry) => [firsts[entry], seconds[entry], bias]);
  return { offset, linear, quadratic };
}
