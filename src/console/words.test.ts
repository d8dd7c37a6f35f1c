/**
 * Numbers and instants as people read them, the odd ones included.
 */
import { describe, expect, test } from "vitest";
import {
  amountText,
  countText,
  instantText,
  millisecondsText,
  percentText,
  priceText,
  timeText,
  valueText,
} from "./words.ts";

const CASES: readonly [remark: string, got: string, expected: string][] = [
  ["no time", millisecondsText(0), "0.00 ms"],
  ["a short time", millisecondsText(2.888), "2.89 ms"],
  ["a longer time", millisecondsText(26.52), "26.5 ms"],
  ["a second", millisecondsText(1000), "1000 ms"],
  ["many seconds", millisecondsText(12_345), "12.3 s"],
  ["no gap", percentText(0), "0 %"],
  ["an unknown gap", percentText(null), "–"],
  ["a gap too small to print", percentText(1e-6), "< 0.01 %"],
  ["a small gap", percentText(0.0032), "0.32 %"],
  ["all", percentText(1), "100.0 %"],
  ["four digits", amountText(0.215_317_4), "0.2153"],
  ["a large amount", amountText(123_456), "123500"],
  ["no amount", amountText(undefined), "–"],
  ["a price", priceText(1295), "12.95"],
  ["nothing to pay", priceText(0), "0.00"],
  ["money", valueText(1275, "GBP"), "£12.75"],
  ["money without minor units", valueText(1275, "JPY"), "JP¥1,275"],
  ["a plain value", valueText(3, null), "3"],
  ["no value", valueText(null, null), "–"],
  ["a time of day", timeText("2011-07-01T09:30:05.123Z", "UTC"), "09:30:05"],
  ["an instant", instantText("2011-07-01T09:30:05.123Z", "UTC"), "1 Jul 2011, 09:30:05"],
  ["one", countText(1, "flaw"), "1 flaw"],
  ["many", countText(2000, "decision"), "2,000 decisions"],
  ["none", countText(0, "decision"), "0 decisions"],
];

describe("words", () => {
  test.each(CASES)("%s", (_remark, got, expected) => expect(got).toBe(expected));
});
