/**
 * Eigenvalues and eigenvectors of a symmetric matrix: reduced to a tridiagonal one by Householder
 * reflections, then diagonalised by implicit QL steps.
 *
 * Source: H. Bowdler, R. S. Martin, C. Reinsch and J. H. Wilkinson, Numerische Mathematik 11
 * (1968); G. Golub and C. Van Loan, "Matrix computations", sections 8.3 and 8.4.
 */
import { assert } from "#foundation";

/** What a symmetric matrix is made of. */
export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** Row by row, the unit vector of each value. */
  readonly vectors: Float64Array;
}

const STEPS_MAX = 60;

/** Decomposes `matrix`, size x size, of which the lower triangle is read. */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  assert(matrix.length === size * size, `matrix: expected ${size * size}, got ${matrix.length}`);
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at += 1) vectors[at * size + at] = 1;
  const { diagonal, beside } = tridiagonalise(mirrored(matrix, size), vectors, size);
  diagonalise(diagonal, beside, vectors, size);
  return ascending(diagonal, vectors, size);
}

function mirrored(matrix: Float64Array, size: number): Float64Array {
  const full = matrix.slice();
  for (let row = 0; row < size; row += 1) {
    for (let column = row + 1; column < size; column += 1) {
      full[row * size + column] = matrix[column * size + row];
    }
  }
  return full;
}

/** Turns `full` to tridiagonal form and `vectors` along with it. */
function tridiagonalise(full: Float64Array, vectors: Float64Array, size: number) {
  const mirror = new Float64Array(size);
  const image = new Float64Array(size);
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  for (let pivot = 0; pivot < size; pivot += 1) {
    diagonal[pivot] = full[pivot * size + pivot];
    if (pivot + 1 === size) break;
    beside[pivot] = reflection(full, size, pivot, mirror);
    if (mirror[pivot + 1] === 0) continue;
    reflectBothSides(full, size, pivot + 1, mirror, image);
    reflectRows(vectors, size, pivot + 1, mirror, image);
  }
  return { diagonal, beside };
}

/** Writes the unit vector that mirrors column `pivot` onto one place; answers what stands there. */
function reflection(full: Float64Array, size: number, pivot: number, mirror: Float64Array): number {
  let below = 0;
  for (let row = pivot + 2; row < size; row += 1) below += full[row * size + pivot] ** 2;
  const head = full[(pivot + 1) * size + pivot];
  mirror[pivot + 1] = 0;
  if (below === 0) return head;
  const length = Math.sqrt(head * head + below);
  const first = head + (head < 0 ? -length : length);
  const scale = 1 / Math.sqrt(first * first + below);
  mirror[pivot + 1] = first * scale;
  for (let row = pivot + 2; row < size; row += 1) mirror[row] = full[row * size + pivot] * scale;
  return head < 0 ? length : -length;
}

/** full := H full H with H = 1 - 2 mirror mirror', on rows and columns from `from` on. */
function reflectBothSides(
  full: Float64Array,
  size: number,
  from: number,
  mirror: Float64Array,
  image: Float64Array,
): void {
  let along = 0;
  for (let row = from; row < size; row += 1) {
    let sum = 0;
    for (let column = from; column < size; column += 1) {
      sum += full[row * size + column] * mirror[column];
    }
    image[row] = 2 * sum;
    along += sum * mirror[row];
  }
  for (let row = from; row < size; row += 1) image[row] -= 2 * along * mirror[row];
  for (let row = from; row < size; row += 1) {
    for (let column = from; column < size; column += 1) {
      full[row * size + column] -= mirror[row] * image[column] + image[row] * mirror[column];
    }
  }
}

function reflectRows(
  vectors: Float64Array,
  size: number,
  from: number,
  mirror: Float64Array,
  image: Float64Array,
): void {
  image.fill(0);
  for (let row = from; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      image[column] += 2 * mirror[row] * vectors[row * size + column];
    }
  }
  for (let row = from; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      vectors[row * size + column] -= mirror[row] * image[column];
    }
  }
}

function diagonalise(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  size: number,
): void {
  // Beside the whole matrix, not beside neighbours: those of a matrix of low rank are rounding.
  let greatest = 0;
  for (let at = 0; at < size; at += 1) {
    greatest = Math.max(greatest, Math.abs(diagonal[at]) + Math.abs(beside[at]));
  }
  const negligible = Number.EPSILON * greatest;
  for (let first = 0; first < size; first += 1) {
    for (let step = 0; ; step += 1) {
      const last = blockEnd(beside, first, size, negligible);
      if (last === first) break;
      assert(step < STEPS_MAX, `QL: expected to converge in ${STEPS_MAX} steps`);
      chase(diagonal, beside, vectors, { size, first, last });
    }
  }
}

/** The end of the block at `first` that is not yet cut off from the rest. */
function blockEnd(beside: Float64Array, first: number, size: number, negligible: number): number {
  let last = first;
  while (last < size - 1 && Math.abs(beside[last]) > negligible) last += 1;
  return last;
}

/** One QL step with Wilkinson's shift on the block from `first` to `last`. */
function chase(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  { size, first, last }: { readonly size: number; readonly first: number; readonly last: number },
): void {
  const half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
  const reach = half + (half < 0 ? -1 : 1) * Math.hypot(half, 1);
  let bulge = diagonal[last] - diagonal[first] + beside[first] / reach;
  let [cosine, sine, shift] = [1, 1, 0];
  for (let at = last - 1; at >= first; at -= 1) {
    const outside = sine * beside[at];
    const inside = cosine * beside[at];
    const length = Math.hypot(outside, bulge);
    beside[at + 1] = length;
    if (length === 0) {
      diagonal[at + 1] -= shift;
      beside[last] = 0;
      return;
    }
    [sine, cosine] = [outside / length, bulge / length];
    const here = diagonal[at + 1] - shift;
    const turned = (diagonal[at] - here) * sine + 2 * cosine * inside;
    shift = sine * turned;
    diagonal[at + 1] = here + shift;
    bulge = cosine * turned - inside;
    turnRows(vectors, size, at, cosine, sine);
  }
  diagonal[first] -= shift;
  beside[first] = bulge;
  beside[last] = 0;
}

function turnRows(vectors: Float64Array, size: number, at: number, cosine: number, sine: number) {
  const [low, high] = [at * size, (at + 1) * size];
  for (let column = 0; column < size; column += 1) {
    const [a, b] = [vectors[low + column], vectors[high + column]];
    vectors[high + column] = sine * a + cosine * b;
    vectors[low + column] = cosine * a - sine * b;
  }
}

function ascending(values: Float64Array, vectors: Float64Array, size: number): SymmetricEigen {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const sorted = new Float64Array(size * size);
  for (const [rank, from] of order.entries()) {
    sorted.set(vectors.subarray(from * size, (from + 1) * size), rank * size);
  }
  return { values: Float64Array.from(order, (from) => values[from]), vectors: sorted };
}
