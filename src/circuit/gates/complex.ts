/**
 * Complex numbers as frozen pairs. Used where matrices are built and where OpenQASM computes with
 * `complex`; the state vectors keep real and imaginary parts in separate arrays and never make one
 * of these.
 */

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The number `re + i im`. */
export function complex(re: number, im = 0): Complex {
  return { re, im };
}

/** `e^(i phase)`, phase in radians. */
export function expi(phase: number): Complex {
  return { re: Math.cos(phase), im: Math.sin(phase) };
}

/** `a + b`. */
export function sum(a: Complex, b: Complex): Complex {
  return { re: a.re + b.re, im: a.im + b.im };
}

/** `a - b`. */
export function difference(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im };
}

/** `a b`. */
export function product(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

/** `a / b`; infinite or not a number when `b` is 0, as in IEEE 754. */
export function quotient(a: Complex, b: Complex): Complex {
  const norm = b.re * b.re + b.im * b.im;
  return {
    re: (a.re * b.re + a.im * b.im) / norm,
    im: (a.im * b.re - a.re * b.im) / norm,
  };
}

/** `e^a`. */
export function exponential(a: Complex): Complex {
  return product(complex(Math.exp(a.re)), expi(a.im));
}

/** The principal value of `a^b`; `0^0` is 1 and `0^b` is 0. */
export function principalPower(a: Complex, b: Complex): Complex {
  if (a.re === 0 && a.im === 0) return complex(b.re === 0 && b.im === 0 ? 1 : 0);
  const logarithm = complex(Math.log(Math.hypot(a.re, a.im)), Math.atan2(a.im, a.re));
  return exponential(product(b, logarithm));
}
