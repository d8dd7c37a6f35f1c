/**
 * Typed arrays over shared memory: what a problem keeps its numbers in, so that threads read one
 * copy.
 */

/** Zeros in shared memory. */
export function sharedFloat64(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Zeros in shared memory. */
export function sharedInt32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** A copy in shared memory. */
export function sharedUint8(values: ArrayLike<number>): Uint8Array {
  const array = new Uint8Array(new SharedArrayBuffer(values.length));
  array.set(values);
  return array;
}

/** A copy in shared memory. */
export function sharedCopy(values: ArrayLike<number>): Float64Array {
  const array = sharedFloat64(values.length);
  array.set(values);
  return array;
}
