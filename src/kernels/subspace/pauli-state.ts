/**
 * A state vector on which Pauli products act one at a time: what gradients of variational circuits
 * need. For up to some fourteen qubits; circuits as a whole belong on the state-vector engine.
 * Qubit q is bit q of the index.
 */
import { assert } from "#foundation";
import { cosineAndSine } from "../portable-trigonometry.ts";
import type { PauliTerm } from "../state-vector/engine/pauli.ts";

/** A product of Paulis: i^`ys` X on `flips` after Z on `signs`, both as bits. */
export interface PauliMask {
  readonly flips: number;
  readonly signs: number;
  readonly ys: number;
}

/** The mask of a product of operators on distinct qubits. */
export function pauliMask(operators: PauliTerm["operators"]): PauliMask {
  let [flips, signs, ys] = [0, 0, 0];
  for (const { qubit, pauli } of operators) {
    const bit = 1 << qubit;
    assert(((flips | signs) & bit) === 0, `a Pauli product, expected qubit ${qubit} once`);
    if (pauli !== "Z") flips |= bit;
    if (pauli !== "X") signs |= bit;
    if (pauli === "Y") ys += 1;
  }
  return { flips, signs, ys };
}

/** The state of some qubits; starts as |0...0>. */
export class PauliState {
  readonly qubitCount: number;
  readonly re: Float64Array;
  readonly im: Float64Array;

  constructor(qubitCount: number) {
    this.qubitCount = qubitCount;
    this.re = new Float64Array(1 << qubitCount);
    this.im = new Float64Array(1 << qubitCount);
    this.re[0] = 1;
  }

  /** An independent state with the same amplitudes. */
  copy(): PauliState {
    const state = new PauliState(this.qubitCount);
    state.re.set(this.re);
    state.im.set(this.im);
    return state;
  }

  /** Applies exp(-i angle P / 2). */
  rotate({ flips, signs, ys }: PauliMask, angle: number): void {
    const { re, im } = this;
    const { cosine, sine } = cosineAndSine(angle / 2);
    // -i sin times i^ys.
    const uRe = sine * [0, 1, 0, -1][ys & 3];
    const uIm = sine * [-1, 0, 1, 0][ys & 3];
    const half = flips & -flips;
    const turned = parity(flips & signs) === 1 ? -1 : 1;
    for (let z = 0; z < re.length; z += 1) {
      if ((z & half) !== 0) continue;
      const w = z ^ flips;
      const fromZ = parity(z & signs) === 1 ? -1 : 1;
      const fromW = fromZ * turned;
      const zRe = re[z];
      const zIm = im[z];
      const wRe = re[w];
      const wIm = im[w];
      re[z] = cosine * zRe + fromW * (uRe * wRe - uIm * wIm);
      im[z] = cosine * zIm + fromW * (uRe * wIm + uIm * wRe);
      if (flips === 0) continue;
      re[w] = cosine * wRe + fromZ * (uRe * zRe - uIm * zIm);
      im[w] = cosine * wIm + fromZ * (uRe * zIm + uIm * zRe);
    }
  }

  /** Applies CX, which undoes itself. */
  controlledX(control: number, target: number): void {
    const { re, im } = this;
    for (let z = 0; z < re.length; z += 1) {
      if (((z >> control) & 1) === 0 || ((z >> target) & 1) === 1) continue;
      const w = z | (1 << target);
      const zRe = re[z];
      const zIm = im[z];
      re[z] = re[w];
      im[z] = im[w];
      re[w] = zRe;
      im[w] = zIm;
    }
  }

  /** <bra| P |this>, real and imaginary part. */
  overlap(
    bra: PauliState,
    { flips, signs, ys }: PauliMask,
  ): { readonly re: number; readonly im: number } {
    const { re, im } = this;
    const { re: braRe, im: braIm } = bra;
    let sumRe = 0;
    let sumIm = 0;
    for (let w = 0; w < re.length; w += 1) {
      const z = w ^ flips;
      const sign = parity(z & signs) === 1 ? -1 : 1;
      sumRe += sign * (braRe[w] * re[z] + braIm[w] * im[z]);
      sumIm += sign * (braRe[w] * im[z] - braIm[w] * re[z]);
    }
    const [iRe, iIm] = [[1, 0, -1, 0][ys & 3], [0, 1, 0, -1][ys & 3]];
    return { re: iRe * sumRe - iIm * sumIm, im: iRe * sumIm + iIm * sumRe };
  }
}

/** A sum of Pauli products, ready to be applied; products of Z alone are one diagonal. */
export class PauliSum {
  readonly qubitCount: number;
  readonly #diagonal: Float64Array;
  readonly #others: readonly { readonly coefficient: number; readonly mask: PauliMask }[];

  constructor(terms: readonly PauliTerm[], qubitCount: number) {
    this.qubitCount = qubitCount;
    const masked = terms.map(({ coefficient, operators }) => {
      return { coefficient, mask: pauliMask(operators) };
    });
    this.#others = masked.filter(({ mask }) => mask.flips !== 0);
    this.#diagonal = new Float64Array(1 << qubitCount);
    for (const { coefficient, mask } of masked) {
      if (mask.flips !== 0) continue;
      for (let z = 0; z < this.#diagonal.length; z += 1) {
        this.#diagonal[z] += parity(z & mask.signs) === 1 ? -coefficient : coefficient;
      }
    }
  }

  /** The sum applied to `state`, which stays; no state, as its norm is not 1. */
  applied({ qubitCount, re, im }: PauliState): PauliState {
    const result = new PauliState(qubitCount);
    for (let z = 0; z < re.length; z += 1) {
      result.re[z] = this.#diagonal[z] * re[z];
      result.im[z] = this.#diagonal[z] * im[z];
    }
    for (const { coefficient, mask } of this.#others) {
      const iRe = coefficient * [1, 0, -1, 0][mask.ys & 3];
      const iIm = coefficient * [0, 1, 0, -1][mask.ys & 3];
      for (let w = 0; w < re.length; w += 1) {
        const z = w ^ mask.flips;
        const sign = parity(z & mask.signs) === 1 ? -1 : 1;
        result.re[w] += sign * (iRe * re[z] - iIm * im[z]);
        result.im[w] += sign * (iRe * im[z] + iIm * re[z]);
      }
    }
    return result;
  }

  /** The mean of the sum in `state`. */
  mean(state: PauliState): number {
    const applied = this.applied(state);
    let sum = 0;
    for (let z = 0; z < state.re.length; z += 1) {
      sum += state.re[z] * applied.re[z] + state.im[z] * applied.im[z];
    }
    return sum;
  }
}

function parity(value: number): number {
  let bits = value ^ (value >>> 16);
  bits ^= bits >>> 8;
  bits ^= bits >>> 4;
  bits ^= bits >>> 2;
  return (bits ^ (bits >>> 1)) & 1;
}
