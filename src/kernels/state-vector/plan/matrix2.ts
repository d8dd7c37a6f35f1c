/**
 * Two-by-two complex matrices as eight numbers, row by row, and how a unitary one splits. All of it
 * is algebra with square roots and no angle appears, so the results have the same bits on every
 * engine.
 */

/** re00, im00, re01, im01, re10, im10, re11, im11. */
export type Matrix2 = readonly number[];

/** The identity. */
export const IDENTITY2: Matrix2 = Object.freeze([1, 0, 0, 0, 0, 0, 1, 0]);

/** The product `a b`: first `b` acts, then `a`. */
export function multiply2(a: Matrix2, b: Matrix2): Matrix2 {
  const [ar, ai, br, bi, cr, ci, dr, di] = a;
  const [er, ei, fr, fi, gr, gi, hr, hi] = b;
  return [
    ar * er - ai * ei + br * gr - bi * gi,
    ar * ei + ai * er + br * gi + bi * gr,
    ar * fr - ai * fi + br * hr - bi * hi,
    ar * fi + ai * fr + br * hi + bi * hr,
    cr * er - ci * ei + dr * gr - di * gi,
    cr * ei + ci * er + dr * gi + di * gr,
    cr * fr - ci * fi + dr * hr - di * hi,
    cr * fi + ci * fr + dr * hi + di * hr,
  ];
}

/** The conjugate transpose. */
export function adjoint2([ar, ai, br, bi, cr, ci, dr, di]: Matrix2): Matrix2 {
  return [ar, -ai, cr, -ci, br, -bi, dr, -di];
}

/** `X m`: the rows exchanged. */
export function flipRows([ar, ai, br, bi, cr, ci, dr, di]: Matrix2): Matrix2 {
  return [cr, ci, dr, di, ar, ai, br, bi];
}

/** `m X`: the columns exchanged. */
export function flipColumns([ar, ai, br, bi, cr, ci, dr, di]: Matrix2): Matrix2 {
  return [br, bi, ar, ai, dr, di, cr, ci];
}

/**
 * Below this an entry of a unitary matrix counts as zero: an error of a few units in the last place
 * of a double.
 */
const NEGLIGIBLE = 1e-15;

/** Which entries of a unitary vanish. */
export type Shape = "diagonal" | "antidiagonal" | "full";

/** The shape of a matrix whose columns are those of a unitary, or vanish. */
export function shapeOf([ar, ai, br, bi, cr, ci, dr, di]: Matrix2): Shape {
  const off = Math.max(Math.abs(br), Math.abs(bi), Math.abs(cr), Math.abs(ci));
  if (off < NEGLIGIBLE) return "diagonal";
  const on = Math.max(Math.abs(ar), Math.abs(ai), Math.abs(dr), Math.abs(di));
  return on < NEGLIGIBLE ? "antidiagonal" : "full";
}

/**
 * A unitary as `diag(after0, after1) R diag(1, before1)`, R the rotation by the angle of this
 * cosine and sine.
 */
export interface EulerSplit {
  readonly cosine: number;
  /** Not negative. */
  readonly sine: number;
  readonly before1: readonly [re: number, im: number];
  /** The diagonal that remains to be applied, as a matrix. */
  readonly after: Matrix2;
}

/**
 * Splits a full unitary by Euler's angles (Z Y Z). The outer phases are read off the larger
 * entries, so that a small entry's rounding is never blown up.
 */
export function splitEuler(matrix: Matrix2): EulerSplit {
  const [ar, ai, br, bi, cr, ci, dr, di] = matrix;
  const [cosine, zeroRe, zeroIm] = polar(ar, ai);
  const [sine, oneRe, oneIm] = polar(cr, ci);
  const [, pr, pi] = cosine >= sine ? polar(dr, di) : polar(-br, -bi);
  const [qr, qi] = cosine >= sine ? [oneRe, oneIm] : [zeroRe, zeroIm];
  return {
    cosine,
    sine,
    before1: [pr * qr + pi * qi, pi * qr - pr * qi],
    after: [zeroRe, zeroIm, 0, 0, 0, 0, oneRe, oneIm],
  };
}

/** Modulus and direction; the direction of 0 is 1. */
function polar(re: number, im: number): readonly [modulus: number, re: number, im: number] {
  const modulus = Math.sqrt(re * re + im * im);
  return modulus === 0 ? [0, 1, 0] : [modulus, re / modulus, im / modulus];
}

/** A unitary as `basis diag(first, second) basis^-1`. */
export interface SpectralSplit {
  readonly basis: Matrix2;
  readonly first: readonly [re: number, im: number];
  readonly second: readonly [re: number, im: number];
}

/**
 * Diagonalises a unitary. With u = phase * (w - i (x X + y Y + z Z)), phase^2 = det u, the
 * eigenvectors are those of the Hermitian part x X + y Y + z Z, whose real vector (x, y, z) needs
 * only square roots.
 */
export function splitSpectral(matrix: Matrix2): SpectralSplit {
  const [ar, ai, br, bi, cr, ci, dr, di] = matrix;
  const [gr, gi] = squareRoot(
    ar * dr - ai * di - br * cr + bi * ci,
    ar * di + ai * dr - br * ci - bi * cr,
  );
  const over = (re: number, im: number): readonly [number, number] => [
    re * gr + im * gi,
    im * gr - re * gi,
  ];
  const [w] = over((ar + dr) / 2, (ai + di) / 2);
  const [, z] = over(-(ar - dr) / 2, -(ai - di) / 2);
  const [, x] = over(-(br + cr) / 2, -(bi + ci) / 2);
  const [y] = over((cr - br) / 2, (ci - bi) / 2);
  const length = Math.sqrt(x * x + y * y + z * z);
  const times = (im: number): readonly [number, number] => [w * gr - im * gi, w * gi + im * gr];
  if (length === 0) return { basis: IDENTITY2, first: times(0), second: times(0) };
  return {
    basis: eigenbasis(x / length, y / length, z / length),
    first: times(-length),
    second: times(length),
  };
}

/** Columns: the eigenvectors of x X + y Y + z Z (a unit vector) for +1 and -1. */
function eigenbasis(x: number, y: number, z: number): Matrix2 {
  if (z < 0) return flipColumns(eigenbasis(-x, -y, -z));
  const c = Math.sqrt((1 + z) / 2);
  const [sr, si] = [x / (2 * c), y / (2 * c)];
  return [c, 0, -sr, si, sr, si, c, 0];
}

function squareRoot(re: number, im: number): readonly [number, number] {
  const modulus = Math.sqrt(re * re + im * im);
  const real = Math.sqrt(Math.max(0, (modulus + re) / 2));
  const imaginary = Math.sqrt(Math.max(0, (modulus - re) / 2));
  return [real, im < 0 ? -imaginary : imaginary];
}
