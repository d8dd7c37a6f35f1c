/**
 * Mixers on sites: which options of a group exchange amplitude, and how strongly, so that one beta
 * means the same to all of them.
 */
import type { Mixer, Site } from "./sites.ts";

/**
 * The matrix of (XX + YY) / 2 summed over pairs of the group's bits, on its options: 1 where one
 * exchange leads from one to the other. `complete` takes all pairs, `ring` neighbours alone.
 */
export function adjacencyOf(site: Site, mixer: "complete" | "ring"): Float64Array {
  const { bits, options } = site;
  const size = options.length;
  const adjacency = new Float64Array(size * size);
  options.forEach((from, row) => {
    options.forEach((to, column) => {
      const left = from.filter((place) => !to.includes(place));
      const came = to.filter((place) => !from.includes(place));
      if (left.length !== 1) return;
      const apart = Math.abs(left[0] - came[0]);
      const isNear = apart === 1 || apart === bits.length - 1;
      if (mixer === "complete" || isNear) adjacency[row * size + column] = 1;
    });
  });
  return adjacency;
}

/**
 * How far apart the greatest and the least eigenvalue of a site's mixer are, which is 2 for X; of
 * rings an upper bound.
 */
export function mixerWidth({ bits, options, ones }: Site, mixer: Mixer): number {
  if (ones === undefined) return 2;
  const fewer = Math.min(ones, bits.length - ones);
  if (mixer === "ring" && bits.length > 3 && fewer > 0) return 4 * fewer;
  if (fewer <= 1) return options.length;
  // Eigenvalues of the Johnson graph (P. Delsarte, 1973).
  const eigenvalue = (at: number) => (ones - at) * (bits.length - ones - at) - at;
  const all = Array.from({ length: fewer + 1 }, (_, at) => eigenvalue(at));
  return Math.max(...all) - Math.min(...all);
}
