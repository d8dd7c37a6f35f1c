/**
 * State vectors over a product of finite sites: a qubit has two options, a group of variables of
 * which exactly one is 1 has one option per variable. Such a group costs its size, not two to its
 * size, so 40 qubits in 8 groups of 5 take 390,625 amplitudes.
 *
 * The index of a basis state is a number in mixed radix, site 0 least significant.
 */
import { assert, type RandomStream } from "#foundation";
import { cosineAndSine } from "../portable-trigonometry.ts";
import { type Costs, phaseTable } from "../state-vector/engine/costs.ts";
import type { Samples } from "../state-vector/engine/measure.ts";
import type { ComplexTable } from "../state-vector/engine/product-table.ts";

/** Amplitudes per partial sum, as adding partial sums keeps the error small. */
const BLOCK = 2 ** 12;

/** The state of some sites; starts as the uniform superposition of all basis states. */
export class ProductState {
  /** Real and imaginary parts, by index. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #sizes: readonly number[];
  readonly #strides: readonly number[];
  readonly #costs: Costs;

  /** `sizes`: options of each site; `costs`: one number per basis state. */
  constructor(sizes: readonly number[], costs: Costs) {
    const strides = [1];
    for (const size of sizes) strides.push(strides[strides.length - 1] * size);
    const count = strides[sizes.length];
    const costCount = costs.kind === "indexed" ? costs.indices.length : costs.values.length;
    assert(costCount === count, `costs: expected ${count}, got ${costCount}`);
    this.#sizes = sizes;
    this.#strides = strides;
    this.#costs = costs;
    this.re = new Float64Array(count).fill(1 / Math.sqrt(count));
    this.im = new Float64Array(count);
  }

  /** Multiplies each amplitude by exp(-i angle cost). */
  applyCosts(angle: number): void {
    const { re, im } = this;
    const costs = this.#costs;
    if (costs.kind === "indexed") {
      const phases = phaseTable(costs.values, angle);
      for (let z = 0; z < re.length; z += 1) {
        const index = costs.indices[z];
        turn(re, im, z, phases.re[index], phases.im[index]);
      }
      return;
    }
    for (let z = 0; z < re.length; z += 1) {
      const { cosine, sine } = cosineAndSine(-angle * costs.values[z]);
      turn(re, im, z, cosine, sine);
    }
  }

  /**
   * Applies exp(-i angle A) to one site, A being the adjacency of the complete graph of its
   * options: Pauli X on a qubit, XX + YY over all pairs of a one-hot group. A + 1 is `size` times a
   * projector, so the sum over the options is all that is needed.
   */
  mixComplete(site: number, angle: number): void {
    const size = this.#sizes[site];
    const { cosine, sine } = cosineAndSine(-angle * size);
    const share = { re: (cosine - 1) / size, im: sine / size };
    this.#addSums(this.#strides[site], size, share);
    const all = cosineAndSine(angle);
    for (let z = 0; z < this.re.length; z += 1) turn(this.re, this.im, z, all.cosine, all.sine);
  }

  /** Applies exp(-i angle |s><s|), s being the uniform superposition of all basis states. */
  mixGrover(angle: number): void {
    const count = this.re.length;
    const { cosine, sine } = cosineAndSine(-angle);
    this.#addSums(1, count, { re: (cosine - 1) / count, im: sine / count });
  }

  /** Applies a matrix, row by row, to the options of one site. */
  mixMatrix(site: number, { re: matrixRe, im: matrixIm }: ComplexTable): void {
    const { re, im } = this;
    const size = this.#sizes[site];
    const stride = this.#strides[site];
    const columnRe = new Float64Array(size);
    const columnIm = new Float64Array(size);
    for (let block = 0; block < re.length; block += stride * size) {
      for (let first = block; first < block + stride; first += 1) {
        for (let option = 0; option < size; option += 1) {
          columnRe[option] = re[first + option * stride];
          columnIm[option] = im[first + option * stride];
        }
        for (let row = 0; row < size; row += 1) {
          let sumRe = 0;
          let sumIm = 0;
          for (let option = 0; option < size; option += 1) {
            const a = matrixRe[row * size + option];
            const b = matrixIm[row * size + option];
            sumRe += a * columnRe[option] - b * columnIm[option];
            sumIm += a * columnIm[option] + b * columnRe[option];
          }
          re[first + row * stride] = sumRe;
          im[first + row * stride] = sumIm;
        }
      }
    }
  }

  /** The mean cost under measurement of all sites. */
  expectedCost(): number {
    const { re, im } = this;
    const costs = this.#costs;
    let total = 0;
    for (let from = 0; from < re.length; from += BLOCK) {
      let sum = 0;
      const end = Math.min(re.length, from + BLOCK);
      for (let z = from; z < end; z += 1) {
        const cost = costs.kind === "indexed" ? costs.values[costs.indices[z]] : costs.values[z];
        sum += (re[z] * re[z] + im[z] * im[z]) * cost;
      }
      total += sum;
    }
    return total;
  }

  /**
   * Measures all sites `shots` times; the state stays. Outcomes are indices, ascending, each once.
   */
  sample(shots: number, stream: RandomStream): Samples {
    const { re, im } = this;
    const points = new Float64Array(shots).map(() => stream.unit()).sort();
    const outcomes: number[] = [];
    const counts: number[] = [];
    let [sum, next, last] = [0, 0, 0];
    for (let z = 0; z < re.length && next < shots; z += 1) {
      const weight = re[z] * re[z] + im[z] * im[z];
      if (weight === 0) continue;
      sum += weight;
      last = z;
      const first = next;
      while (next < shots && points[next] < sum) next += 1;
      if (next === first) continue;
      outcomes.push(z);
      counts.push(next - first);
    }
    // Rounding may leave the last points above the sum: they belong to the last possible outcome.
    if (next < shots) {
      outcomes.push(last);
      counts.push(shots - next);
    }
    return { outcomes: Int32Array.from(outcomes), counts: Int32Array.from(counts) };
  }

  /** Adds to each amplitude `share` times the sum over the options at its place. */
  #addSums(stride: number, size: number, share: { readonly re: number; readonly im: number }) {
    const { re, im } = this;
    for (let block = 0; block < re.length; block += stride * size) {
      for (let first = block; first < block + stride; first += 1) {
        const end = first + size * stride;
        let sumRe = 0;
        let sumIm = 0;
        for (let z = first; z < end; z += stride) {
          sumRe += re[z];
          sumIm += im[z];
        }
        const addRe = share.re * sumRe - share.im * sumIm;
        const addIm = share.re * sumIm + share.im * sumRe;
        for (let z = first; z < end; z += stride) {
          re[z] += addRe;
          im[z] += addIm;
        }
      }
    }
  }
}

/** Multiplies the amplitude of `z` by cosine + i sine. */
function turn(re: Float64Array, im: Float64Array, z: number, cosine: number, sine: number): void {
  const [x, y] = [re[z], im[z]];
  re[z] = x * cosine - y * sine;
  im[z] = x * sine + y * cosine;
}
