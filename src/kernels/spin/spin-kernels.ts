/**
 * The kernels of one memory, generated or plain.
 */

/**
 * `fillTable`, `permuteLanes`, and `sweepUnit` or `sweepWeighted`; arguments are addresses and
 * counts.
 */
export type SpinKernels = Readonly<Record<string, (...operands: readonly number[]) => void>>;

/** Generated WebAssembly, or the same in plain TypeScript: the same bits, some 50 times slower. */
export type SpinBuild = "generated" | "plain";
