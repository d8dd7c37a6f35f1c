/**
 * Readings: the effect that was put in is found, the randomisation test is the one all assignments
 * give, findings spend no more error than was agreed, and what cannot be trusted is not shown.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { randomStream } from "#foundation";
import { assignSlice, type SwitchbackDesign, sliceCount } from "../assignment/switchback-design.ts";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import type { SliceTotals } from "../outcomes/slice-totals.ts";
import { type Evidence, type Finding, findingOf } from "./finding.ts";
import { lagEffect } from "./horvitz-thompson.ts";
import { type ReadingPlan, readSwitchback } from "./read-switchback.ts";
import { changeText } from "./reading.ts";
import { type SliceShare, switchbackEffect } from "./switchback-effect.ts";

const DESIGN: SwitchbackDesign = {
  kind: "switchback",
  experiment: "routing-2",
  seed: 3,
  pools: ["a", "b"],
  startUtcMs: 0,
  sliceMs: 3_600_000,
  burnInMs: 0,
  slicesPerPeriod: 12,
  periods: 4,
};
const PLAN: ReadingPlan = {
  primary: "service-level",
  guardrails: ["abandonment", "handle-time", "resolution"],
  abandoned: "missed",
  level: 0.95,
};
const chance = () => randomStream(1, "test");

/** Slices in which treatment raises the service level, and changes handling by a factor. */
function slicesWith(uplift: number, handling = 1, design = DESIGN): SliceTotals[] {
  const random = randomStream(5, "slices");
  return design.pools.flatMap((pool) =>
    Array.from({ length: sliceCount(design) }, (_, slice) => {
      const isTreated = assignSlice(design, pool, slice).arm === "treatment";
      const offered = 80 + random.below(40);
      const share = 0.6 + 0.05 * random.unit() + (isTreated ? uplift : 0);
      const answered = offered - random.below(8);
      return {
        ...{ pool, slice, offered, answered, abandoned: offered - answered },
        ...{ answeredWithin: offered * share, abandonedWithin: 0, answerSeconds: 9 * answered },
        handleSeconds: answered * (200 + 10 * random.unit()) * (isTreated ? handling : 1),
        ...{ resolved: 0, resolvedKnown: 0, transferred: 0, transferredKnown: 0 },
        ...{ satisfaction: 0, satisfactionKnown: 0, costMinor: 0 },
        ...{ staffedSeconds: 0, busySeconds: 0 },
      };
    }),
  );
}

describe("switchbackEffect", () => {
  const small = { ...DESIGN, pools: ["a"], slicesPerPeriod: 4, periods: 4 };
  const judgement = { level: 0.95, draws: 4000 };
  const shares = (values: readonly number[]): SliceShare[] =>
    values.map((numerator, slice) => ({ pool: "a", slice, numerator, denominator: 10 }));

  it("has the p-value that all 256 assignments give", () => {
    const values = [5, 7, 4, 6, 8, 7, 6, 9, 3, 6, 5, 7, 9, 8, 6, 6];
    const found = switchbackEffect(small, shares(values), judgement, chance());
    const pairs = Array.from({ length: 8 }, (_, pair) => {
      const own = values
        .map((value, slice) => ({ value, ...assignSlice(small, "a", slice) }))
        .filter((one) => one.pair === pair);
      return own.reduce((sum, { arm, value }) => sum + (arm === "treatment" ? value : -value), 0);
    });
    const statistic = (signs: number) => {
      const signed = pairs.map((gap, pair) => ((signs >> pair) & 1 ? -gap : gap));
      const mean = signed.reduce((sum, gap) => sum + gap, 0) / 8;
      const squares = signed.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
      return Math.abs(mean) / Math.sqrt(squares);
    };
    let asFar = 0;
    for (let signs = 0; signs < 256; signs += 1) {
      if (statistic(signs) >= statistic(0) * (1 - 1e-9)) asFar += 1;
    }
    expect(found?.effect.value).toBeCloseTo(pairs.reduce((sum, gap) => sum + gap, 0) / 80, 12);
    expect(Math.abs((found?.p ?? 0) - asFar / 256)).toBeLessThan(0.03);
  });

  it("counts whole pairs only, and shows no interval for every look with few", () => {
    const found = switchbackEffect(small, shares([1, 2, 3, 4, 5, 6]), judgement, chance());
    expect(found).toMatchObject({ pairs: 2, slicesAlone: 2, anytime: undefined, anytimeP: 1 });
    expect(switchbackEffect(small, shares([1, 2]), judgement, chance())).toBeUndefined();
    expect(switchbackEffect(small, [], judgement, chance())).toBeUndefined();
  });

  it("finds nothing where nothing differs, and is sure of what never varies", () => {
    const same = switchbackEffect(small, shares(new Array(16).fill(4)), judgement, chance());
    expect(same).toMatchObject({ p: 1, effect: { value: 0, lower: 0, upper: 0 } });
    const shifted = Array.from({ length: 16 }, (_, slice) =>
      assignSlice(small, "a", slice).arm === "treatment" ? 6 : 5,
    );
    const sure = switchbackEffect(small, shares(shifted), judgement, chance());
    expect(sure?.p).toBeLessThan(0.02); // 2 of 256 assignments show as much.
    expect(sure?.effect.value).toBeCloseTo(0.1, 12);
  });
});

describe("readSwitchback", () => {
  const read = (slices: SliceTotals[], isOver = true, plan = PLAN) =>
    readSwitchback(DESIGN, plan, { slices, isOver }, chance());

  it("finds the effect that is there, and says so in words made from its fields", () => {
    const reading = read(slicesWith(0.05));
    expect(reading.primary.effect.value).toBeCloseTo(0.05, 2);
    expect(reading.primary.finding).toBe("better");
    expect(reading.conclusion.kind).toBe("better");
    expect(reading.conclusion.words).toContain(changeText(reading.primary));
    expect(reading).toMatchObject({ pairs: 48, slicesAlone: 0, unread: ["resolution"] });
    expect(reading.carriedEffect).toBeCloseTo(0.05, 1);
    expect(read(slicesWith(0.05))).toEqual(reading);
  });

  it("is silent where there is nothing, in other words while it runs", () => {
    const done = read(slicesWith(0));
    expect(done.conclusion.kind).toBe("not-shown");
    expect(done.conclusion.words).toContain("no proof that there is none");
    expect(read(slicesWith(0), false).conclusion.words).toContain("still running");
  });

  it("puts a guardrail that breaks before a primary figure that gains", () => {
    const reading = read(slicesWith(0.05, 1.2));
    expect(reading.conclusion.kind).toBe("harmful");
    expect(reading.conclusion.words).toContain("average handle time");
  });

  it("says that it cannot be read when one arm loses its slices", () => {
    const lost = slicesWith(0.05).filter(
      ({ pool, slice }) => slice % 3 > 0 || assignSlice(DESIGN, pool, slice).arm === "control",
    );
    const reading = read(lost);
    expect(reading.conclusion.kind).toBe("unsound");
    expect(reading.primary.finding).toBe("not-shown");
    expect(reading.sampleRatio.controlLost).toBe(0);
    expect(reading.sampleRatio.treatmentLost).toBe(96 - lost.length);
    const both = slicesWith(0.05).filter(({ slice }) => slice % 3 > 0);
    expect(read(both).sampleRatio.isSound).toBe(true);
  });

  it("does not miss what has not happened yet", () => {
    const half = slicesWith(0.05).filter(({ slice }) => slice < 24);
    expect(read(half, false).sampleRatio).toMatchObject({ controlLost: 0, treatmentLost: 0, p: 1 });
    expect(read(half, false).carriedEffect).toBeUndefined();
  });

  it.each([
    [[{ ...slicesWith(0)[0], slice: 48 }], "/slices/0"],
    [[{ ...slicesWith(0)[0], pool: "c" }], "/slices/0"],
    [[slicesWith(0)[0], slicesWith(0)[0]], "/slices/1"],
  ])("refuses slices that are not the design's, or come twice (%#)", (slices, pointer) => {
    expect(() => read(slices)).toThrow(
      expect.objectContaining({
        row: EXPERIMENT_FAULTS.observationsInvalid,
        flaws: [expect.objectContaining({ pointer })],
      }),
    );
  });

  it("refuses to read what was not observed", () => {
    const plan: ReadingPlan = { ...PLAN, primary: "resolution", guardrails: [] };
    expect(() => read(slicesWith(0), true, plan)).toThrow("expected at least one whole pair");
    expect(() => read([])).toThrow("expected at least one whole pair");
  });
});

describe("findingOf", () => {
  const evidence = { difference: 1, p: 1, anytimeP: 1, isOver: true, alpha: 0.05 };
  it.each<readonly [Partial<Evidence>, Evidence["better"], Finding, string]>([
    [{ p: 0.04 }, "higher", "better", "four fifths of the error at the end"],
    [{ p: 0.041 }, "higher", "not-shown", "beyond them"],
    [{ p: 0.04, isOver: false }, "higher", "not-shown", "a single look is for the end"],
    [{ anytimeP: 0.01, isOver: false }, "higher", "better", "a fifth at any look"],
    [{ anytimeP: 0.011, isOver: false }, "higher", "not-shown", "beyond it"],
    [{ p: 0.001 }, "lower", "worse", "the other way"],
    [{ p: 0.001 }, "neither", "changed", "no good way"],
    [{ p: 0, difference: 0 }, "higher", "not-shown", "no difference"],
  ])("%j, %s is better: %s (%s)", (change, better, finding) => {
    expect(findingOf({ ...evidence, ...change, better })).toBe(finding);
  });
});

describe("changeText", () => {
  const effect = { value: 0.0186, lower: 0.006, upper: 0.03, level: 0.95 };
  it.each([
    ["service-level", "went from 81.2 % to 83.1 %, by 1.9 points (95 % interval 0.6 to 3.0)"],
    ["handle-time", "went from 0.8 s to 0.8 s, by 0.0 s (95 % interval 0.0 to 0.0)"],
    ["satisfaction", "went from 0.81 to 0.83, by 0.02 (95 % interval 0.01 to 0.03)"],
    ["cost-per-contact", "went from 1 minor units to 1 minor units, by 0 minor units"],
  ] as const)("of %s: %s", (kpi, words) => {
    expect(changeText({ kpi, control: 0.8123, treated: 0.8309, effect })).toContain(words);
  });
});

const FIXTURE = new URL("../../../../shared/fixtures/stats/switchback-ht.json", import.meta.url);

describe("lagEffect", () => {
  it("weighs runs by the coins they took", () => {
    const series = { outcomes: [3, 5, 2, 4], isTreated: [true, true, false, false] };
    const apart = { ...series, blocks: [0, 1, 2, 3], propensity: 0.5 };
    expect(lagEffect(apart, 0)).toBeCloseTo((2 * (3 + 5) - 2 * (2 + 4)) / 4, 12);
    expect(lagEffect(apart, 1)).toBeCloseTo((4 * 5 - 4 * 4) / 3, 12);
    const joined = { ...series, blocks: [0, 0, 1, 1], propensity: 0.5 };
    expect(lagEffect(joined, 1)).toBeCloseTo((2 * 5 - 2 * 4) / 3, 12);
  });

  it("refuses a series no longer than its lag", () => {
    const one = { outcomes: [1], isTreated: [true], blocks: [0], propensity: 0.5 };
    expect(() => lagEffect(one, 1)).toThrow("more slices than the lag");
  });

  // The fixture belongs to others and may be absent.
  it.skipIf(!existsSync(FIXTURE))("agrees with the shared fixture, where it is at hand", () => {
    const numbers = z.array(z.number());
    const row = z.object({
      ...{ m: z.number(), block_length: z.number(), prob: z.number() },
      ...{ z: numbers, y: numbers, ht_lag_m_effect: z.number() },
    });
    const { cases } = z
      .object({ cases: z.array(row) })
      .parse(JSON.parse(readFileSync(FIXTURE, "utf8")));
    for (const one of cases) {
      const series = {
        outcomes: one.y,
        isTreated: one.z.map((treated) => treated === 1),
        blocks: one.z.map((_, slice) => Math.floor(slice / one.block_length)),
        propensity: one.prob,
      };
      expect(lagEffect(series, one.m)).toBeCloseTo(one.ht_lag_m_effect, 9);
    }
  });
});
