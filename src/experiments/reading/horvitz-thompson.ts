/**
 * The effect of a whole run of treated slices, for suspicion of long carry-over: only slices whose
 * predecessors ran the same arm are counted, weighted by how rarely the coins fall so.
 *
 * Source: I. Bojinov, D. Simchi-Levi and J. Zhao, Management Science 69 (2023), section 3.
 */
import { assert } from "#foundation";

/** A series of slices, one entry each. */
export interface TreatedSeries {
  readonly outcomes: readonly number[];
  readonly isTreated: readonly boolean[];
  /** Slices of one block share a coin. */
  readonly blocks: readonly number[];
  /** The chance of a coin to treat. */
  readonly propensity: number;
}

/**
 * The Horvitz-Thompson estimate of what `lag + 1` treated slices in a row do to the last of them,
 * against as many untreated. Unbiased where effects last at most `lag` slices; it spreads widely.
 */
export function lagEffect(
  { outcomes, isTreated, blocks, propensity }: TreatedSeries,
  lag: number,
): number {
  const count = outcomes.length;
  assert(count > lag && propensity > 0 && propensity < 1, "more slices than the lag, and a chance");
  let sum = 0;
  for (let slice = lag; slice < count; slice += 1) {
    const coins = new Set(blocks.slice(slice - lag, slice + 1)).size;
    const run = isTreated.slice(slice - lag, slice + 1);
    if (run.every((treated) => treated)) sum += outcomes[slice] / propensity ** coins;
    else if (run.every((treated) => !treated)) sum -= outcomes[slice] / (1 - propensity) ** coins;
  }
  return sum / (count - lag);
}
