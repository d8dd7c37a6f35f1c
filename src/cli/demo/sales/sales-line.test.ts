/**
 * Sales lines: what is read, what counts as a purchase, and what each error names.
 */
import { describe, expect, it } from "vitest";
import { isPurchase, salesColumns, salesLine } from "./sales-line.ts";

const HEADER = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

function lineOf(text: string, header = HEADER) {
  const columns = salesColumns({ line: 1, fields: header.split(",") }, "shop.csv");
  return salesLine({ line: 7, fields: text.split(",") }, columns, "shop.csv");
}

describe("salesLine", () => {
  it("reads a line of the original set", () => {
    expect(lineOf("536365,85123a,6,2010-12-01T08:26,2.55,17850,United Kingdom")).toEqual({
      invoice: "536365",
      stockCode: "85123A",
      quantity: 6,
      atMs: Date.UTC(2010, 11, 1, 8, 26),
      unitPrice: 2.55,
      customer: "17850",
    });
  });

  it("finds columns in another order, among others", () => {
    const header = "CustomerID,Description,InvoiceDate,Quantity,UnitPrice,StockCode,InvoiceNo";
    const line = lineOf(",A MUG,2011-01-02 03:04:05,1,1,X,9", header);
    expect(line).toMatchObject({ invoice: "9", stockCode: "X", customer: "" });
    expect(line.atMs).toBe(Date.UTC(2011, 0, 2, 3, 4, 5));
  });

  it.each([
    ["1,X,1,2011-01-01T10:00,1", "line 7: expected 7 fields, got 5"],
    [",X,1,2011-01-01T10:00,1,5,UK", "line 7, InvoiceNo: expected an invoice number, got nothing"],
    ["1,,1,2011-01-01T10:00,1,5,UK", "line 7, StockCode: expected a stock code, got nothing"],
    ["1,X,six,2011-01-01T10:00,1,5,UK", 'Quantity: expected a whole number, got "six"'],
    ["1,X,1.5,2011-01-01T10:00,1,5,UK", 'Quantity: expected a whole number, got "1.5"'],
    ["1,X,,2011-01-01T10:00,1,5,UK", "Quantity: expected a whole number, got nothing"],
    ["1,X,1,01/02/2011 10:00,1,5,UK", "InvoiceDate: expected a date and time such as"],
    ["1,X,1,2011-02-31T10:00,1,5,UK", "InvoiceDate: expected a date and time such as"],
    ["1,X,1,2011-01-01T25:00,1,5,UK", "InvoiceDate: expected a date and time such as"],
    ["1,X,1,2011-01-01T10:00,NaN,5,UK", 'UnitPrice: expected a price, got "NaN"'],
  ])("refuses %j: %s", (text, message) => {
    expect(() => lineOf(text)).toThrow(message);
  });

  it("names the columns a header lacks", () => {
    expect(() => lineOf("", "InvoiceNo,StockCode,Quantity,InvoiceDate")).toThrow(
      "missing: UnitPrice, CustomerID",
    );
  });
});

describe("isPurchase", () => {
  it.each([
    ["1,85123A,6,2011-01-01T10:00,2.55,5,UK", true, "goods"],
    ["1,85123A,6,2011-01-01T10:00,2.55,,UK", true, "goods bought by nobody known"],
    ["C1,85123A,-6,2011-01-01T10:00,2.55,5,UK", false, "a cancellation"],
    ["A1,B,1,2011-01-01T10:00,11062.06,,UK", false, "an adjustment of debts"],
    ["1,85123A,-6,2011-01-01T10:00,2.55,5,UK", false, "a return"],
    ["1,85123A,6,2011-01-01T10:00,0,5,UK", false, "a gift"],
    ["1,POST,1,2011-01-01T10:00,18,5,UK", false, "postage"],
    ["1,m,1,2011-01-01T10:00,18,5,UK", false, "an amount typed by hand"],
    ["1,gift_0001_20,1,2011-01-01T10:00,16.67,5,UK", false, "a voucher"],
    ["1,PADS,1,2011-01-01T10:00,0.001,5,UK", true, "goods with a code in letters"],
  ])("of %j is %s: %s", (text, expected) => {
    expect(isPurchase(lineOf(text))).toBe(expected);
  });
});
