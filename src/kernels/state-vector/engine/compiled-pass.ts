/**
 * A pass as a thread executes it: names of kernels and addresses, nothing else, so that it can be
 * sent to any thread.
 */

import type { RotationForm } from "../kernels/rotation.ts";

/** A kernel that rotates some neighbouring local bits of a real array. */
export interface Sweep {
  readonly kernel: string;
  readonly form: RotationForm;
  /** The lowest of the rotated local bits, and their number. */
  readonly first: number;
  readonly count: number;
  /** Address of the kernel's coefficients. */
  readonly coefficients: number;
}

/** A sweep on the way between the state and the tile. */
export interface RowSweep extends Sweep {
  /** Distance of partner rows in the table of row offsets, in bytes. */
  readonly step: number;
}

/** A table of complex numbers in memory: addresses of its real and imaginary parts. */
export interface TableAddress {
  readonly re: number;
  readonly im: number;
}

/** What a bit outside the tile changes in the diagonal while it is 1. */
export interface OuterChange {
  /** Bit of the tile's number. */
  readonly position: number;
  readonly rows: TableAddress | undefined;
  /** Sixteen vectors of real and sixteen of imaginary parts. */
  readonly columns: number | undefined;
}

/** A factor for some amplitudes of a tile, where the tile's number meets a condition. */
export interface MaskedFactor {
  readonly outerMask: number;
  readonly outerValue: number;
  readonly mask: number;
  readonly value: number;
  /** Address of the complex factor. */
  readonly factor: number;
}

/** Multiplication by a diagonal: rows times columns times signs; see the kernel. */
export interface CompiledDiagonal {
  readonly kind: "diagonal";
  /** Overwrites the tile: the start of a circuit. */
  readonly fill: boolean;
  readonly rows: TableAddress;
  readonly columns: number;
  readonly signs: number;
  /** Address of one complex factor per tile. */
  readonly scalars: number;
  readonly changes: readonly OuterChange[];
  readonly masked: readonly MaskedFactor[];
}

/** A step of a compiled pass. */
export type CompiledStage =
  | CompiledDiagonal
  | { readonly kind: "rotations"; readonly sweeps: readonly Sweep[] }
  | {
      readonly kind: "matrix";
      readonly mask: number;
      readonly offsets: number;
      readonly size: number;
      readonly matrix: number;
    }
  | {
      readonly kind: "costIndexed" | "costReal";
      /** Address of the table of phases, or of the angle. */
      readonly phases: number;
    };

/** Where rows lie that are a power of two apart. */
export interface RowPlaces {
  /** Address of one byte offset (i32) per row. */
  readonly offsets: number;
  readonly offsetsEnd: number;
  readonly rowBytes: number;
}

/** One sweep over the state. */
export interface CompiledPass {
  /** Bits of the tile's number, ascending, as bits of the stored index. */
  readonly outerBits: readonly number[];
  /** log2 of the amplitudes of a tile. */
  readonly localBits: number;
  /** Where the rows of a tile lie, `undefined` if a tile is contiguous. */
  readonly rows: (RowPlaces & { readonly costs: RowPlaces | undefined }) | undefined;
  /** The first and the last sweep, if they rotate rows only and are done while copying. */
  readonly gather: RowSweep | undefined;
  readonly scatter: RowSweep | undefined;
  readonly fill: boolean;
  readonly stages: readonly CompiledStage[];
}
