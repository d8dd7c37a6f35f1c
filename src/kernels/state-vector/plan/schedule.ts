/**
 * From nodes to passes. A pass brings each amplitude into the cache once: it works tile by tile, and a tile holds all
 * values of some *local* bits at fixed values of the others. Within a pass, stages follow each other: rotations of
 * local bits; one diagonal, which may involve every bit, since a diagonal mixes nothing; rotations again; and so on.
 *
 * The order is free wherever nodes commute. A pass over the high bits therefore finishes one layer of a circuit,
 * applies its diagonal and begins the next layer; then the low bits do the same. One pass per layer instead of two.
 */
import { assert } from "#foundation";
import type { DiagonalNode, MatrixNode, PlanNode, RotationNode } from "./node.ts";

/** Which bits are local to the tiles of a pass: 0 ... columns - 1, and `rows`, ascending. */
export interface TileShape {
  readonly columns: number;
  readonly rows: readonly number[];
}

/** A step of a pass. */
export type Stage =
  | { readonly kind: "rotations"; readonly nodes: readonly RotationNode[] }
  | { readonly kind: "diagonal"; readonly nodes: readonly DiagonalNode[] }
  | { readonly kind: "matrix"; readonly node: MatrixNode };

/** One sweep over the state. */
export interface Pass {
  readonly shape: TileShape;
  readonly stages: readonly Stage[];
}

/** The fewest neighbouring amplitudes worth fetching at once, as a power of two. */
export const COLUMNS_MIN = 6;

/** How many nodes ahead a pass may reach. */
const WINDOW = 2048;

/** What a pass over given bits would do. */
interface Proposal {
  readonly shape: TileShape;
  readonly stages: readonly Stage[];
  readonly taken: readonly number[];
  readonly worth: number;
}

/** The bits local to the tiles of `shape`, as a mask. */
function localMask({ columns, rows }: TileShape): number {
  return rows.reduce((mask, bit) => mask | (1 << bit), 2 ** columns - 1);
}

/** Deals out the nodes of a plan as passes, in an order that respects what does not commute. */
export class Schedule {
  readonly #nodes: readonly PlanNode[];
  readonly #bitCount: number;
  readonly #tileBits: number;
  readonly #done: Uint8Array;
  #first = 0;
  #mixing: number;

  constructor(nodes: readonly PlanNode[], bitCount: number, tileBits: number) {
    this.#nodes = nodes;
    this.#bitCount = bitCount;
    this.#tileBits = tileBits;
    this.#done = new Uint8Array(nodes.length);
    this.#mixing = nodes.filter(isMixing).length;
  }

  /** The next pass, `undefined` when all is done. */
  next(): Pass | undefined {
    while (this.#done[this.#first] === 1) this.#first += 1;
    if (this.#first === this.#nodes.length) return undefined;
    const proposals = this.#shapes().map(([shape, wanted]) => this.#propose(shape, wanted));
    const best = proposals.reduce((a, b) => (b.worth > a.worth ? b : a));
    assert(best.taken.length > 0, "a pass must make progress");
    for (const index of best.taken) {
      this.#done[index] = 1;
      if (isMixing(this.#nodes[index])) this.#mixing -= 1;
    }
    return { shape: best.shape, stages: best.stages };
  }

  /** Tiles worth considering, each with the bits it is meant for. */
  #shapes(): readonly (readonly [TileShape, wanted: number])[] {
    const low = { columns: Math.min(this.#bitCount, this.#tileBits), rows: [] };
    if (low.columns === this.#bitCount) return [[low, localMask(low)]];
    const all = 2 ** this.#bitCount - 1;
    const open = this.#propose(low, all).stages.flatMap((stage) =>
      stage.kind === "rotations" ? stage.nodes.map((node) => node.mask) : [],
    );
    const ahead = this.#mixingAhead();
    const waiting = Array.from({ length: this.#bitCount }, (_, bit) => bit)
      .filter((bit) => ahead[bit] > 0 && open.includes(1 << bit))
      .sort((a, b) => ahead[b] - ahead[a] || b - a);
    const shapes: [TileShape, number][] = [[low, localMask(low)]];
    const high = this.#shapeFor(waiting.filter((bit) => bit >= low.columns));
    if (high.rows.length > 0) shapes.push([high, rowsMask(high)]);
    const urgent = this.#shapeFor(waiting);
    if (urgent.rows.length > 0) shapes.push([urgent, localMask(urgent)]);
    const blocked = this.#shapeFor(this.#matrixBits());
    if (blocked.rows.length > 0) shapes.push([blocked, localMask(blocked)]);
    return shapes;
  }

  /** The shape with the widest columns that has as many of `wanted`, in their order, as fit. */
  #shapeFor(wanted: readonly number[]): TileShape {
    for (let count = Math.min(wanted.length, this.#tileBits); count > 0; count -= 1) {
      const chosen = wanted.slice(0, count);
      for (let columns = this.#tileBits; columns >= COLUMNS_MIN; columns -= 1) {
        const rows = chosen.filter((bit) => bit >= columns).sort((a, b) => a - b);
        if (columns + rows.length <= this.#tileBits) return { columns, rows };
      }
    }
    return { columns: this.#tileBits, rows: [] };
  }

  /** Rotations and matrices to come in the window, per bit. */
  #mixingAhead(): readonly number[] {
    const counts = new Array<number>(this.#bitCount).fill(0);
    const end = Math.min(this.#nodes.length, this.#first + WINDOW);
    for (let index = this.#first; index < end; index += 1) {
      const node = this.#nodes[index];
      if (this.#done[index] === 1 || node.kind !== "rotation") continue;
      counts[31 - Math.clz32(node.mask)] += 1;
    }
    return counts;
  }

  #matrixBits(): readonly number[] {
    const end = Math.min(this.#nodes.length, this.#first + WINDOW);
    for (let index = this.#first; index < end; index += 1) {
      const node = this.#nodes[index];
      if (this.#done[index] === 0 && node.kind === "matrix") return node.bits;
    }
    return [];
  }

  #propose(shape: TileShape, wanted: number): Proposal {
    const taken: number[] = [];
    const stages: Stage[] = [];
    let mixed = 0;
    const take = (indices: readonly number[]) => {
      for (const index of indices) this.#done[index] = 1;
      taken.push(...indices);
    };
    for (;;) {
      const mixing = this.#openMixing(wanted);
      if (mixing.length > 0) {
        take(mixing);
        mixed += mixing.length;
        stages.push(...this.#mixingStages(mixing));
        continue;
      }
      const diagonal = this.#openDiagonals();
      if (diagonal.length === 0) break;
      take(diagonal);
      const isLast = mixed === this.#mixing;
      if (!isLast && this.#openMixing(wanted).length === 0) {
        for (const index of diagonal) this.#done[index] = 0;
        taken.length -= diagonal.length;
        break;
      }
      const nodes = diagonal.map((index) => this.#nodes[index]).filter(isDiagonal);
      stages.push({ kind: "diagonal", nodes });
    }
    for (const index of taken) this.#done[index] = 0;
    return { shape, stages, taken, worth: taken.length === 0 ? -1 : mixed };
  }

  /** Rotations of wanted bits that nothing before them hinders, one per bit; or else one such matrix. */
  #openMixing(wanted: number): readonly number[] {
    const rotations: number[] = [];
    let blocked = 0;
    const end = Math.min(this.#nodes.length, this.#first + WINDOW);
    for (let index = this.#first; index < end && (wanted & ~blocked) !== 0; index += 1) {
      if (this.#done[index] === 1) continue;
      const node = this.#nodes[index];
      if ((node.mask & blocked) === 0 && (node.mask & ~wanted) === 0) {
        if (node.kind === "rotation") rotations.push(index);
        if (node.kind === "matrix" && rotations.length === 0) return [index];
      }
      blocked |= node.mask;
    }
    return rotations;
  }

  /** Diagonal nodes with no rotation or matrix of their bits before them. */
  #openDiagonals(): readonly number[] {
    const all = 2 ** this.#bitCount - 1;
    const open: number[] = [];
    let blocked = 0;
    const end = Math.min(this.#nodes.length, this.#first + WINDOW);
    for (let index = this.#first; index < end && blocked !== all; index += 1) {
      if (this.#done[index] === 1) continue;
      const node = this.#nodes[index];
      if (isMixing(node)) blocked |= node.mask;
      else if ((node.mask & blocked) === 0) open.push(index);
    }
    return open;
  }

  #mixingStages(indices: readonly number[]): readonly Stage[] {
    const nodes = indices.map((index) => this.#nodes[index]);
    const matrices = nodes.filter((node) => node.kind === "matrix");
    const rotations = nodes.filter((node) => node.kind === "rotation");
    return [
      ...matrices.map((node): Stage => ({ kind: "matrix", node })),
      ...(rotations.length > 0 ? [{ kind: "rotations", nodes: rotations } as const] : []),
    ];
  }
}

function rowsMask({ rows }: TileShape): number {
  return rows.reduce((mask, bit) => mask | (1 << bit), 0);
}

function isMixing(node: PlanNode): boolean {
  return node.kind === "rotation" || node.kind === "matrix";
}

function isDiagonal(node: PlanNode): node is DiagonalNode {
  return !isMixing(node);
}
