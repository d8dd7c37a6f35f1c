/**
 * The kernels of one memory, generated or plain, and the addresses they share.
 */

/** `sweepSlices`, `sweepLines` and two tables' `fillTable`; addresses and counts. */
export type WorldLineKernels = Readonly<Record<string, (...operands: readonly number[]) => void>>;

/** Generated WebAssembly, or the same in plain TypeScript: the same bits. */
export type WorldLineBuild = "generated" | "plain";

/** Slices of imaginary time: two vectors of eight 16-bit lanes. */
export const SLICE_COUNT = 16;

/** Bytes of the spin, or of the field, of a site in all slices. */
export const SITE_BYTES = 2 * SLICE_COUNT;

/** Bytes of a neighbour: the address of its fields, and the coupling. */
export const NEIGHBOUR_BYTES = 8;

/** Spins that read thresholds from one random place on. */
export const BLOCK_SITES = 32;

/** Where arrays begin. */
export const ARRAYS_ADDRESS = 512;
