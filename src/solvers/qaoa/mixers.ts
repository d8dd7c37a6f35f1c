/**
 * Mixers on sites: which options of a group exchange amplitude, and how strongly, so that one beta
 * means the same to all of them.
 */
import type { Mixer, Site } from "./sites.ts";

/**
 * The matrix of (XX + YY) / 2 summed over pairs of the group's bits, on its options: 1 where one
 * exchange leads from one to the other. `complete` takes all pairs, `ring` neighbours alone.
 */
function adjacencyOf(site: Site, mixer: "complete" | "ring"): Float64Array {
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

/** What a mixer does to one site. */
export type SiteMixing =
  /** exp(-i 2 beta |s><s|): a reflection about `amplitudes`, by degrees. */
  | { readonly kind: "projector"; readonly amplitudes: Float64Array }
  /** exp(-i beta scale A), A being symmetric and having one row per option. */
  | { readonly kind: "exchange"; readonly adjacency: Float64Array; readonly scale: number };

/**
 * The mixing of each site that has a choice, in the order of the sites. `starts` are the amplitudes
 * the sites begin with. Where every exchange is possible the mixer is a projector, but for a phase.
 */
export function mixingsOf(
  sites: readonly Site[],
  starts: readonly Float64Array[],
  mixer: Exclude<Mixer, "grover">,
): readonly (SiteMixing | undefined)[] {
  return sites.map((site, index): SiteMixing | undefined => {
    const size = site.options.length;
    if (size === 1) return undefined;
    if (mixer === "matching") return { kind: "projector", amplitudes: starts[index] };
    const isComplete = size === site.bits.length && (mixer !== "ring" || size <= 3);
    if (site.ones === undefined || isComplete) {
      return { kind: "projector", amplitudes: new Float64Array(size).fill(1 / Math.sqrt(size)) };
    }
    const adjacency = adjacencyOf(site, mixer === "ring" ? "ring" : "complete");
    return { kind: "exchange", adjacency, scale: 2 / mixerWidth(site, mixer) };
  });
}

/**
 * How far apart the greatest and the least eigenvalue of a site's mixer are, which is 2 for X; of
 * rings an upper bound.
 */
function mixerWidth({ bits, options, ones }: Site, mixer: Mixer): number {
  if (ones === undefined) return 2;
  const fewer = Math.min(ones, bits.length - ones);
  if (mixer === "ring" && bits.length > 3 && fewer > 0) return 4 * fewer;
  if (fewer <= 1) return options.length;
  // Eigenvalues of the Johnson graph (P. Delsarte, 1973).
  const eigenvalue = (at: number) => (ones - at) * (bits.length - ones - at) - at;
  const all = Array.from({ length: fewer + 1 }, (_, at) => eigenvalue(at));
  return Math.max(...all) - Math.min(...all);
}
