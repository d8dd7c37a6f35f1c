/**
 * From a problem to sites, and from basis states back to samples of the problem.
 */
import type { BqmConversion, QuadraticProblem, Sample } from "#problem";
import { type Mixer, qubitsOnly, type Site, sitesOf } from "./sites.ts";

/** The sites a mixer works on: groups and qubits, or with X qubits alone. */
export function formulate(
  problem: QuadraticProblem,
  { problem: bqm, lift }: Pick<BqmConversion, "problem" | "lift">,
  mixer: Mixer,
): readonly Site[] {
  if (mixer === "x") return qubitsOnly(bqm.variableCount);
  const bitOf = bitTable(bqm.variableCount, problem.variableCount, lift);
  return sitesOf(problem, bqm.variableCount, (variable) => bitOf[variable]);
}

/** The bits of the BQM in basis state `index`. */
export function bitsOfState(sites: readonly Site[], bitCount: number, index: number): Sample {
  const values = new Int32Array(bitCount);
  let rest = index;
  for (const { bits, options } of sites) {
    for (const place of options[rest % options.length]) values[bits[place]] = 1;
    rest = Math.floor(rest / options.length);
  }
  return { values };
}

/** For each binary variable the bit that changes it, found by changing each. */
function bitTable(
  bitCount: number,
  variableCount: number,
  lift: BqmConversion["lift"],
): Int32Array {
  const bitOf = new Int32Array(variableCount).fill(-1);
  const values = new Int32Array(bitCount);
  const before = lift({ values }).values;
  for (let bit = 0; bit < bitCount; bit += 1) {
    values[bit] = 1;
    const changed = lift({ values }).values.findIndex((value, at) => value !== before[at]);
    if (changed >= 0) bitOf[changed] = bit;
    values[bit] = 0;
  }
  return bitOf;
}
