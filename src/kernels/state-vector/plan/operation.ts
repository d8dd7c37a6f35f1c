/**
 * What a state vector can be asked to do, in plain numbers. Qubits are numbered from 0, the least
 * significant bit of an amplitude's index. Complex numbers lie in flat arrays, real part first. The
 * gate set of a circuit language is translated to this by whoever owns that language.
 */

/** A qubit that lets an operation act only while it has the given value. */
export interface ControlQubit {
  readonly qubit: number;
  readonly value: 0 | 1;
}

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A one-qubit unitary, controlled by any number of qubits. */
export interface UnitaryOperation {
  readonly kind: "unitary1";
  readonly target: number;
  readonly controls: readonly ControlQubit[];
  /** Row by row: re00, im00, re01, im01, re10, im10, re11, im11. */
  readonly matrix: readonly number[];
}

/**
 * Multiplies the amplitudes that meet all conditions by one complex number, of modulus 1 or not. CZ
 * is one of these.
 */
export interface PhaseOperation {
  readonly kind: "phase";
  readonly conditions: readonly ControlQubit[];
  readonly factor: Complex;
}

/**
 * Any diagonal on a few qubits; the first qubit is the least significant bit of an index into
 * `factors`.
 */
export interface DiagonalOperation {
  readonly kind: "diagonal";
  readonly qubits: readonly number[];
  /** 2^k complex numbers. */
  readonly factors: readonly number[];
}

/**
 * Any matrix, unitary or not, on a few qubits; the first target is the least significant bit of its
 * indices.
 */
export interface MatrixOperation {
  readonly kind: "matrix";
  readonly targets: readonly number[];
  /** 4^k complex numbers, row by row. */
  readonly matrix: readonly number[];
}

/** Exchanges two qubits; costs nothing, only names change. */
export interface SwapOperation {
  readonly kind: "swap";
  readonly qubits: readonly [number, number];
}

/** Flips a qubit; costs nothing. */
export interface FlipOperation {
  readonly kind: "flip";
  readonly qubit: number;
}

/** Multiplies each amplitude by exp(-i angle cost), the costs being those loaded into the state. */
export interface CostOperation {
  readonly kind: "cost";
  readonly angle: number;
}

/** One step of a circuit. */
export type StateOperation =
  | UnitaryOperation
  | PhaseOperation
  | DiagonalOperation
  | MatrixOperation
  | SwapOperation
  | FlipOperation
  | CostOperation;

/** The controlled Z gate on two qubits. */
export function controlledZ(a: number, b: number): PhaseOperation {
  return {
    kind: "phase",
    conditions: [
      { qubit: a, value: 1 },
      { qubit: b, value: 1 },
    ],
    factor: { re: -1, im: 0 },
  };
}
