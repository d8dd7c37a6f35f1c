/**
 * The wall clock is set back by an hour, then forward: identifiers stay unique and in order,
 * deadlines do not notice, and a key is remembered for as long as it should be.
 */
import { expect, test } from "vitest";
import { identifierSource, randomStream, systemClock } from "#foundation";
import { createPipeline } from "#pipeline";
import { rankingRequest } from "../generators/ranking-requests.ts";
import { ASKER, testPlatform } from "../pipeline/platform.ts";

const HOUR_MS = 3_600_000;

test("a clock that jumps changes neither ids, deadlines nor repeated requests", async () => {
  let aheadMs = 0;
  const clock = { ...systemClock, utcMs: () => systemClock.utcMs() + aheadMs };
  const newId = identifierSource(clock, randomStream(1, "ids"));
  const pipeline = createPipeline({ ...testPlatform(), clock, newId });
  await pipeline.ready();
  const { rules: _, ...request } = rankingRequest(3, { candidateCount: 6 });
  const body = { ...request, options: { deadlineMs: 1000 } };
  const ask = (idempotencyKey?: string) =>
    pipeline.decide(ASKER, "ranking", body, { idempotencyKey });
  const ids: string[] = [];
  const first = await ask("once");
  for (const jumpMs of [0, -HOUR_MS, 0, HOUR_MS, -HOUR_MS]) {
    aheadMs = jumpMs;
    const { decisionId, quality } = await ask();
    ids.push(decisionId);
    expect(quality.rung, "no time was lost").toBe("proved");
    expect(await ask("once"), `at ${jumpMs} ms`).toEqual(first);
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted(), "in the order they were made").toEqual(ids);
  aheadMs = 25 * HOUR_MS;
  expect((await ask("once")).decisionId, "a day later the key is free").not.toBe(first.decisionId);
  await pipeline.close();
});
