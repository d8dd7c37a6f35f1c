/**
 * The diagonal of a stage as tables. A factor belongs to the columns, to the rows or to the bits
 * outside the tile, according to its bits; what couples two of these groups is a sign per row (CZ
 * between a row and a column), a change of the tables for some tiles (a pair with one bit outside),
 * or, in general, a factor for masked amplitudes.
 */

import type { FactorNode, TermNode } from "../plan/node.ts";
import type { Complex } from "../plan/operation.ts";
import type { Arena } from "./arena.ts";
import type { CompiledDiagonal, MaskedFactor, OuterChange } from "./compiled-pass.ts";
import type { Layout } from "./layout.ts";
import { ProductTable } from "./product-table.ts";

const ONE: Complex = Object.freeze({ re: 1, im: 0 });
const ROW_SIGN_BYTES = 256;

/**
 * The bits of a pass: those of a tile by their position in the tile, and the others by theirs in
 * its number.
 */
export interface BitPlaces {
  /** Position in the tile per stored bit, -1 outside. */
  readonly local: readonly number[];
  /** Position in the tile's number per stored bit, -1 inside. */
  readonly outer: readonly number[];
  readonly localCount: number;
  readonly outerCount: number;
}

/** Gathers the factors of one stage. */
export class DiagonalTables {
  readonly #places: BitPlaces;
  readonly #columnBits: number;
  readonly #rowBits: number;
  readonly #scale: number;
  readonly #columns: ProductTable;
  readonly #rows: ProductTable;
  readonly #scalars: ProductTable;
  /** Per row, the address of its sign function. */
  readonly #signs: number[];
  readonly #signsAt: number;
  readonly #rowChanges = new Map<number, ProductTable>();
  readonly #columnChanges = new Map<number, ProductTable>();
  readonly #masked: { readonly where: Omit<MaskedFactor, "factor">; readonly factor: Complex }[] =
    [];

  constructor(places: BitPlaces, { columnBits, signs }: Layout, scale: number) {
    this.#places = places;
    this.#columnBits = columnBits;
    this.#rowBits = places.localCount - columnBits;
    this.#scale = scale;
    this.#columns = new ProductTable(columnBits);
    this.#rows = new ProductTable(this.#rowBits);
    this.#scalars = new ProductTable(places.outerCount);
    this.#signsAt = signs;
    this.#signs = new Array<number>(2 ** this.#rowBits).fill(signs);
  }

  /** Takes in a one-bit factor. */
  factor({ mask, zero, one }: FactorNode): void {
    const bit = 31 - Math.clz32(mask);
    const local = this.#places.local[bit];
    if (local < 0) this.#scalars.multiplyBit(this.#places.outer[bit], zero, one);
    else if (local < this.#columnBits) this.#columns.multiplyBit(local, zero, one);
    else this.#rows.multiplyBit(local - this.#columnBits, zero, one);
  }

  /** Takes in a factor on several bits. */
  term({ mask, value, factor }: TermNode): void {
    const { local, outer } = this.#places;
    const inTile = [translate(mask, local), translate(value, local)] as const;
    const outside = [translate(mask, outer), translate(value, outer)] as const;
    const columnMask = inTile[0] & (2 ** this.#columnBits - 1);
    const rowMask = inTile[0] >> this.#columnBits;
    const isPair = isSingle(mask & (mask - 1)) && value === mask;
    if (inTile[0] === 0) {
      this.#scalars.multiplyWhere(...outside, factor);
    } else if (outside[0] === 0 && rowMask === 0) {
      this.#columns.multiplyWhere(...inTile, factor);
    } else if (outside[0] === 0 && columnMask === 0) {
      this.#rows.multiplyWhere(rowMask, inTile[1] >> this.#columnBits, factor);
    } else if (isPair && outside[0] === 0 && isMinusOne(factor)) {
      this.#sign(rowMask, columnMask);
    } else if (isPair && outside[0] !== 0) {
      this.#change(outside[0], inTile[0], factor);
    } else {
      const [outerMask, outerValue] = outside;
      const where = { outerMask, outerValue, mask: inTile[0], value: inTile[1] };
      this.#masked.push({ where, factor });
    }
  }

  /** Writes everything into `arena`. */
  compile(arena: Arena, fill: boolean): CompiledDiagonal {
    const changes: OuterChange[] = [];
    for (let position = 0; position < this.#places.outerCount; position += 1) {
      const rows = this.#rowChanges.get(position);
      const columns = this.#columnChanges.get(position);
      if (rows === undefined && columns === undefined) continue;
      changes.push({
        position,
        rows: rows === undefined ? undefined : arena.table(rows),
        columns: columns === undefined ? undefined : arena.table(columns).re,
      });
    }
    return {
      kind: "diagonal",
      fill,
      rows: arena.table(this.#rows),
      columns: arena.table(this.#columns).re,
      signs: arena.words(this.#signs),
      scalars: arena.factors(this.#scalars, this.#scale),
      changes,
      masked: this.#masked.map(({ where, factor }) => ({
        ...where,
        factor: arena.numbers([factor.re, factor.im]),
      })),
    };
  }

  /** Exchanges the sign functions m and m ^ columnMask in all rows with the bit of `rowMask`. */
  #sign(rowMask: number, columnMask: number): void {
    const signs = this.#signs;
    const flip = columnMask * ROW_SIGN_BYTES;
    for (let row = rowMask; row < signs.length; row = (row + 1) | rowMask) {
      signs[row] = ((signs[row] - this.#signsAt) ^ flip) + this.#signsAt;
    }
  }

  #change(outerMask: number, localMask: number, factor: Complex): void {
    const outer = 31 - Math.clz32(outerMask);
    const position = 31 - Math.clz32(localMask);
    const inColumns = position < this.#columnBits;
    const changes = inColumns ? this.#columnChanges : this.#rowChanges;
    const table =
      changes.get(outer) ?? new ProductTable(inColumns ? this.#columnBits : this.#rowBits);
    changes.set(outer, table);
    table.multiplyBit(inColumns ? position : position - this.#columnBits, ONE, factor);
  }
}

function translate(mask: number, places: readonly number[]): number {
  let translated = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const place = places[31 - Math.clz32(rest & -rest)];
    if (place >= 0) translated |= 1 << place;
  }
  return translated;
}

function isSingle(mask: number): boolean {
  return mask !== 0 && (mask & (mask - 1)) === 0;
}

function isMinusOne({ re, im }: Complex): boolean {
  return Math.abs(re + 1) < 1e-15 && Math.abs(im) < 1e-15;
}
