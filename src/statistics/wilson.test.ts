/**
 * Wilson's interval against the table by which it is usually checked.
 */
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "./wilson.ts";

describe("wilsonInterval", () => {
  // Newcombe (1998), table I, row "score method" without continuity correction.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i is %f to %f", (successes, trials, lower, upper) => {
    const interval = wilsonInterval(successes, trials, 0.95);
    expect(interval.value).toBe(successes / trials);
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });

  it("reaches 1 when everything succeeds", () => {
    expect(wilsonInterval(5, 5, 0.95).upper).toBe(1);
  });

  it.each([
    [0, 0],
    [3, 2],
    [-1, 2],
  ])("refuses %i in %i", (successes, trials) => {
    expect(() => wilsonInterval(successes, trials, 0.95)).toThrow("successes among");
  });
});
