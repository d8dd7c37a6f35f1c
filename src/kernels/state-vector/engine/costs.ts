/**
 * The costs of cost operations: one number per basis state, in the order of the index. Few distinct
 * values are kept as 16-bit indices and looked up; any others as doubles, whose sines and cosines
 * are computed on the way.
 */
import { assert } from "#foundation";
import { cosineAndSine } from "../../portable-trigonometry.ts";
import type { ComplexTable } from "./product-table.ts";

/** Costs with at most 65,536 distinct values: the value of z is `values[indices[z]]`. */
export interface IndexedCosts {
  readonly kind: "indexed";
  readonly indices: Uint16Array;
  readonly values: Float64Array;
}

/** Costs of any values. */
export interface RealCosts {
  readonly kind: "real";
  readonly values: Float64Array;
}

/** One cost per basis state. */
export type Costs = IndexedCosts | RealCosts;

/** Bytes per amplitude that the costs take in memory. */
export function costBytes(costs: Costs | undefined): number {
  if (costs === undefined) return 0;
  return costs.kind === "indexed" ? 2 : 8;
}

/** Writes the costs where the kernels expect them. */
export function writeCosts(memory: WebAssembly.Memory, address: number, costs: Costs): void {
  if (costs.kind === "real") {
    new Float64Array(memory.buffer, address, costs.values.length).set(costs.values);
    return;
  }
  assert(
    costs.indices.every((index) => index < costs.values.length),
    "every index of indexed costs names a value",
  );
  new Uint16Array(memory.buffer, address, costs.indices.length).set(costs.indices);
}

/** exp(-i angle value) for each value. */
export function phaseTable(values: Float64Array, angle: number): ComplexTable {
  const re = new Float64Array(values.length);
  const im = new Float64Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const { cosine, sine } = cosineAndSine(-angle * values[at]);
    re[at] = cosine;
    im[at] = sine;
  }
  return { re, im };
}
