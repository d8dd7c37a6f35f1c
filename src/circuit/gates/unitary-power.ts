/**
 * Real powers of unitary matrices. The principal power is meant: with eigenvalues e^(i a), a in
 * (-pi, pi], the power k has eigenvalues e^(i k a) on the same eigenvectors, as OpenQASM's `pow(k)
 * @` asks for (`pow(0.5) @ x` is `sx`).
 */
import { assert } from "#foundation";
import { adjoint, type ComplexMatrix, identityMatrix, multiply, zeroMatrix } from "./matrix.ts";

/**
 * Phases nearer than this to -pi count as +pi: rounding must not choose between the two roots of
 * -1.
 */
const CUT_TOLERANCE = 1e-9;

/** Off-diagonal entries below this after diagonalisation are rounding. */
const DIAGONAL_TOLERANCE = 1e-11;

/**
 * Directions in which Re(e^(-i d) U) is diagonalised. Two different eigenphases a and b are
 * confused only when a + b = 2d, so a second direction resolves what the first cannot.
 */
const DIRECTIONS = [0.3217505543966422, 1.1071487177940904, 2.0344439357957027, 2.677945044588987];

/**
 * The principal power `matrix^exponent`; integer exponents are multiplied out and need no
 * eigenvectors.
 */
export function unitaryPower(matrix: ComplexMatrix, exponent: number): ComplexMatrix {
  assert(Number.isFinite(exponent), "a finite exponent");
  if (Number.isSafeInteger(exponent)) return integerPower(matrix, exponent);
  for (const direction of DIRECTIONS) {
    const vectors = hermitianEigenvectors(realPart(matrix, direction));
    const rotated = multiply(adjoint(vectors), multiply(matrix, vectors));
    if (offDiagonal(rotated) > DIAGONAL_TOLERANCE) continue;
    return multiply(vectors, multiply(diagonalPower(rotated, exponent), adjoint(vectors)));
  }
  assert(false, "a unitary matrix with eigenvalues that some direction tells apart");
}

function integerPower(matrix: ComplexMatrix, exponent: number): ComplexMatrix {
  let base = exponent < 0 ? adjoint(matrix) : matrix;
  let rest = Math.abs(exponent);
  let result = identityMatrix(matrix.size);
  while (rest > 0) {
    if (rest % 2 === 1) result = multiply(result, base);
    rest = Math.floor(rest / 2);
    // Squares are made unitary again, or rounding would grow with the exponent.
    if (rest > 0) base = nearerUnitary(multiply(base, base));
  }
  return result;
}

/** One step of Newton's iteration for the nearest unitary matrix: U (3 - U* U) / 2. */
function nearerUnitary(matrix: ComplexMatrix): ComplexMatrix {
  const rest = multiply(adjoint(matrix), matrix);
  const factor = {
    size: rest.size,
    re: rest.re.map((value, entry) => ((entry % (rest.size + 1) === 0 ? 3 : 0) - value) / 2),
    im: rest.im.map((value) => -value / 2),
  };
  return multiply(matrix, factor);
}

function diagonalPower(diagonal: ComplexMatrix, exponent: number): ComplexMatrix {
  const result = zeroMatrix(diagonal.size);
  for (let index = 0; index < diagonal.size; index += 1) {
    const entry = index * (diagonal.size + 1);
    let phase = Math.atan2(diagonal.im[entry], diagonal.re[entry]);
    if (phase < -Math.PI + CUT_TOLERANCE) phase = Math.PI;
    result.re[entry] = Math.cos(exponent * phase);
    result.im[entry] = Math.sin(exponent * phase);
  }
  return result;
}

/** (e^(-i d) U + its adjoint) / 2: Hermitian, with the eigenvectors of U. */
function realPart(matrix: ComplexMatrix, direction: number): ComplexMatrix {
  const { size } = matrix;
  const result = zeroMatrix(size);
  const cosine = Math.cos(direction);
  const sine = Math.sin(direction);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const here = row * size + column;
      const mirror = column * size + row;
      const turnedRe = cosine * matrix.re[here] + sine * matrix.im[here];
      const turnedIm = cosine * matrix.im[here] - sine * matrix.re[here];
      const mirrorRe = cosine * matrix.re[mirror] + sine * matrix.im[mirror];
      const mirrorIm = cosine * matrix.im[mirror] - sine * matrix.re[mirror];
      result.re[here] = (turnedRe + mirrorRe) / 2;
      result.im[here] = (turnedIm - mirrorIm) / 2;
    }
  }
  return result;
}

/** Eigenvectors (columns) of a Hermitian matrix by cyclic complex Jacobi rotations. */
function hermitianEigenvectors(hermitian: ComplexMatrix): ComplexMatrix {
  const vectors = identityMatrix(hermitian.size);
  for (let sweep = 0; sweep < 60 && offDiagonal(hermitian) > 1e-15; sweep += 1) {
    for (let p = 0; p < hermitian.size; p += 1) {
      for (let q = p + 1; q < hermitian.size; q += 1) rotateAway(hermitian, vectors, p, q);
    }
  }
  return vectors;
}

/** One Jacobi rotation in the plane (p, q) that makes entry (p, q) zero. */
function rotateAway(h: ComplexMatrix, vectors: ComplexMatrix, p: number, q: number): void {
  const { size } = h;
  const re = h.re[p * size + q];
  const im = h.im[p * size + q];
  const magnitude = Math.hypot(re, im);
  if (magnitude < 1e-300) return;
  const gap = h.re[p * size + p] - h.re[q * size + q];
  const half = gap === 0 ? Math.PI / 4 : Math.atan((2 * magnitude) / gap) / 2;
  const cosine = Math.cos(half);
  const sine = Math.sin(half);
  const phaseRe = re / magnitude;
  const phaseIm = im / magnitude;
  rotateColumns(h, p, q, cosine, sine * phaseRe, sine * phaseIm);
  rotateRows(h, p, q, cosine, sine * phaseRe, sine * phaseIm);
  rotateColumns(vectors, p, q, cosine, sine * phaseRe, sine * phaseIm);
}

/** Columns (p, q) become (c p + conj(s) q, -s p + c q). */
function rotateColumns(
  m: ComplexMatrix,
  p: number,
  q: number,
  c: number,
  sRe: number,
  sIm: number,
): void {
  for (let row = 0; row < m.size; row += 1) {
    const atP = row * m.size + p;
    const atQ = row * m.size + q;
    const pRe = m.re[atP];
    const pIm = m.im[atP];
    const qRe = m.re[atQ];
    const qIm = m.im[atQ];
    m.re[atP] = c * pRe + sRe * qRe + sIm * qIm;
    m.im[atP] = c * pIm + sRe * qIm - sIm * qRe;
    m.re[atQ] = c * qRe - sRe * pRe + sIm * pIm;
    m.im[atQ] = c * qIm - sRe * pIm - sIm * pRe;
  }
}

/**
 * Rows (p, q) become (c p + s q, -conj(s) p + c q): the adjoint of the column rotation from the
 * left.
 */
function rotateRows(
  m: ComplexMatrix,
  p: number,
  q: number,
  c: number,
  sRe: number,
  sIm: number,
): void {
  for (let column = 0; column < m.size; column += 1) {
    const atP = p * m.size + column;
    const atQ = q * m.size + column;
    const pRe = m.re[atP];
    const pIm = m.im[atP];
    const qRe = m.re[atQ];
    const qIm = m.im[atQ];
    m.re[atP] = c * pRe + sRe * qRe - sIm * qIm;
    m.im[atP] = c * pIm + sRe * qIm + sIm * qRe;
    m.re[atQ] = c * qRe - sRe * pRe - sIm * pIm;
    m.im[atQ] = c * qIm - sRe * pIm + sIm * pRe;
  }
}

function offDiagonal(matrix: ComplexMatrix): number {
  let greatest = 0;
  for (let index = 0; index < matrix.re.length; index += 1) {
    if (index % (matrix.size + 1) === 0) continue;
    greatest = Math.max(greatest, Math.abs(matrix.re[index]), Math.abs(matrix.im[index]));
  }
  return greatest;
}
