/**
 * From a problem to sites, and from basis states back to samples of the problem.
 */
import type { BqmConversion, QuadraticProblem, Sample } from "#problem";
import { type Mixer, qubitsOnly, type Site, sitesOf } from "./sites.ts";
import type { KnownBits } from "./starts.ts";

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

/**
 * The bits that make up `sample`, as far as it has them: those of slacks and products stay unknown.
 */
export function bitsOfSample(
  { lift, problem: { variableCount: bitCount } }: Pick<BqmConversion, "problem" | "lift">,
  { values }: Sample,
): KnownBits {
  const known = new Int8Array(bitCount).fill(-1);
  const { values: least } = lift({ values: new Int32Array(bitCount) });
  const rest = values.map((value, variable) => value - least[variable]);
  // The greatest share first: each is at most one more than all smaller ones together.
  const changes = changesOf(bitCount, lift).toSorted((a, b) => b.by - a.by);
  for (const { bit, variable, by } of changes) {
    known[bit] = rest[variable] >= by ? 1 : 0;
    if (known[bit] === 1) rest[variable] -= by;
  }
  return known;
}

/** For each binary variable the bit that changes it. */
function bitTable(
  bitCount: number,
  variableCount: number,
  lift: BqmConversion["lift"],
): Int32Array {
  const bitOf = new Int32Array(variableCount).fill(-1);
  for (const { bit, variable } of changesOf(bitCount, lift)) bitOf[variable] = bit;
  return bitOf;
}

/** Which variable each bit changes, and by how much, found by changing each. */
function changesOf(bitCount: number, lift: BqmConversion["lift"]) {
  const values = new Int32Array(bitCount);
  const before = lift({ values }).values;
  return Array.from(values, (_, bit) => {
    values[bit] = 1;
    const after = lift({ values }).values;
    values[bit] = 0;
    const variable = after.findIndex((value, at) => value !== before[at]);
    return { bit, variable, by: variable < 0 ? 0 : after[variable] - before[variable] };
  }).filter(({ variable }) => variable >= 0);
}
