/**
 * Measurements that nothing comes after: they need no branches, since their joint distribution can
 * be read from the final state.
 */

import { bitsOf, type Circuit, type Operation, qubitsOf } from "../circuit.ts";
import { type NoiseModel, type ReadoutError, readoutOf } from "./noise-model.ts";

/** A measurement. */
export type Measurement = Extract<Operation, { kind: "measure" }>;

/** A circuit with its last measurements set apart. */
export interface Deferred {
  readonly operations: readonly Operation[];
  readonly last: readonly Measurement[];
}

/** `circuit` with a bit for every qubit, measured at the end, if it has no bits of its own. */
export function withMeasurements(circuit: Circuit): Circuit {
  if (circuit.bitCount > 0) return circuit;
  const { qubitCount } = circuit;
  const measurements = Array.from(
    { length: qubitCount },
    (_, qubit): Measurement => ({ kind: "measure", qubit, bit: qubit }),
  );
  return {
    ...circuit,
    bitCount: qubitCount,
    bitRegisters: [{ name: "measured", start: 0, size: qubitCount }],
    operations: [...circuit.operations, ...measurements],
  };
}

/** Sets apart the measurements whose qubit and bit nothing after them touches. */
export function deferredMeasurements(circuit: Circuit): Deferred {
  const qubits = new Set<number>();
  const bits = new Set<number>();
  const operations: Operation[] = [];
  const last: Measurement[] = [];
  for (const operation of circuit.operations.toReversed()) {
    const isLast =
      operation.kind === "measure" && !qubits.has(operation.qubit) && !bits.has(operation.bit);
    if (isLast) last.push(operation);
    else operations.push(operation);
    if (operation.kind === "barrier") continue;
    for (const qubit of qubitsOf(operation)) qubits.add(qubit);
    for (const bit of bitsOf(operation)) bits.add(bit);
  }
  return { operations: operations.toReversed(), last: last.toReversed() };
}

/** The key of classical bits: registers separated by a space, most significant bit first. */
export function keyOf(circuit: Circuit, bits: ArrayLike<number>): string {
  return circuit.bitRegisters
    .map(({ start, size }) =>
      Array.from({ length: size }, (_, place) => bits[start + size - 1 - place]).join(""),
    )
    .join(" ");
}

/**
 * How the characters of a key are misread, in their order, spaces left out: each bit as the qubit
 * that is last measured into it, not at all where none is.
 *
 * @throws Fault `circuit-noise-unknown` for qubits without a calibration.
 */
export function readoutByCharacter(circuit: Circuit, model: NoiseModel): readonly ReadoutError[] {
  const { operations, bitRegisters } = withMeasurements(circuit);
  const measured = new Map(
    operations.flatMap((operation) =>
      operation.kind === "measure" ? [[operation.bit, operation.qubit] as const] : [],
    ),
  );
  return bitRegisters.flatMap(({ start, size }) =>
    Array.from({ length: size }, (_, place) => {
      const qubit = measured.get(start + size - 1 - place);
      return qubit === undefined ? { oneGivenZero: 0, zeroGivenOne: 0 } : readoutOf(model, qubit);
    }),
  );
}
