/**
 * Arrivals: times follow their curve, durations their distribution, and files of counts become the
 * week they describe. Samples are held against means within 4 standard errors, under fixed seeds.
 */
import { describe, expect, test } from "vitest";
import { Fault, randomStream } from "#foundation";
import { bankWeek } from "./bank-week.ts";
import { callsCurve } from "./calls-file.ts";
import { type Duration, durationSampler } from "./duration.ts";
import { meanPerHour, rateCurve, scaledCurve } from "./rate-curve.ts";
import { arrivalTimes } from "./thinning.ts";

const HOUR = 3600;
const stream = (label: string) => randomStream(11, label);

describe("thinning", () => {
  const curve = rateCurve(HOUR, [0, 600, 1200, 300]);

  test("each step has as many arrivals as the curve says", () => {
    const periods = 200;
    const times = arrivalTimes({ curve, dayCv: 0 }, periods * 4 * HOUR, stream("steps"));
    const counts = [0, 0, 0, 0];
    for (const at of times) counts[Math.floor(at / HOUR) % 4] += 1;
    for (const [step, perHour] of curve.perHour.entries()) {
      const mean = perHour * periods;
      expect(Math.abs(counts[step] - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean));
    }
  });

  test("times ascend and stay below the end", () => {
    const times = arrivalTimes({ curve, dayCv: 0.3 }, 10 * HOUR, stream("order"));
    expect(times.length).toBeGreaterThan(1000);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times.at(-1)).toBeLessThan(10 * HOUR);
  });

  test("a curve of nothing brings nobody, and so does no time", () => {
    expect(arrivalTimes({ curve: rateCurve(60, [0]), dayCv: 1 }, HOUR, stream("none"))).toEqual([]);
    expect(arrivalTimes({ curve, dayCv: 0 }, 0, stream("none"))).toEqual([]);
  });

  test("factors of days scatter days by their deviation, and leave the mean", () => {
    const days = 2000;
    const process = { curve: rateCurve(HOUR, [40]), dayCv: 0.2 };
    const counts = new Float64Array(days);
    for (const at of arrivalTimes(process, days * 24 * HOUR, stream("days"))) {
      counts[Math.floor(at / (24 * HOUR))] += 1;
    }
    const mean = counts.reduce((sum, count) => sum + count, 0) / days;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (days - 1);
    const expected = 960 + (0.2 * 960) ** 2;
    expect(Math.abs(mean - 960)).toBeLessThan(4 * Math.sqrt(expected / days));
    // The variance of a sample variance is about 2 variance^2 / n, more under a heavy tail.
    expect(Math.abs(variance / expected - 1)).toBeLessThan(8 * Math.sqrt(2 / days));
  });
});

const DURATIONS: readonly (readonly [Duration, deviation: number])[] = [
  [{ kind: "fixed", meanSeconds: 90 }, 0],
  [{ kind: "exponential", meanSeconds: 225 }, 225],
  [{ kind: "log-normal", meanSeconds: 180, cv: 0.7 }, 126],
  [{ kind: "log-normal", meanSeconds: 30, cv: 0.05 }, 1.5],
];

test.each(DURATIONS)("%j has its mean and deviation %d", (duration, deviation) => {
  const count = 100_000;
  const draw = durationSampler(duration, stream("durations"));
  const draws = Array.from({ length: count }, draw);
  const mean = draws.reduce((sum, one) => sum + one, 0) / count;
  const variance = draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count;
  expect(Math.abs(mean - duration.meanSeconds)).toBeLessThanOrEqual(
    (4 * deviation) / Math.sqrt(count),
  );
  expect(Math.abs(Math.sqrt(variance) - deviation)).toBeLessThanOrEqual(1e-6 + 0.02 * deviation);
  expect(Math.min(...draws)).toBeGreaterThan(0);
});

describe("weeks", () => {
  test("the shipped week brings so many on a mean weekday, none at night and on Sundays", () => {
    const { stepSeconds, perHour } = bankWeek(1000);
    expect(perHour.length * stepSeconds).toBe(7 * 24 * HOUR);
    const total = perHour.reduce((sum, rate) => sum + (rate * stepSeconds) / HOUR, 0);
    expect(total).toBeCloseTo(5000, 6);
    const at = (day: number, hour: number) => perHour[(day * 24 + hour) * 12];
    expect([at(0, 6), at(4, 21), at(5, 12), at(6, 12)]).toEqual([0, 0, 0, 0]);
    expect(at(0, 10)).toBeGreaterThan(3 * at(0, 20));
    expect(at(0, 10)).toBeGreaterThan(at(2, 10));
  });

  test("scaling scales the mean", () => {
    expect(meanPerHour(scaledCurve(rateCurve(1, [1, 2, 3]), 5))).toBe(10);
  });

  test("counts become the rates of a mean week, from Monday", () => {
    // 2003-03-03 was a Monday; its 7 o'clock comes twice, a week apart.
    const text = [
      "DateTime,Calls",
      "2003-03-03T07:00:00Z,100",
      "2003-03-03T07:30:00Z,60",
      "2003-03-04T00:00:00Z,7",
      "2003-03-10T07:00:00Z,140",
    ].join("\n");
    const { stepSeconds, perHour } = callsCurve(`${text}\n`);
    expect(stepSeconds).toBe(1800);
    expect(perHour.length).toBe(336);
    const places = [...perHour.entries()].filter(([, rate]) => rate > 0);
    expect(places).toEqual([
      [14, 240],
      [15, 120],
      [48, 14],
    ]);
  });

  const MALFORMED: readonly (readonly [remark: string, text: string, says: string])[] = [
    ["nothing", "", "line 1: expected the header"],
    ["another header", "at,count\n", "line 1"],
    ["one row", "DateTime,Calls\n2003-03-03T07:00:00Z,1", "at least two rows"],
    ["no count", "DateTime,Calls\n2003-03-03T07:00:00Z,many\n", "line 2"],
    ["a column too many", "DateTime,Calls\n2003-03-03T07:00:00Z,1,2\n", "line 2"],
    ["no time", "DateTime,Calls\nyesterday,1\n", "line 2"],
    [
      "rows that go back",
      "DateTime,Calls\n2003-03-03T07:05:00Z,1\n2003-03-03T07:00:00Z,1\n",
      "intervals that divide a day, got -300",
    ],
    [
      "a row out of step",
      "DateTime,Calls\n2003-03-03T07:00Z,1\n2003-03-03T07:05Z,1\n2003-03-03T07:07Z,1\n",
      "line 4",
    ],
  ];

  test.each(MALFORMED)("%s is refused", (_, text, says) => {
    const refusal = expect.objectContaining({
      row: expect.objectContaining({ code: "world-calls-malformed" }),
      message: expect.stringContaining(says),
    });
    expect(() => callsCurve(text)).toThrow(Fault);
    expect(() => callsCurve(text)).toThrow(refusal);
  });
});
