/**
 * The rows of an MPS file while it is read: declared in ROWS, given right sides and ranges later,
 * and turned into constraints once all is known.
 */
import type { ProblemAssembly } from "../../model/assembly.ts";
import { COMPARISON, type ComparisonCode } from "../../model/quadratic-problem.ts";
import type { Scanner } from "../scanner.ts";
import type { Field } from "./mps-lines.ts";

const COMPARISONS: Readonly<Record<string, ComparisonCode>> = Object.freeze({
  L: COMPARISON.atMost,
  E: COMPARISON.equal,
  G: COMPARISON.atLeast,
});

interface Row {
  readonly name: string;
  readonly comparison: ComparisonCode;
  rightSide: number;
  range: number | undefined;
}

/** A term of a row: one variable, or two. */
type Term = readonly [row: number, first: number, second: number | undefined, bias: number];

/** Where a name of ROWS leads: the objective, a free row that says nothing, or a constraint. */
export type RowTarget = "objective" | "free" | number;

/** All rows of one file. */
export class MpsRows {
  readonly #scanner: Scanner;
  readonly #targets = new Map<string, RowTarget>();
  readonly #rows: Row[] = [];
  readonly #terms: Term[] = [];
  #hasObjective = false;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  /** Takes one line of ROWS. */
  declare(type: Field, name: Field): void {
    if (this.#targets.has(name.text)) {
      this.#scanner.flaw(`row ${name.text}: expected once, got again`, name.position);
    }
    if (type.text === "N") {
      this.#targets.set(name.text, this.#hasObjective ? "free" : "objective");
      this.#hasObjective = true;
      return;
    }
    const comparison = Object.hasOwn(COMPARISONS, type.text) ? COMPARISONS[type.text] : undefined;
    if (comparison === undefined) {
      this.#scanner.flaw(`row type: expected N, L, E or G, got ${type.text}`, type.position);
      return;
    }
    this.#targets.set(name.text, this.#rows.length);
    this.#rows.push({ name: name.text, comparison, rightSide: 0, range: undefined });
  }

  /** Where a name leads; a flaw and `undefined` if nowhere. */
  target(name: Field): RowTarget | undefined {
    const target = this.#targets.get(name.text);
    if (target === undefined) {
      this.#scanner.flaw(`row: expected one of ROWS, got ${name.text}`, name.position);
    }
    return target;
  }

  /** Adds a term to a constraint. */
  addTerm(row: number, first: number, second: number | undefined, bias: number): void {
    this.#terms.push([row, first, second, bias]);
  }

  /** Sets the right side of a constraint. */
  setRightSide(row: number, value: number): void {
    this.#rows[row].rightSide = value;
  }

  /** Sets the range of a constraint. */
  setRange(row: number, value: number): void {
    this.#rows[row].range = value;
  }

  /** Adds every constraint; one with a range becomes two, the second named `<name>.range`. */
  settle(assembly: ProblemAssembly): void {
    const [ones, twos] = [new Map<number, number>(), new Map<number, number>()];
    for (const [index, { name, comparison, rightSide, range }] of this.#rows.entries()) {
      if (range === undefined) {
        ones.set(index, assembly.addRow({ label: name, comparison, rightSide }));
        continue;
      }
      const { lower, upper } = rangeOf(comparison, rightSide, range);
      const [atLeast, atMost] = [COMPARISON.atLeast, COMPARISON.atMost];
      ones.set(index, assembly.addRow({ label: name, comparison: atLeast, rightSide: lower }));
      const label = `${name}.range`;
      twos.set(index, assembly.addRow({ label, comparison: atMost, rightSide: upper }));
    }
    for (const [index, first, second, bias] of this.#terms) {
      for (const row of [ones.get(index), twos.get(index)]) {
        if (row === undefined) continue;
        if (second === undefined) assembly.addRowLinear(row, first, bias);
        else assembly.addRowQuadratic(row, first, second, bias);
      }
    }
  }
}

/** What a row with a range lies between, by its type and the sign of the range. */
function rangeOf(comparison: ComparisonCode, rightSide: number, range: number) {
  const width = Math.abs(range);
  const isBelow =
    comparison === COMPARISON.atMost || (comparison === COMPARISON.equal && range < 0);
  return isBelow
    ? { lower: rightSide - width, upper: rightSide }
    : { lower: rightSide, upper: rightSide + width };
}
