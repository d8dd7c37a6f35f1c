/**
 * The state of a few qubits, for circuits that are run once for every row of a table: two arrays
 * and the three operations feature maps are made of. For larger states and other gates there is the
 * state-vector engine, whose planning would cost more here than the circuit.
 */

/** 2^n amplitudes; qubit q is bit q of an index. */
export interface QubitState {
  readonly qubitCount: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A state of no particular amplitudes. */
export function qubitState(qubitCount: number): QubitState {
  const size = 2 ** qubitCount;
  return { qubitCount, re: new Float64Array(size), im: new Float64Array(size) };
}

/** Makes it |0...0>. */
export function startAtZero({ re, im }: QubitState): void {
  re.fill(0);
  im.fill(0);
  re[0] = 1;
}

/** A Hadamard gate on each qubit. */
export function hadamards({ qubitCount, re, im }: QubitState): void {
  for (let qubit = 0; qubit < qubitCount; qubit += 1) {
    const bit = 1 << qubit;
    for (let base = 0; base < re.length; base += 2 * bit) {
      for (let low = base; low < base + bit; low += 1) {
        const high = low + bit;
        const lowRe = re[low];
        const lowIm = im[low];
        re[low] = (lowRe + re[high]) * Math.SQRT1_2;
        im[low] = (lowIm + im[high]) * Math.SQRT1_2;
        re[high] = (lowRe - re[high]) * Math.SQRT1_2;
        im[high] = (lowIm - im[high]) * Math.SQRT1_2;
      }
    }
  }
}

/** Multiplies each amplitude by cosine + i sine of its own phase. */
export function turnPhases({ re, im }: QubitState, cosines: Float64Array, sines: Float64Array) {
  for (let index = 0; index < re.length; index += 1) {
    const real = re[index];
    re[index] = real * cosines[index] - im[index] * sines[index];
    im[index] = real * sines[index] + im[index] * cosines[index];
  }
}

/**
 * exp(-i angle (XX + YY + ZZ)) on `qubit` and the next: with S the exchange of the two qubits,
 * XX + YY + ZZ is 2 S - 1, so the exponential is a phase on equal bits and a rotation of unequal
 * ones.
 */
export function heisenberg({ re, im }: QubitState, qubit: number, angle: number): void {
  const [first, second] = [1 << qubit, 2 << qubit];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [stay, swap] = [Math.cos(2 * angle), Math.sin(2 * angle)];
  for (let index = 0; index < re.length; index += 1) {
    const isFirst = (index & first) !== 0;
    const isSecond = (index & second) !== 0;
    if (isFirst === isSecond) {
      const real = re[index];
      re[index] = cosine * real + sine * im[index];
      im[index] = cosine * im[index] - sine * real;
    } else if (isFirst) {
      const other = index ^ first ^ second;
      const realA = stay * re[index] + swap * im[other];
      const imagA = stay * im[index] - swap * re[other];
      const realB = stay * re[other] + swap * im[index];
      const imagB = stay * im[other] - swap * re[index];
      re[index] = cosine * realA - sine * imagA;
      im[index] = cosine * imagA + sine * realA;
      re[other] = cosine * realB - sine * imagB;
      im[other] = cosine * imagB + sine * realB;
    }
  }
}
