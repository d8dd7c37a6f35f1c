/** Running means, each size for itself. */
import { expect, test } from "vitest";
import { openServiceTimes } from "./service-times.ts";

test("nothing is known before anything was seen", () => {
  expect(openServiceTimes().meanMs(0)).toBe(0);
  expect(openServiceTimes().meanMs(2 ** 32 - 1)).toBe(0);
});

test("the first time is the mean, later ones move it", () => {
  const times = openServiceTimes();
  times.observe(1000, 10);
  expect(times.meanMs(1000)).toBe(10);
  for (let count = 0; count < 200; count += 1) times.observe(1000, 30);
  expect(times.meanMs(1000)).toBeCloseTo(30, 2);
});

test.each([
  { remark: "its own", sizeBytes: 1100, meanMs: 5 },
  { remark: "the other end of its own", sizeBytes: 2047, meanMs: 5 },
  { remark: "the nearest below", sizeBytes: 5000, meanMs: 5 },
  { remark: "the nearest above", sizeBytes: 100_000, meanMs: 300 },
  { remark: "of two as near the larger", sizeBytes: 20_000, meanMs: 300 },
  { remark: "of none at all the smallest", sizeBytes: 0, meanMs: 5 },
  { remark: "of more than any the largest", sizeBytes: 4_000_000_000, meanMs: 300 },
])("$sizeBytes bytes: $remark", ({ sizeBytes, meanMs }) => {
  const times = openServiceTimes();
  times.observe(1024, 5);
  times.observe(300_000, 300);
  expect(times.meanMs(sizeBytes)).toBe(meanMs);
});
