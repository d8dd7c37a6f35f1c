/** A short run of what `replay-races.ts` shows at length. */
import { expect, test } from "vitest";
import { replayRaces } from "./replay-races.ts";

test("replays races of two threads that hear of each other byte for byte", async () => {
  const tally = await replayRaces(8, 3);
  expect(tally.different).toEqual([]);
  expect(tally.identical).toBe(8);
  expect(tally.stopped).toBeGreaterThan(0);
  expect(tally.contests).toBe(8);
  expect(tally.expired).toBeGreaterThan(0);
});
