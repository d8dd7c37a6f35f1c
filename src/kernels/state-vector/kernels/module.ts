/**
 * The module of one precision and build: every kernel of the state-vector engine. It is made here,
 * when first needed, from the descriptions beside this file; there is no binary to be kept in step
 * with its source.
 */
import { type Build, type Lanes, lanesOf, type Precision } from "../../assembly/lanes.ts";
import { assemble, type Routine } from "../../assembly/routine.ts";
import { SWEEP_BITS } from "../plan/sweeps.ts";
import { costIndexed, costReal } from "./cost.ts";
import { fillDiagonal, multiplyDiagonal } from "./diagonal.ts";
import { gateAbove, gateInside } from "./gate.ts";
import { multiplyMasked } from "./masked-phase.ts";
import { multiplyMatrix } from "./matrix.ts";
import { pauliSum } from "./pauli.ts";
import { type RotationForm, rotateAt, rotateLow } from "./rotation.ts";
import { type RowDirection, rotateRows } from "./row-rotation.ts";
import { multiplyTable, scaleTable } from "./table.ts";
import { gather, scatter } from "./tile.ts";

/** The most local bits of a tile: 512 KiB of doubles for each part. */
export const TILE_BITS_MAX = 16;

/** The binary of the kernels for `precision` in `build`. */
export function kernelBinary(precision: Precision, build: Build): Uint8Array<ArrayBuffer> {
  const lanes = lanesOf(precision, build);
  return assemble([
    ...FORMS.flatMap((form) => [rotateLow(lanes, form), ...rotationsAbove(lanes, form)]),
    ...ROW_DIRECTIONS.flatMap((direction) =>
      FORMS.flatMap((form) => WIDTHS.map((count) => rotateRows(lanes, direction, form, count))),
    ),
    multiplyDiagonal(lanes),
    fillDiagonal(lanes),
    multiplyTable(lanes),
    scaleTable(lanes),
    multiplyMasked(lanes),
    multiplyMatrix(lanes),
    costIndexed(lanes),
    costReal(lanes),
    ...Array.from({ length: lanes.count }, (_, pattern) => pauliSum(lanes, pattern)),
    gateAbove(lanes),
    ...Array.from({ length: lanes.bits }, (_, bit) => gateInside(lanes, bit)),
    gather(),
    scatter(),
  ]);
}

const FORMS: readonly RotationForm[] = ["even", "skew"];
const ROW_DIRECTIONS: readonly RowDirection[] = ["gather", "scatter"];
const WIDTHS = Array.from({ length: SWEEP_BITS }, (_, index) => index + 1);

/** Every place and width that a tile can ask for. */
function rotationsAbove(lanes: Lanes, form: RotationForm): readonly Routine[] {
  const lowest = lanes.bits + SWEEP_BITS;
  return Array.from({ length: TILE_BITS_MAX - lowest }, (_, index) => lowest + index).flatMap(
    (first) =>
      WIDTHS.filter((count) => first + count <= TILE_BITS_MAX).map((count) =>
        rotateAt(lanes, form, first, count),
      ),
  );
}
