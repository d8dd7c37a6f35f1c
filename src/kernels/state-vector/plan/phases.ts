/**
 * Phases: unit complex numbers by which amplitudes that meet some conditions are multiplied, and
 * how diagonals come apart into them.
 */
import type { FactorNode, TermNode } from "./node.ts";
import type { Complex, ControlQubit, PhaseOperation } from "./operation.ts";

/** No change. */
export const ONE: Complex = Object.freeze({ re: 1, im: 0 });

/** The conditions of a phase, and the phase. */
type Phase = Omit<PhaseOperation, "kind">;

/**
 * A diagonal on `qubits` as phases. Where all factors are of modulus 1, each phase asks for ones
 * alone and multiplies what its subsets have not yet given (Moebius inversion); otherwise there is
 * one for each factor.
 */
export function phasesOfDiagonal(
  qubits: readonly number[],
  factors: readonly number[],
): readonly Phase[] {
  const count = 2 ** qubits.length;
  const rest = Array.from(
    { length: count },
    (_, index): Complex => ({ re: factors[2 * index], im: factors[2 * index + 1] }),
  );
  const conditionsAt = (index: number, all: boolean) =>
    qubits.flatMap((qubit, position): ControlQubit[] => {
      const value = (index >> position) & 1 ? 1 : 0;
      return value === 1 || all ? [{ qubit, value }] : [];
    });
  const everyUnit = rest.every(isUnit);
  for (let bit = 1; everyUnit && bit < count; bit *= 2) {
    for (let index = 0; index < count; index += 1) {
      if (index & bit) rest[index] = times(rest[index], conjugate(rest[index ^ bit]));
    }
  }
  return rest.map((factor, index) => ({ conditions: conditionsAt(index, !everyUnit), factor }));
}

/** A phase on a pair of bits of which one or both must be 0, by inclusion and exclusion. */
export function unevenPair(
  mask: number,
  value: number,
  factor: Complex,
): readonly (FactorNode | TermNode)[] {
  const off = mask & ~value;
  const inverse = conjugate(factor);
  if (value === 0) {
    const high = 31 - Math.clz32(mask);
    return [
      { kind: "term", mask: 0, value: 0, factor },
      { kind: "factor", mask: 1 << high, zero: ONE, one: inverse },
      { kind: "factor", mask: mask ^ (1 << high), zero: ONE, one: inverse },
      { kind: "term", mask, value: mask, factor },
    ];
  }
  return [
    { kind: "factor", mask: mask ^ off, zero: ONE, one: factor },
    { kind: "term", mask, value: mask, factor: inverse },
  ];
}

/** The complex conjugate. */
export function conjugate({ re, im }: Complex): Complex {
  return { re, im: -im };
}

/** The product. */
export function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

/** Whether within a few units in the last place of 1: nothing is lost by leaving it out. */
export function isOne({ re, im }: Complex): boolean {
  return Math.abs(re - 1) < 1e-15 && Math.abs(im) < 1e-15;
}

/** Whether of modulus 1, but for rounding. */
export function isUnit({ re, im }: Complex): boolean {
  return Math.abs(re * re + im * im - 1) < 1e-9;
}
