/**
 * The sample: baskets of the example shop, asked of a running platform through its public API, so
 * that a newcomer sees decisions at once. It plays on an untouched store only and leaves its policy
 * there first, so that it never plays twice, whether it ended or was cut short.
 */
import type { Clock } from "#foundation";
import { decisionSummary, page, policyView } from "#wire";
import { BUNDLED_SHOP } from "../demo/bundled-shop.ts";
import { demoPlan, periodOf } from "../demo/demo-options.ts";
import { platformClient } from "../demo/platform-client.ts";
import { readDescriptions, readSales } from "../demo/sales/sales-book.ts";
import { DEMO_ITEM_SET, DEMO_POLICY } from "../demo/shop/shop-policy.ts";
import { shopRequest } from "../demo/shop/shop-request.ts";
import { countQuestions, shopWeeks } from "../demo/shop/shop-weeks.ts";

/** What the sample is given from outside. */
export interface SampleSurroundings {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Aborted to end it early. */
  readonly signal: AbortSignal;
  /** Called after each basket. */
  progress(played: number, planned: number): void;
}

/** The shortest pause between two baskets. */
const PAUSE_MS_MIN = 20;

/** How long to pause per millisecond of waiting for an answer: half of the machine stays free. */
const PAUSE_PER_MS = 1;

/**
 * Plays at most `countMax` baskets on the platform at `baseUrl`, one after the other, with pauses.
 * Resolves with how many; 0 where the store has been used before.
 */
export async function playShop(
  baseUrl: string,
  countMax: number,
  surroundings: SampleSurroundings,
): Promise<number> {
  const { fetch, clock, signal } = surroundings;
  if (!(await isUntouched(baseUrl, surroundings))) return 0;
  const client = platformClient(baseUrl, fetch, signal);
  await client.addPolicy(DEMO_POLICY);
  const plan = demoPlan({ baseUrl });
  const book = await readSales(plan.lines);
  const period = periodOf(plan, book);
  const planned = Math.min(countMax, countQuestions(book, period));
  const descriptions = await readDescriptions(BUNDLED_SHOP.products);
  const rest = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  let played = 0;
  for await (const { items, questions } of shopWeeks(book, descriptions, period, plan.seed, () =>
    rest(0),
  )) {
    await client.putItems(DEMO_ITEM_SET, items);
    for (const question of questions) {
      if (played === planned || signal.aborted) return played;
      const askedMs = clock.monotonicMs();
      await client.rank(shopRequest(question, plan.seed + played));
      played += 1;
      surroundings.progress(played, planned);
      const tookMs = clock.monotonicMs() - askedMs;
      await rest(Math.max(PAUSE_MS_MIN, PAUSE_PER_MS * tookMs));
    }
  }
  return played;
}

/** Whether nobody has decided anything here, the sample included. */
async function isUntouched(baseUrl: string, { fetch, signal }: SampleSurroundings) {
  const read = async (path: string): Promise<unknown> => {
    const request = { method: "GET", headers: {}, signal };
    return JSON.parse(await (await fetch(new URL(path, baseUrl).href, request)).text());
  };
  const decisions = page(decisionSummary).parse(await read("/v1/decisions?limit=1"));
  const policies = page(policyView).parse(await read("/v1/policies"));
  const hasPlayed = policies.items.some(({ name }) => name === DEMO_POLICY.name);
  return decisions.items.length === 0 && !hasPlayed;
}
