/**
 * Cosine and sine that give the same bits on every engine and CPU, for rotations whose results are
 * recorded. Only additions, multiplications and rounding to an integer occur, in an order the
 * language fixes.
 *
 * Method: the argument is reduced by multiples of pi/2, split in three parts of 33 bits (Cody and
 * Waite 1980), and the polynomials of fdlibm (K. Ng, 1993) are evaluated on what remains. The error
 * is at most 2^-52 for arguments up to a million; meant for angles, not for reduction of huge
 * numbers. The state-vector kernels run the same steps on vectors, and a test holds both to the
 * same bits.
 */

/** The constants of the method, for those who run it elsewhere. */
export const TRIGONOMETRY = Object.freeze({
  twoOverPi: 0.6366197723675814,
  /** pi/2 in three parts. */
  halfPi: [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21],
  /** sin r = r + r^3 (S0 + r^2 (S1 + ...)). */
  sine: [
    -0.16666666666666632, 0.00833333333332249, -0.0001984126982985795, 2.7557313707070068e-6,
    -2.5050760253406863e-8, 1.58969099521155e-10,
  ],
  /** cos r = 1 - r^2 / 2 + r^4 (C0 + r^2 (C1 + ...)). */
  cosine: [
    0.0416666666666666, -0.001388888888887411, 2.480158728947673e-5, -2.7557314351390663e-7,
    2.087572321298175e-9, -1.1359647557788195e-11,
  ],
});

/** Adding and subtracting this rounds a double to an integer, half to even. */
const ROUNDER = 6_755_399_441_055_744;

/** Cosine and sine of `angle` in radians, |angle| up to a million. */
export function cosineAndSine(angle: number): { readonly cosine: number; readonly sine: number } {
  const { twoOverPi, halfPi } = TRIGONOMETRY;
  const quarters = angle * twoOverPi + ROUNDER - ROUNDER;
  const r = angle - quarters * halfPi[0] - quarters * halfPi[1] - quarters * halfPi[2];
  const square = r * r;
  const sine = r + r * square * horner(TRIGONOMETRY.sine, square);
  const cosine = 1 - 0.5 * square + square * square * horner(TRIGONOMETRY.cosine, square);
  switch (quarters & 3) {
    case 0:
      return { cosine, sine };
    case 1:
      return { cosine: -sine, sine: cosine };
    case 2:
      return { cosine: -cosine, sine: -sine };
    default:
      return { cosine: sine, sine: -cosine };
  }
}

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let at = coefficients.length - 1; at >= 0; at -= 1) sum = sum * x + coefficients[at];
  return sum;
}
