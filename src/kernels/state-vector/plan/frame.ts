/**
 * From operations to nodes. The frame knows which stored bit holds which qubit and whether it is
 * stored upside down, so that swaps and flips cost nothing, and holds back one-qubit gates until
 * something forces them out, so that runs of them become one.
 *
 * A unitary on one qubit is split as diagonal * real rotation * diagonal (Euler's angles Z Y Z);
 * the left diagonal waits and merges with the next gate. A rotation beyond 45 degrees is a flip and
 * a rotation below, so no tangent exceeds 1. A controlled gate is diagonal between two one-qubit
 * gates (its eigenbasis); a bit still known to be 0 takes its first gate as a factor of the product
 * state the circuit starts from.
 */
import { assert, unreachable } from "#foundation";
import { exp2 } from "../../portable-math.ts";
import {
  adjoint2,
  flipColumns,
  flipRows,
  IDENTITY2,
  type Matrix2,
  multiply2,
  shapeOf,
  splitEuler,
  splitSpectral,
} from "./matrix2.ts";
import type { PlanNode } from "./node.ts";
import type {
  Complex,
  ControlQubit,
  MatrixOperation,
  StateOperation,
  UnitaryOperation,
} from "./operation.ts";
import { conjugate, isOne, isUnit, ONE, phasesOfDiagonal, times, unevenPair } from "./phases.ts";

/** Where the qubits of a state are. */
export interface Placement {
  /** The stored bit of each qubit. */
  readonly bitOf: readonly number[];
  /** Stored bits that hold the opposite of their qubit. */
  readonly flipMask: number;
}

/** What the frame has to know of the stored state. */
export interface FrameShape {
  /** Stored bits, at least the qubits placed. */
  readonly bitCount: number;
  /** How far, in powers of two, amplitudes may grow on the way without overflow. */
  readonly exponentMax: number;
}

/** Translates operations into nodes. */
export class Frame {
  readonly #bitOf: number[];
  readonly #pending: Matrix2[];
  /** Per bit what the skew rotations so far ask its 1 to be multiplied by. */
  readonly #lag: number[];
  /** Rotations of a smaller tangent are left even. */
  readonly #skewMin: number;
  readonly #fixed: boolean;
  readonly #allBits: number;
  #flipMask: number;
  #freshMask: number;
  #nodes: PlanNode[] = [];

  /**
   * `fresh`: the state is |0...0> and not yet in memory. `fixed`: bits must stay where their qubits
   * are, upright (costs are loaded in that order).
   */
  constructor(
    placement: Placement,
    { bitCount, exponentMax }: FrameShape,
    { fresh, fixed }: { readonly fresh: boolean; readonly fixed: boolean },
  ) {
    this.#bitOf = [...placement.bitOf];
    this.#flipMask = placement.flipMask;
    this.#allBits = 2 ** bitCount - 1;
    this.#freshMask = fresh ? this.#allBits : 0;
    this.#pending = Array.from({ length: bitCount }, () => IDENTITY2);
    this.#lag = new Array<number>(bitCount).fill(1);
    this.#skewMin = exp2(-exponentMax / bitCount);
    this.#fixed = fixed;
  }

  /** Where the qubits are now. */
  get placement(): Placement {
    return { bitOf: [...this.#bitOf], flipMask: this.#flipMask };
  }

  /** Takes in one operation. */
  apply(operation: StateOperation): void {
    switch (operation.kind) {
      case "unitary1":
        this.#unitary(operation);
        break;
      case "phase":
        this.#phase(operation.conditions, operation.factor);
        break;
      case "diagonal":
        this.#diagonal(operation.qubits, operation.factors);
        break;
      case "matrix":
        this.#matrix(operation);
        break;
      case "swap":
        this.#swap(operation.qubits);
        break;
      case "flip":
        this.#flip(operation.qubit);
        break;
      case "cost":
        this.#cost(operation.angle);
        break;
      default:
        unreachable(operation);
    }
  }

  /** Settles everything held back and returns all nodes since the last call. */
  finish(): readonly PlanNode[] {
    this.#pending.forEach((_, bit) => {
      this.#settle(bit);
    });
    const nodes = this.#nodes;
    this.#nodes = [];
    return nodes;
  }

  #unitary({ target, controls, matrix }: UnitaryOperation): void {
    if (controls.length === 0) {
      this.#merge(target, matrix);
    } else if (shapeOf(matrix) === "diagonal") {
      const [ar, ai, , , , , dr, di] = matrix;
      this.#controlled(controls, target, { re: ar, im: ai }, { re: dr, im: di });
    } else {
      const { basis, first, second } = splitSpectral(matrix);
      this.#merge(target, adjoint2(basis));
      const [zero, one] = [first, second].map(([re, im]) => ({ re, im }));
      this.#controlled(controls, target, zero, one);
      this.#merge(target, basis);
    }
  }

  #controlled(
    controls: readonly ControlQubit[],
    target: number,
    zero: Complex,
    one: Complex,
  ): void {
    this.#phase(controls, zero);
    this.#phase([...controls, { qubit: target, value: 1 }], times(one, conjugate(zero)));
  }

  #merge(qubit: number, matrix: Matrix2): void {
    const bit = this.#bitOf[qubit];
    const seen = (this.#flipMask >> bit) & 1 ? flipColumns(flipRows(matrix)) : matrix;
    this.#pending[bit] = multiply2(seen, this.#pending[bit]);
  }

  #phase(conditions: readonly ControlQubit[], factor: Complex): void {
    if (factor.re === 1 && factor.im === 0) return;
    if (conditions.length === 1 && isUnit(factor)) {
      const [{ qubit, value }] = conditions;
      const [zero, one] = value === 1 ? [ONE, factor] : [factor, ONE];
      this.#merge(qubit, [zero.re, zero.im, 0, 0, 0, 0, one.re, one.im]);
      return;
    }
    let [mask, value] = [0, 0];
    for (const condition of conditions) {
      const bit = this.#bitOf[condition.qubit];
      this.#rotate(bit);
      mask |= 1 << bit;
      value |= (condition.value ^ ((this.#flipMask >> bit) & 1)) << bit;
    }
    if (conditions.length === 2 && value !== mask && isUnit(factor)) {
      this.#nodes.push(...unevenPair(mask, value, factor));
    } else {
      this.#nodes.push({ kind: "term", mask, value, factor });
    }
  }

  #diagonal(qubits: readonly number[], factors: readonly number[]): void {
    for (const { conditions, factor } of phasesOfDiagonal(qubits, factors)) {
      this.#phase(conditions, factor);
    }
  }

  #matrix({ targets, matrix }: MatrixOperation): void {
    const bits = targets.map((qubit) => this.#bitOf[qubit]);
    let flips = 0;
    bits.forEach((bit, position) => {
      this.#settle(bit);
      flips |= ((this.#flipMask >> bit) & 1) << position;
    });
    const size = 2 ** bits.length;
    const seen = matrix.map((_, index) => {
      const entry = index >> 1;
      const [row, column] = [Math.floor(entry / size) ^ flips, (entry % size) ^ flips];
      return matrix[2 * (row * size + column) + (index & 1)];
    });
    const mask = bits.reduce((all, bit) => all | (1 << bit), 0);
    this.#nodes.push({ kind: "matrix", mask, bits, matrix: seen });
  }

  #swap([a, b]: readonly [number, number]): void {
    if (this.#fixed) {
      const half = Math.SQRT1_2;
      const hadamard = [half, 0, half, 0, half, 0, -half, 0];
      for (const target of [b, a, b]) {
        this.#merge(target, hadamard);
        this.#phase(
          [a, b].map((qubit) => ({ qubit, value: 1 })),
          { re: -1, im: 0 },
        );
        this.#merge(target, hadamard);
      }
      return;
    }
    [this.#bitOf[a], this.#bitOf[b]] = [this.#bitOf[b], this.#bitOf[a]];
  }

  #flip(qubit: number): void {
    if (this.#fixed) this.#merge(qubit, [0, 0, 1, 0, 1, 0, 0, 0]);
    else this.#flipMask ^= 1 << this.#bitOf[qubit];
  }

  #cost(angle: number): void {
    assert(this.#fixed, "cost operations need the costs loaded first");
    this.#pending.forEach((_, bit) => {
      this.#rotate(bit);
    });
    this.#nodes.push({ kind: "cost", mask: this.#allBits, angle });
  }

  /** Emits what is held back on `bit` except a diagonal, which may go on waiting. */
  #rotate(bit: number): void {
    const mask = 1 << bit;
    const matrix = this.#pending[bit];
    if (this.#freshMask & mask) {
      const [ar, ai, , , cr, ci] = matrix;
      this.#freshMask ^= mask;
      this.#pending[bit] = IDENTITY2;
      this.#nodes.push({ kind: "factor", mask, zero: { re: ar, im: ai }, one: { re: cr, im: ci } });
      return;
    }
    const shape = shapeOf(matrix);
    if (shape === "diagonal") return;
    if (!this.#fixed && (shape === "antidiagonal" || isSteep(matrix))) {
      this.#flipMask ^= mask;
      this.#pending[bit] = flipRows(matrix);
      if (shape === "antidiagonal") return;
    }
    this.#emitRotation(bit);
  }

  #emitRotation(bit: number): void {
    const mask = 1 << bit;
    const { cosine, sine, before1, after } = splitEuler(this.#pending[bit]);
    const isSteep = sine > cosine;
    const tangent = isSteep ? sine / (1 + cosine) : sine / cosine;
    const skew = tangent >= this.#skewMin;
    const [re, im] = before1;
    const before = this.#lag[bit] / (skew ? tangent : 1);
    this.#emitFactor(mask, ONE, { re: re * before, im: im * before });
    const node = {
      kind: "rotation",
      mask,
      minus: skew ? tangent * tangent : tangent,
      plus: skew ? 1 : tangent,
      scale: isSteep ? Math.sqrt((1 + cosine) / 2) : cosine,
    } as const;
    this.#nodes.push(node);
    if (isSteep) this.#nodes.push(node);
    this.#lag[bit] = skew ? tangent : 1;
    this.#pending[bit] = after;
  }

  /** Emits all that is held back on `bit`. */
  #settle(bit: number): void {
    this.#rotate(bit);
    const [ar, ai, , , , , dr, di] = this.#pending[bit];
    const lag = this.#lag[bit];
    this.#pending[bit] = IDENTITY2;
    this.#lag[bit] = 1;
    this.#emitFactor(1 << bit, { re: ar, im: ai }, { re: dr * lag, im: di * lag });
  }

  #emitFactor(mask: number, zero: Complex, one: Complex): void {
    if (isOne(zero) && isOne(one)) return;
    this.#nodes.push({ kind: "factor", mask, zero, one });
  }
}

function isSteep([ar, ai, , , cr, ci]: Matrix2): boolean {
  return cr * cr + ci * ci > ar * ar + ai * ai;
}
