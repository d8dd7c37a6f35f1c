/**
 * A slice of the whole-platform simulation, and the proof that it can fail: bugs planted in the
 * store are found, and the seed that found one finds it again in the same words.
 */
import { describe, expect, test } from "vitest";
import { catalogue } from "#decisions";
import { ACTORS } from "./actors.ts";
import { runSchedule } from "./run-schedule.ts";
import { simulate } from "./simulate.ts";
import type { StorePlant } from "./simulated-store.ts";

const SCHEDULES = 150;
const FIRST_SEED = 500_000;
const SEARCHED_MAX = 60;

test("every decision type of the catalogue acts in the simulation", () => {
  expect(ACTORS.map(({ type }) => type).toSorted()).toEqual(
    catalogue.map(({ id }) => id).toSorted(),
  );
});

test(`${SCHEDULES} schedules break no promise, and are not idle`, async () => {
  const report = await simulate(SCHEDULES, FIRST_SEED);
  expect(report.broken).toEqual([]);
  expect(report.answered).toBeGreaterThan(SCHEDULES * 5);
  expect(report.restarts).toBeGreaterThan(SCHEDULES);
  expect(Object.keys(report.byRung)).toEqual(
    expect.arrayContaining(["proved", "portfolio", "incumbent", "rule"]),
  );
  expect(Object.keys(report.refused)).toEqual(
    expect.arrayContaining(["out-of-time", "unrecorded", "overloaded", "undecided"]),
  );
});

test("the same seed tells the same story", async () => {
  const seed = FIRST_SEED + 3;
  const [first, again] = [await runSchedule(seed), await runSchedule(seed)];
  expect(again.ledger.sendings).toEqual(first.ledger.sendings);
  expect(again.virtualMs).toBe(first.virtualMs);
});

describe("a planted bug is found, and its seed repeats it", () => {
  const plants: readonly { readonly plant: StorePlant; readonly promise: string }[] = [
    { plant: "drops-last-write", promise: "lost" },
    { plant: "forgets-keys", promise: "key" },
    { plant: "mixes-tenants", promise: "tenants" },
    { plant: "alters-requests", promise: "replay" },
    { plant: "confirms-early", promise: "lost" },
  ];
  test.each(plants)("$plant breaks the promise of $promise", async ({ plant, promise }) => {
    const found = await firstBroken(plant);
    expect(found?.broken.some((what) => what.startsWith(`${promise}:`))).toBe(true);
    const again = await runSchedule(found?.seed ?? 0, plant);
    expect(again.broken).toEqual(found?.broken);
    expect((await runSchedule(found?.seed ?? 0)).broken, "without the bug").toEqual([]);
  });
});

async function firstBroken(plant: StorePlant) {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEARCHED_MAX; seed += 1) {
    const report = await runSchedule(seed, plant);
    if (report.broken.length > 0) return report;
  }
  return undefined;
}
