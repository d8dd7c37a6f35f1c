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

/** The state of some sites; starts as a product of real states, one for each site. */
export class ProductState {
  /** Real and imaginary parts, by index. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #start: Float64Array;
  readonly #sizes: readonly number[];
  readonly #strides: readonly number[];
  readonly #costs: Costs;

  /**
   * `starts`: for each site the amplitudes of its options, whose squares add up to 1; `costs`: one
   * number per basis state.
   */
  constructor(starts: readonly Float64Array[], costs: Costs) {
    const strides = [1];
    for (const { length } of starts) strides.push(strides[strides.length - 1] * length);
    const count = strides[starts.length];
    const costCount = costs.kind === "indexed" ? costs.indices.length : costs.values.length;
    assert(costCount === count, `costs: expected ${count}, got ${costCount}`);
    this.#sizes = starts.map(({ length }) => length);
    this.#strides = strides;
    this.#costs = costs;
    this.#start = productOf(starts);
    this.re = this.#start.slice();
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
   * Applies exp(-i angle |s><s|) to one site, s being real amplitudes of its options. With all of
   * them equal and an angle of `size` times beta this is exp(-i beta A), but for a phase, A being
   * the adjacency of the complete graph: Pauli X on a qubit, XX + YY over all pairs of a one-hot
   * group.
   */
  mixProjector(site: number, amplitudes: Float64Array, angle: number): void {
    this.#addOverlaps(this.#strides[site], amplitudes, angle);
  }

  /** Applies exp(-i angle |s><s|), s being the state of all sites at the start. */
  mixStart(angle: number): void {
    this.#addOverlaps(1, this.#start, angle);
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

  /** Multiplies each amplitude by a real number of its own: a diagonal observable. */
  observe(values: Float64Array): void {
    for (let z = 0; z < this.re.length; z += 1) {
      this.re[z] *= values[z];
      this.im[z] *= values[z];
    }
  }

  /** Im <bra| E |this>, E being the costs. */
  costOverlap(bra: ProductState): number {
    const costs = this.#costs;
    let sum = 0;
    for (let z = 0; z < this.re.length; z += 1) {
      const cost = costs.kind === "indexed" ? costs.values[costs.indices[z]] : costs.values[z];
      sum += cost * (bra.re[z] * this.im[z] - bra.im[z] * this.re[z]);
    }
    return sum;
  }

  /** Im <bra|s><s|this>, s being the amplitudes of one site, the other sites as they are. */
  projectorOverlap(bra: ProductState, site: number, amplitudes: Float64Array): number {
    return this.#overlapAlong(bra, this.#strides[site], amplitudes);
  }

  /** Im <bra|s><s|this>, s being the state of all sites at the start. */
  startOverlap(bra: ProductState): number {
    return this.#overlapAlong(bra, 1, this.#start);
  }

  /** Im <bra| A |this>, A being a real symmetric matrix on the options of one site. */
  matrixOverlap(bra: ProductState, site: number, matrix: Float64Array): number {
    const size = this.#sizes[site];
    const stride = this.#strides[site];
    let sum = 0;
    for (let block = 0; block < this.re.length; block += stride * size) {
      for (let first = block; first < block + stride; first += 1) {
        for (let row = 0; row < size; row += 1) {
          const y = first + row * stride;
          for (let column = 0; column < size; column += 1) {
            const z = first + column * stride;
            const part = bra.re[y] * this.im[z] - bra.im[y] * this.re[z];
            sum += matrix[row * size + column] * part;
          }
        }
      }
    }
    return sum;
  }

  #overlapAlong(bra: ProductState, stride: number, s: Float64Array): number {
    const span = s.length * stride;
    let sum = 0;
    for (let block = 0; block < this.re.length; block += span) {
      for (let first = block; first < block + stride; first += 1) {
        let [ketRe, ketIm, braRe, braIm] = [0, 0, 0, 0];
        for (let option = 0, z = first; option < s.length; option += 1, z += stride) {
          ketRe += s[option] * this.re[z];
          ketIm += s[option] * this.im[z];
          braRe += s[option] * bra.re[z];
          braIm += s[option] * bra.im[z];
        }
        sum += braRe * ketIm - braIm * ketRe;
      }
    }
    return sum;
  }

  /** Multiplies the part along `s` at each place by exp(-i angle); the rest stays. */
  #addOverlaps(stride: number, s: Float64Array, angle: number): void {
    const { re, im } = this;
    const { cosine, sine } = cosineAndSine(-angle);
    const span = s.length * stride;
    for (let block = 0; block < re.length; block += span) {
      for (let first = block; first < block + stride; first += 1) {
        let sumRe = 0;
        let sumIm = 0;
        for (let option = 0, z = first; option < s.length; option += 1, z += stride) {
          sumRe += s[option] * re[z];
          sumIm += s[option] * im[z];
        }
        const addRe = (cosine - 1) * sumRe - sine * sumIm;
        const addIm = (cosine - 1) * sumIm + sine * sumRe;
        for (let option = 0, z = first; option < s.length; option += 1, z += stride) {
          re[z] += s[option] * addRe;
          im[z] += s[option] * addIm;
        }
      }
    }
  }
}

/** The amplitudes of a product, site 0 least significant. */
function productOf(starts: readonly Float64Array[]): Float64Array {
  return starts.reduce((product, start) => {
    const longer = new Float64Array(product.length * start.length);
    start.forEach((amplitude, option) => {
      longer.set(
        product.map((other) => other * amplitude),
        option * product.length,
      );
    });
    return longer;
  }, Float64Array.of(1));
}

/** Multiplies the amplitude of `z` by cosine + i sine. */
function turn(re: Float64Array, im: Float64Array, z: number, cosine: number, sine: number): void {
  const [x, y] = [re[z], im[z]];
  re[z] = x * cosine - y * sine;
  im[z] = x * sine + y * cosine;
}
