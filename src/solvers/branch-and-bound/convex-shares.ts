/**
 * Similarity as a cost per item, from the similarities themselves instead of the vectors. With S
 * the similarities of the candidates worth most, and e so great that S + eI has no negative
 * eigenvalue, the pairs of any choice x cost
 *
 *     x'Sx / 2 = x'(S + eI)x / 2 - e|x| / 2 >= y'(S + eI)x - y'(S + eI)y / 2 - e|x| / 2
 *
 * for every y: the convex reformulation of a quadratic 0-1 programme (P. L. Hammer and A. A. Rubin,
 * RIRO 4(3), 1970). Clipping at 0 is in S, so nothing is lost to products that are negative.
 * Candidates beyond those covered pay nothing, which bounds as well: no similarity is negative.
 */
import type { Shares } from "../similarity-shares.ts";
import type { SimilarityMatrix } from "./similarity-matrix.ts";

/** How many candidates are covered at most: their matrix is factorised, in cubic time. */
export const COVERED_MAX = 48;

/** The first diagonal tried, and by how much the next one is greater. */
const DIAGONAL_MIN = 0.8;
const DIAGONAL_GROWTH = 1.1;
/** What the factorisation must leave on the diagonal: far above what rounding takes off it. */
const PIVOT_MIN = 1e-9;

/** What the shares are made from. */
export interface Covered {
  /** How many ranks there are. */
  readonly itemCount: number;
  /** Cost of one unit of summed similarity. */
  readonly scale: number;
  /** Ranks that may come, and those that hard pins hold. */
  readonly ranks: Int32Array;
  readonly fixed: Int32Array;
  /** Similarities among `ranks` and then `fixed`. */
  readonly similarity: SimilarityMatrix;
  /** A choice to begin with, by rank. */
  readonly start: Int32Array;
  /** How many of the ranks that may come a whole choice holds. */
  readonly missingMax: number;
}

/** Shares for one y, moved step by step; y begins as the start. */
export class ConvexShares implements Shares {
  readonly scale: number;
  readonly tangent = true;
  readonly size: number;
  private readonly missingMax: number;
  /** S + eI, row by row, over the covered candidates; and e. */
  private readonly matrix: Float64Array;
  private readonly diagonal: number;
  /** y, and (S + eI)y. */
  private readonly centre: Float64Array;
  private readonly along: Float64Array;
  private square = 0;
  /** By rank: similarity to the fixed ranks, and the place among the covered, or -1. */
  private readonly toFixed: Float64Array;
  private readonly placeOf: Int32Array;
  private fixedPairs = 0;

  constructor(covered: Covered) {
    const { itemCount, scale, ranks, start, missingMax } = covered;
    const size = ranks.length;
    this.scale = scale;
    this.size = size;
    this.missingMax = missingMax;
    this.matrix = new Float64Array(size * size);
    this.centre = new Float64Array(size);
    this.along = new Float64Array(size);
    this.toFixed = new Float64Array(itemCount);
    this.placeOf = new Int32Array(itemCount).fill(-1);
    for (let place = 0; place < size; place += 1) this.placeOf[ranks[place]] = place;
    this.fill(covered);
    this.diagonal = convexDiagonal(this.matrix, size);
    for (let place = 0; place < size; place += 1) this.matrix[place * (size + 1)] = this.diagonal;
    this.begin(start);
  }

  get constant(): number {
    return this.scale * (this.square / 2 - this.fixedPairs);
  }

  cost(rank: number): number {
    return this.scale * (this.toFixed[rank] + this.tangentShare(rank, this.missingMax));
  }

  tangentShare(rank: number, missing: number): number {
    const place = this.placeOf[rank];
    if (place < 0) return 0;
    return (missing / this.missingMax) * this.along[place] - this.diagonal / 2;
  }

  tangentConstant(missing: number): number {
    const part = missing / this.missingMax;
    return (this.scale * part * part * this.square) / 2;
  }

  /** What `cost` summed over y comes to, of the first covered `costs`. */
  centreCost(costs: Float64Array): number {
    let sum = 0;
    for (let place = 0; place < this.size; place += 1) sum += costs[place] * this.centre[place];
    return sum;
  }

  /**
   * Moves y towards the choice of the candidates at `chosen`, as far as serves best when that would
   * gain `slope` at first (exact line search of M. Frank and P. Wolfe, 1956). Returns how far: 1 is
   * all the way.
   */
  approach(chosen: Int32Array, slope: number): number {
    const { size, matrix, centre, along, scale } = this;
    const target = new Float64Array(size);
    for (const place of chosen) {
      if (place >= size) continue;
      const base = place * size;
      for (let other = 0; other < size; other += 1) target[other] += matrix[base + other];
    }
    let curvature = this.square;
    for (const place of chosen) if (place < size) curvature += target[place] - 2 * along[place];
    const step = curvature > 0 ? Math.min(1, Math.max(0, slope / (scale * curvature))) : 0;
    for (let place = 0; place < size; place += 1) {
      centre[place] *= 1 - step;
      along[place] += step * (target[place] - along[place]);
    }
    for (const place of chosen) if (place < size) centre[place] += step;
    this.square = this.squareOfCentre();
    return step;
  }

  private begin(start: Int32Array): void {
    const { size, matrix, centre, along, placeOf } = this;
    for (const rank of start) {
      const place = placeOf[rank];
      if (place < 0) continue;
      centre[place] = 1;
      for (let other = 0; other < size; other += 1) along[other] += matrix[place * size + other];
    }
    this.square = this.squareOfCentre();
  }

  private squareOfCentre(): number {
    let square = 0;
    for (let place = 0; place < this.size; place += 1) {
      square += this.centre[place] * this.along[place];
    }
    return square;
  }

  /** Similarities to what hard pins hold are known exactly. */
  private fill({ ranks, fixed, similarity }: Covered): void {
    const { size, matrix, toFixed } = this;
    const { entries, size: stride } = similarity;
    for (let place = 0; place < size; place += 1) {
      const row = place * stride;
      for (let other = 0; other < size; other += 1) {
        matrix[place * size + other] = entries[row + other];
      }
      for (let other = size; other < stride; other += 1) {
        toFixed[ranks[place]] += entries[row + other];
      }
    }
    for (let first = size; first < size + fixed.length; first += 1) {
      for (let second = size; second < first; second += 1) {
        this.fixedPairs += entries[first * stride + second];
      }
    }
  }
}

/** The least diagonal of those tried with which the matrix has only positive eigenvalues. */
function convexDiagonal(matrix: Float64Array, size: number): number {
  const factor = new Float64Array(size * size);
  for (let diagonal = DIAGONAL_MIN; ; diagonal *= DIAGONAL_GROWTH) {
    if (isPositive(matrix, factor, size, diagonal - PIVOT_MIN)) return diagonal;
  }
}

/** Whether a Cholesky factorisation goes through; entries above the diagonal are not read. */
function isPositive(
  matrix: Float64Array,
  factor: Float64Array,
  size: number,
  diagonal: number,
): boolean {
  for (let row = 0; row < size; row += 1) {
    const base = row * size;
    let pivot = diagonal;
    for (let column = 0; column < row; column += 1) {
      const other = column * size;
      let left = matrix[base + column];
      for (let at = 0; at < column; at += 1) left -= factor[base + at] * factor[other + at];
      left *= factor[other + column];
      factor[base + column] = left;
      pivot -= left * left;
    }
    if (pivot <= 0) return false;
    // Kept as its inverse, which is all that later rows ask for.
    factor[base + row] = 1 / Math.sqrt(pivot);
  }
  return true;
}
