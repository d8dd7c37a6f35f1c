/** A short run of what `campaign.ts` does at length. */
import { expect, test } from "vitest";
import { attack } from "./campaign.ts";

test("withstands hostile requests and bytes without a failure of its own", async () => {
  const report = await attack({ requests: 1500, seed: 11, slow: 0 });
  expect(report.offences).toEqual([]);
  expect(report).toMatchObject({ serverErrors: 0, overloads: 0, hung: 0, failures: [] });
  expect(report.crashed).toBeUndefined();
  // The attack reached what it was meant to reach.
  for (const status of [200, 400, 401, 403, 404, 405, 431]) {
    expect(report.statuses[status], `status ${status}`).toBeGreaterThan(0);
  }
}, 180_000);
