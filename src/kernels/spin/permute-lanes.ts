/**
 * Moves replicas between the lanes of their vectors.
 *
 * Signature: (from, end, pattern). In every vector from `from` up to `end`, byte i becomes what
 * byte pattern[i] was, `pattern` being the address of 16 bytes.
 */
import { get, set, sweep } from "../assembly/instruction.ts";
import { type Routine, routine } from "../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../assembly/simd.ts";
import { swizzle } from "./integer-lanes.ts";

/** Where the pattern lies. */
export const PATTERN_ADDRESS = 32;

/** The routine. */
export function permuteLanes(): Routine {
  return routine("permuteLanes", ["i32", "i32", "i32"], ([at, end, pattern], declare) => {
    const order = declare("v128");
    return [
      set(order, loadVector(get(pattern))),
      sweep(at, end, VECTOR_BYTES, storeVector(get(at), swizzle(loadVector(get(at)), get(order)))),
    ];
  });
}
