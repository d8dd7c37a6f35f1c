/**
 * Who gets what: repeatable, balanced, recorded with its chance, and refused where it cannot be
 * right.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import {
  assignMoment,
  assignSlice,
  checkedSwitchback,
  type SwitchbackDesign,
  sliceCount,
} from "./switchback-design.ts";
import { assignUnit, checkedSplit, type SplitDesign } from "./unit-split.ts";

const DESIGN: SwitchbackDesign = {
  kind: "switchback",
  experiment: "routing-2",
  seed: 7,
  pools: ["sales", "service"],
  startUtcMs: 1_000_000,
  sliceMs: 3_600_000,
  burnInMs: 600_000,
  slicesPerPeriod: 12,
  periods: 8,
};
const SPLIT: SplitDesign = {
  kind: "split",
  experiment: "banner",
  coverage: 1,
  treatedShare: 0.3,
};
const ALONE = { decisionType: "ranking", drawsOn: [] };

describe("switchback", () => {
  it("is the same for the same experiment, seed, pool and slice, for ever", () => {
    const given = Array.from({ length: 8 }, (_, slice) => assignSlice(DESIGN, "sales", slice));
    const arms = given.map(({ arm }) => arm[0]).join("");
    expect(arms).toBe("tccctttt");
    expect(given[0]).toMatchObject({ propensity: 0.5, pair: 0, slice: 0 });
  });

  it("treats every hour as often as not, whatever the coins say", () => {
    const seeds = fc.integer({ min: 0, max: 1e9 });
    const sizes = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(seeds, sizes, sizes, (seed, slicesPerPeriod, half) => {
        const design = { ...DESIGN, seed, slicesPerPeriod, periods: 2 * half };
        const treated = new Map<number, number>();
        for (let slice = 0; slice < sliceCount(design); slice += 1) {
          const { arm, pair } = assignSlice(design, "sales", slice);
          if (arm === "treatment") treated.set(pair, (treated.get(pair) ?? 0) + 1);
        }
        expect(treated.size).toBe(half * slicesPerPeriod);
        expect(new Set(treated.values())).toEqual(new Set([1]));
      }),
      { numRuns: 40 },
    );
  });

  it("throws other coins for another seed, name or pool, and fair ones", () => {
    const arms = (design: SwitchbackDesign, pool: string) =>
      Array.from({ length: 48 }, (_, slice) => assignSlice(design, pool, slice).arm).join();
    const own = arms(DESIGN, "sales");
    expect(arms(DESIGN, "service")).not.toBe(own);
    expect(arms({ ...DESIGN, seed: 8 }, "sales")).not.toBe(own);
    expect(arms({ ...DESIGN, experiment: "routing-3" }, "sales")).not.toBe(own);
    let treated = 0;
    for (let seed = 0; seed < 4000; seed += 1) {
      if (assignSlice({ ...DESIGN, seed }, "sales", 5).arm === "treatment") treated += 1;
    }
    expect(Math.abs(treated - 2000)).toBeLessThan(4 * Math.sqrt(1000));
  });

  it.each([
    [1_000_000, 0, true, "the first moment"],
    [1_000_000 + 599_999, 0, true, "the end of the burn-in"],
    [1_000_000 + 600_000, 0, false, "the first that counts"],
    [1_000_000 + 3_600_000, 1, true, "the next slice"],
    [1_000_000 + 96 * 3_600_000 - 1, 95, false, "the last moment"],
  ])("at %i is slice %i, burn-in %s: %s", (atUtcMs, slice, isBurnIn) => {
    expect(assignMoment(DESIGN, "sales", atUtcMs)).toMatchObject({ slice, isBurnIn });
  });

  it.each([
    [999_999, "sales", "before"],
    [1_000_000 + 96 * 3_600_000, "sales", "after"],
    [1_000_000, "billing", "another pool"],
  ])("gives nothing at %i to %s: %s", (atUtcMs, pool) => {
    expect(assignMoment(DESIGN, pool, atUtcMs)).toBeUndefined();
  });

  it("names every flaw of a design", () => {
    const flawed = { ...DESIGN, pools: [], burnInMs: 3_600_000, periods: 3, experiment: "" };
    const row = EXPERIMENT_FAULTS.designInvalid;
    const pointers = ["/experiment", "/pools", "/burnInMs", "/periods"];
    const flaws = pointers.map((pointer) => expect.objectContaining({ pointer }));
    const wanted = expect.objectContaining({ row, flaws });
    expect(() => checkedSwitchback(flawed)).toThrow(wanted);
    expect(checkedSwitchback(DESIGN)).toBe(DESIGN);
  });
});

describe("split of units", () => {
  // GrowthBook's SDK, hash of version 2.
  it.each([
    ["seed", "b", 0.2696],
    ["foo", "def", 0.2019],
    ["90850943850283058242805", "123", 0.7516],
  ])("puts %s/%s into bucket %d", (experiment, unit, bucket) => {
    expect(assignUnit({ ...SPLIT, experiment }, unit).bucket).toBe(bucket);
  });

  it("gives the shares it promises, each with its propensity", () => {
    let treated = 0;
    for (let unit = 0; unit < 20_000; unit += 1) {
      const { arm, propensity, isCovered } = assignUnit(SPLIT, `customer-${unit}`);
      expect(isCovered).toBe(true);
      expect(propensity).toBe(arm === "treatment" ? 0.3 : 0.7);
      if (arm === "treatment") treated += 1;
    }
    expect(Math.abs(treated - 6000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.21));
  });

  it("moves nobody between arms when coverage rises", () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0.01, max: 1, noNaN: true }), (unit, coverage) => {
        const before = assignUnit({ ...SPLIT, coverage }, unit);
        const whole = assignUnit(SPLIT, unit);
        if (before.isCovered) expect(before.arm).toBe(whole.arm);
        else expect(before).toMatchObject({ arm: "control", propensity: 1 });
      }),
    );
  });

  it("is refused where decisions draw on what they share, with the reason", () => {
    const subject = { decisionType: "routing", drawsOn: ["agents"] };
    expect(() => checkedSplit(SPLIT, subject)).toThrow(
      expect.objectContaining({
        row: EXPERIMENT_FAULTS.splitRefused,
        message: expect.stringContaining("routing: expected units that share nothing"),
      }),
    );
    expect(checkedSplit(SPLIT, ALONE)).toBe(SPLIT);
  });

  it.each([
    [{ coverage: 0 }, "/coverage"],
    [{ coverage: 1.1 }, "/coverage"],
    [{ treatedShare: 1 }, "/treatedShare"],
    [{ experiment: "" }, "/experiment"],
  ])("refuses %j", (change, pointer) => {
    expect(() => checkedSplit({ ...SPLIT, ...change }, ALONE)).toThrow(
      expect.objectContaining({ flaws: [expect.objectContaining({ pointer })] }),
    );
  });
});
