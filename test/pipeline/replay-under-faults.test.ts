/** A short run of what `replay-under-faults.ts` shows at length. */
import { expect, test } from "vitest";
import { replayUnderFaults } from "./replay-under-faults.ts";

test("replays decisions made under stalls, hangs and deadlines byte for byte", async () => {
  const report = await replayUnderFaults(90, 5);
  expect(report.different).toEqual([]);
  expect(report.identical).toBe(report.decided);
  expect(report.decided).toBeGreaterThan(45);
  expect(report.endedByDeadline).toBeGreaterThan(15);
  expect(report.withAbandonedThread).toBeGreaterThan(0);
});
