/**
 * Runs compiled passes on a range of tiles. Every thread has one. Tiles share nothing, so the
 * amplitudes do not depend on which thread took which tile.
 */
import { unreachable } from "#foundation";
import type { RowDirection } from "../kernels/row-rotation.ts";
import type {
  CompiledDiagonal,
  CompiledPass,
  CompiledStage,
  RowPlaces,
  RowSweep,
} from "./compiled-pass.ts";
import type { Layout, Workspace } from "./layout.ts";

/** The functions of a kernel module. */
export type Kernels = { readonly [name: string]: (...values: readonly number[]) => void };

/** Where the tile at hand is. */
interface Tile {
  readonly number: number;
  readonly re: number;
  readonly im: number;
  readonly costs: number;
  readonly localBits: number;
}

/** One thread's means of running passes. */
export class TileRunner {
  readonly #kernels: Kernels;
  readonly #layout: Layout;
  /** The thread's own memory. */
  readonly workspace: Workspace;
  /** Address of the complex number 1. */
  readonly #one: number;

  constructor(kernels: Kernels, layout: Layout, workspace: Workspace, one: number) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.workspace = workspace;
    this.#one = one;
  }

  /** Runs `pass` on the tiles numbered from `first` up to `end`. */
  run(pass: CompiledPass, first: number, end: number): void {
    const { re, im, costs, bytesPerNumber, costBytes } = this.#layout;
    const { tileRe, tileIm, tileCosts } = this.workspace;
    const { rows, localBits } = pass;
    for (let number = first; number < end; number += 1) {
      const index = spread(number, pass.outerBits);
      const at = {
        re: re + index * bytesPerNumber,
        im: im + index * bytesPerNumber,
        costs: costs + index * costBytes,
      };
      if (rows === undefined) {
        this.#stages(pass, { ...at, number, localBits });
        continue;
      }
      if (!pass.fill) {
        this.#copy("gather", at.re, rows, tileRe, pass.gather);
        this.#copy("gather", at.im, rows, tileIm, pass.gather);
      }
      if (rows.costs !== undefined) this.#copy("gather", at.costs, rows.costs, tileCosts);
      this.#stages(pass, { number, re: tileRe, im: tileIm, costs: tileCosts, localBits });
      this.#copy("scatter", at.re, rows, tileRe, pass.scatter);
      this.#copy("scatter", at.im, rows, tileIm, pass.scatter);
    }
  }

  /** Copies rows between the state and the tile, rotating on the way if there is a sweep to do. */
  #copy(
    direction: RowDirection,
    base: number,
    { offsets, offsetsEnd, rowBytes }: RowPlaces,
    tile: number,
    sweep?: RowSweep,
  ): void {
    if (sweep === undefined) {
      this.#kernels[direction](base, offsets, offsetsEnd, rowBytes, tile);
      return;
    }
    const { kernel, step, coefficients } = sweep;
    this.#kernels[kernel](base, offsets, offsetsEnd, rowBytes, tile, step, coefficients);
  }

  /** Runs a pass whose one tile is that of the workspace. */
  runTile(pass: CompiledPass): void {
    const { tileRe, tileIm, tileCosts } = this.workspace;
    const { localBits } = pass;
    this.#stages(pass, { number: 0, re: tileRe, im: tileIm, costs: tileCosts, localBits });
  }

  #stages({ stages }: CompiledPass, tile: Tile): void {
    for (const stage of stages) this.#stage(stage, tile);
  }

  #stage(stage: CompiledStage, tile: Tile): void {
    switch (stage.kind) {
      case "rotations": {
        const bytes = 2 ** tile.localBits * this.#layout.bytesPerNumber;
        for (const { kernel, coefficients } of stage.sweeps) {
          this.#kernels[kernel](tile.re, tile.re + bytes, coefficients);
          this.#kernels[kernel](tile.im, tile.im + bytes, coefficients);
        }
        return;
      }
      case "diagonal":
        this.#diagonal(stage, tile);
        return;
      case "matrix": {
        const { mask, offsets, size, matrix } = stage;
        const count = 2 ** tile.localBits;
        const { column } = this.workspace;
        this.#kernels.multiplyMatrix(tile.re, tile.im, count, mask, offsets, size, matrix, column);
        return;
      }
      case "costIndexed":
      case "costReal": {
        const end = tile.re + 2 ** tile.localBits * this.#layout.bytesPerNumber;
        this.#kernels[stage.kind](tile.re, tile.im, end, tile.costs, stage.phases);
        return;
      }
      default:
        unreachable(stage);
    }
  }

  #diagonal(stage: CompiledDiagonal, tile: Tile): void {
    const { multiplyTable, scaleTable, multiplyMasked } = this.#kernels;
    const { bytesPerNumber, columnBits } = this.#layout;
    const { rowsRe, rowsIm } = this.workspace;
    const rowsEnd = rowsRe + 2 ** (tile.localBits - columnBits) * bytesPerNumber;
    const scalar = stage.scalars + 2 * bytesPerNumber * tile.number;
    scaleTable(rowsRe, rowsIm, rowsEnd, stage.rows.re, stage.rows.im, scalar);
    for (const { position, rows } of stage.changes) {
      if (rows === undefined || ((tile.number >> position) & 1) === 0) continue;
      multiplyTable(rowsRe, rowsIm, rowsEnd, rows.re, rows.im);
    }
    const columns = this.#columns(stage, tile);
    const kernel = stage.fill ? this.#kernels.fillDiagonal : this.#kernels.multiplyDiagonal;
    kernel(tile.re, tile.im, rowsRe, rowsIm, rowsEnd, columns, stage.signs);
    for (const { outerMask, outerValue, mask, value, factor } of stage.masked) {
      if ((tile.number & outerMask) !== outerValue) continue;
      multiplyMasked(tile.re, tile.im, 2 ** tile.localBits, mask, value, factor);
    }
  }

  /** The columns for this tile: those of the stage, or a changed copy. */
  #columns(stage: CompiledDiagonal, tile: Tile): number {
    const half = 2 ** this.#layout.columnBits * this.#layout.bytesPerNumber;
    const { columns } = this.workspace;
    let changed = false;
    for (const change of stage.changes) {
      if (change.columns === undefined || ((tile.number >> change.position) & 1) === 0) continue;
      if (!changed) {
        const { scaleTable } = this.#kernels;
        const from = stage.columns;
        scaleTable(columns, columns + half, columns + half, from, from + half, this.#one);
        changed = true;
      }
      const from = change.columns;
      this.#kernels.multiplyTable(columns, columns + half, columns + half, from, from + half);
    }
    return changed ? columns : stage.columns;
  }
}

/** The bits of `number`, moved to the places `bits`. */
function spread(number: number, bits: readonly number[]): number {
  let index = 0;
  for (let at = 0; at < bits.length; at += 1) index += ((number >> at) & 1) * 2 ** bits[at];
  return index;
}
