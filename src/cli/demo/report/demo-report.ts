/**
 * The demonstration's report: everything the table prints, as one JSON document.
 */
import { present, type RandomStream } from "#foundation";
import { quantile } from "#statistics";
import { dayText } from "../demo-options.ts";
import type { RankingReply } from "../platform-client.ts";
import type { SalesBook } from "../sales/sales-book.ts";
import { CANDIDATES_MAX, DEMO_POLICY, POSITIONS } from "../shop/shop-policy.ts";
import type { Period } from "../shop/shop-weeks.ts";
import {
  type ComparedBasket,
  compare,
  type DifferenceReport,
  type MethodReport,
} from "./comparison.ts";

/** What the platform did for one basket. */
export interface AnsweredBasket extends ComparedBasket {
  readonly quality: RankingReply["quality"];
  /** The platform's own time, and the caller's from sending to the last byte, in milliseconds. */
  readonly serverMs: number;
  readonly roundTripMs: number;
  /** The independent check here found the rules kept and the objective the platform reported. */
  readonly confirmed: boolean;
  /**
   * Sum of the scores of the ten best-scored items: how many of them the learner expects to be
   * bought.
   */
  readonly hitsExpected: number;
}

/** What happened in one run. */
export interface DemoRun {
  readonly book: SalesBook;
  readonly period: Period;
  readonly questionCount: number;
  readonly catalogueSize: number;
  readonly answered: readonly AnsweredBasket[];
  /** Baskets without a comparison, by the reason's code. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly complete: boolean;
}

/** What half and what almost all of the values do not exceed. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** See the file's head. */
export interface DemoReport {
  readonly kind: "demo-report";
  /** False when it was interrupted; the figures then speak of the baskets answered so far. */
  readonly complete: boolean;
  readonly log: {
    readonly lines: number;
    readonly linesPassedOver: number;
    readonly from: string;
    readonly to: string;
    readonly baskets: number;
    readonly basketsCompared: number;
    readonly customers: number;
    readonly catalogueItems: number;
  };
  readonly policy: typeof DEMO_POLICY;
  readonly positions: number;
  readonly candidatesMax: number;
  readonly methods: readonly MethodReport[];
  readonly differences: readonly DifferenceReport[];
  readonly platform: {
    readonly rungs: Readonly<Record<string, number>>;
    /** Gaps to the proved bound; `null` if no answer has one. */
    readonly gap: Spread | null;
    readonly belowRule: number;
    readonly unconfirmed: number;
    readonly leftOut: Readonly<Record<string, number>>;
    /** The platform's own time, and the caller's, in milliseconds. */
    readonly serverMs: Spread;
    readonly roundTripMs: Spread;
  };
  readonly calibration: { readonly hitsExpected: number; readonly hitsObserved: number };
  readonly limits: readonly string[];
}

/** What such a log can and cannot show; printed with every table. */
const LIMITS = Object.freeze([
  "Shown: how much of what customers then bought each way of choosing puts into ten places, " +
    "with scores learnt strictly from earlier baskets, and what the rules and the wish for " +
    "variety cost or bring.",
  "Not shown: any causal effect. Nobody saw these lists; what was bought would have been " +
    "bought without them, and whether another list would have sold more only an experiment " +
    "can tell.",
  "The log is biased by exposure and position: people buy what a shop shows and where it " +
    "shows it. An item that was never shown counts as a miss, and the order of the ten does " +
    "not enter hit rate or revenue at all.",
  "Best by score ignores the rules, so it is a yardstick and not a rival: read its hits " +
    "beside the share of its answers that break one.",
  "The objective is the policy's own: expected purchases discounted by position, variety, " +
    "freshness, penalties. A proved answer is best for these scores and rules, nothing more.",
  "Returning customers only, many of them wholesalers; revenue is before cancellations and " +
    "a few large orders carry it, as its interval says. Intervals (95 %) resample customers.",
  "Weights, rules and learner were chosen on June 2011 of the bundled shop, never on the " +
    "months shown by default.",
]);

/** The report on a run that compared at least one basket. */
export function demoReport(run: DemoRun, random: RandomStream): DemoReport {
  const { answered, book, period } = run;
  const compared = compare(answered, run.catalogueSize, random);
  const best = present(
    compared.methods.find(({ method }) => method === "topByScore"),
    "top-k",
  );
  return {
    kind: "demo-report",
    complete: run.complete,
    log: {
      lines: book.lineCount,
      linesPassedOver: book.passedOverCount,
      from: dayText(period.fromMs),
      to: dayText(period.untilMs - 1),
      baskets: run.questionCount,
      basketsCompared: answered.length,
      customers: new Set(answered.map(({ customer }) => customer)).size,
      catalogueItems: run.catalogueSize,
    },
    policy: DEMO_POLICY,
    positions: POSITIONS,
    candidatesMax: CANDIDATES_MAX,
    ...compared,
    platform: platformFigures(run),
    calibration: {
      hitsExpected: answered.reduce((sum, one) => sum + one.hitsExpected, 0) / answered.length,
      hitsObserved: best.hits.value,
    },
    limits: LIMITS,
  };
}

function platformFigures({ answered, leftOut }: DemoRun): DemoReport["platform"] {
  const byRung = Map.groupBy(answered, ({ quality }) => quality.rung);
  const gaps = answered.flatMap(({ quality }) => quality.gap ?? []);
  return {
    rungs: Object.fromEntries([...byRung].map(([rung, group]) => [rung, group.length]).sort()),
    gap: gaps.length === 0 ? null : spreadOf(gaps),
    belowRule: answered.filter(({ judgements }) => isBelowRule(judgements)).length,
    unconfirmed: answered.filter(({ confirmed }) => !confirmed).length,
    leftOut: Object.fromEntries(leftOut),
    serverMs: spreadOf(answered.map(({ serverMs }) => serverMs)),
    roundTripMs: spreadOf(answered.map(({ roundTripMs }) => roundTripMs)),
  };
}

/** Promise 2: never worse than the rule. Two ways of adding up may differ in the last digits. */
function isBelowRule({ tandem, mmr }: ComparedBasket["judgements"]): boolean {
  if (tandem.itemIds.length !== mmr.itemIds.length) {
    return tandem.itemIds.length < mmr.itemIds.length;
  }
  return tandem.objective < mmr.objective - 1e-9;
}

function spreadOf(values: readonly number[]): Spread {
  const ascending = Float64Array.from(values).sort();
  return { p50: quantile(ascending, 0.5), p99: quantile(ascending, 0.99) };
}
