/**
 * An Ising model laid onto chains: every field shared out evenly over its chain, every coupling
 * over all couplers between its two chains, and each coupler inside a chain holding it together.
 * While no chain is broken the energy is that of the model itself.
 */
import { assert } from "#foundation";
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import type { Ising } from "../ising/ising.ts";

/** A model over the qubits that chains use, numbered from 0. */
export interface EmbeddedIsing {
  readonly ising: Ising;
  /** The linear label of each spin, ascending. */
  readonly qubits: Int32Array;
  /** Spins of each chain. */
  readonly chains: readonly Int32Array[];
  /** How many couplers hold chains together. */
  readonly chainCouplerCount: number;
}

/** Embeds `ising` by `chains`, a valid embedding of it, with couplings of -`strength` in chains. */
export function embedIsing(
  ising: Ising,
  graph: HardwareGraph,
  chains: readonly ArrayLike<number>[],
  strength: number,
): EmbeddedIsing {
  const owners = new Map<number, number>();
  chains.forEach((chain, variable) => {
    for (const qubit of Array.from(chain)) owners.set(qubit, variable);
  });
  const qubits = Int32Array.from(owners.keys()).sort();
  const spinOf = new Map(Array.from(qubits, (qubit, spin) => [qubit, spin] as const));
  const spinChains = chains.map((chain) =>
    Int32Array.from(Array.from(chain), (qubit) => spinOf.get(qubit) ?? -1),
  );
  const fields = new Float64Array(qubits.length);
  spinChains.forEach((chain, variable) => {
    for (const spin of chain) fields[spin] = ising.fields[variable] / chain.length;
  });
  const { between, inside } = couplersBetween(graph, owners);
  const rows: (readonly [first: number, second: number, coupling: number])[] = inside.map(
    ([a, b]) => [spinOf.get(a) ?? -1, spinOf.get(b) ?? -1, -strength],
  );
  for (let pair = 0; pair < ising.couplings.length; pair += 1) {
    if (ising.couplings[pair] === 0) continue;
    const couplers = between.get(keyOf(chains.length, ising.firsts[pair], ising.seconds[pair]));
    assert(couplers !== undefined, "a coupler for every interaction");
    const share = ising.couplings[pair] / couplers.length;
    for (const [a, b] of couplers) rows.push([spinOf.get(a) ?? -1, spinOf.get(b) ?? -1, share]);
  }
  return Object.freeze({
    ising: Object.freeze({
      spinCount: qubits.length,
      offset: ising.offset + strength * inside.length,
      fields,
      firsts: Int32Array.from(rows, ([first]) => first),
      seconds: Int32Array.from(rows, ([, second]) => second),
      couplings: Float64Array.from(rows, ([, , coupling]) => coupling),
    }),
    qubits,
    chains: spinChains,
    chainCouplerCount: inside.length,
  });
}

type Pair = readonly [first: number, second: number];

/** Couplers inside chains, and those between two chains by the two. */
function couplersBetween(
  { starts, neighbours }: HardwareGraph,
  owners: ReadonlyMap<number, number>,
) {
  const inside: Pair[] = [];
  const between = new Map<number, Pair[]>();
  const count = Math.max(0, ...owners.values()) + 1;
  for (const [qubit, owner] of owners) {
    for (const other of neighbours.subarray(starts[qubit], starts[qubit + 1])) {
      const second = owners.get(other);
      if (second === undefined || other < qubit) continue;
      if (second === owner) {
        inside.push([qubit, other]);
        continue;
      }
      const key = keyOf(count, owner, second);
      const pairs = between.get(key);
      if (pairs === undefined) between.set(key, [[qubit, other]]);
      else pairs.push([qubit, other]);
    }
  }
  return { between, inside };
}

function keyOf(count: number, a: number, b: number): number {
  return Math.min(a, b) * count + Math.max(a, b);
}
