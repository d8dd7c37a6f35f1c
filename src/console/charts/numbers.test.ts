/**
 * The numbers that charts draw, recomputed from the decisions in the obvious way.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DecisionSummary } from "#wire";
import { RUNGS } from "../words.ts";
import { FIXTURE, FIXTURE_DEADLINES } from "./fixture.ts";
import { gapPoints } from "./gap-chart.ts";
import { latencySteps } from "./latency-steps.ts";
import { latencyTable } from "./latency-table.ts";
import { liveColumns } from "./live-series.ts";
import { rungCounts } from "./rung-counts.ts";

const decisions = fc.array(
  fc.record<DecisionSummary>({
    decisionId: fc.uuid(),
    type: fc.constant("ranking"),
    policy: fc.constantFrom("a@1", "b@1"),
    at: fc.integer({ min: 0, max: 600_000 }).map((ms) => new Date(ms).toISOString()),
    rung: fc.constantFrom(...RUNGS.map(({ name }) => name)),
    status: fc.constant("feasible"),
    latencyMs: fc.double({ min: 0.2, max: 900, noNaN: true }),
    deadlineMs: fc.option(fc.constantFrom(25, 250)),
    gap: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  }),
  { maxLength: 40 },
);

describe("the numbers of charts", () => {
  test("nothing from nothing", () => {
    expect([latencySteps([]), gapPoints([]), latencyTable([], new Map())]).toEqual([[], [], []]);
    expect(rungCounts([]).map(({ share }) => share)).toEqual([0, 0, 0, 0, 0]);
    expect(liveColumns([], new Map())).toEqual([[], [], []]);
  });

  test("latency: each step is the share of its policy's decisions that are no slower", () => {
    fc.assert(
      fc.property(decisions, (all) => {
        for (const { policy, latencyMs, share } of latencySteps(all)) {
          const own = all.filter((one) => one.policy === policy);
          const noSlower = own.filter((one) => one.latencyMs <= latencyMs).length / own.length;
          expect(share).toBeLessThanOrEqual(noSlower + 1e-12);
        }
        for (const { policy, count, medianMs, p99Ms, slowestMs } of latencyTable(all, new Map())) {
          const own = all.filter((one) => one.policy === policy).map((one) => one.latencyMs);
          const within = (ms: number) => own.filter((one) => one <= ms).length / count;
          expect(within(medianMs)).toBeGreaterThanOrEqual(0.5);
          expect(own.filter((one) => one < medianMs).length / count).toBeLessThan(0.5);
          expect(within(p99Ms)).toBeGreaterThanOrEqual(0.99);
          expect(Math.max(...own)).toBe(slowestMs);
        }
      }),
    );
  });

  test("rungs: every decision once", () => {
    fc.assert(
      fc.property(decisions, (all) => {
        expect(rungCounts(all).reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      }),
    );
  });

  test("gaps: those with a bound, in order of time", () => {
    fc.assert(
      fc.property(decisions, (all) => {
        const times = gapPoints(all).map(({ at }) => at.getTime());
        expect(times).toHaveLength(all.filter(({ gap }) => gap !== null).length);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  test("live: the last five minutes, oldest first, deadlines where promised", () => {
    const [atS, latencyMs, deadlineMs] = liveColumns(FIXTURE, FIXTURE_DEADLINES);
    expect([atS.length, latencyMs.length]).toEqual([FIXTURE.length, FIXTURE.length]);
    expect(atS).toEqual(atS.toSorted((a, b) => a - b));
    expect(new Set(deadlineMs)).toEqual(new Set([25, 250]));
    const [newest] = FIXTURE;
    const at = new Date(Date.parse(newest.at) + 301_000).toISOString();
    const muchLater = { ...newest, at, deadlineMs: null };
    expect(liveColumns([muchLater, ...FIXTURE], new Map())).toEqual([
      [Date.parse(muchLater.at) / 1000],
      [newest.latencyMs],
      [null],
    ]);
    expect(liveColumns([{ ...muchLater, deadlineMs: 40 }], FIXTURE_DEADLINES)[2]).toEqual([40]);
    const [[promised]] = FIXTURE_DEADLINES;
    const bare = { ...muchLater, policy: promised };
    expect(liveColumns([bare], FIXTURE_DEADLINES)[2]).toEqual([FIXTURE_DEADLINES.get(promised)]);
  });
});
