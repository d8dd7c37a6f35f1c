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
   * first; numbers without bits in decimals.
   */
  readonly keyOf: (outcome: number) => string;
}

/**
 * Prepares to read `registers` from `memory`. Outcomes are numbered so that keys ascend with them.
 */
export function readout(memory: Memory, registers: readonly OutputRegister[]): Readout {
  const qubits: number[] = [];
  const places = new Map<number, number>();
  // From the last character to the first: the text that stands, or the place of the qubit that
  // decides.
  const backwards: (string | number)[] = [];
  for (const [index, register] of registers.toReversed().entries()) {
    if (index > 0) backwards.push(" ");
    if (register.width !== undefined) {
      backwards.push(valueText(memory[register.cells[0]], register.width));
      continue;
    }
    for (const cell of register.cells) {
      const value = memory[cell];
      if (typeof value !== "number" || value < PENDING) {
        backwards.push(value === 1 || value === true ? "1" : "0");
        continue;
      }
      const qubit = value - PENDING;
      const place = places.get(qubit) ?? qubits.push(qubit) - 1;
      places.set(qubit, place);
      backwards.push(place);
    }
  }
  return { qubits, keyOf: keyWriter(backwards.reverse()) };
}

/** Characters looked up at once: a million keys are a matter of looking up, not of bits. */
const CHUNK = 8;

/** The function that writes a key: texts as they stand, numbers as that bit of the outcome. */
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

/** Spells each combination of the bits from the lowest to the highest place once. */
function chunkWriter(characters: readonly (string | number)[]): (outcome: number) => string {
  const bit = (outcome: number, place: number) => String((outcome >>> place) & 1);
  const spell = (outcome: number) =>
    characters.map((one) => (typeof one === "string" ? one : bit(outcome, one))).join("");
  const places = characters.filter((one) => typeof one === "number");
  const low = Math.min(...places);
  const width = Math.max(...places) - low + 1;
  if (places.length === 0 || width > 2 * CHUNK) return spell;
  const texts = new Array<string | undefined>(2 ** width).fill(undefined);
  return (outcome) => {
    const bits = (outcome >>> low) & (2 ** width - 1);
    const text = texts[bits] ?? spell(outcome);
    texts[bits] = text;
    return text;
  };
}

/** The bits of an integer; numbers that have none as decimals that read back as the same. */
function valueText(value: Cell, width: number): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && "re" in value) {
    return `${value.re}${value.im < 0 ? "-" : "+"}${Math.abs(value.im)}i`;
  }
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
