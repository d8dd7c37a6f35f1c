/**
 * Shortening chains that overlap nowhere: a qubit at the end of a chain is dropped if nothing rests
 * on it, and handed over to a shorter chain if only that one's coupling does.
 */
import type { ChainState } from "./chain-state.ts";

/** Drops and hands over while it helps. The number of qubits looked at. */
export function polish(state: ChainState): number {
  let work = 0;
  let improved = true;
  while (improved) {
    improved = false;
    const order = Array.from(state.chains.keys()).sort(
      (a, b) => state.chains[b].length - state.chains[a].length,
    );
    for (const variable of order) {
      work += state.chains[variable].length;
      if (shorten(state, variable)) improved = true;
    }
  }
  return work;
}

/** Drops what nothing rests on, of a chain that overlaps no other. */
export function trim(state: ChainState, variable: number): void {
  for (;;) {
    const rests = restsOf(state, variable);
    const qubit = state.chains[variable].find(
      (one) => isEnd(state, variable, one) && rests.get(one)?.length === 0,
    );
    if (qubit === undefined || state.chains[variable].length === 1) return;
    state.hand(qubit, variable, -1);
  }
}

/** Takes one qubit off a chain, if that makes the longer of two chains shorter. */
function shorten(state: ChainState, variable: number): boolean {
  const chain = state.chains[variable];
  if (chain.length < 2) return false;
  const rests = restsOf(state, variable);
  for (const qubit of chain) {
    const held = rests.get(qubit) ?? [];
    if (held.length > 1 || !isEnd(state, variable, qubit)) continue;
    const [other = -1] = held;
    if (other >= 0 && state.chains[other].length + 1 >= chain.length) continue;
    state.hand(qubit, variable, other);
    return true;
  }
  return false;
}

/** Whether the rest of the chain hangs together without this qubit, as it does at its ends. */
function isEnd({ graph, owner }: ChainState, variable: number, qubit: number): boolean {
  let inside = 0;
  for (let entry = graph.starts[qubit]; entry < graph.starts[qubit + 1]; entry += 1) {
    if (owner[graph.neighbours[entry]] === variable) inside += 1;
  }
  return inside === 1;
}

/** For each qubit of a chain, the neighbours that touch the chain nowhere else. */
function restsOf(state: ChainState, variable: number): ReadonlyMap<number, readonly number[]> {
  const { graph, chains, owner } = state;
  const touching = new Map<number, number>();
  const several = new Set<number>();
  for (const qubit of chains[variable]) {
    for (let entry = graph.starts[qubit]; entry < graph.starts[qubit + 1]; entry += 1) {
      const other = owner[graph.neighbours[entry]];
      if (other < 0 || other === variable) continue;
      const known = touching.get(other);
      if (known === undefined) touching.set(other, qubit);
      else if (known !== qubit) several.add(other);
    }
  }
  const rests = new Map<number, number[]>(chains[variable].map((qubit) => [qubit, []]));
  for (const other of state.neighboursOf(variable)) {
    const qubit = several.has(other) ? undefined : touching.get(other);
    if (qubit !== undefined) rests.get(qubit)?.push(other);
  }
  return rests;
}
