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
  return { qubits, keyOf: keyWriter(characters) };
}

/** Characters looked up at once: a million keys are a matter of looking up, not of bits. */
const CHUNK = 8;

/** The function that writes a key: characters as they stand, numbers as that bit of the outcome. */
function keyWriter(characters: readonly (string | number)[]): (outcome: number) => string {
  const chunks: ((outcome: number) => string)[] = [];
  for (let from = 0; from < characters.length; from += CHUNK) {
    chunks.push(chunkWriter(characters.slice(from, from + CHUNK)));
  }
  return (outcome) => {
    let key = "";
    for (const chunk of chunks) key += chunk(outcome);
    return key;
  };
}

/** Neighbouring bits, most significant first, are looked up; anything else is spelled. */
function chunkWriter(characters: readonly (string | number)[]): (outcome: number) => string {
  const spell = (outcome: number) =>
    characters
      .map((one) => (typeof one === "string" ? one : String((outcome >>> one) & 1)))
      .join("");
  const low = characters.at(-1);
  const width = characters.length;
  if (typeof low !== "number") return spell;
  const isRun = characters.every((one, place) => one === low + width - 1 - place);
  if (!isRun) return spell;
  const texts = Array.from({ length: 2 ** width }, (_, bits) => spell(bits << low));
  return (outcome) => texts[(outcome >>> low) & (2 ** width - 1)];
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
