/**
 * Splits of units: what is found, what is not readable, and what is adjusted for.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { normalQuantile } from "#statistics";
import { assignUnit, type SplitDesign } from "../assignment/unit-split.ts";
import { armsOf, type UnitOutcome } from "../outcomes/unit-outcome.ts";
import { readSplit, type SplitPlan } from "./read-split.ts";

const DESIGN: SplitDesign = {
  kind: "split",
  experiment: "banner",
  coverage: 1,
  treatedShare: 0.5,
};
const PLAN: SplitPlan = {
  metric: "conversion",
  better: "higher",
  scale: "relative",
  level: 0.95,
  unitsPlanned: 4000,
};

/** Units that say yes with one chance or the other. */
function units(count: number, control: number, treated: number): UnitOutcome[] {
  const random = randomStream(6, "units");
  return Array.from({ length: count }, (_, index) => {
    const unit = `u${index}`;
    const chance = assignUnit(DESIGN, unit).arm === "treatment" ? treated : control;
    return { unit, value: random.unit() < chance ? 1 : 0 };
  });
}

describe("armsOf", () => {
  it("counts covered units in the arm their name gives", () => {
    const half = { ...DESIGN, coverage: 0.5 };
    const { control, treatment } = armsOf(half, units(1000, 0.5, 0.5));
    const counts = [control, treatment].map((arm) => (arm.kind === "proportion" ? arm.count : 0));
    expect(counts[0] + counts[1]).toBeGreaterThan(430);
    expect(counts[0] + counts[1]).toBeLessThan(570);
  });

  it("takes numbers for means, and what was known before for an adjustment", () => {
    const numbers = units(50, 0.5, 0.5).map(({ unit }, index) => ({ unit, value: index }));
    expect(armsOf(DESIGN, numbers).control.kind).toBe("mean");
    const foretold = numbers.map((one) => ({ ...one, before: 1 }));
    expect(armsOf(DESIGN, foretold).treatment.kind).toBe("adjusted-mean");
  });
});

describe("readSplit", () => {
  it("finds a difference that is there, with the units it would have taken", () => {
    const reading = readSplit(DESIGN, PLAN, { units: units(4000, 0.3, 0.4), isOver: true });
    expect(reading.finding).toBe("better");
    expect(reading.single?.value).toBeCloseTo(1 / 3, 0);
    expect(reading.sampleRatio.isSound).toBe(true);
    expect(reading.unitsPerArmForPower).toBeGreaterThan(100);
    expect(reading.unitsPerArmForPower).toBeLessThan(1000);
  });

  it("is silent where there is none", () => {
    const reading = readSplit(DESIGN, PLAN, { units: units(4000, 0.3, 0.3), isOver: true });
    expect(reading.finding).toBe("not-shown");
  });

  it("cannot be read where an arm loses its units", () => {
    const lossy = units(4000, 0.3, 0.4).filter(
      ({ unit }, index) => index % 5 > 0 || assignUnit(DESIGN, unit).arm === "control",
    );
    const reading = readSplit(DESIGN, PLAN, { units: lossy, isOver: true });
    expect(reading.finding).toBe("unsound");
    expect(reading.sampleRatio.p).toBeLessThan(0.001);
  });

  it.each([
    [[], "nobody"],
    [units(1, 1, 1), "a single unit"],
    [units(200, 1, 1), "all the same"],
  ])("says nothing of few or equal units (%#: %s)", (some) => {
    const reading = readSplit(DESIGN, PLAN, { units: some, isOver: true });
    expect(reading).toMatchObject({ single: undefined, anytime: undefined, finding: "not-shown" });
  });

  it("needs less where it knows more beforehand", () => {
    const random = randomStream(2, "before");
    const known = units(600, 0, 0).map(({ unit }) => {
      const before = normalQuantile(random.unit() || 0.5);
      return { unit, value: 10 + 3 * before + random.unit(), before };
    });
    const plan: SplitPlan = { ...PLAN, metric: "basket", scale: "absolute" };
    const adjusted = readSplit(DESIGN, plan, { units: known, isOver: true });
    const plain = readSplit(DESIGN, plan, {
      units: known.map(({ unit, value }) => ({ unit, value })),
      isOver: true,
    });
    expect(adjusted.standardError).toBeLessThan((plain.standardError ?? 0) / 5);
    expect(adjusted.unitsPerArmForPower).toBeUndefined();
  });
});
