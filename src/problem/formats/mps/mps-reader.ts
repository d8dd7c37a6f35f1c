/**
 * Reading free MPS with its extensions for integers and quadratics: MARKER lines, OBJSENSE, QUADOBJ
 * and QMATRIX (half of x'Qx), QCMATRIX (x'Qx). An integer variable without bounds is binary, as in
 * CPLEX and HiGHS. Continuous and semi-continuous variables, special ordered sets and indicator
 * constraints are refused by name.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import { DeclaredVariables } from "../declared-variables.ts";
import type { Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { takeBound } from "./mps-bounds.ts";
import { type Field, type MpsLine, nextLine, numberOf } from "./mps-lines.ts";
import { MpsRows, type RowTarget } from "./mps-rows.ts";

/** What one file is read into. */
interface Mps {
  readonly scanner: Scanner;
  readonly assembly: ProblemAssembly;
  readonly variables: DeclaredVariables;
  readonly rows: MpsRows;
  readonly integers: Set<number>;
  /** Name of the set of right sides, ranges and bounds in use, by section. */
  readonly sets: Map<string, string>;
  isIntegerBlock: boolean;
  /** Where the entries of a QCMATRIX go. */
  quadraticRow: RowTarget | undefined;
}

type Take = (mps: Mps, fields: readonly Field[]) => void;

const SECTIONS: Readonly<Record<string, Take>> = Object.freeze({
  NAME: (mps, [extra]) => expectNothing(mps, extra),
  OBJSENSE: (mps, [sense]) => takeSense(mps, sense),
  ROWS: takeRow,
  COLUMNS: takeColumn,
  RHS: takeRightSides,
  RANGES: takeRanges,
  BOUNDS: takeBound,
  QUADOBJ: (mps, fields) => takeProduct(mps, fields, 0.5, 1),
  QMATRIX: (mps, fields) => takeProduct(mps, fields, 0.5, 0.5),
  QCMATRIX: (mps, fields) => takeProduct(mps, fields, 1, 1),
});

/** Reads one file. */
export function* readMps(scanner: Scanner): Reading {
  const assembly = new ProblemAssembly("minimise");
  const mps: Mps = {
    scanner,
    assembly,
    variables: new DeclaredVariables(assembly, scanner),
    rows: new MpsRows(scanner),
    integers: new Set(),
    sets: new Map(),
    isIntegerBlock: false,
    quadraticRow: undefined,
  };
  let section = "";
  for (;;) {
    const line = yield* nextLine(scanner);
    if (line === undefined) {
      scanner.mark();
      scanner.fail("file: expected ENDATA, got its end");
    }
    if (line.isHeader) {
      section = openSection(mps, line);
      if (section === "ENDATA") break;
    } else if (section === "") {
      scanner.fail("line: expected a section first", line.fields[0].position);
    } else {
      SECTIONS[section](mps, line.fields);
    }
  }
  return finish(mps);
}

function finish({ assembly, variables, rows, integers, scanner }: Mps) {
  for (const index of integers) {
    if (!variables.isBounded(index)) variables.boundAbove(index, 1);
  }
  scanner.check();
  variables.settle();
  rows.settle(assembly);
  return { problem: assembly.finish(), layout: VALUES };
}

function openSection(mps: Mps, { fields: [head, argument] }: MpsLine): string {
  const name = head.text.toUpperCase();
  if (name === "ENDATA") return name;
  if (!Object.hasOwn(SECTIONS, name)) {
    mps.scanner.refuse(`section ${name}: expected one of ${Object.keys(SECTIONS).join()}`);
  }
  if (name === "OBJSENSE" && argument !== undefined) takeSense(mps, argument);
  if (name === "QCMATRIX") {
    if (argument === undefined) mps.scanner.fail("QCMATRIX: expected a row", head.position);
    mps.quadraticRow = mps.rows.target(argument);
  } else {
    mps.quadraticRow = "objective";
  }
  return name;
}

function expectNothing({ scanner }: Mps, extra: Field): void {
  scanner.flaw(`line: expected a section, got ${extra.text}`, extra.position);
}

function takeSense(mps: Mps, { text, position }: Field): void {
  if (/^max(imi[sz]e)?$/i.test(text)) mps.assembly.sense = "maximise";
  else if (/^min(imi[sz]e)?$/i.test(text)) mps.assembly.sense = "minimise";
  else mps.scanner.flaw(`sense: expected MAX or MIN, got ${text}`, position);
}

function takeRow({ scanner, rows }: Mps, [type, name, extra]: readonly Field[]): void {
  if (name === undefined || extra !== undefined) {
    scanner.flaw("row: expected a type and a name", type.position);
  } else {
    rows.declare(type, name);
  }
}

function takeColumn(mps: Mps, fields: readonly Field[]): void {
  const [column, second, third] = fields;
  if (second?.text === "'MARKER'" && third !== undefined) {
    if (third.text !== "'INTORG'" && third.text !== "'INTEND'") {
      mps.scanner.flaw(`marker: expected 'INTORG' or 'INTEND', got ${third.text}`, third.position);
    }
    mps.isIntegerBlock = third.text === "'INTORG'";
    return;
  }
  const variable = mps.variables.mention(column.text, column.position);
  if (mps.isIntegerBlock) {
    mps.variables.declare(variable, "integer");
    mps.integers.add(variable);
  }
  for (const [row, bias] of pairsOf(mps, fields, 1, "column")) {
    if (row === "objective") mps.assembly.addLinear(variable, bias);
    else if (row !== "free") mps.rows.addTerm(row, variable, undefined, bias);
  }
}

function takeRightSides(mps: Mps, fields: readonly Field[]): void {
  for (const [row, value] of setPairs(mps, fields, "RHS")) {
    // The right side of the objective is its offset on the other side.
    if (row === "objective") mps.assembly.addOffset(-value);
    else if (row !== "free") mps.rows.setRightSide(row, value);
  }
}

function takeRanges(mps: Mps, fields: readonly Field[]): void {
  for (const [row, value] of setPairs(mps, fields, "RANGES")) {
    if (typeof row === "number") mps.rows.setRange(row, value);
    else mps.scanner.flaw("range: expected a constraint, got an N row", fields[0].position);
  }
}

function takeProduct(
  mps: Mps,
  fields: readonly Field[],
  diagonalShare: number,
  otherShare: number,
): void {
  const [first, second, value, extra] = fields;
  if (value === undefined || extra !== undefined) {
    mps.scanner.flaw("product: expected two columns and a number", first.position);
    return;
  }
  const [i, j] = [first, second].map((field) => knownColumn(mps, field));
  const bias = numberOf(mps.scanner, value, "product");
  if (i === undefined || j === undefined) return;
  const share = bias * (i === j ? diagonalShare : otherShare);
  if (mps.quadraticRow === "objective") mps.assembly.addQuadratic(i, j, share);
  else if (typeof mps.quadraticRow === "number") mps.rows.addTerm(mps.quadraticRow, i, j, share);
}

function knownColumn({ variables, scanner }: Mps, { text, position }: Field): number | undefined {
  const column = variables.find(text);
  if (column === undefined) scanner.flaw(`column: expected one of COLUMNS, got ${text}`, position);
  return column;
}

/** Pairs of row and number, after the name of their set, which may be left out. */
function setPairs(mps: Mps, fields: readonly Field[], section: string) {
  const hasSet = fields.length % 2 === 1;
  const name = hasSet ? fields[0].text : "";
  const inUse = mps.sets.get(section) ?? name;
  mps.sets.set(section, inUse);
  if (name !== inUse) {
    const message = `${section}: expected one set, ${inUse}, got another, ${name}`;
    mps.scanner.flaw(message, fields[0].position);
  }
  return pairsOf(mps, fields, hasSet ? 1 : 0, section);
}

function pairsOf(mps: Mps, fields: readonly Field[], from: number, what: string) {
  const pairs: (readonly [RowTarget, number])[] = [];
  if (fields.length <= from || (fields.length - from) % 2 !== 0) {
    mps.scanner.flaw(`${what}: expected pairs of row and number`, fields[0].position);
    return pairs;
  }
  for (let index = from; index < fields.length; index += 2) {
    const row = mps.rows.target(fields[index]);
    const value = numberOf(mps.scanner, fields[index + 1], what);
    if (row !== undefined) pairs.push([row, value]);
  }
  return pairs;
}
