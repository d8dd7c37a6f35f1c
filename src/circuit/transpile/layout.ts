/**
 * First layouts: where on the device each qubit of a circuit begins. Either a place for all where
 * nothing has to move, or a connected patch to improve on.
 */
import { type RandomStream, shuffle } from "#foundation";
import type { CouplingMap } from "./coupling-map.ts";

/** `layout[q]` is the device qubit that holds qubit q of the circuit. */
export type Layout = readonly number[];

/** Placements tried before the search for a perfect layout gives up. */
const PLACEMENTS_MAX = 20_000;

/**
 * A layout in which every pair in `pairs` is coupled, `undefined` if none was found. Qubits are
 * placed beside their partners, those with many partners first.
 */
export function perfectLayout(
  qubitCount: number,
  pairs: readonly (readonly [number, number])[],
  map: CouplingMap,
): Layout | undefined {
  const partners = Array.from({ length: qubitCount }, () => new Set<number>());
  for (const [a, b] of pairs) {
    partners[a].add(b);
    partners[b].add(a);
  }
  const order = connectedOrder(partners);
  const layout = new Array<number>(qubitCount).fill(-1);
  const taken = new Uint8Array(map.qubitCount);
  let placements = 0;
  const place = (depth: number): boolean => {
    if (depth === order.length) return true;
    const qubit = order[depth];
    const placed = [...partners[qubit]].filter((other) => layout[other] !== -1);
    for (const spot of spotsFor(
      placed.map((other) => layout[other]),
      map,
    )) {
      if (taken[spot] === 1 || map.neighbours[spot].length < partners[qubit].size) continue;
      placements += 1;
      if (placements > PLACEMENTS_MAX) return false;
      layout[qubit] = spot;
      taken[spot] = 1;
      if (place(depth + 1)) return true;
      layout[qubit] = -1;
      taken[spot] = 0;
    }
    return false;
  };
  return place(0) ? layout : undefined;
}

/** The device qubits coupled to all of `beside`; all there are when it is empty. */
function spotsFor(beside: readonly number[], map: CouplingMap): readonly number[] {
  const [first, ...others] = beside;
  if (first === undefined) return map.neighbours.map((_, qubit) => qubit);
  return map.neighbours[first].filter((spot) =>
    others.every((other) => map.neighbours[other].includes(spot)),
  );
}

/** The qubits, each as far as possible after a partner, those with many partners first. */
function connectedOrder(partners: readonly ReadonlySet<number>[]): readonly number[] {
  const left = new Set(partners.keys());
  const order: number[] = [];
  const placedPartners = new Uint32Array(partners.length);
  while (left.size > 0) {
    let best = -1;
    for (const qubit of left) {
      const more = best === -1 ? 1 : placedPartners[qubit] - placedPartners[best];
      if (more > 0 || (more === 0 && partners[qubit].size > partners[best].size)) best = qubit;
    }
    left.delete(best);
    order.push(best);
    for (const other of partners[best]) placedPartners[other] += 1;
  }
  return order;
}

/** A random layout on a patch of qubits that hang together. */
export function patchLayout(qubitCount: number, map: CouplingMap, random: RandomStream): Layout {
  const patch = [random.below(map.qubitCount)];
  const seen = new Set(patch);
  for (let index = 0; patch.length < qubitCount; index += 1) {
    for (const other of map.neighbours[patch[index]]) {
      if (seen.has(other)) continue;
      seen.add(other);
      patch.push(other);
    }
  }
  const layout = patch.slice(0, qubitCount);
  shuffle(layout, random);
  return layout;
}
