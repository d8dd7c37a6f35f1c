/**
 * The assembly of a problem, number by number: what file readers, conversions and the builder all
 * write to. Variables and rows may be named before everything about them is known; terms may come
 * in any order and repeatedly. `finish` folds, sorts, names the special rows and freezes.
 */
import { assert, Fault } from "#foundation";
import { HARD } from "../ordered-selection.ts";
import { modelFaults } from "./faults.ts";
import {
  type ComparisonCode,
  type ConstraintRows,
  type ObjectiveSense,
  PENALTY,
  type PenaltyCode,
  type QuadraticProblem,
  VARTYPE,
  type Vartype,
} from "./quadratic-problem.ts";
import { shapesOf } from "./row-shape.ts";
import { sharedCopy, sharedUint8 } from "./shared-arrays.ts";
import { TermList } from "./term-list.ts";

/** Variables, and rows, that a problem may have. */
export const VARIABLES_MAX = 2 ** 24;

/** What a constraint is besides its terms. */
export interface RowHead {
  /** Absent: `c` and the row's number. */
  readonly label?: string | undefined;
  readonly comparison: ComparisonCode;
  readonly rightSide: number;
  /** Absent: the row must hold. */
  readonly weight?: number | undefined;
  /** Absent: linear. */
  readonly penalty?: PenaltyCode | undefined;
}

/** A problem in the making. */
export class ProblemAssembly {
  /** May be set until the problem is finished: some files say it last. */
  sense: ObjectiveSense;
  readonly #vartypes: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  #labels: string[] | undefined = [];
  readonly #linear: number[] = [];
  #offset = 0;
  readonly #interactions = new TermList("pairs");
  readonly #rows: RowHead[] = [];
  readonly #rowOffsets: number[] = [];
  readonly #rowTerms = new TermList("pairs");
  readonly #rowPairs = new TermList("triples");

  constructor(sense: ObjectiveSense) {
    this.sense = sense;
  }

  /** How many variables there are so far. */
  get variableCount(): number {
    return this.#vartypes.length;
  }

  /** How many rows there are so far. */
  get rowCount(): number {
    return this.#rows.length;
  }

  /** Adds a binary variable, to be changed by {@link restrict}; answers its index. */
  addVariable(label?: string): number {
    const index = this.#vartypes.length;
    refuseBeyond("variables", index + 1);
    this.#vartypes.push(VARTYPE.binary);
    this.#lower.push(0);
    this.#upper.push(1);
    this.#linear.push(0);
    if (label === undefined) this.#labels = undefined;
    else this.#labels?.push(label);
    return index;
  }

  /** Adds `count` binary variables without names. */
  addVariables(count: number): void {
    refuseBeyond("variables", this.#vartypes.length + count);
    for (let added = 0; added < count; added += 1) this.addVariable();
  }

  /**
   * Says what values a variable takes; bounds count for integer variables alone, and one between 0
   * and 1 is binary.
   */
  restrict(variable: number, vartype: Vartype, lower = 0, upper = Number.POSITIVE_INFINITY): void {
    const isBounded = vartype === VARTYPE.integer && !(lower === 0 && upper === 1);
    this.#vartypes[variable] = isBounded || vartype === VARTYPE.spin ? vartype : VARTYPE.binary;
    this.#lower[variable] = isBounded ? lower : vartype === VARTYPE.spin ? -1 : 0;
    this.#upper[variable] = isBounded ? upper : 1;
  }

  /** Adds a number to the objective. */
  addOffset(bias: number): void {
    this.#offset += bias;
  }

  /** Adds `bias` times a variable to the objective. */
  addLinear(variable: number, bias: number): void {
    this.#linear[variable] += bias;
  }

  /** Adds `bias` times a product of two variables, or of one with itself, to the objective. */
  addQuadratic(a: number, b: number, bias: number): void {
    this.#interactions.push(Math.min(a, b), Math.max(a, b), 0, bias);
  }

  /** Adds a row without terms; answers its index. */
  addRow(head: RowHead): number {
    refuseBeyond("constraints", this.#rows.length + 1);
    this.#rowOffsets.push(0);
    return this.#rows.push(head) - 1;
  }

  /** Adds a number to the left side of a row. */
  addRowOffset(row: number, bias: number): void {
    this.#rowOffsets[row] += bias;
  }

  /** Adds `bias` times a variable to the left side of a row. */
  addRowLinear(row: number, variable: number, bias: number): void {
    this.#rowTerms.push(row, variable, 0, bias);
  }

  /** Adds `bias` times a product to the left side of a row. */
  addRowQuadratic(row: number, a: number, b: number, bias: number): void {
    this.#rowPairs.push(row, Math.min(a, b), Math.max(a, b), bias);
  }

  /** The problem, frozen. The assembly is spent. */
  finish(): QuadraticProblem {
    this.#foldSquares();
    const variableCount = this.#vartypes.length;
    this.#vartypes.forEach((vartype, index) => {
      if (vartype !== VARTYPE.integer) return;
      assert(this.#lower[index] <= this.#upper[index], `variable ${index} has a value`);
    });
    const { starts, firsts, biases } = this.#interactions.toRows(variableCount, variableCount);
    const vartypes = sharedUint8(this.#vartypes);
    return Object.freeze({
      kind: "quadratic",
      sense: this.sense,
      variableCount,
      vartypes,
      lowerBounds: sharedCopy(this.#lower),
      upperBounds: sharedCopy(this.#upper),
      labels: variableCount === 0 ? undefined : this.#labels && Object.freeze(this.#labels),
      objective: Object.freeze({
        offset: this.#offset,
        linear: sharedCopy(this.#linear),
        starts,
        columns: firsts,
        biases,
      }),
      constraints: this.#finishRows(vartypes),
    });
  }

  #finishRows(vartypes: Uint8Array): ConstraintRows {
    const count = this.#rows.length;
    const linear = this.#rowTerms.toRows(count, vartypes.length);
    const pairs = this.#rowPairs.toRows(count, vartypes.length);
    const rows = {
      count,
      labels: Object.freeze(this.#rows.map(({ label }, row) => label ?? `c${row}`)),
      comparisons: sharedUint8(this.#rows.map(({ comparison }) => comparison)),
      rightSides: sharedCopy(
        this.#rows.map(({ rightSide }, row) => rightSide - this.#rowOffsets[row]),
      ),
      weights: sharedCopy(this.#rows.map(({ weight }) => weight ?? HARD)),
      penalties: sharedUint8(this.#rows.map(penaltyOf)),
      starts: linear.starts,
      columns: linear.firsts,
      biases: linear.biases,
      pairStarts: pairs.starts,
      pairFirsts: pairs.firsts,
      pairSeconds: pairs.seconds,
      pairBiases: pairs.biases,
    };
    return Object.freeze({ ...rows, shapes: shapesOf(rows, vartypes) });
  }

  /** x^2 = x for binary, s^2 = 1 for spin variables. */
  #foldSquares(): void {
    this.#interactions.extract((a, b, _none, bias) => {
      if (a !== b || this.#vartypes[a] === VARTYPE.integer) return false;
      if (this.#vartypes[a] === VARTYPE.binary) this.#linear[a] += bias;
      else this.#offset += bias;
      return true;
    });
    this.#rowPairs.extract((row, a, b, bias) => {
      if (a !== b || this.#vartypes[a] === VARTYPE.integer) return false;
      if (this.#vartypes[a] === VARTYPE.binary) this.#rowTerms.push(row, a, 0, bias);
      else this.#rowOffsets[row] += bias;
      return true;
    });
  }
}

/** Hard rows have none; equal problems must not differ in what has no meaning. */
function penaltyOf({ weight = HARD, penalty = PENALTY.linear }: RowHead): PenaltyCode {
  return weight === HARD ? PENALTY.linear : penalty;
}

function refuseBeyond(what: string, count: number): void {
  if (count <= VARIABLES_MAX) return;
  const detail = `${what}: expected at most ${VARIABLES_MAX}, got ${count}`;
  throw new Fault(modelFaults.tooLarge, { detail });
}
