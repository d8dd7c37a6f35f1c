/**
 * The module of one precision and build: every kernel of the state-vector engine. It is made here, when first needed,
 * from the descriptions beside this file; there is no binary to be kept in step with its source.
 */
import { type Build, lanesOf, type Precision } from "../../assembly/lanes.ts";
import { assemble } from "../../assembly/routine.ts";
import { fillDiagonal, multiplyDiagonal } from "./diagonal.ts";
import { multiplyMasked } from "./masked-phase.ts";
import { multiplyMatrix } from "./matrix.ts";
import { rotateAt, rotateLow } from "./rotation.ts";
import { multiplyTable, scaleTable } from "./table.ts";
import { gather, scatter } from "./tile.ts";

/** The most local bits of a tile: 512 KiB of doubles for each part. */
export const TILE_BITS_MAX = 16;

/** Qubits that one sweep rotates in registers. */
export const SWEEP_QUBITS = 3;

/** The binary of the kernels for `precision` in `build`. */
export function kernelBinary(precision: Precision, build: Build): Uint8Array<ArrayBuffer> {
  const lanes = lanesOf(precision, build);
  const rotations = Array.from({ length: TILE_BITS_MAX - lanes.bits }, (_, index) => {
    const bit = lanes.bits + index;
    const widths = Array.from({ length: SWEEP_QUBITS }, (_, width) => width + 1);
    return widths
      .filter((width) => bit + width <= TILE_BITS_MAX)
      .map((width) => rotateAt(lanes, bit, width));
  });
  return assemble([
    rotateLow(lanes),
    ...rotations.flat(),
    multiplyDiagonal(lanes),
    fillDiagonal(lanes),
    multiplyTable(lanes),
    scaleTable(lanes),
    multiplyMasked(lanes),
    multiplyMatrix(lanes),
    gather(),
    scatter(),
  ]);
}
