/**
 * The comparison: three ways of choosing, measured on the same baskets, each measure with its
 * interval, and Tandem's paired differences from the other two.
 */
import type { RandomStream } from "#foundation";
import { clusteredRatio, type Estimate, wilsonInterval } from "#statistics";
import type { Judgement } from "../judge.ts";

/** In the order of the table. */
const METHODS = ["topByScore", "mmr", "tandem"] as const;

/** A way of choosing. */
export type Method = (typeof METHODS)[number];

/** One basket, answered in every way. */
export interface ComparedBasket {
  readonly customer: number;
  /** What the whole basket cost, in minor units. */
  readonly paidMinor: number;
  /** Upper bound of the objective, where the platform gave one. */
  readonly bound: number | null;
  readonly judgements: Readonly<Record<Method, Judgement>>;
}

/** A measure: a ratio of totals over baskets. */
interface Measure {
  readonly key: MeasureKey;
  readonly above: (judgement: Judgement) => number;
  readonly below: (basket: ComparedBasket) => number;
}

/** Names of the measures. */
export type MeasureKey = "hitRate" | "hits" | "revenueShare" | "similarity" | "objective";

const MEASURES: readonly Measure[] = Object.freeze([
  { key: "hitRate", above: ({ hitCount }) => (hitCount > 0 ? 1 : 0), below: () => 1 },
  { key: "hits", above: ({ hitCount }) => hitCount, below: () => 1 },
  {
    key: "revenueShare",
    above: ({ capturedMinor }) => capturedMinor,
    // Prices of a fraction of a penny round to nothing.
    below: ({ paidMinor }) => Math.max(1, paidMinor),
  },
  { key: "similarity", above: ({ similarityMean }) => similarityMean, below: () => 1 },
  { key: "objective", above: ({ objective }) => objective, below: () => 1 },
]);

/** Every measure with its interval. */
export type Measured = Readonly<Record<MeasureKey, Estimate>>;

/** One column of the table. */
export interface MethodReport extends Measured {
  readonly method: Method;
  /** Share of answers that break a hard rule. */
  readonly rulesBroken: Estimate;
  /** Distinct items shown, as a share of the catalogue. */
  readonly coverage: number;
  /**
   * Mean gap to the proved bound, over answers that keep the rules and have one; `null` if there
   * are none.
   */
  readonly gapMean: number | null;
}

/** Tandem minus another method, basket by basket. */
export interface DifferenceReport extends Measured {
  readonly minus: Exclude<Method, "tandem">;
}

/** Columns and differences over at least one basket. The same stream gives the same intervals. */
export function compare(
  baskets: readonly ComparedBasket[],
  catalogueSize: number,
  random: RandomStream,
): {
  readonly methods: readonly MethodReport[];
  readonly differences: readonly DifferenceReport[];
} {
  // Every interval is drawn from a stream of its own start, so that all see the same resampled
  // customers.
  const estimate = (numerators: readonly number[], below: Measure["below"]): Estimate =>
    clusteredRatio(
      {
        numerators,
        denominators: baskets.map(below),
        clusters: baskets.map(({ customer }) => customer),
      },
      random.fork("customers"),
    );
  const measured = (numerator: (basket: ComparedBasket, above: Measure["above"]) => number) => {
    const over = ({ above, below }: Measure) =>
      estimate(
        baskets.map((basket) => numerator(basket, above)),
        below,
      );
    const [hitRate, hits, revenueShare, similarity, objective] = MEASURES.map(over);
    return { hitRate, hits, revenueShare, similarity, objective };
  };
  return {
    methods: METHODS.map((method) => ({
      method,
      ...measured(({ judgements }, above) => above(judgements[method])),
      rulesBroken: brokenShare(baskets, method),
      coverage: distinctShown(baskets, method) / catalogueSize,
      gapMean: gapMean(baskets, method),
    })),
    differences: (["topByScore", "mmr"] as const).map((minus) => ({
      minus,
      ...measured(({ judgements }, above) => above(judgements.tandem) - above(judgements[minus])),
    })),
  };
}

function brokenShare(baskets: readonly ComparedBasket[], method: Method): Estimate {
  const broken = baskets.filter(({ judgements }) => judgements[method].broken.length > 0);
  return wilsonInterval(broken.length, baskets.length, 0.95);
}

function distinctShown(baskets: readonly ComparedBasket[], method: Method): number {
  return new Set(baskets.flatMap(({ judgements }) => judgements[method].itemIds)).size;
}

function gapMean(baskets: readonly ComparedBasket[], method: Method): number | null {
  const gaps = baskets.flatMap(({ bound, judgements }) => {
    const { objective, broken } = judgements[method];
    if (bound === null || broken.length > 0) return [];
    return [Math.abs(bound - objective) / Math.max(Math.abs(bound), Math.abs(objective), 1e-9)];
  });
  return gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
