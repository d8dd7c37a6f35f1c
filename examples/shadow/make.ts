/**
 * Makes the example log for `tandem shadow` from the example shop: `node examples/shadow/make.ts`.
 * Forty baskets of returning customers in July 2011, each with the forty items the shop's model
 * thought most probable, of which the ten best by score are noted as shown: what a shop without an
 * optimiser puts on its page. Nobody saw these lists.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { BUNDLED_SHOP } from "../../src/cli/demo/bundled-shop.ts";
import { demoPlan, periodOf } from "../../src/cli/demo/demo-options.ts";
import { readDescriptions, readSales } from "../../src/cli/demo/sales/sales-book.ts";
import { DEMO_POLICY, POSITIONS } from "../../src/cli/demo/shop/shop-policy.ts";
import { type ShopQuestion, shopWeeks } from "../../src/cli/demo/shop/shop-weeks.ts";

const BASKETS = 40;
const CANDIDATES = 40;
const HEADER = "request,item,score,position,segment,at";

const registered = z.array(z.looseObject({ id: z.string() }));
const known = new Set(
  registered
    .parse(JSON.parse(gunzipSync(readFileSync(BUNDLED_SHOP.items)).toString("utf8")))
    .map(({ id }) => id),
);

/** The rows of one basket. */
function rowsOf({ candidates, atMs }: ShopQuestion, basket: number): string[] {
  const at = new Date(atMs).toISOString();
  const segment = new Date(atMs).getUTCHours() < 12 ? "morning" : "afternoon";
  return candidates
    .filter(({ id }) => known.has(id))
    .slice(0, CANDIDATES)
    .map(({ id, score }, index) => {
      const position = index < POSITIONS ? index + 1 : "";
      return [`basket-${basket}`, id, score.toFixed(5), position, segment, at].join(",");
    });
}

async function firstBaskets(): Promise<ShopQuestion[]> {
  const plan = demoPlan({ baseUrl: "http://127.0.0.1" });
  const book = await readSales(plan.lines);
  const descriptions = await readDescriptions(BUNDLED_SHOP.products);
  const questions: ShopQuestion[] = [];
  const weeks = shopWeeks(book, descriptions, periodOf(plan, book), plan.seed, async () => {});
  for await (const week of weeks) {
    questions.push(...week.questions);
    if (questions.length >= BASKETS) break;
  }
  return questions.slice(0, BASKETS);
}

/** Writes log and policy beside this file. */
async function make(): Promise<void> {
  const folder = import.meta.dirname;
  const baskets = await firstBaskets();
  const rows = baskets.flatMap((question, index) => rowsOf(question, index + 1));
  writeFileSync(join(folder, "shop.csv"), `${[HEADER, ...rows].join("\n")}\n`);
  const description = "The example shop's homepage, for a log replayed in shadow.";
  const policy = { ...DEMO_POLICY, name: "shadow-shop", description };
  writeFileSync(join(folder, "policy.json"), `${JSON.stringify(policy, undefined, 2)}\n`);
}

await make();
