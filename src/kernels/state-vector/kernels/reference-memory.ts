/**
 * Memory as the reference kernels see it, and complex products rounded as the kernels round them.
 */

/** The memory as numbers of the state's precision, and how a result is rounded. */
export interface Numbers {
  readonly at: Float32Array | Float64Array;
  readonly words: Int32Array;
  readonly halfWords: Uint16Array;
  readonly doubles: Float64Array;
  readonly bytes: number;
  readonly lanes: number;
  readonly round: (value: number) => number;
}

/** A complex number. */
export interface Pair {
  readonly re: number;
  readonly im: number;
}

/** `a b`, each operation rounded. */
export function product({ round }: Numbers, a: Pair, b: Pair): readonly [number, number] {
  return [
    round(round(a.re * b.re) - round(a.im * b.im)),
    round(round(a.im * b.re) + round(a.re * b.im)),
  ];
}
