/**
 * The part of a state's memory where the tables of coming passes are written, front to back, and
 * which is emptied between batches.
 */

import { assert } from "#foundation";
import type { TableAddress } from "./compiled-pass.ts";
import type { Layout } from "./layout.ts";
import type { ComplexTable } from "./product-table.ts";

const ALIGNMENT = 64;

/** Writes tables into memory and says where they are. */
export class Arena {
  readonly #numbers: Float32Array | Float64Array;
  readonly #doubles: Float64Array;
  readonly #words: Int32Array;
  readonly #layout: Layout;
  #next: number;

  constructor(buffer: SharedArrayBuffer, layout: Layout) {
    this.#layout = layout;
    this.#numbers =
      layout.precision === "f32"
        ? new Float32Array(buffer, 0, layout.re / 4)
        : new Float64Array(buffer, 0, layout.re / 8);
    this.#doubles = new Float64Array(buffer, 0, layout.re / 8);
    this.#words = new Int32Array(buffer, 0, layout.re / 4);
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

  /** Writes the two parts of a table one after the other. */
  table(table: ComplexTable): TableAddress {
    return { re: this.numbers(table.re), im: this.numbers(table.im) };
  }

  /** Writes the real and then the imaginary parts without a gap. */
  columns(table: ComplexTable): number {
    const values = new Float64Array(2 * table.re.length);
    values.set(table.re);
    values.set(table.im, table.re.length);
    return this.numbers(values);
  }

  /** Writes complex numbers, each with its real part first. */
  interleaved(table: ComplexTable): number {
    const values = new Float64Array(2 * table.re.length);
    for (let index = 0; index < table.re.length; index += 1) {
      values[2 * index] = table.re[index];
      values[2 * index + 1] = table.im[index];
    }
    return this.numbers(values);
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
