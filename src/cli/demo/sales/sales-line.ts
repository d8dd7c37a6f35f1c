/**
 * One line of a sales file: which columns there must be, and what each field must look like.
 */
import { Fault, instantText } from "#foundation";
import type { CsvRecord } from "../../csv.ts";
import { DEMO_FAULTS } from "../faults.ts";

/** A sales line as read; nothing is left out or corrected yet. */
export interface SalesLine {
  readonly invoice: string;
  /** Upper case: the shop's tills wrote `85123a` and `85123A` for the same thing. */
  readonly stockCode: string;
  /** Units; negative when returned. */
  readonly quantity: number;
  /** The shop's wall clock, read as if it were UTC. */
  readonly atMs: number;
  /** Major units of the shop's currency; fractions of a penny occur. */
  readonly unitPrice: number;
  /** Empty when the customer is not known. */
  readonly customer: string;
}

/** Where each column stands. */
export interface SalesColumns {
  readonly count: number;
  readonly invoice: number;
  readonly stockCode: number;
  readonly quantity: number;
  readonly date: number;
  readonly unitPrice: number;
  readonly customer: number;
  /** The original set carries a description in every line; -1 where the file does not. */
  readonly description: number;
}

const REQUIRED = ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"];

/**
 * Finds the columns in a header; their order does not matter and further columns are passed over.
 *
 * @throws Fault naming the columns that are missing.
 */
export function salesColumns(header: CsvRecord, file: string): SalesColumns {
  const names = header.fields.map((name) => name.trim());
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new Fault(DEMO_FAULTS.malformedFile, {
      detail:
        `${file}, line ${header.line}: expected a header with the columns ` +
        `${REQUIRED.join(", ")}; missing: ${missing.join(", ")}.`,
    });
  }
  return {
    count: names.length,
    invoice: names.indexOf("InvoiceNo"),
    stockCode: names.indexOf("StockCode"),
    quantity: names.indexOf("Quantity"),
    date: names.indexOf("InvoiceDate"),
    unitPrice: names.indexOf("UnitPrice"),
    customer: names.indexOf("CustomerID"),
    description: names.indexOf("Description"),
  };
}

/**
 * Reads one line.
 *
 * @throws Fault naming file, line and column, what was expected and what was found.
 */
export function salesLine(record: CsvRecord, columns: SalesColumns, file: string): SalesLine {
  const { fields } = record;
  const place = `${file}, line ${record.line}`;
  if (fields.length !== columns.count) {
    throw unexpected(place, `${columns.count} fields`, `${fields.length}`);
  }
  const invoice = fields[columns.invoice].trim();
  if (invoice === "") throw unexpected(`${place}, InvoiceNo`, "an invoice number", "nothing");
  const stockCode = fields[columns.stockCode].trim().toUpperCase();
  if (stockCode === "") throw unexpected(`${place}, StockCode`, "a stock code", "nothing");
  const quantity = numberOf(fields[columns.quantity], `${place}, Quantity`, "a whole number");
  if (!Number.isInteger(quantity)) {
    throw unexpected(`${place}, Quantity`, "a whole number", quoted(fields[columns.quantity]));
  }
  return {
    invoice,
    stockCode,
    quantity,
    atMs: instantOf(fields[columns.date], `${place}, InvoiceDate`),
    unitPrice: numberOf(fields[columns.unitPrice], `${place}, UnitPrice`, "a price"),
    customer: fields[columns.customer].trim(),
  };
}

/** Postage, fees, discounts, vouchers: lines of an invoice that nobody puts on a homepage. */
const SERVICE_CODE = /^(POST|DOT|M|C2|D|S|B|AMAZONFEE|BANK CHARGES|CRUK|GIFT_.*)$/;

/** Whether a line is a purchase of goods, neither cancelled nor returned nor given away. */
export function isPurchase(line: SalesLine): boolean {
  return (
    line.quantity > 0 &&
    line.unitPrice > 0 &&
    !/^[A-Z]/.test(line.invoice) &&
    !SERVICE_CODE.test(line.stockCode)
  );
}

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/;

function instantOf(text: string, place: string): number {
  const [, day, time = "00:00"] = INSTANT.exec(text.trim()) ?? [];
  const atMs = Date.parse(`${day}T${time}Z`);
  // Date.parse takes 31 February for 3 March; the day must come back as it went in.
  if (Number.isNaN(atMs) || !instantText(atMs).startsWith(day)) {
    throw unexpected(place, "a date and time such as 2011-07-01T09:30", quoted(text));
  }
  return atMs;
}

function numberOf(text: string, place: string, expected: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw unexpected(place, expected, quoted(text));
  return value;
}

function quoted(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text.slice(0, 60));
}

function unexpected(place: string, expected: string, got: string): Fault {
  return new Fault(DEMO_FAULTS.malformedFile, {
    detail: `${place}: expected ${expected}, got ${got}.`,
  });
}
