/**
 * The demonstration: replays a shop's log as ranking decisions through the platform's public API
 * and sets beside each other what best-by-score, the type's own rule (MMR) and Tandem would have
 * shown. `tandem demo` calls it.
 */
import { type Clock, Fault, randomStream } from "#foundation";
import { ask } from "./ask.ts";
import { BUNDLED_SHOP } from "./bundled-shop.ts";
import { type DemoOptions, type DemoPlan, dayText, demoPlan, periodOf } from "./demo-options.ts";
import { DEMO_FAULTS } from "./faults.ts";
import { eachInFlight } from "./in-flight.ts";
import { judgeOf } from "./judge.ts";
import { type HttpFetch, type PlatformClient, platformClient } from "./platform-client.ts";
import { type AnsweredBasket, type DemoReport, demoReport } from "./report/demo-report.ts";
import { demoTable } from "./report/demo-table.ts";
import { readDescriptions, readSales, type SalesBook } from "./sales/sales-book.ts";
import { DEMO_ITEM_SET, DEMO_POLICY } from "./shop/shop-policy.ts";
import { countQuestions, type Period, type ShopWeek, shopWeeks } from "./shop/shop-weeks.ts";

/** What the demonstration is given from outside. */
export interface DemoSurroundings {
  readonly fetch: HttpFetch;
  readonly clock: Clock;
  readonly output: DemoOutput;
  /** Aborted when the user interrupts; the report then covers what was done and says so. */
  readonly signal: AbortSignal;
}

/** Where the demonstration writes. */
export interface DemoOutput {
  /** The result, on standard output. */
  print(text: string): void;
  /** A passing line for whoever waits; absent where nobody does. */
  readonly progress?: ((text: string) => void) | undefined;
}

/** More items than this would take more than 256 MiB for their pair counts. */
const ITEMS_MAX = 8000;

/**
 * Runs the demonstration, prints its table (or JSON) and returns the report.
 *
 * @throws Fault for options, files or a period that cannot be used, and when the platform breaks
 * its contract.
 */
export async function runDemo(
  options: DemoOptions,
  surroundings: DemoSurroundings,
): Promise<DemoReport> {
  const { output, signal } = surroundings;
  const plan = demoPlan(options);
  output.progress?.(`reading ${plan.lines.join(", ")}`);
  const [book, descriptions] = await readLog(plan);
  const period = periodOf(plan, book);
  const questionCount = countQuestions(book, period);
  if (questionCount === 0) throw noQuestions(book, period);
  output.progress?.(`learning from the baskets before ${dayText(period.fromMs)}`);

  const client = platformClient(plan.baseUrl, surroundings.fetch, signal);
  const pause = async () => {
    await new Promise<void>((resolve) => surroundings.clock.after(0, resolve));
    signal.throwIfAborted();
  };
  const tally: Tally = { answered: [], leftOut: new Map(), catalogueSize: 0 };
  try {
    await client.addPolicy(DEMO_POLICY);
    for await (const week of shopWeeks(book, descriptions, period, plan.seed, pause)) {
      await runWeek(week, client, plan, surroundings, tally, questionCount);
      if (signal.aborted) break;
    }
  } catch (error) {
    // A request cut off by the user's interrupt is an end, not a failure.
    if (!signal.aborted) throw error;
  }
  const answered = tally.answered.filter((one) => one !== undefined);
  if (answered.length === 0) throw nothingCompared(tally, signal);
  const leftOutCount = [...tally.leftOut.values()].reduce((sum, count) => sum + count, 0);
  const complete = answered.length + leftOutCount === questionCount;
  const run = { ...tally, answered, book, period, questionCount, complete };
  const report = demoReport(run, randomStream(plan.seed, "demo-report"));
  output.print(plan.json ? `${JSON.stringify(report, null, 2)}\n` : demoTable(report));
  return report;
}

/** What has happened so far. */
interface Tally {
  /** In the order of the questions, whatever the order of the replies. */
  readonly answered: (AnsweredBasket | undefined)[];
  readonly leftOut: Map<string, number>;
  catalogueSize: number;
}

async function readLog(plan: DemoPlan): Promise<[SalesBook, ReadonlyMap<string, string>]> {
  const book = await readSales(plan.lines);
  if (book.itemCodes.length > ITEMS_MAX) {
    throw new Fault(DEMO_FAULTS.tooManyItems, {
      detail:
        `${plan.lines.join(", ")}: expected at most ${ITEMS_MAX} items, ` +
        `got ${book.itemCodes.length}.`,
    });
  }
  const known = await readDescriptions(BUNDLED_SHOP.products);
  return [book, new Map([...known, ...book.descriptions])];
}

async function runWeek(
  { items, questions }: ShopWeek,
  client: PlatformClient,
  plan: DemoPlan,
  { clock, output, signal }: DemoSurroundings,
  tally: Tally,
  questionCount: number,
): Promise<void> {
  await client.putItems(DEMO_ITEM_SET, items);
  const judge = judgeOf(items, DEMO_POLICY);
  const begun = tally.answered.length;
  tally.answered.length += questions.length;
  tally.catalogueSize = items.length;
  let done = begun;
  await eachInFlight(questions, plan.concurrency, signal, async (question, index) => {
    const outcome = await ask(question, plan.seed + begun + index, client, judge, clock);
    if (outcome.kind === "left-out") {
      tally.leftOut.set(outcome.code, (tally.leftOut.get(outcome.code) ?? 0) + 1);
    } else {
      tally.answered[begun + index] = outcome.basket;
    }
    done += 1;
    output.progress?.(`${done} of ${questionCount} baskets, ${dayText(question.atMs)}`);
  });
}

function noQuestions({ baskets }: SalesBook, period: Period): Fault {
  const span =
    baskets.length === 0
      ? "holds no purchase at all"
      : `goes from ${dayText(baskets[0].atMs)} to ${dayText(baskets[baskets.length - 1].atMs)}`;
  return new Fault(DEMO_FAULTS.emptyPeriod, {
    detail:
      `Expected baskets of customers who had bought before, from ${dayText(period.fromMs)} to ` +
      `${dayText(period.untilMs - 1)}; got none. The log ${span}.`,
  });
}

function nothingCompared(tally: Tally, signal: AbortSignal): Fault {
  const codes = [...tally.leftOut].map(([code, count]) => `${code} ${count}`).join(", ");
  return new Fault(signal.aborted ? DEMO_FAULTS.interrupted : DEMO_FAULTS.badReply, {
    detail: signal.aborted
      ? "Interrupted before the first basket was answered."
      : `Expected answers to compare, got only refusals: ${codes}.`,
  });
}
