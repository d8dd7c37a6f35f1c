/**
 * Makes the files of the example shop from a folder that holds the developers' slice of UCI Online
 * Retail:
 *
 *     node examples/shop/make.ts ../shared/data/online-retail
 *
 * Keeps the lines of known customers' purchases of goods, as they were, and the descriptions of
 * what they bought; then learns from these lines what `tandem serve` loads at its start: the item
 * set and one request.
 */
import { createReadStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGunzip, gunzipSync, gzipSync } from "node:zlib";
import { nextPurchase } from "#learning";
import { type CsvRecord, csvRecords } from "../../src/cli/csv.ts";
import { readDescriptions, readSales } from "../../src/cli/demo/sales/sales-book.ts";
import { isPurchase, salesColumns, salesLine } from "../../src/cli/demo/sales/sales-line.ts";
import { candidatesFor, catalogueItems } from "../../src/cli/demo/shop/shop-catalogue.ts";
import { POSITIONS, SHOP_RULES, SHOP_WEIGHTS } from "../../src/cli/demo/shop/shop-policy.ts";

const SEED = 1;
/** The example request's candidates: enough to choose from, few enough to read. */
const EXAMPLE_CANDIDATES = 60;
const HOUR_MS = 3_600_000;

await make(process.argv[2] ?? "../shared/data/online-retail");

async function make(source: string): Promise<void> {
  const sold = await keepLines(join(source, "lines.dev.csv.gz"));
  keepProducts(join(source, "products.csv.gz"), sold);
  await learnShop();
}

/**
 * Copies the lines worth keeping, each invoice's in order of stock code (packs better); returns the
 * stock codes.
 */
async function keepLines(path: string): Promise<ReadonlySet<string>> {
  const kept: { readonly invoice: string; readonly stockCode: string; readonly text: string }[] =
    [];
  const text = createReadStream(path).pipe(createGunzip()).setEncoding("utf8");
  let header: CsvRecord | undefined;
  for await (const record of csvRecords(text, path)) {
    header ??= record;
    if (header === record) continue;
    const line = salesLine(record, salesColumns(header, path), path);
    if (line.customer === "" || !isPurchase(line)) continue;
    kept.push({ ...line, text: record.fields.join(",") });
  }
  const invoices = [...Map.groupBy(kept, ({ invoice }) => invoice).values()];
  const rows = invoices.flatMap((lines) => lines.sort(byStockCode).map((line) => line.text));
  write("lines.csv.gz", `${[header?.fields.join(","), ...rows].join("\n")}\n`);
  return new Set(kept.map(({ stockCode }) => stockCode));
}

function byStockCode(a: { readonly stockCode: string }, b: { readonly stockCode: string }): number {
  return a.stockCode < b.stockCode ? -1 : a.stockCode > b.stockCode ? 1 : 0;
}

function keepProducts(path: string, sold: ReadonlySet<string>): void {
  const [header, ...rows] = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
  const kept = rows.filter((row) => sold.has(row.slice(0, row.indexOf(",")).toUpperCase()));
  write("products.csv.gz", `${[header, ...kept].join("\n")}\n`);
}

/** The shop as it stood after its last sale, and a frequent customer's next visit. */
async function learnShop(): Promise<void> {
  const book = await readSales([place("lines.csv.gz")]);
  const descriptions = await readDescriptions(place("products.csv.gz"));
  const names = { itemCodes: book.itemCodes, descriptions };
  const model = nextPurchase(book.itemCodes.length);
  for (const basket of book.baskets) model.observe(basket);
  const last = book.baskets[book.baskets.length - 1];
  const atMs = last.atMs + HOUR_MS;
  const ageHours = (item: number) => Math.round((atMs - model.firstSoldAtMs(item)) / HOUR_MS);
  const items = catalogueItems(model, names, SEED).map((item, index) => ({
    ...item,
    ageHours: ageHours(index),
  }));
  write("items.json.gz", JSON.stringify(items));
  const limits = { registeredCount: items.length, countMax: EXAMPLE_CANDIDATES };
  const candidates = candidatesFor(model, names, last.customer, atMs, limits);
  const request = {
    candidates: candidates.map(({ id, score }) => ({ id, score })),
    k: POSITIONS,
    items: "shop",
    weights: SHOP_WEIGHTS,
    rules: SHOP_RULES,
    options: { policy: "homepage@1", seed: 7 },
  };
  writeFileSync(place("request.json"), `${JSON.stringify(request)}\n`);
}

function write(name: string, text: string): void {
  writeFileSync(place(name), gzipSync(text, { level: 9 }));
}

function place(name: string): string {
  return join(import.meta.dirname, name);
}
