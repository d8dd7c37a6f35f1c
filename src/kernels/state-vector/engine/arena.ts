/**
 * The part of a state's memory where the tables of coming passes are written, front to back, and
 * which is emptied between batches.
 */

import { assert } from "#foundation";
import type { TableAddress } from "./compiled-pass.ts";
import type { Layout } from "./layout.ts";
import type { ComplexTable, ProductTable } from "./product-table.ts";

const ALIGNMENT = 64;

/** Writes tables into memory and says where they are. */
export class Arena {
  readonly #numbers: Float32Array | Float64Array;
  readonly #doubles: Float64Array;
  readonly #words: Int32Array;
  readonly #layout: Layout;
  /** Where tables are computed, in doubles, before they are written. */
  readonly #scratch: ComplexTable;
  #next: number;

  constructor(buffer: ArrayBufferLike, layout: Layout) {
    this.#layout = layout;
    this.#numbers =
      layout.precision === "f32"
        ? new Float32Array(buffer, 0, layout.re / 4)
        : new Float64Array(buffer, 0, layout.re / 8);
    this.#doubles = new Float64Array(buffer, 0, layout.re / 8);
    this.#words = new Int32Array(buffer, 0, layout.re / 4);
    const size = 2 ** Math.max(layout.bitCount - layout.tileBits, layout.tileBits);
    this.#scratch = { re: new Float64Array(size), im: new Float64Array(size) };
    this.#next = layout.arena;
  }

  /** Whether less is left than the largest pass may need. */
  get isHalfFull(): boolean {
    const { arena, arenaEnd } = this.#layout;
    return this.#next - arena > (arenaEnd - arena) / 2;
  }

  /** Forgets everything written. */
  clear(): void {
    this.#next = this.#layout.arena;
  }

  /** Writes real numbers in the state's precision. */
  numbers(values: ArrayLike<number>): number {
    const address = this.#reserve(values.length * this.#layout.bytesPerNumber);
    this.#numbers.set(values, address / this.#layout.bytesPerNumber);
    return address;
  }

  /** Writes a table, the real and then the imaginary parts without a gap. */
  table(product: ProductTable): TableAddress {
    const size = 2 ** product.bitCount;
    product.writeTo(this.#scratch, 1);
    const re = this.#reserve(2 * size * this.#layout.bytesPerNumber);
    const at = re / this.#layout.bytesPerNumber;
    for (let index = 0; index < size; index += 1) {
      this.#numbers[at + index] = this.#scratch.re[index];
      this.#numbers[at + size + index] = this.#scratch.im[index];
    }
    return { re, im: re + size * this.#layout.bytesPerNumber };
  }

  /**
   * Writes a table as complex numbers, each with its real part first, every entry times `scale`.
   */
  factors(product: ProductTable, scale: number): number {
    product.writeTo(this.#scratch, scale);
    return this.interleaved(this.#scratch, 2 ** product.bitCount);
  }

  /** Writes the first `size` entries as complex numbers, each with its real part first. */
  interleaved({ re, im }: ComplexTable, size = re.length): number {
    const address = this.#reserve(2 * size * this.#layout.bytesPerNumber);
    const at = address / this.#layout.bytesPerNumber;
    for (let index = 0; index < size; index += 1) {
      this.#numbers[at + 2 * index] = re[index];
      this.#numbers[at + 2 * index + 1] = im[index];
    }
    return address;
  }

  /** Writes real numbers in double precision. */
  doubles(values: ArrayLike<number>): number {
    const address = this.#reserve(values.length * 8);
    this.#doubles.set(values, address / 8);
    return address;
  }

  /** Writes 32-bit integers. */
  words(values: ArrayLike<number>): number {
    const address = this.#reserve(values.length * 4);
    this.#words.set(values, address / 4);
    return address;
  }

  #reserve(bytes: number): number {
    const address = this.#next;
    this.#next = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
    assert(this.#next <= this.#layout.arenaEnd, "the tables of a pass fit into the arena");
    return address;
  }
}
