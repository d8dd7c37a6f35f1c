/**
 * Reading samples of qubits as samples of variables. Where a chain is broken, its value is voted on
 * or drawn by its qubits, chosen for the least energy, or the whole sample is dropped. Source:
 * dwave-system, dwave/embedding/chain_breaks.py.
 */
import { type RandomStream, unreachable } from "#foundation";
import type { Ising } from "../ising/ising.ts";
import { isBroken } from "./chain-breaks.ts";

/** What to do with broken chains. */
export type Unembedding =
  | { readonly kind: "majority-vote" }
  | { readonly kind: "discard" }
  | { readonly kind: "weighted-random"; readonly random: RandomStream }
  | { readonly kind: "minimise-energy"; readonly ising: Ising };

/** Samples of variables, and which samples of qubits they come from. */
export interface Unembedded {
  readonly samples: readonly Int32Array[];
  readonly rows: readonly number[];
}

/**
 * Reads `samples`, whose values are `low` and 1; for `minimise-energy` they are spins. A tied vote
 * gives 1.
 */
export function unembed(
  samples: readonly ArrayLike<number>[],
  chains: readonly ArrayLike<number>[],
  method: Unembedding,
  low: 0 | -1,
): Unembedded {
  const rows = Array.from(samples.keys()).filter(
    (row) => method.kind !== "discard" || chains.every((chain) => !isBroken(samples[row], chain)),
  );
  return { rows, samples: rows.map((row) => readOne(samples[row], chains, method, low)) };
}

function readOne(
  sample: ArrayLike<number>,
  chains: readonly ArrayLike<number>[],
  method: Unembedding,
  low: 0 | -1,
): Int32Array {
  switch (method.kind) {
    case "majority-vote":
      return Int32Array.from(chains, (chain) => vote(sample, chain, low));
    case "discard":
      return Int32Array.from(chains, (chain) => sample[chain[0]]);
    case "weighted-random":
      return Int32Array.from(chains, (chain) => sample[chain[method.random.below(chain.length)]]);
    case "minimise-energy":
      return settled(sample, chains, method.ising);
    default:
      return unreachable(method);
  }
}

function vote(sample: ArrayLike<number>, chain: ArrayLike<number>, low: 0 | -1): number {
  let ones = 0;
  for (let link = 0; link < chain.length; link += 1) ones += sample[chain[link]] === 1 ? 1 : 0;
  return 2 * ones >= chain.length ? 1 : low;
}

/**
 * Whole chains keep their value. The others follow one by one, each time the one on which the
 * settled ones press hardest.
 */
function settled(
  sample: ArrayLike<number>,
  chains: readonly ArrayLike<number>[],
  ising: Ising,
): Int32Array {
  const spins = Int32Array.from(chains, (chain) =>
    isBroken(sample, chain) ? 0 : sample[chain[0]],
  );
  const open = new Set(Array.from(spins.keys()).filter((variable) => spins[variable] === 0));
  const pressures = ising.fields.slice();
  const neighbours = neighboursOf(ising, open);
  for (const [variable, others] of neighbours) {
    for (const [other, coupling] of others) pressures[variable] += coupling * spins[other];
  }
  while (open.size > 0) {
    const [first, ...rest] = open;
    const next = rest.reduce(
      (best, one) => (Math.abs(pressures[one]) > Math.abs(pressures[best]) ? one : best),
      first,
    );
    open.delete(next);
    spins[next] = pressures[next] > 0 ? -1 : 1;
    for (const [other, coupling] of neighbours.get(next) ?? []) {
      pressures[other] += coupling * spins[next];
    }
  }
  return spins;
}

/** The couplings at each variable of `open`. */
function neighboursOf({ firsts, seconds, couplings }: Ising, open: ReadonlySet<number>) {
  const lists = new Map<number, (readonly [other: number, coupling: number])[]>();
  for (const variable of open) lists.set(variable, []);
  for (let pair = 0; pair < couplings.length; pair += 1) {
    lists.get(firsts[pair])?.push([seconds[pair], couplings[pair]]);
    lists.get(seconds[pair])?.push([firsts[pair], couplings[pair]]);
  }
  return lists;
}
