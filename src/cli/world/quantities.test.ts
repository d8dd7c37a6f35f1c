/**
 * Durations and rates as they are typed.
 */
import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { durationSeconds, ratePerHour, someSeconds } from "./quantities.ts";

const DURATIONS: readonly (readonly [text: string, seconds: number])[] = [
  ["225s", 225],
  ["2.5min", 150],
  ["4h", 14_400],
  ["0s", 0],
];
const RATES: readonly (readonly [text: string, perHour: number])[] = [
  ["400/30min", 800],
  ["12/min", 720],
  ["0.5/s", 1800],
  ["0/h", 0],
  ["90/1.5h", 60],
];
const NO_DURATIONS = ["", "225", "s", "-3s", "1e3s", "3 s", "3m", "3minutes", "s3"];
const NO_RATES = ["", "400", "400/", "/30min", "400/30", "400/0s", "400 per h", "-1/h"];

describe("durations", () => {
  test.each(DURATIONS)("%s is %d s", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
  test.each(NO_DURATIONS)("%j is none", (text) => {
    expect(() => durationSeconds(text)).toThrow(InvalidArgumentError);
  });
  test("none is not some", () => {
    expect(() => someSeconds("0s")).toThrow("above 0");
    expect(someSeconds("1s")).toBe(1);
  });
});

describe("rates", () => {
  test.each(RATES)("%s is %d an hour", (text, perHour) => {
    expect(ratePerHour(text)).toBeCloseTo(perHour, 9);
  });
  test.each(NO_RATES)("%j is none", (text) => {
    expect(() => ratePerHour(text)).toThrow(InvalidArgumentError);
  });
});
