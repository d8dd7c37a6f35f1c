/**
 * The contract of a state-vector engine. The machine (machine/) decides what to apply, when to look
 * and which branch to follow; an engine only holds amplitudes. Gates arrive in the longest runs
 * that measurement allows, so that an engine may fuse and reorder inside a run.
 */
import type { RandomStream } from "#foundation";
import type { PauliTerm, Samples } from "#kernels";
import type { UnitaryOperation } from "./circuit.ts";

/** Amplitudes by basis state; qubit q is bit q of the index. */
export interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Makes states. */
export interface StateEngine {
  readonly name: string;
  /** More qubits than this are refused before a state is made. */
  readonly qubitCountMax: number;
  /** An outcome less likely than this is taken for rounding. */
  readonly impossible: number;
  /** Bytes that one state of `qubitCount` qubits takes. */
  bytesFor(qubitCount: number): number;
  /** A state of `qubitCount` qubits, all |0>. */
  start(qubitCount: number): QuantumState;
}

/**
 * A pure state, changed in place. Methods take distinct qubits; nothing is checked again inside.
 * Diagonal matrices of one qubit need not be unitary: until the state is normalised, everything
 * read from it is relative to its norm.
 */
export interface QuantumState {
  readonly qubitCount: number;
  /** Applies `operations` in order; every parameter is a number. */
  apply(operations: readonly UnitaryOperation[]): void;
  /** The probability of finding 1. */
  probabilityOfOne(qubit: number): number;
  /** Projects on `value` and normalises; its probability must not be 0. */
  collapse(qubit: number, value: 0 | 1): void;
  /**
   * 2^qubits probabilities of the joint outcomes, the first qubit being the least significant bit.
   */
  distribution(qubits: readonly number[]): Float64Array;
  /**
   * `shots` joint outcomes, numbered as in `distribution`, ascending, each once with its count; the
   * state stays as it is.
   */
  sample(qubits: readonly number[], shots: number, random: RandomStream): Samples;
  /** The mean of a sum of Pauli products. */
  expectation(terms: readonly PauliTerm[]): number;
  /** Makes the norm 1. */
  normalise(): void;
  /** The amplitudes, read-only; perhaps a copy. */
  amplitudes(): Amplitudes;
  /** An independent state with the same amplitudes. */
  copy(): QuantumState;
  /** Gives the memory back; the state is not used again. */
  release(): void;
}
