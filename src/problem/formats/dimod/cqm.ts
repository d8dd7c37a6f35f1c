/**
 * dimod's constrained quadratic model files, version 2: a header that counts, then a zip archive of
 * variables, objective and one folder per constraint. Minimised. Solution: the value of each
 * variable. Integer bounds of 2^53 - 1 are dimod's way to say none.
 */
import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import {
  COMPARISON,
  type ComparisonCode,
  PENALTY,
  type QuadraticProblem,
  SHAPE,
  VARTYPE,
  type Vartype,
} from "../../model/quadratic-problem.ts";
import { HARD } from "../../ordered-selection.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import { notWritable } from "../not-writable.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { objectiveTerms, rowTerms, type TermLists } from "../terms-of.ts";
import {
  ALIGNMENT,
  headerBytes,
  labelsOf,
  pythonJson,
  readHeader,
  readSection,
  sectionBytes,
} from "./blocks.ts";
import { ByteReader, FLOAT64, UINT8 } from "./byte-reader.ts";
import { addTerms, countsOf, readTerms, termBytes } from "./cqm-expression.ts";
import { readZip, zipBytes } from "./zip.ts";

const MAGIC = "DIMODCQM";
const VARIABLE_BYTES = 17;
const INTEGER_MAX = Number.MAX_SAFE_INTEGER;
/** dimod's numbers for what we number otherwise or do not have. */
const REAL = 3;
const SENSES = Object.freeze(["<=", "==", ">="] as const);
const PENALTIES = Object.freeze(["linear", "quadratic"] as const);

/** The format. */
export const cqm: ProblemFormat = {
  name: "cqm",
  title: "dimod constrained quadratic model, version 2",
  extensions: [".cqm"],
  isSurely: (head) => head.startsWith(MAGIC),
  read: readCqm,
  write: writeCqm,
};

type Entries = ReadonlyMap<string, ByteReader>;

function* readCqm(scanner: Scanner): Reading {
  let bytes = scanner.rest();
  for (; bytes === undefined; bytes = scanner.rest()) yield;
  const reader: ByteReader = new ByteReader(scanner, bytes);
  const { major, facts } = readHeader(reader, MAGIC);
  if (major !== 2) reader.refuse(`version: expected 2, got ${major}`);
  const count = facts.get("num_variables");
  if (typeof count !== "number" || !(count >= 0 && count <= VARIABLES_MAX)) {
    return reader.fail("num_variables: expected a count");
  }
  const entries = readZip(reader);
  const assembly = new ProblemAssembly("minimise");
  readVariables(reader, entries, assembly, count);
  const objective = readTerms(entryOf(reader, entries, "objective"), count);
  addTerms(assembly, objective);
  const rows: TermLists[] = [];
  for (const name of entries.keys()) {
    if (!name.startsWith("constraints/") || !name.endsWith("/lhs")) continue;
    rows.push(readRow(reader, entries, name.slice(0, -"lhs".length), assembly));
  }
  for (const [fact, expected] of Object.entries(countFacts(objective, rows))) {
    const stated = facts.get(fact);
    if (stated !== expected) reader.fail(`${fact}: expected ${expected}, got ${stated}`);
  }
  return { problem: assembly.finish(), layout: VALUES };
}

function entryOf(reader: ByteReader, entries: Entries, name: string): ByteReader {
  return entries.get(name) ?? reader.fail(`archive: expected an entry ${name}`);
}

function readVariables(
  reader: ByteReader,
  entries: Entries,
  assembly: ProblemAssembly,
  count: number,
): void {
  const names = entries.get("variable_labels.json");
  const labels = names && labelsOf(names, names.json(names.bytes.length, "labels"), count);
  const section = readSection(entryOf(reader, entries, "varinfo"), "VTYP");
  const stated = Math.floor(section.bytes.length / VARIABLE_BYTES);
  if (count > stated || section.bytes.length - count * VARIABLE_BYTES >= ALIGNMENT) {
    section.fail(`variables: expected ${count}, got room for ${stated}`);
  }
  for (let index = 0; index < count; index += 1) {
    const vartype = section.integer(UINT8, "vartype", 0, REAL);
    const lower = section.number(FLOAT64, "lower bound");
    const upper = section.number(FLOAT64, "upper bound");
    if (vartype === REAL) section.refuse(`variable ${index}: expected no real one`);
    if (Math.ceil(lower) > Math.floor(upper)) section.fail(`variable ${index}: expected a value`);
    if (Number.isNaN(lower + upper)) section.fail(`variable ${index}: expected numbers as bounds`);
    assembly.addVariable(labels?.[index]);
    assembly.restrict(
      index,
      vartypeOf(vartype),
      lower <= -INTEGER_MAX ? Number.NEGATIVE_INFINITY : Math.ceil(lower),
      upper >= INTEGER_MAX ? Number.POSITIVE_INFINITY : Math.floor(upper),
    );
  }
}

/** dimod's numbers are 0 binary, 1 spin, 2 integer, as ours. */
function vartypeOf(code: number): Vartype {
  if (code === VARTYPE.integer) return VARTYPE.integer;
  return code === VARTYPE.spin ? VARTYPE.spin : VARTYPE.binary;
}

function readRow(
  reader: ByteReader,
  entries: Entries,
  folder: string,
  assembly: ProblemAssembly,
): TermLists {
  const lhs = entryOf(reader, entries, `${folder}lhs`);
  const sense = entryOf(reader, entries, `${folder}sense`);
  const weight = entries.get(`${folder}weight`)?.bias(FLOAT64, "weight");
  if (weight !== undefined && !(weight > 0)) lhs.fail(`weight: expected above 0, got ${weight}`);
  const row = assembly.addRow({
    label: labelIn(lhs, folder),
    comparison: comparisonIn(sense),
    rightSide: entryOf(reader, entries, `${folder}rhs`).bias(FLOAT64, "right side"),
    weight,
    penalty: weight === undefined ? undefined : penaltyIn(lhs, entries.get(`${folder}penalty`)),
  });
  const terms = readTerms(lhs, assembly.variableCount);
  addTerms(assembly, terms, row);
  return terms;
}

/** Folders are named by the JSON of the constraint's label. */
function labelIn(lhs: ByteReader, folder: string): string {
  const bytes = Buffer.from(folder.slice("constraints/".length, -1));
  const label = lhs.holding(bytes).json(bytes.length, "label");
  return typeof label === "string" ? label : JSON.stringify(label);
}

function comparisonIn(sense: ByteReader): ComparisonCode {
  const text = sense.text(sense.bytes.length, "sense");
  if (text === "<=") return COMPARISON.atMost;
  if (text === ">=") return COMPARISON.atLeast;
  if (text === "==") return COMPARISON.equal;
  return sense.fail(`sense: expected <=, >= or ==, got ${JSON.stringify(text)}`);
}

function penaltyIn(lhs: ByteReader, penalty: ByteReader | undefined) {
  const text = penalty?.text(penalty.bytes.length, "penalty");
  if (text === "linear") return PENALTY.linear;
  if (text === "quadratic") return PENALTY.quadratic;
  return lhs.refuse(`penalty: expected linear or quadratic, got ${text}`);
}

function* writeCqm({ problem }: FileProblem): Generator<Uint8Array> {
  if (problem.sense !== "minimise") notWritable("sense: expected minimise, got maximise");
  const objective = objectiveTerms(problem);
  const { count } = problem.constraints;
  const rows = Array.from({ length: count }, (_, row) => rowTerms(problem, row));
  const header = headerFor(problem, objective, rows);
  yield header;
  yield zipBytes(entriesFor(problem, objective, rows), header.length);
}

/** dimod refuses files whose header does not count what it counts itself. */
function headerFor(
  { variableCount, constraints }: QuadraticProblem,
  objective: TermLists,
  rows: readonly TermLists[],
): Uint8Array {
  return headerBytes(MAGIC, [2, 0], {
    num_variables: variableCount,
    ...countFacts(objective, rows),
    num_quadratic_variables_real: 0,
    num_linear_biases_real: 0,
    num_weighted_constraints: constraints.weights.filter((weight) => weight !== HARD).length,
  });
}

function countFacts(objective: TermLists, rows: readonly TermLists[]) {
  const counts = rows.map(countsOf);
  const biases = [countsOf(objective), ...counts].map((one) => one.variables + one.interactions);
  return {
    num_constraints: rows.length,
    num_biases: total(biases),
    num_quadratic_variables: total(counts.map((one) => one.quadraticVariables)),
  };
}

function entriesFor(
  problem: QuadraticProblem,
  objective: TermLists,
  rows: readonly TermLists[],
): (readonly [name: string, content: Uint8Array])[] {
  const entries: (readonly [string, Uint8Array])[] = [["varinfo", variableBytes(problem)]];
  if (problem.labels !== undefined) {
    entries.push(["variable_labels.json", Buffer.from(pythonJson(problem.labels))]);
  }
  entries.push(["objective", termBytes(objective, "ObjectiveView")]);
  const { constraints } = problem;
  const grouped = new Set<number>();
  for (const [row, terms] of rows.entries()) {
    const folder = `constraints/${pythonJson(constraints.labels[row])}`;
    const weight = constraints.weights[row];
    entries.push(
      [`${folder}/lhs`, termBytes(terms, "ConstraintView")],
      [`${folder}/rhs`, doubleBytes(constraints.rightSides[row])],
      [`${folder}/sense`, Buffer.from(SENSES[constraints.comparisons[row]])],
    );
    if (isDiscrete(constraints.shapes[row], weight, terms, grouped)) {
      entries.push([`${folder}/discrete`, Buffer.of(1)]);
    }
    if (weight === HARD) continue;
    const penalty = Buffer.from(PENALTIES[constraints.penalties[row]]);
    entries.push([`${folder}/weight`, doubleBytes(weight)], [`${folder}/penalty`, penalty]);
  }
  return entries;
}

/** dimod's discrete constraints are hard, one-hot, and share no variable. */
function isDiscrete(
  shape: number,
  weight: number,
  terms: TermLists,
  grouped: Set<number>,
): boolean {
  if (shape !== SHAPE.oneHot || weight !== HARD) return false;
  if (terms.variables.some((variable) => grouped.has(variable))) return false;
  for (const variable of terms.variables) grouped.add(variable);
  return true;
}

function variableBytes(problem: QuadraticProblem): Uint8Array {
  const bytes = Buffer.alloc(VARIABLE_BYTES * problem.variableCount);
  for (let index = 0; index < problem.variableCount; index += 1) {
    const at = VARIABLE_BYTES * index;
    bytes.writeUInt8(problem.vartypes[index], at);
    bytes.writeDoubleLE(Math.max(-INTEGER_MAX, problem.lowerBounds[index]), at + 1);
    bytes.writeDoubleLE(Math.min(INTEGER_MAX, problem.upperBounds[index]), at + 9);
  }
  return sectionBytes("VTYP", bytes);
}

function doubleBytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(FLOAT64.bytes);
  bytes.writeDoubleLE(value);
  return bytes;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
