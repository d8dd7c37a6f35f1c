/**
 * What the user of the demonstration may choose, and what is chosen otherwise.
 */
import { Fault, instantText } from "#foundation";
import { BUNDLED_SHOP } from "./bundled-shop.ts";
import { DEMO_FAULTS } from "./faults.ts";
import type { SalesBook } from "./sales/sales-book.ts";
import type { Period } from "./shop/shop-weeks.ts";

/** The demonstration's options. */
export interface DemoOptions {
  /** Address of the running platform, e.g. `http://127.0.0.1:7070`. */
  readonly baseUrl: string;
  /** Sales files, read as one log; the bundled shop when absent or empty. */
  readonly lines?: readonly string[] | undefined;
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly seed?: number | undefined;
  /** Most decisions in flight. */
  readonly concurrency?: number | undefined;
  /** One JSON document instead of a table. */
  readonly json?: boolean | undefined;
}

/** Options with everything filled in but the period, which depends on the files. */
export interface DemoPlan {
  readonly baseUrl: string;
  readonly lines: readonly string[];
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly seed: number;
  readonly concurrency: number;
  readonly json: boolean;
}

const DAY_MS = 86_400_000;
/** How much of the end of a file is asked about when no period is given. */
const PERIOD_DAYS = 62;

/** @throws Fault for an option that has no usable value. */
export function demoPlan(options: DemoOptions): DemoPlan {
  const { lines = [], seed = 1, concurrency = 2, json = false, baseUrl } = options;
  const bundled = lines.length === 0;
  const from = options.from ?? (bundled ? BUNDLED_SHOP.from : undefined);
  const to = options.to ?? (bundled ? BUNDLED_SHOP.to : undefined);
  if (!Number.isSafeInteger(seed)) throw badOption("seed", "a whole number", `${seed}`);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 64) {
    throw badOption("concurrency", "a whole number from 1 to 64", `${concurrency}`);
  }
  return {
    baseUrl,
    lines: bundled ? [BUNDLED_SHOP.lines] : lines,
    from: from === undefined ? undefined : dayOf("from", from),
    to: to === undefined ? undefined : dayOf("to", to),
    seed,
    concurrency,
    json,
  };
}

/**
 * The period asked about: what the options say, otherwise the last 62 days of the log.
 *
 * @throws Fault when it ends before it begins.
 */
export function periodOf(plan: DemoPlan, book: SalesBook): Period {
  const lastMs = book.baskets.length === 0 ? 0 : book.baskets[book.baskets.length - 1].atMs;
  const toMs = plan.to ?? Math.floor(lastMs / DAY_MS) * DAY_MS;
  const fromMs = plan.from ?? toMs - (PERIOD_DAYS - 1) * DAY_MS;
  if (fromMs > toMs) {
    throw badOption("from", `a day no later than ${dayText(toMs)}`, dayText(fromMs));
  }
  return { fromMs, untilMs: toMs + DAY_MS };
}

/** A day as `YYYY-MM-DD`. */
export function dayText(atMs: number): string {
  return instantText(atMs).slice(0, 10);
}

function dayOf(option: string, text: string): number {
  const atMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 31 February for 3 March; the day must come back as it went in.
  if (Number.isNaN(atMs) || dayText(atMs) !== text) {
    throw badOption(option, "a day such as 2011-07-01", JSON.stringify(text));
  }
  return atMs;
}

function badOption(option: string, expected: string, got: string): Fault {
  return new Fault(DEMO_FAULTS.badOption, {
    detail: `--${option}: expected ${expected}, got ${got}.`,
  });
}
