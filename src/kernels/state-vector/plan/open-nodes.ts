/**
 * The nodes of a plan that are not yet done, and which of them could come next: those that commute
 * with everything before them. Proposals take nodes and give them back; what is kept is done.
 */
import type { DiagonalNode, PlanNode } from "./node.ts";

/** How many nodes ahead to look. */
const WINDOW = 2048;

/** What is left of a plan. */
export class OpenNodes {
  readonly #nodes: readonly PlanNode[];
  readonly #bitCount: number;
  readonly #masks: Int32Array;
  /** Per node: whether it mixes amplitudes, as rotations and matrices do. */
  readonly #mixes: Uint8Array;
  readonly #done: Uint8Array;
  #first = 0;
  #mixingCount: number;

  constructor(nodes: readonly PlanNode[], bitCount: number) {
    this.#nodes = nodes;
    this.#bitCount = bitCount;
    this.#done = new Uint8Array(nodes.length);
    this.#masks = Int32Array.from(nodes, (node) => node.mask);
    this.#mixes = Uint8Array.from(nodes, (node) => (isMixing(node) ? 1 : 0));
    this.#mixingCount = this.#mixes.reduce((sum, mixes) => sum + mixes, 0);
  }

  /** How many nodes that mix amplitudes are not kept yet. */
  get mixingCount(): number {
    return this.#mixingCount;
  }

  /** Whether all is done. */
  isEmpty(): boolean {
    while (this.#done[this.#first] === 1) this.#first += 1;
    return this.#first === this.#nodes.length;
  }

  /** The nodes at `indices`. */
  at(indices: readonly number[]): readonly PlanNode[] {
    return indices.map((index) => this.#nodes[index]);
  }

  /** Sees the nodes as done, for now. */
  take(indices: readonly number[]): void {
    for (const index of indices) this.#done[index] = 1;
  }

  /** Takes that back. */
  giveBack(indices: readonly number[]): void {
    for (const index of indices) this.#done[index] = 0;
  }

  /** Sees the nodes as done for good. */
  keep(indices: readonly number[]): void {
    this.take(indices);
    for (const index of indices) this.#mixingCount -= this.#mixes[index];
  }

  /** Bits with a rotation that could come next, at once or after a diagonal. */
  mixingBits(): number {
    const all = 2 ** this.#bitCount - 1;
    const bits = () => this.at(this.mixing(all)).reduce((open, { mask }) => open | mask, 0);
    const atOnce = bits();
    const diagonals = this.diagonals();
    this.take(diagonals);
    const afterwards = bits();
    this.giveBack(diagonals);
    return atOnce | afterwards;
  }

  /** Rotations and matrices to come in the window, per bit. */
  mixingAhead(): readonly number[] {
    const counts = new Array<number>(this.#bitCount).fill(0);
    const end = this.#windowEnd();
    for (let index = this.#first; index < end; index += 1) {
      const node = this.#nodes[index];
      if (this.#done[index] === 1 || node.kind !== "rotation") continue;
      counts[31 - Math.clz32(node.mask)] += 1;
    }
    return counts;
  }

  /** The bits of the next matrix, none if none is in the window. */
  matrixBits(): readonly number[] {
    const end = this.#windowEnd();
    for (let index = this.#first; index < end; index += 1) {
      const node = this.#nodes[index];
      if (this.#done[index] === 0 && node.kind === "matrix") return node.bits;
    }
    return [];
  }

  /**
   * Rotations of wanted bits that nothing before them hinders, one per bit; or else one such
   * matrix.
   */
  mixing(wanted: number): readonly number[] {
    const rotations: number[] = [];
    const [masks, mixes, done] = [this.#masks, this.#mixes, this.#done];
    const end = this.#windowEnd();
    let blocked = 0;
    for (let index = this.#first; index < end && (wanted & ~blocked) !== 0; index += 1) {
      if (done[index] === 1) continue;
      const mask = masks[index];
      if (mixes[index] === 1 && (mask & (blocked | ~wanted)) === 0) {
        if (this.#nodes[index].kind === "rotation") rotations.push(index);
        else if (rotations.length === 0) return [index];
      }
      blocked |= mask;
    }
    return rotations;
  }

  /** Diagonal nodes with no rotation or matrix of their bits before them. */
  diagonals(): readonly number[] {
    const all = 2 ** this.#bitCount - 1;
    const open: number[] = [];
    const [masks, mixes, done] = [this.#masks, this.#mixes, this.#done];
    const end = this.#windowEnd();
    let blocked = 0;
    for (let index = this.#first; index < end && blocked !== all; index += 1) {
      if (done[index] === 1) continue;
      const mask = masks[index];
      if (mixes[index] === 1) blocked |= mask;
      else if ((mask & blocked) === 0) open.push(index);
    }
    return open;
  }

  #windowEnd(): number {
    return Math.min(this.#nodes.length, this.#first + WINDOW);
  }
}

/** Whether a node mixes amplitudes. */
export function isMixing(node: PlanNode): boolean {
  return node.kind === "rotation" || node.kind === "matrix";
}

/** Whether a node multiplies amplitudes without mixing them. */
export function isDiagonal(node: PlanNode): node is DiagonalNode {
  return !isMixing(node);
}
