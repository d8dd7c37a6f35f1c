/**
 * How long decisions take here and now, apart for small and large requests: a request with a
 * hundred times the numbers takes a hundred times as long, and one mean over both would say nothing
 * of either.
 */

/** Running means of service times. */
export interface ServiceTimes {
  /** A request with a body of `sizeBytes` took `tookMs`. */
  observe(sizeBytes: number, tookMs: number): void;
  /** What such a request takes at present; that of the nearest size known; 0 before any is. */
  meanMs(sizeBytes: number): number;
}

/** One class per power of two, up to 4 GiB. */
const CLASSES = 33;

/** The weight of the latest time: a mean over some dozens of decisions, tenths of a second. */
const RECENT_WEIGHT = 0.05;

/** Opens a book of times without an entry. */
export function openServiceTimes(): ServiceTimes {
  const meansMs = new Float64Array(CLASSES).fill(Number.NaN);
  return {
    observe: (sizeBytes, tookMs) => {
      const at = classOf(sizeBytes);
      const mean = meansMs[at];
      meansMs[at] = Number.isNaN(mean) ? tookMs : mean + RECENT_WEIGHT * (tookMs - mean);
    },
    meanMs: (sizeBytes) => {
      const at = classOf(sizeBytes);
      for (let distance = 0; distance < CLASSES; distance += 1) {
        // Of two as near, the larger: better to promise too little.
        for (const near of [meansMs[at + distance], meansMs[at - distance]]) {
          if (near !== undefined && !Number.isNaN(near)) return near;
        }
      }
      return 0;
    },
  };
}

function classOf(sizeBytes: number): number {
  return 32 - Math.clz32(sizeBytes);
}
