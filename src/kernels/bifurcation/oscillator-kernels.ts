/**
 * The kernels of one memory, generated or plain, and the addresses they share.
 */

/** `push` and `drift`; arguments are addresses, counts and f32 factors. */
export type OscillatorKernels = Readonly<Record<string, (...operands: readonly number[]) => void>>;

/** Generated WebAssembly, or the same in plain TypeScript: the same bits. */
export type OscillatorBuild = "generated" | "plain";

/** How couplings are kept: for each spin its neighbours, or a matrix of 16-bit integers. */
export type CouplingForm = "lists" | "matrix";

/** Replicas that move together: two vectors of four f32. */
export const LANE_COUNT = 8;

/** Bytes of one number of each replica. */
export const SPIN_BYTES = 4 * LANE_COUNT;

/** Rows of the matrix that are gone through together. */
export const BLOCK_ROWS = 4;

/** The signal of the ancilla, which carries the biases. */
export const ANCILLA_ADDRESS = 0;

/** Where the biases times signals add up to what pulls the ancilla. */
export const PULL_ADDRESS = 32;

/** All ones in the lanes that signal only the sign of their position. */
export const SIGNS_ADDRESS = 64;

/** Where arrays begin. */
export const ARRAYS_ADDRESS = 128;
