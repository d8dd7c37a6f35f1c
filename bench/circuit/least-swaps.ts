/**
 * The oracle of routing on few qubits: exhaustive search for the least number of exchanges.
 */
import type { CouplingMap } from "#circuit";

/** Two qubits that a gate couples. */
export type Pair = readonly [number, number];

/**
 * The least number of exchanges after which all of `pairs`, in an order that keeps what shares a
 * qubit in turn, were coupled: breadth first over layouts and what is left, from all layouts.
 */
export function leastSwaps(pairs: readonly Pair[], qubitCount: number, map: CouplingMap): number {
  const layouts = placements(qubitCount, map.qubitCount);
  let frontier = new Map<string, { readonly layout: readonly number[]; readonly done: number }>();
  const seen = new Set<string>();
  const visit = (into: typeof frontier, layout: readonly number[], before: number): boolean => {
    const done = withCoupled(pairs, layout, before, map);
    const key = `${layout.join(" ")} ${done}`;
    if (!seen.has(key)) into.set(key, { layout, done });
    seen.add(key);
    return done === 2 ** pairs.length - 1;
  };
  for (const layout of layouts) if (visit(frontier, layout, 0)) return 0;
  for (let swaps = 1; ; swaps += 1) {
    const next: typeof frontier = new Map();
    for (const { layout, done } of frontier.values()) {
      for (const [a, b] of map.edges) {
        const moved = layout.map((spot) => (spot === a ? b : spot === b ? a : spot));
        if (visit(next, moved, done)) return swaps;
      }
    }
    frontier = next;
  }
}

/** `done`, a set of bits, with every pair that is coupled and waits for none that is not done. */
function withCoupled(
  pairs: readonly Pair[],
  layout: readonly number[],
  done: number,
  map: CouplingMap,
): number {
  const blocked = new Set<number>();
  let now = done;
  for (const [index, [first, second]] of pairs.entries()) {
    if (((done >> index) & 1) === 1) continue;
    const isFree = !blocked.has(first) && !blocked.has(second);
    if (isFree && map.neighbours[layout[first]].includes(layout[second])) now |= 1 << index;
    else blocked.add(first).add(second);
  }
  return now;
}

/** Every way to put `count` qubits on `spots` places. */
function placements(count: number, spots: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return placements(count - 1, spots).flatMap((layout) =>
    Array.from({ length: spots }, (_, spot) => spot)
      .filter((spot) => !layout.includes(spot))
      .map((spot) => [...layout, spot]),
  );
}
