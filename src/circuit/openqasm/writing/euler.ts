/**
 * A one-qubit unitary as angles: phase times U(theta, phi, lambda) of OpenQASM 3.
 */
import type { ComplexMatrix } from "../../gates/matrix.ts";

/** The angles of `e^(i gamma) U(theta, phi, lambda)`, in radians. */
export interface EulerAngles {
  readonly theta: number;
  readonly phi: number;
  readonly lambda: number;
  readonly gamma: number;
}

/** The angles of the 2 by 2 unitary `matrix`. */
export function eulerAngles({ re, im }: ComplexMatrix): EulerAngles {
  const [size00, size10] = [Math.hypot(re[0], im[0]), Math.hypot(re[2], im[2])];
  const theta = 2 * Math.atan2(size10, size00);
  const phase = (index: number) => Math.atan2(im[index], re[index]);
  // U has e^(i theta/2) on its first column; where one column vanishes the other fixes the phases.
  const first = size00 > size10 ? phase(0) : phase(2);
  if (size00 <= size10) {
    const lambda = size00 > 1e-12 ? phase(3) - phase(2) : phase(1) - Math.PI - first;
    const phi = size00 > 1e-12 ? phase(2) - phase(0) : 0;
    return { theta, phi, lambda, gamma: first - phi - theta / 2 };
  }
  const phi = size10 > 1e-12 ? phase(2) - phase(0) : 0;
  return { theta, phi, lambda: phase(3) - first - phi, gamma: first - theta / 2 };
}
