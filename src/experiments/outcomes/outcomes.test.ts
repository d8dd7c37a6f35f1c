/**
 * From contacts to figures: what is counted in which slice, and what each convention makes of those
 * who left.
 */
import { describe, expect, it } from "vitest";
import type { SwitchbackDesign } from "../assignment/switchback-design.ts";
import { KPI_NAMES, kpiNamed } from "./kpis.ts";
import { type ContactOutcome, tallySlices } from "./slice-totals.ts";

const DESIGN: SwitchbackDesign = {
  kind: "switchback",
  experiment: "e",
  seed: 1,
  pools: ["all"],
  startUtcMs: 0,
  sliceMs: 1000,
  burnInMs: 100,
  slicesPerPeriod: 2,
  periods: 2,
};
const RULE = { withinSeconds: 20, abandoned: "missed" } as const;
const answered = (waitSeconds: number, more: Partial<ContactOutcome> = {}): ContactOutcome => ({
  pool: "all",
  arrivedAtUtcMs: 500,
  end: "answered",
  waitSeconds,
  handleSeconds: 100,
  costMinor: 300,
  ...more,
});
const gone = (waitSeconds: number) =>
  answered(waitSeconds, { end: "abandoned", handleSeconds: 0, costMinor: 0 });

/** Six answered, four of them in time; three gone, one of them in time. */
const CONTACTS = [
  ...[0, 5, 20, 20, 21, 300].map((wait) => answered(wait)),
  ...[10, 20.5, 90].map(gone),
];

describe("tallySlices", () => {
  it.each<readonly [Partial<ContactOutcome>, string]>([
    [{ arrivedAtUtcMs: 99 }, "burn-in"],
    [{ arrivedAtUtcMs: 4000 }, "after the end"],
    [{ arrivedAtUtcMs: -1 }, "before the beginning"],
    [{ pool: "other" }, "another pool"],
  ])("leaves out %j: %s", (change) => {
    expect(tallySlices(DESIGN, RULE, [answered(1, change)])).toEqual([]);
  });

  it("adds up what is known, and counts of how many it is", () => {
    const more = { isResolved: true, isTransferred: false, satisfaction: 4 };
    const staffing = [{ pool: "all", slice: 0, staffedSeconds: 900, busySeconds: 600 }];
    const contacts = [answered(3, more), answered(4, { isResolved: false }), gone(2)];
    expect(tallySlices(DESIGN, RULE, contacts, staffing)).toEqual([
      {
        pool: "all",
        slice: 0,
        offered: 3,
        answered: 2,
        abandoned: 1,
        answeredWithin: 2,
        abandonedWithin: 1,
        answerSeconds: 7,
        handleSeconds: 200,
        resolved: 1,
        resolvedKnown: 2,
        transferred: 0,
        transferredKnown: 1,
        satisfaction: 4,
        satisfactionKnown: 1,
        costMinor: 600,
        staffedSeconds: 900,
        busySeconds: 600,
      },
    ]);
  });
});

describe("figures", () => {
  const [totals] = tallySlices(DESIGN, RULE, CONTACTS);

  it.each([
    ["missed", 4 / 9],
    ["left-out", 4 / 6],
    ["short-left-out", 4 / 8],
    ["short-met", 5 / 9],
  ] as const)("service level with the abandoned %s is %d", (abandoned, wanted) => {
    const { numerator, denominator } = kpiNamed("service-level");
    expect(numerator(totals, abandoned) / denominator(totals, abandoned)).toBeCloseTo(wanted, 12);
  });

  it.each([
    ["speed-of-answer", 366 / 6],
    ["abandonment", 3 / 9],
    ["handle-time", 100],
    ["cost-per-contact", 1800 / 9],
    ["resolution", Number.NaN],
    ["occupancy", Number.NaN],
  ] as const)("%s is %d", (name, wanted) => {
    const { numerator, denominator } = kpiNamed(name);
    const got = numerator(totals, "missed") / denominator(totals, "missed");
    if (Number.isNaN(wanted)) expect(got).toBeNaN();
    else expect(got).toBeCloseTo(wanted, 12);
  });

  it("every name has its figure", () => {
    for (const name of KPI_NAMES) expect(kpiNamed(name).name).toBe(name);
  });
});
