/** A short run of what `kill-server.ts` shows at length. */
import { expect, test } from "vitest";
import { killServer } from "./kill-server.ts";

test("keeps every acknowledged decision through SIGKILL of the whole server", async () => {
  const report = await killServer(2, 3);
  expect(report).toMatchObject({ missing: 0, changed: 0, failedReopenings: 0 });
  expect(report.acknowledged).toBeGreaterThan(20);
}, 120_000);
