/**
 * Spins with fields and couplings that lose one spin after another: a spin is set, or tied to
 * another one, and what it cost moves to those that are left.
 */

/** What a spin that is gone became: `sign` times `leader`, or `sign` itself where that is -1. */
export interface Tie {
  readonly spin: number;
  readonly leader: number;
  readonly sign: -1 | 1;
}

/** The spins that are left; couplings are dense, symmetric, with zeros on the diagonal. */
export class SpinModel {
  readonly size: number;
  readonly fields: Float64Array;
  readonly couplings: Float64Array;
  /** Those that are left, ascending. */
  left: readonly number[];
  readonly #ties: Tie[] = [];

  constructor(fields: Float64Array, couplings: Float64Array) {
    this.size = fields.length;
    this.fields = fields.slice();
    this.couplings = couplings.slice();
    this.left = Array.from(fields, (_, spin) => spin);
  }

  /** Takes a spin out. */
  tie(tie: Tie): void {
    const { spin, leader, sign } = tie;
    const { size, fields, couplings } = this;
    this.left = this.left.filter((other) => other !== spin);
    if (leader >= 0) fields[leader] += sign * fields[spin];
    for (const other of this.left) {
      const moved = sign * couplings[spin * size + other];
      if (leader < 0) fields[other] += moved;
      if (leader < 0 || leader === other) continue;
      couplings[leader * size + other] += moved;
      couplings[other * size + leader] += moved;
    }
    this.#ties.push(tie);
  }

  /** All spins, given those that are left; `values` of the others are overwritten. */
  complete(values: Int32Array): Int32Array {
    const all = values.slice();
    for (const { spin, leader, sign } of this.#ties.toReversed()) {
      all[spin] = leader < 0 ? sign : sign * all[leader];
    }
    return all;
  }
}
