/**
 * What a switchback shows: the difference between treated and untreated slices of the same hours,
 * with three judgements that rest on different assumptions. The interval needs many pairs; the
 * randomisation test needs nothing but the coins; the confidence sequence may be looked at after
 * every pair.
 */
import { assert, type RandomStream } from "#foundation";
import {
  anytimeP,
  type Estimate,
  halfWidth,
  mixtureSpread,
  type PairedDifference,
  type PairedTotals,
  pairedInterval,
  pairedRatioDifference,
  randomisationP,
} from "#statistics";
import { assignSlice, type SwitchbackDesign, sliceCount } from "../assignment/switchback-design.ts";

/** One slice's part in a ratio of totals, after burn-in. */
export interface SliceShare {
  readonly pool: string;
  readonly slice: number;
  readonly numerator: number;
  readonly denominator: number;
}

/** The effect of the treatment on one ratio. */
export interface SwitchbackEffect {
  readonly control: number;
  readonly treated: number;
  /** Treated less control, in the ratio's unit. */
  readonly effect: Estimate;
  /** Of the effect. */
  readonly standardError: number;
  /** The same with an interval that holds at every look; absent while there are few pairs. */
  readonly anytime: Estimate | undefined;
  /** Two-sided p-value of the randomisation test, for a single look. */
  readonly p: number;
  /** Two-sided p-value that holds at every look. */
  readonly anytimeP: number;
  readonly pairs: number;
  /** Slices without their partner, which count for nothing. */
  readonly slicesAlone: number;
}

/** How an effect is judged. */
export interface Judgement {
  /** Confidence level, e.g. 0.95. */
  readonly level: number;
  /** Assignments the randomisation test draws. */
  readonly draws: number;
}

/** The boundary is a limit for many pairs; before that it is not shown. */
const ANYTIME_PAIRS_MIN = 30;

/**
 * The effect on the ratio of the shares' totals; `undefined` without a whole pair, or where a
 * denominator sums to 0.
 */
export function switchbackEffect(
  design: SwitchbackDesign,
  shares: readonly SliceShare[],
  { level, draws }: Judgement,
  random: RandomStream,
): SwitchbackEffect | undefined {
  const totals = pairUp(design, shares);
  const found = pairedRatioDifference(totals);
  if (found === undefined) return undefined;
  const { control, treated, pairs, difference, standardError } = found;
  const deviation = standardError * Math.sqrt(pairs);
  const planned = (sliceCount(design) / 2) * design.pools.length;
  const spread = mixtureSpread(planned, 1 - level);
  const half = deviation * halfWidth(pairs, 1 - level, spread);
  const hasMany = pairs >= ANYTIME_PAIRS_MIN && deviation > 0;
  return {
    control,
    treated,
    effect: pairedInterval(found, level),
    standardError,
    anytime: hasMany
      ? { value: difference, lower: difference - half, upper: difference + half, level }
      : undefined,
    p: flippedP(totals, found, draws, random),
    anytimeP: hasMany ? anytimeP(pairs, difference / deviation, spread) : 1,
    pairs,
    slicesAlone: shares.length - 2 * pairs,
  };
}

/** The shares of whole pairs, treated beside control. */
function pairUp(design: SwitchbackDesign, shares: readonly SliceShare[]): PairedTotals {
  const halves = new Map<string, { treatment?: SliceShare; control?: SliceShare }>();
  for (const share of shares) {
    const { pool, pair, arm } = assignSlice(design, share.pool, share.slice);
    const key = `${pair} ${pool}`;
    const half = halves.get(key) ?? {};
    assert(half[arm] === undefined, `slice ${share.slice} of ${pool} once`);
    half[arm] = share;
    halves.set(key, half);
  }
  const whole = [...halves.values()].flatMap(({ treatment, control }) =>
    treatment === undefined || control === undefined ? [] : [{ treatment, control }],
  );
  return {
    treatedNumerators: Float64Array.from(whole, ({ treatment }) => treatment.numerator),
    treatedDenominators: Float64Array.from(whole, ({ treatment }) => treatment.denominator),
    controlNumerators: Float64Array.from(whole, ({ control }) => control.numerator),
    controlDenominators: Float64Array.from(whole, ({ control }) => control.denominator),
  };
}

/**
 * The design's coins thrown again. The statistic is the difference in standard errors, so that the
 * test also keeps its promise, for many pairs, where effects differ from hour to hour but cancel.
 */
function flippedP(
  totals: PairedTotals,
  observed: PairedDifference,
  draws: number,
  random: RandomStream,
): number {
  const flipped: PairedTotals = {
    treatedNumerators: totals.treatedNumerators.slice(),
    treatedDenominators: totals.treatedDenominators.slice(),
    controlNumerators: totals.controlNumerators.slice(),
    controlDenominators: totals.controlDenominators.slice(),
  };
  const redraw = () => {
    let coins = 0;
    for (let pair = 0; pair < observed.pairs; pair += 1) {
      coins = pair % 32 === 0 ? random.uint32() : coins >>> 1;
      if ((coins & 1) === 1) exchange(flipped, pair);
    }
    return studentised(pairedRatioDifference(flipped));
  };
  return randomisationP(studentised(observed), redraw, draws);
}

/** An assignment under which there is no ratio to take counts as far as any: against us. */
function studentised(found: PairedDifference | undefined): number {
  if (found === undefined) return Number.POSITIVE_INFINITY;
  return found.difference === 0 ? 0 : found.difference / found.standardError;
}

function exchange(totals: PairedTotals, pair: number): void {
  const { treatedNumerators, treatedDenominators, controlNumerators, controlDenominators } = totals;
  const [numerator, denominator] = [treatedNumerators[pair], treatedDenominators[pair]];
  treatedNumerators[pair] = controlNumerators[pair];
  treatedDenominators[pair] = controlDenominators[pair];
  controlNumerators[pair] = numerator;
  controlDenominators[pair] = denominator;
}
