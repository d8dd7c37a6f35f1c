/**
 * The machine's code: a flat list of instructions with jumps. Programs in OpenQASM and circuits are
 * both translated to it. Because a run is then nothing but a place in the list and some cells, it
 * can be copied where a measurement goes both ways and compared where two ways meet again.
 */
import type { FaultRow } from "#foundation";
import type { Condition, UnitaryOperation } from "../circuit.ts";
import type { Complex } from "../gates/complex.ts";

/**
 * A part of an array: the cell of its first element, and for each dimension its length and stride
 * in cells.
 */
export interface ArrayView {
  readonly base: number;
  readonly lengths: readonly number[];
  readonly strides: readonly number[];
}

/**
 * What a cell holds. A classical bit is the number 0 or 1, or {@link PENDING} plus the qubit whose
 * measurement will decide it; an integer or angle is a bigint; a list of numbers is the qubits or
 * cells a name stands for.
 */
export type Cell = number | bigint | boolean | Complex | ArrayView | readonly number[];

/** The cells of a run. */
export type Memory = Cell[];

/** A bit cell of this value plus q is whatever the measurement of qubit q turns out to be. */
export const PENDING = 2;

/**
 * Thrown by what reads a bit that is not decided yet; the machine decides it and runs the
 * instruction again.
 */
export class OutcomeNeeded {
  readonly qubit: number;

  constructor(qubit: number) {
    this.qubit = qubit;
  }
}

/** The value of the bit in `cell`; asks for the outcome if it is pending. */
export function readBit(memory: Memory, cell: number): 0 | 1 {
  const value = memory[cell];
  if (value === 1) return 1;
  if (value === 0) return 0;
  if (typeof value === "number") throw new OutcomeNeeded(value - PENDING);
  return value ? 1 : 0;
}

/** Computes something from the cells; changes nothing. */
export type Evaluate<T> = (memory: Memory) => T;

/** A measurement and the cell that takes its outcome, if one does. */
export interface Measurement {
  readonly qubit: number;
  readonly cell: number | undefined;
}

/** A bit cell and the condition on bit cells whose truth it gets. */
export interface BitAssignment {
  readonly cell: number;
  readonly condition: Evaluate<Condition>;
}

/** Cells `from` up to but excluding `to`. */
export interface CellRange {
  readonly from: number;
  readonly to: number;
}

/** What a branch is the head of, for those who want the structure back. */
export interface BranchStructure {
  readonly form: "if" | "while";
  /** Where the two ways of an `if` meet; where a `while` begins to be evaluated. */
  readonly join: number;
  /** The condition in terms of cells, if it asks for nothing but bits. */
  readonly condition: Evaluate<Condition> | undefined;
  /** Cells that mean nothing outside of the bodies. */
  readonly locals: CellRange;
}

/**
 * One instruction. Each evaluates everything before it changes anything, so it can be run again.
 */
export type Instruction =
  | { readonly kind: "apply"; readonly operations: Evaluate<readonly UnitaryOperation[]> }
  | { readonly kind: "measure"; readonly measurements: Evaluate<readonly Measurement[]> }
  | { readonly kind: "reset"; readonly qubits: Evaluate<readonly number[]> }
  | { readonly kind: "barrier"; readonly qubits: Evaluate<readonly number[]> }
  | {
      readonly kind: "store";
      readonly run: (memory: Memory) => void;
      /**
       * Where it sets one bit to the truth of a condition on bits: which bit, and the condition.
       */
      readonly assigns?: BitAssignment | undefined;
    }
  | {
      readonly kind: "branch";
      readonly condition: Evaluate<boolean>;
      readonly otherwise: number;
      readonly structure: BranchStructure;
    }
  | { readonly kind: "jump"; readonly to: number }
  | { readonly kind: "call"; readonly to: number; readonly enter: (memory: Memory) => void }
  | { readonly kind: "return" }
  | { readonly kind: "halt" }
  | { readonly kind: "refuse"; readonly row: FaultRow; readonly detail: string };

/** A classical register whose bits are reported. */
export interface OutputRegister {
  readonly name: string;
  /**
   * The cells of its bits, least significant first; or the one cell of an integer of `width` bits,
   * or of a number without bits, whose width is 0.
   */
  readonly cells: readonly number[];
  readonly width?: number | undefined;
}

/** How many bits a register reports. */
export function outputWidth(register: OutputRegister): number {
  return register.width ?? register.cells.length;
}

/** A value the caller gives before the run. */
export interface InputSlot {
  readonly name: string;
  /** What is expected, in words, e.g. `a value of type float[64]`. */
  readonly expected: string;
  /** Writes the value, or says in words what is wrong with it. */
  readonly write: (memory: Memory, value: number | string | boolean) => string | undefined;
}

/** A translated program. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly qubitCount: number;
  readonly qubitRegisters: readonly { readonly name: string; readonly qubits: readonly number[] }[];
  readonly outputs: readonly OutputRegister[];
  readonly inputs: readonly InputSlot[];
  /** The cells before the run. */
  readonly initialCells: readonly Cell[];
  /** The cells that hold bits, ascending: no other cell is ever pending. */
  readonly bitCells: readonly number[];
  /** Cells of subroutines, which mean nothing while none is running. */
  readonly subroutineCells: readonly CellRange[];
}
