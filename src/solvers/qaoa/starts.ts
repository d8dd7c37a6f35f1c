/**
 * Where a circuit begins: spread evenly, or leaning towards an incumbent, or at it (D. Egger, J.
 * Marecek and S. Woerner, "Warm-starting quantum optimization", Quantum 5, 2021, with the rounded
 * solution and their epsilon; for groups the same by options instead of values).
 */
import type { Site } from "./sites.ts";

/** The epsilon that leaves nothing of the incumbent. */
export const EPSILON_UNIFORM = 0.5;

/** What is known of the bits of an incumbent: 0, 1, or -1 for unknown. */
export type KnownBits = Int8Array;

/**
 * The real amplitudes of each site's options. A site with m options, one of which is the
 * incumbent's, is found elsewhere with probability 2 `epsilon` (m - 1) / m: never for an epsilon of
 * 0, and with one of 0.5 all options are alike. So is a site of which no option is the incumbent's.
 */
export function startsOf(
  sites: readonly Site[],
  incumbent: KnownBits | undefined,
  epsilon: number,
): readonly Float64Array[] {
  return sites.map((site) => {
    const size = site.options.length;
    const known = incumbent === undefined ? -1 : optionOf(site, incumbent);
    const elsewhere = known < 0 ? EPSILON_UNIFORM : epsilon;
    const share = (2 * elsewhere) / size;
    const start = new Float64Array(size).fill(Math.sqrt(share));
    if (known >= 0) start[known] = Math.sqrt(Math.max(0, 1 - share * (size - 1)));
    return start;
  });
}

/** The site's option in which every bit is as known; -1 if there is none. */
function optionOf({ bits, options }: Site, incumbent: KnownBits): number {
  return options.findIndex((ones) =>
    bits.every((bit, place) => incumbent[bit] === (ones.includes(place) ? 1 : 0)),
  );
}
