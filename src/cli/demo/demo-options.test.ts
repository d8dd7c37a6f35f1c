/**
 * Options: what is filled in, which period is meant, and what is refused.
 */
import { describe, expect, it } from "vitest";
import { demoPlan, periodOf } from "./demo-options.ts";
import type { SalesBook } from "./sales/sales-book.ts";

const baseUrl = "http://127.0.0.1:7070";

function bookEnding(text: string): SalesBook {
  const amounts = Float64Array.of(1);
  const basket = {
    customer: 0,
    atMs: Date.parse(text),
    items: Int32Array.of(0),
    paidMinor: amounts,
    unitPriceMinor: amounts,
  };
  return {
    baskets: [basket],
    itemCodes: ["A"],
    descriptions: new Map(),
    lineCount: 1,
    passedOverCount: 0,
  };
}

type Chosen = { from?: string; to?: string; lines?: string[] };

function daysOf(options: Chosen, lastSale: string) {
  const { fromMs, untilMs } = periodOf(demoPlan({ baseUrl, ...options }), bookEnding(lastSale));
  return [new Date(fromMs).toISOString(), new Date(untilMs).toISOString()].map((at) =>
    at.slice(0, 10),
  );
}

describe("the period", () => {
  const lines = ["x.csv"];
  it.each<[Chosen, string, string, string]>([
    [{}, "2011-07-01", "2011-09-01", "the bundled shop's own"],
    [{ from: "2011-08-01" }, "2011-08-01", "2011-09-01", "the bundled shop's end"],
    [{ lines, from: "2011-09-01", to: "2011-09-01" }, "2011-09-01", "2011-09-02", "one day"],
    [{ lines }, "2011-10-10", "2011-12-11", "the last 62 days of another file"],
    [{ lines, to: "2011-11-30" }, "2011-09-30", "2011-12-01", "62 days to the end given"],
  ])("of %j is %s up to before %s: %s", (options, from, until) => {
    expect(daysOf(options, "2011-12-10T12:50:00Z")).toEqual([from, until]);
  });

  it("is refused when it ends before it begins", () => {
    const late = { lines, from: "2012-01-01" };
    expect(() => daysOf(late, "2011-12-10T12:50:00Z")).toThrow(
      "--from: expected a day no later than 2011-12-10, got 2012-01-01",
    );
  });
});

describe("demoPlan", () => {
  it.each([
    [{ from: "1 July" }, '--from: expected a day such as 2011-07-01, got "1 July"'],
    [{ to: "2011-02-30" }, "--to: expected a day"],
    [{ seed: 0.5 }, "--seed: expected a whole number, got 0.5"],
    [{ concurrency: 0 }, "--concurrency: expected a whole number from 1 to 64, got 0"],
    [{ concurrency: Number.NaN }, "--concurrency"],
  ])("refuses %j", (options, message) => {
    expect(() => demoPlan({ baseUrl, ...options })).toThrow(message);
  });
});
