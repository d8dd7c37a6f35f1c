/**
 * A diagonal operator over a few bits as a table, in doubles: entry z is the product of the factors
 * that z meets.
 */
import type { Complex } from "../plan/operation.ts";

/** Complex numbers, real and imaginary parts apart. */
export interface ComplexTable {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A factor for the entries z with z & mask == value. */
interface MaskedEntry {
  readonly mask: number;
  readonly value: number;
  readonly factor: Complex;
}

/** Gathers factors; one-bit factors cost next to nothing, whatever their number. */
export class ProductTable {
  readonly bitCount: number;
  /** Per bit: zero re, zero im, one re, one im. */
  readonly #bits: number[];
  readonly #masked: MaskedEntry[] = [];

  constructor(bitCount: number) {
    this.bitCount = bitCount;
    this.#bits = [];
    for (let bit = 0; bit < bitCount; bit += 1) this.#bits.push(1, 0, 1, 0);
  }

  /** Multiplies the entries with the bit at `position` 0 by `zero`, the others by `one`. */
  multiplyBit(position: number, zero: Complex, one: Complex): void {
    this.#multiply(4 * position, zero);
    this.#multiply(4 * position + 2, one);
  }

  /** Multiplies the entries z with z & mask == value. */
  multiplyWhere(mask: number, value: number, factor: Complex): void {
    this.#masked.push({ mask, value, factor });
  }

  /** Writes the table, every entry times `scale`, to the beginning of `re` and `im`. */
  writeTo({ re, im }: ComplexTable, scale: number): void {
    re[0] = scale;
    im[0] = 0;
    for (let bit = 0; bit < this.bitCount; bit += 1) this.#double(bit, re, im);
    const size = 2 ** this.bitCount;
    for (const { mask, value, factor } of this.#masked) {
      for (let z = value; z < size; z = (((z | mask) + 1) & ~mask) | value) {
        const x = re[z];
        re[z] = x * factor.re - im[z] * factor.im;
        im[z] = x * factor.im + im[z] * factor.re;
      }
    }
  }

  /** Extends a table over the first `bit` bits by one more. */
  #double(bit: number, re: Float64Array, im: Float64Array): void {
    const bits = this.#bits;
    const at = 4 * bit;
    const [zeroRe, zeroIm, oneRe, oneIm] = [bits[at], bits[at + 1], bits[at + 2], bits[at + 3]];
    const half = 2 ** bit;
    for (let z = 0; z < half; z += 1) {
      const x = re[z];
      const y = im[z];
      re[z] = x * zeroRe - y * zeroIm;
      im[z] = x * zeroIm + y * zeroRe;
      re[z + half] = x * oneRe - y * oneIm;
      im[z + half] = x * oneIm + y * oneRe;
    }
  }

  #multiply(at: number, { re, im }: Complex): void {
    const x = this.#bits[at];
    this.#bits[at] = x * re - this.#bits[at + 1] * im;
    this.#bits[at + 1] = x * im + this.#bits[at + 1] * re;
  }
}
