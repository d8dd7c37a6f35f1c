/**
 * How the bits of a finished run are read out: which are decided, which wait for which qubit, and
 * the key that a joint outcome has in counts and distributions.
 */
import { type Cell, type Memory, type OutputRegister, PENDING } from "./code.ts";

/** The bits of a finished run, as far as they are decided. */
export interface Readout {
  /**
   * The qubits whose outcomes are still open, each once; the first is the least significant bit of
   * an outcome.
   */
  readonly qubits: readonly number[];
  /**
   * The key of a joint outcome of `qubits`: registers separated by a space, most significant bit
   * first.
   */
  readonly keyOf: (outcome: number) => string;
}

/** Prepares to read `registers` from `memory`. */
export function readout(memory: Memory, registers: readonly OutputRegister[]): Readout {
  const qubits: number[] = [];
  const places = new Map<number, number>();
  // Per character: the text that stands, or the place of the qubit that decides.
  const characters: (string | number)[] = [];
  for (const [index, register] of registers.entries()) {
    if (index > 0) characters.push(" ");
    if (register.width !== undefined) {
      characters.push(integerText(memory[register.cells[0]], register.width));
      continue;
    }
    for (const cell of register.cells.toReversed()) {
      const value = memory[cell];
      if (typeof value !== "number" || value < PENDING) {
        characters.push(value === 1 || value === true ? "1" : "0");
        continue;
      }
      const qubit = value - PENDING;
      const place = places.get(qubit) ?? qubits.push(qubit) - 1;
      places.set(qubit, place);
      characters.push(place);
    }
  }
  const keyOf = (outcome: number): string => {
    let key = "";
    for (const character of characters) {
      key += typeof character === "string" ? character : (outcome >>> character) & 1 ? "1" : "0";
    }
    return key;
  };
  return { qubits, keyOf };
}

function integerText(value: Cell, width: number): string {
  const bits = typeof value === "bigint" ? BigInt.asUintN(width, value) : value === true ? 1n : 0n;
  return bits.toString(2).padStart(width, "0");
}

/**
 * The registers that are reported: those declared, or all qubits as one register if there is none.
 */
export function reportedQubits(qubitCount: number): Readout {
  const qubits = Array.from({ length: qubitCount }, (_, qubit) => qubit);
  const keyOf = (outcome: number) =>
    qubitCount === 0 ? "" : outcome.toString(2).padStart(qubitCount, "0");
  return { qubits, keyOf };
}
