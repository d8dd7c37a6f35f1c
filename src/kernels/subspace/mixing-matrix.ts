/**
 * The exponential of a small real symmetric matrix: what a mixer does to the options of one site.
 */
import type { ComplexTable } from "../state-vector/engine/product-table.ts";

/** The series is summed for matrices of at most this norm; squaring does the rest. */
const NORM_MAX = 0.25;
/** 0.25^15 / 15! is below 1e-21. */
const TERMS = 14;

/**
 * exp(-i angle A), row by row, for a real symmetric `adjacency` of `size` rows. Method: Taylor
 * series of a fraction of the angle, then squaring (C. Moler and C. Van Loan, SIAM Review 45,
 * 2003); only additions and multiplications, so it gives the same bits everywhere.
 */
export function mixingMatrix(adjacency: Float64Array, size: number, angle: number): ComplexTable {
  let norm = 0;
  for (let row = 0; row < size; row += 1) {
    const entries = adjacency.subarray(row * size, (row + 1) * size);
    norm = Math.max(
      norm,
      entries.reduce((sum, entry) => sum + Math.abs(entry * angle), 0),
    );
  }
  let squarings = 0;
  let fraction = angle;
  for (; norm > NORM_MAX; norm /= 2) {
    squarings += 1;
    fraction /= 2;
  }
  const generator = {
    re: new Float64Array(size * size),
    im: adjacency.map((entry) => -fraction * entry),
  };
  let result = identity(size);
  // Horner's rule: 1 + G (1 + G / 2 (1 + G / 3 (...))).
  for (let term = TERMS; term > 0; term -= 1) {
    const { re, im } = product(generator, result, size);
    const one = identity(size);
    result = {
      re: one.re.map((entry, at) => entry + re[at] / term),
      im: im.map((entry) => entry / term),
    };
  }
  for (let done = 0; done < squarings; done += 1) result = product(result, result, size);
  return result;
}

function identity(size: number): ComplexTable {
  const re = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) re[row * size + row] = 1;
  return { re, im: new Float64Array(size * size) };
}

function product(a: ComplexTable, b: ComplexTable, size: number): ComplexTable {
  const re = new Float64Array(size * size);
  const im = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let inner = 0; inner < size; inner += 1) {
      const [x, y] = [a.re[row * size + inner], a.im[row * size + inner]];
      for (let column = 0; column < size; column += 1) {
        const at = inner * size + column;
        re[row * size + column] += x * b.re[at] - y * b.im[at];
        im[row * size + column] += x * b.im[at] + y * b.re[at];
      }
    }
  }
  return { re, im };
}
