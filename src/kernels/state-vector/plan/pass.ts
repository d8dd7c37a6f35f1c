/**
 * Passes: what a schedule is made of. A pass brings each amplitude into the cache once: it works
 * tile by tile, and a tile holds all values of some *local* bits at fixed values of the others.
 */
import type { DiagonalNode, MatrixNode, RotationNode } from "./node.ts";

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

/** What a schedule has to know of the state. */
export interface ScheduleShape {
  readonly bitCount: number;
  /** The most local bits of a tile. */
  readonly tileBits: number;
  /** Bits that the lowest sweep rotates together. */
  readonly lowCount: number;
  /** The most stages of a pass. */
  readonly stagesMax: number;
}
