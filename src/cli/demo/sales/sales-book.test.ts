/**
 * Sales books: files become baskets in order of time; whatever is wrong with a file is one clear
 * fault.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ANONYMOUS } from "#learning";
import { readDescriptions, readSales } from "./sales-book.ts";

const HEADER = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sales-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function lines(...rows: readonly string[]): string {
  return `${[HEADER, ...rows].join("\n")}\n`;
}

describe("readSales", () => {
  it("groups invoices, merges their lines and sorts by time", async () => {
    const path = file(
      "plain.csv",
      lines(
        "2,E,1,2011-01-02T10:00,3.5,8,UK",
        "1,A,2,2011-01-01T10:00,1.25,7,UK",
        "1,POST,1,2011-01-01T10:00,18,7,UK",
        "1,E,1,2011-01-01T10:00,3,7,UK",
        "1,a,1,2011-01-01T10:00,1.25,7,UK",
        "C3,A,-1,2011-01-03T10:00,1.25,7,UK",
        "4,C,1,2011-01-04T10:00,0.1,,UK",
      ),
    );
    const book = await readSales([path]);
    expect(book.itemCodes).toEqual(["A", "E", "C"]);
    expect([book.lineCount, book.passedOverCount]).toEqual([7, 2]);
    const [first, second, third] = book.baskets;
    expect(first).toEqual({
      customer: 0,
      atMs: Date.UTC(2011, 0, 1, 10),
      items: Int32Array.of(0, 1),
      paidMinor: Float64Array.of(375, 300),
      unitPriceMinor: Float64Array.of(125, 300),
    });
    expect([second.customer, [...second.items]]).toEqual([1, [1]]);
    expect([third.customer, [...third.items]]).toEqual([ANONYMOUS, [2]]);
  });

  it("reads several files, packed or not, as one log", async () => {
    const late = file("late.csv.gz", gzipSync(lines("9,A,1,2011-03-01T10:00,1,7,UK")));
    const early = file("early.csv", lines("1,E,1,2011-02-01T10:00,1,7,UK"));
    const book = await readSales([late, early]);
    expect(book.itemCodes).toEqual(["E", "A"]);
    expect(book.baskets.map(({ customer }) => customer)).toEqual([0, 0]);
  });

  it("keeps the first description that a file gives", async () => {
    const text =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n" +
      "1,A,,1,2011-01-01T10:00,1,7\n" +
      '2,A,"MUG, RED",1,2011-01-02T10:00,1,7\n' +
      "3,A,damaged,-1,2011-01-03T10:00,0,\n";
    const { descriptions } = await readSales([file("described.csv", text)]);
    expect([...descriptions]).toEqual([["A", "MUG, RED"]]);
  });

  it("is an empty book for a header alone", async () => {
    const book = await readSales([file("header.csv", lines())]);
    expect(book.baskets).toEqual([]);
    expect(book.itemCodes).toEqual([]);
  });

  it.each([
    ["absent.csv", undefined, "demo-file-unreadable", "ENOENT"],
    ["nothing.csv", "", "demo-file-unreadable", "it is empty"],
    ["torn.csv.gz", gzipSync(lines("x".repeat(5000))).subarray(0, 60), "demo-file-unreadable", ""],
    ["not-packed.csv.gz", lines(), "demo-file-unreadable", "incorrect header"],
    ["words.csv", "It was a dark night\n", "demo-file-malformed", "missing: InvoiceNo"],
    ["bad.csv", lines("1,A,x,2011-01-01T10:00,1,7,UK"), "demo-file-malformed", "line 2, Quantity"],
  ])("refuses %s with one fault", async (name, content, code, message) => {
    const path = content === undefined ? join(folder, name) : file(name, content);
    await expect(readSales([path])).rejects.toMatchObject({
      name: "Fault",
      row: { code },
      message: expect.stringContaining(message),
    });
  });
});

describe("readDescriptions", () => {
  it("reads codes in upper case and passes over empty descriptions", async () => {
    const path = file("products.csv", "StockCode,Description\n85123a,A LIGHT \nB,\n");
    expect([...(await readDescriptions(path))]).toEqual([["85123A", "A LIGHT"]]);
  });

  it("refuses a table without the columns", async () => {
    const path = file("other.csv", "Code,Text\n1,2\n");
    await expect(readDescriptions(path)).rejects.toThrow("lacks StockCode or Description");
  });
});
