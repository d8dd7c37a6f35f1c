/**
 * A small, seeded part of the campaign that switchback-coverage.ts runs in full: intervals hold
 * what is true, the split of customers does not, and nothing is found where there is nothing.
 */
import { describe, expect, it } from "vitest";
import { coverage, falseAlarms } from "./campaign.ts";
import { FIGURES } from "./trial.ts";

describe("experiments on centres whose answer is known", () => {
  it("a switchback finds the effect, a split of customers its opposite", () => {
    const found = coverage({ centres: 20, truthDays: 28, burnInSeconds: 1200, seed: 2 });
    for (const [figure, { covered, trueMean, bias }] of found.entries()) {
      expect(covered, FIGURES[figure]).toBeGreaterThanOrEqual(16);
      expect(Math.abs(bias), FIGURES[figure]).toBeLessThan(0.12);
      expect(Math.abs(trueMean)).toBeGreaterThan(0);
    }
    // Below -1 the split's sign is wrong: waits and abandonment seem to grow, and they shrink.
    for (const figure of [0, 1, 2]) expect(found[figure].splitBias).toBeLessThan(-1);
  });

  it("false findings stay near what was agreed, and daily looks at plain intervals do not", () => {
    const alarms = new Map(
      falseAlarms({ runs: 60, burnInSeconds: 1200, seed: 2 }).map(({ name, alarms: count }) => [
        name,
        count,
      ]),
    );
    expect(alarms.get("a reading's conclusion, 14 looks")).toBeLessThanOrEqual(8);
    expect(alarms.get("confidence sequence, 14 looks")).toBeLessThanOrEqual(6);
    expect(alarms.get("95 % interval misused for 14 looks")).toBeGreaterThan(6);
  });
});
