/**
 * The 5-minute calls of a bank, where they are at hand: a centre takes them as they are published,
 * and the week that ships has their shape.
 */
import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { callsCurve, readCentre } from "../../src/worlds/index.ts";

const CALLS = path.join(
  import.meta.dirname,
  "../../../shared/data/bank-calls-5min/calls.dev.csv.gz",
);

// The counts are not part of the project: their licence is another.
describe.skipIf(!fs.existsSync(CALLS))("the bank's calls (skipped without ../shared)", () => {
  // A describe that is skipped is still read: the file is opened by its tests alone.
  const publishedCurve = () => callsCurve(gunzipSync(fs.readFileSync(CALLS)).toString("utf8"));
  const handle = { kind: "exponential", meanSeconds: 200 };
  const centreOf = (arrivals: object) =>
    readCentre(
      {
        classes: [{ id: "calls", arrivals, handle }],
        groups: [{ id: "agents", agents: 10, skills: { calls: 1 } }],
      },
      publishedCurve,
    );

  test("are a week of five days", () => {
    const [one] = centreOf({ kind: "calls", file: "calls.csv.gz" }).classes;
    const { perHour, stepSeconds } = one.arrivals.curve;
    expect([perHour.length, stepSeconds]).toEqual([2016, 300]);
    const perWeek = perHour.reduce((sum, rate) => sum + rate / 12, 0);
    expect(perWeek / 5).toBeCloseTo(32_500, -3);
    expect(perHour.slice(5 * 288).every((rate) => rate === 0)).toBe(true);
  });

  test("have the shape of the week that ships, within 4 % of their volume", () => {
    const { perHour } = publishedCurve();
    const perDay = perHour.reduce((sum, rate) => sum + rate / 12, 0) / 5;
    const [shipped] = centreOf({ kind: "bank-week", perDay }).classes;
    const apart = perHour.reduce(
      (sum, rate, step) => sum + Math.abs(rate - shipped.arrivals.curve.perHour[step]) / 12,
      0,
    );
    expect(apart / (5 * perDay)).toBeLessThan(0.04);
  });
});
