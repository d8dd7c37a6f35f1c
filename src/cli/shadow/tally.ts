/**
 * Running figures over compared requests. A log may be longer than memory: apart from one latency
 * per request nothing is kept of what has been counted.
 */
import { type Estimate, normalQuantile, quantile } from "#statistics";
import type { Compared, Judged } from "./compare.ts";

/** Half and almost all of the values do not exceed these. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** What one segment, or all of the log, comes to. */
export interface ShadowFigures {
  readonly requests: number;
  /** Mean objective of each, and of the difference, decided less shown, with its interval. */
  readonly objective: {
    readonly shown: number;
    readonly decided: number;
    readonly difference: Estimate;
  };
  /** The same where what was shown kept every hard rule; `null` where it never did. */
  readonly whereShownKeptRules: {
    readonly requests: number;
    readonly difference: Estimate;
    /** Requests in which the decided list is worth less: none where it was proved best. */
    readonly worse: number;
  } | null;
  /** Requests whose shown list breaks a hard rule, in all and by kind of rule. */
  readonly rulesBroken: {
    readonly requests: number;
    readonly byRule: Readonly<Record<string, number>>;
  };
  /** Requests whose decided list breaks one: a fault of this program if not 0. */
  readonly decidedBroken: number;
  /** Mean share of the shown items that were decided, too. */
  readonly overlap: number;
  /** Share of requests with the same list, and with the same first item. */
  readonly identical: number;
  readonly sameFirst: number;
  /** Mean distance, in positions, an item in both lists has moved. */
  readonly moved: number | null;
  /** Mean relative gap to the bound; of what was shown only where it kept every hard rule. */
  readonly gap: { readonly shown: number | null; readonly decided: number | null };
  readonly rungs: Readonly<Record<string, number>>;
  readonly latencyMs: Spread;
}

/** Two ways of adding up the same objective may differ in the last digits. */
const TOLERANCE = 1e-9;

const LEVEL = 0.95;

/** Adds up the requests of the log, or of a segment. */
export class ShadowTally {
  readonly #shown = new Mean();
  readonly #decided = new Mean();
  readonly #difference = new Mean();
  readonly #kept = new Mean();
  readonly #overlap = new Mean();
  readonly #moved = new Mean();
  readonly #shownGap = new Mean();
  readonly #decidedGap = new Mean();
  readonly #byRule = new Map<string, number>();
  readonly #rungs = new Map<string, number>();
  readonly #latenciesMs: number[] = [];
  #broken = 0;
  #decidedBroken = 0;
  #identical = 0;
  #sameFirst = 0;
  #worse = 0;

  /** Counts one compared request. */
  add(one: Compared): void {
    const { shown, decided, bound } = one;
    this.#shown.add(shown.objective);
    this.#decided.add(decided.objective);
    this.#difference.add(decided.objective - shown.objective);
    if (shown.broken.length === 0) this.#countKept(shown, decided);
    else this.#broken += 1;
    for (const rule of shown.broken) count(this.#byRule, rule);
    if (decided.broken.length > 0) this.#decidedBroken += 1;
    this.#countPlaces(shown.ids, decided.ids);
    if (bound !== undefined) {
      this.#decidedGap.add(gapTo(bound, decided.objective));
      if (shown.broken.length === 0) this.#shownGap.add(gapTo(bound, shown.objective));
    }
    count(this.#rungs, one.rung);
    this.#latenciesMs.push(one.latencyMs);
  }

  #countKept(shown: Judged, decided: Judged): void {
    const gain = decided.objective - shown.objective;
    this.#kept.add(gain);
    // A list that is longer than the other is not the worse for having more items.
    const isAsLong = decided.ids.length === shown.ids.length;
    const slack = TOLERANCE * Math.max(1, Math.abs(shown.objective));
    if (isAsLong && gain < -slack) this.#worse += 1;
  }

  #countPlaces(shown: readonly string[], decided: readonly string[]): void {
    const places = new Map(decided.map((id, index) => [id, index]));
    let common = 0;
    for (const [index, id] of shown.entries()) {
      const place = places.get(id);
      if (place === undefined) continue;
      common += 1;
      this.#moved.add(Math.abs(place - index));
    }
    this.#overlap.add(shown.length === 0 ? 1 : common / shown.length);
    const isSame = shown.length === decided.length && shown.every((id, at) => id === decided[at]);
    if (isSame) this.#identical += 1;
    if (shown[0] === decided[0]) this.#sameFirst += 1;
  }

  /** The figures; there must have been a request. */
  figures(): ShadowFigures {
    const requests = this.#shown.count;
    const latenciesMs = Float64Array.from(this.#latenciesMs).sort();
    const kept = this.#kept;
    return {
      requests,
      objective: {
        shown: this.#shown.value,
        decided: this.#decided.value,
        difference: this.#difference.estimate(),
      },
      whereShownKeptRules:
        kept.count === 0
          ? null
          : { requests: kept.count, difference: kept.estimate(), worse: this.#worse },
      rulesBroken: { requests: this.#broken, byRule: sorted(this.#byRule) },
      decidedBroken: this.#decidedBroken,
      overlap: this.#overlap.value,
      identical: this.#identical / requests,
      sameFirst: this.#sameFirst / requests,
      moved: this.#moved.orNull(),
      gap: { shown: this.#shownGap.orNull(), decided: this.#decidedGap.orNull() },
      rungs: sorted(this.#rungs),
      latencyMs: { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99) },
    };
  }
}

/**
 * A running mean with the interval of the normal approximation. Source: B. P. Welford, "Note on a
 * method for calculating corrected sums of squares and products" (1962).
 */
class Mean {
  count = 0;
  value = 0;
  #squares = 0;

  add(value: number): void {
    this.count += 1;
    const step = value - this.value;
    this.value += step / this.count;
    this.#squares += step * (value - this.value);
  }

  orNull(): number | null {
    return this.count === 0 ? null : this.value;
  }

  estimate(): Estimate {
    const { count: n, value } = this;
    const error = n < 2 ? 0 : Math.sqrt(this.#squares / (n - 1) / n);
    const reach = normalQuantile((1 + LEVEL) / 2) * error;
    return { value, lower: value - reach, upper: value + reach, level: LEVEL };
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** See the reply's `gap`. */
function gapTo(bound: number, objective: number): number {
  return Math.abs(bound - objective) / Math.max(Math.abs(bound), Math.abs(objective), 1e-9);
}
