/**
 * One-qubit unitaries up to a global phase: products, what commutes with Z, axes.
 */
import { type Complex, complex, expi } from "../gates/complex.ts";
import { gateRow } from "../gates/gate-table.ts";
import { adjoint, type ComplexMatrix, matrixFromRows } from "../gates/matrix.ts";
import { ANGLE_TOLERANCE } from "./step.ts";

/** How a one-qubit unitary passes a ZZ interaction. */
export type ZBehaviour =
  /** It commutes. */
  | "keeps"
  /** It commutes and turns the angle round. */
  | "flips"
  /** It does not. */
  | "mixes";

/** What `matrix` does to Z. */
export function zBehaviour({ re, im }: ComplexMatrix): ZBehaviour {
  if (Math.hypot(re[1], im[1]) < ANGLE_TOLERANCE) return "keeps";
  return Math.hypot(re[0], im[0]) < ANGLE_TOLERANCE ? "flips" : "mixes";
}

/** Whether `matrix` is the identity up to a phase. */
export function isIdentity(matrix: ComplexMatrix): boolean {
  const { re, im } = matrix;
  const apart = Math.hypot(re[0] - re[3], im[0] - im[3]);
  return zBehaviour(matrix) === "keeps" && apart < ANGLE_TOLERANCE;
}

/** The matrix of the one-qubit gate `name` of the table. */
export function oneQubitMatrix(name: string, ...angles: readonly number[]): ComplexMatrix {
  return gateRow(name).matrix(angles);
}

/** A unitary as its two eigenphases around the basis in which it is diagonal. */
export interface Spectrum {
  /** `basis` diag(e^(i phases)) `basis`^dagger. */
  readonly basis: ComplexMatrix;
  readonly phases: readonly [number, number];
}

/** The spectrum of a 2 by 2 unitary: a rotation about an axis, times a phase. */
export function spectrumOf({ re, im }: ComplexMatrix): Spectrum {
  const half = (Math.atan2(im[0], re[0]) + Math.atan2(im[3], re[3])) / 2;
  const determinant = Math.atan2(
    re[0] * im[3] + im[0] * re[3] - re[1] * im[2] - im[1] * re[2],
    re[0] * re[3] - im[0] * im[3] - re[1] * re[2] + im[1] * im[2],
  );
  const isDiagonal = Math.hypot(re[1], im[1]) < ANGLE_TOLERANCE;
  const phase = isDiagonal ? half : determinant / 2;
  const turn = (index: number): Complex => ({
    re: re[index] * Math.cos(phase) + im[index] * Math.sin(phase),
    im: im[index] * Math.cos(phase) - re[index] * Math.sin(phase),
  });
  const [a, b, c, d] = [turn(0), turn(1), turn(2), turn(3)];
  const [x, y, z] = [-(b.im + c.im) / 2, (c.re - b.re) / 2, (d.im - a.im) / 2];
  const angle = Math.atan2(Math.hypot(x, y, z), (a.re + d.re) / 2);
  if (isDiagonal) {
    const signed = z < 0 ? -angle : angle;
    return { basis: oneQubitMatrix("id"), phases: [phase - signed, phase + signed] };
  }
  const [polar, azimuth] = [Math.atan2(Math.hypot(x, y), z), Math.atan2(y, x)];
  const [cosine, sine] = [Math.cos(polar / 2), Math.sin(polar / 2)];
  const east = expi(azimuth);
  const basis = matrixFromRows([
    [cosine, complex(-sine * east.re, sine * east.im)],
    [complex(sine * east.re, sine * east.im), cosine],
  ]);
  return { basis, phases: [phase - angle, phase + angle] };
}

/** The inverse of `spectrum.basis`. */
export function intoBasis(spectrum: Spectrum): ComplexMatrix {
  return adjoint(spectrum.basis);
}
