/**
 * Two thousand damaged files: each is either refused by a fault that says where, or read as what it
 * now says. Seeded; a failure names the sample, the mutation and the round.
 */
import { describe, expect, test } from "vitest";
import { damageSample, ROUNDS, SAMPLE_FILES } from "./damaged-files.ts";

const GIBIBYTE = 2 ** 30;

describe("a damaged file", () => {
  test.each(SAMPLE_FILES)("%s is refused with its place, or read as what it says", async (name) => {
    const outcomes = await damageSample(name, ROUNDS);
    expect(outcomes.refused).toBeGreaterThan(ROUNDS);
    expect(process.memoryUsage().rss).toBeLessThan(2 * GIBIBYTE);
  });
});
