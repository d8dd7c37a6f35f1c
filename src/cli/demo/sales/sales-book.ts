/**
 * Sales books: files of sales lines (`.csv` or `.csv.gz`, the columns of the UCI Online Retail set)
 * read into baskets.
 */
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Fault } from "#foundation";
import { ANONYMOUS, type Basket } from "#learning";
import { type CsvRecord, csvRecords } from "../../csv.ts";
import { DEMO_FAULTS } from "../faults.ts";
import {
  isPurchase,
  type SalesColumns,
  type SalesLine,
  salesColumns,
  salesLine,
} from "./sales-line.ts";

/** Everything the files say, as baskets in order of time. */
export interface SalesBook {
  readonly baskets: readonly Basket[];
  /** Stock code of each item index. */
  readonly itemCodes: readonly string[];
  /** Descriptions found in the files themselves, by stock code. */
  readonly descriptions: ReadonlyMap<string, string>;
  readonly lineCount: number;
  /** Lines that are not purchases of goods: cancellations, returns, gifts, postage, fees. */
  readonly passedOverCount: number;
}

/**
 * Reads one or more files as one book.
 *
 * @throws Fault naming file, line and column of the first thing that is not as expected.
 */
export async function readSales(paths: readonly string[]): Promise<SalesBook> {
  const purchases: SalesLine[] = [];
  const descriptions = new Map<string, string>();
  let lineCount = 0;
  for (const path of paths) {
    let columns: SalesColumns | undefined;
    for await (const record of csvRecords(textOf(path), path)) {
      if (columns === undefined) {
        columns = salesColumns(record, path);
        continue;
      }
      lineCount += 1;
      const line = salesLine(record, columns, path);
      noteDescription(descriptions, line.stockCode, record, columns);
      if (isPurchase(line)) purchases.push(line);
    }
    if (columns === undefined) throw unreadable(path, "it is empty");
  }
  const passedOverCount = lineCount - purchases.length;
  return { ...basketsOf(purchases), descriptions, lineCount, passedOverCount };
}

/**
 * Reads a table of products with the columns StockCode and Description.
 *
 * @throws Fault when the file cannot be read or lacks a column.
 */
export async function readDescriptions(path: string): Promise<ReadonlyMap<string, string>> {
  const descriptions = new Map<string, string>();
  let columns: readonly [number, number] | undefined;
  for await (const { fields } of csvRecords(textOf(path), path)) {
    if (columns === undefined) {
      columns = [fields.indexOf("StockCode"), fields.indexOf("Description")];
      if (columns.includes(-1)) throw unreadable(path, "it lacks StockCode or Description");
    } else {
      const description = (fields[columns[1]] ?? "").trim();
      const code = (fields[columns[0]] ?? "").trim().toUpperCase();
      if (description !== "") descriptions.set(code, description);
    }
  }
  return descriptions;
}

function noteDescription(
  descriptions: Map<string, string>,
  stockCode: string,
  record: CsvRecord,
  columns: SalesColumns,
): void {
  if (columns.description < 0) return;
  const text = record.fields[columns.description].trim();
  // The first one stays: later ones are often notes of the warehouse ("damaged", "?").
  if (text !== "" && !descriptions.has(stockCode)) descriptions.set(stockCode, text);
}

/** The file's text in chunks, unpacked if its name ends in `.gz`. */
async function* textOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const bytes: Readable = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  // pipe() does not hand errors on.
  file.on("error", (error) => bytes.destroy(error));
  const decoder = new TextDecoder("utf-8");
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error), error);
  } finally {
    file.destroy();
  }
}

function unreadable(path: string, why: string, cause?: unknown): Fault {
  return new Fault(
    DEMO_FAULTS.unreadableFile,
    { detail: `${path} cannot be read: ${why}.` },
    cause,
  );
}

/** Groups lines by invoice; an invoice's instant is its first line's, its items are merged. */
function basketsOf(lines: readonly SalesLine[]): Pick<SalesBook, "baskets" | "itemCodes"> {
  const invoices = Map.groupBy(lines, (line) => line.invoice);
  const inTime = [...invoices.values()].sort((a, b) => firstAt(a) - firstAt(b));
  const items = new Map<string, number>();
  const customers = new Map<string, number>();
  const baskets = inTime.map((invoice): Basket => {
    const { customer } = invoice[0];
    const byItem = Map.groupBy(invoice, (line) => numbered(items, line.stockCode));
    const merged = [...byItem.values()];
    return {
      customer: customer === "" ? ANONYMOUS : numbered(customers, customer),
      atMs: firstAt(invoice),
      items: Int32Array.from(byItem.keys()),
      paidMinor: Float64Array.from(merged, paidMinorFor),
      unitPriceMinor: Float64Array.from(merged, ([first]) => Math.round(first.unitPrice * 100)),
    };
  });
  return { baskets, itemCodes: [...items.keys()] };
}

function firstAt(lines: readonly SalesLine[]): number {
  return lines.reduce((first, line) => Math.min(first, line.atMs), Number.POSITIVE_INFINITY);
}

function paidMinorFor(lines: readonly SalesLine[]): number {
  return lines.reduce((sum, line) => sum + Math.round(line.quantity * line.unitPrice * 100), 0);
}

/** The number of `name`, the next free one if it is new. */
function numbered(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
