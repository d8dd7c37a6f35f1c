/**
 * Digits of currencies that have pence, none, and thousandths.
 */
import { expect, test } from "vitest";
import { minorDigits } from "./money.ts";

test.each([
  ["GBP", 2],
  ["JPY", 0],
  ["KWD", 3],
])("%s has %d", (currency, digits) => {
  expect(minorDigits(currency)).toBe(digits);
});
