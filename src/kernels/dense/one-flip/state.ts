/**
 * A sample of a dense quadratic function and what flipping each of its variables would gain: after
 * a flip, one pass over a row of the matrix brings all gains up to date and finds the least (F.
 * Glover, G. Kochenberger and B. Alidaee, "Adaptive memory tabu search for binary quadratic
 * programs", Management Science 44, 1998).
 */
import {
  BARRED,
  type DenseFormat,
  denseLanesOf,
  ENTRIES_STEP,
  INTEGER_GAIN_MAX,
} from "../lanes.ts";
import { arrayBytes, type DenseKernel, DenseMemory } from "../module.ts";
import type { BinaryQuadratic } from "./instance.ts";

const ENTRY_MAX = 2 ** 15 - 1;

/** For the arrays of a few numbers. */
const SMALL_BYTES = 512;

/** Sample, value and gains, which always belong together. */
export class OneFlipState {
  readonly size: number;
  /** Value of the sample. */
  value = 0;
  /** What a flip of each variable changes the value by. */
  readonly gains: Int32Array | Float64Array;
  /** 1 where a variable is 0 and -1 where it is 1: what a flip changes it by. */
  readonly signs: Int16Array | Float64Array;
  readonly #instance: BinaryQuadratic;
  /** Length of a row: `size` rounded up. What lies beyond `size` is barred for good. */
  readonly #width: number;
  readonly #matrix: Int16Array | Float64Array;
  readonly #penalties: Int32Array | Float64Array;
  /** What the row of a flipped variable is multiplied by. */
  readonly #factor: Int16Array | Float64Array;
  /** The vectors of least gains, and the gain that is looked for. */
  readonly #least: Int32Array | Float64Array;
  readonly #target: Int32Array | Float64Array;
  readonly #found: Int32Array;
  readonly #flip: DenseKernel;
  readonly #find: DenseKernel;
  readonly #barred: number;

  /** All variables 0. */
  constructor(instance: BinaryQuadratic) {
    const { size } = instance;
    const format = formatOf(instance);
    const width = Math.max(1, Math.ceil(size / ENTRIES_STEP)) * ENTRIES_STEP;
    const memory = new DenseMemory(format, bytesFor(format, width, size));
    this.size = size;
    this.#instance = instance;
    this.#width = width;
    this.#barred = BARRED[format];
    this.#matrix = memory.entries(width * (size + 1));
    this.signs = memory.entries(width).fill(1);
    this.#factor = memory.entries(1);
    this.gains = memory.gains(width);
    this.#penalties = memory.gains(width).fill(this.#barred, size);
    this.#least = memory.gains(2 * denseLanesOf(format).count);
    this.#target = memory.gains(1);
    this.#found = memory.words(1);
    this.#flip = memory.kernel("flip");
    this.#find = memory.kernel("find");
    this.#fill();
    this.#addUp();
    this.look();
  }

  /** The least gain of a flip that is not barred; there has to be one. */
  get leastAdmitted(): number {
    return leastOf(this.#least, 0);
  }

  /** The least gain of any flip. */
  get leastAny(): number {
    return leastOf(this.#least, this.#least.length / 2);
  }

  /** Turns a variable round, and works out the least gains. */
  flip(variable: number): void {
    const { gains, signs } = this;
    this.value += gains[variable];
    this.#factor[0] = signs[variable];
    // Its own entry in the matrix is 0: the pass leaves its gain alone.
    gains[variable] = -gains[variable];
    signs[variable] = -signs[variable];
    this.#pass(variable);
  }

  /** Works out the least gains without a flip. */
  look(): void {
    this.#pass(this.size);
  }

  /** Keeps a variable from being the least admitted, from the next pass on. */
  bar(variable: number): void {
    this.#penalties[variable] = this.#barred;
  }

  /** Whether a variable is barred. */
  isBarred(variable: number): boolean {
    return this.#penalties[variable] !== 0;
  }

  /** Takes a bar back, from the next pass on. */
  admit(variable: number): void {
    this.#penalties[variable] = 0;
  }

  /** Takes all bars back. */
  admitAll(): void {
    this.#penalties.fill(0, 0, this.size);
  }

  /** A variable of the least admitted gain, the next one from about `from` on. */
  admittedFrom(from: number): number {
    this.#target[0] = this.leastAdmitted;
    const after = this.#admittedAfter(from - (from % ENTRIES_STEP));
    return after < this.size ? after : this.#admittedAfter(0);
  }

  /** The first variable whose flip gains `leastAny`. */
  first(): number {
    return this.gains.indexOf(this.leastAny);
  }

  /**
   * Flips whatever differs from `values`, and adds everything up afresh where sums round; how many
   * gains that brought up to date.
   */
  moveTo(values: Uint8Array): number {
    let work = this.size;
    for (let variable = 0; variable < this.size; variable += 1) {
      if ((this.signs[variable] < 0 ? 1 : 0) === values[variable]) continue;
      this.flip(variable);
      work += this.size;
    }
    if (this.gains instanceof Float64Array) this.#addUp();
    this.look();
    return work;
  }

  /** Writes the sample to `values`. */
  copyTo(values: Uint8Array): void {
    for (let variable = 0; variable < this.size; variable += 1) {
      values[variable] = this.signs[variable] < 0 ? 1 : 0;
    }
  }

  #pass(row: number): void {
    const { gains, signs } = this;
    const bytes = this.#matrix.BYTES_PER_ELEMENT * this.#width;
    this.#flip(
      this.#matrix.byteOffset + row * bytes,
      this.#factor.byteOffset,
      signs.byteOffset,
      gains.byteOffset,
      this.#penalties.byteOffset,
      gains.byteOffset + gains.byteLength,
      this.#least.byteOffset,
    );
  }

  #admittedAfter(from: number): number {
    const { gains } = this;
    const penalties = this.#penalties;
    const target = this.#target[0];
    this.#find(
      this.#target.byteOffset,
      gains.byteOffset + from * gains.BYTES_PER_ELEMENT,
      penalties.byteOffset + from * gains.BYTES_PER_ELEMENT,
      gains.byteOffset + gains.byteLength,
      this.#found.byteOffset,
    );
    let variable = (this.#found[0] - gains.byteOffset) / gains.BYTES_PER_ELEMENT;
    while (variable < this.size && gains[variable] + penalties[variable] !== target) variable += 1;
    return variable;
  }

  #fill(): void {
    const { starts, columns, biases } = this.#instance;
    for (let first = 0; first < this.size; first += 1) {
      for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
        const second = columns[entry];
        this.#matrix[first * this.#width + second] = biases[entry];
        this.#matrix[second * this.#width + first] = biases[entry];
      }
    }
  }

  /** Value and gains from the sample and the instance alone. */
  #addUp(): void {
    const { size, linear, starts, columns, biases } = this.#instance;
    const { gains, signs } = this;
    const fields = linear.slice();
    this.value = 0;
    for (let first = 0; first < size; first += 1) {
      const isOne = signs[first] < 0;
      if (isOne) this.value += linear[first];
      for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
        const second = columns[entry];
        if (isOne) fields[second] += biases[entry];
        if (signs[second] > 0) continue;
        fields[first] += biases[entry];
        if (isOne) this.value += biases[entry];
      }
    }
    for (let variable = 0; variable < size; variable += 1) {
      gains[variable] = signs[variable] * fields[variable];
    }
  }
}

function leastOf(vectors: Int32Array | Float64Array, from: number): number {
  let least = vectors[from];
  for (let lane = from + 1; lane < from + vectors.length / 2; lane += 1) {
    if (vectors[lane] < least) least = vectors[lane];
  }
  return least;
}

/** Integers where every entry and every gain there can be is small enough. */
function formatOf({ size, linear, starts, columns, biases }: BinaryQuadratic): DenseFormat {
  const sums = linear.map(Math.abs);
  const isWhole = linear.every(Number.isInteger) && biases.every(Number.isInteger);
  if (!isWhole || biases.some((bias) => Math.abs(bias) > ENTRY_MAX)) return "double";
  for (let first = 0; first < size; first += 1) {
    for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
      sums[first] += Math.abs(biases[entry]);
      sums[columns[entry]] += Math.abs(biases[entry]);
    }
  }
  return sums.every((sum) => sum < INTEGER_GAIN_MAX) ? "integer" : "double";
}

function bytesFor(format: DenseFormat, width: number, size: number): number {
  const { gainBytes, entryBytes } = denseLanesOf(format);
  const rows = arrayBytes(entryBytes * width * (size + 1));
  return rows + arrayBytes(entryBytes * width) + 2 * arrayBytes(gainBytes * width) + SMALL_BYTES;
}
