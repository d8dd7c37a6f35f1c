/** Identifiers: valid UUIDv7, ordered as text, also when the clock stands still or goes back. */
import { describe, expect, test } from "vitest";
import type { Clock } from "./clock.ts";
import { identifierSource, isIdentifier } from "./identifier.ts";
import { randomStream } from "./random.ts";

function handClock(readings: readonly number[]): Clock {
  let index = 0;
  return {
    utcMs: () => readings[Math.min(index++, readings.length - 1)],
    monotonicMs: () => 0,
    after: () => () => {},
  };
}

describe("identifiers", () => {
  test("carry version 7, the RFC 9562 variant and the time", () => {
    const id = identifierSource(handClock([0x0123_4567_89ab]), randomStream(1))();
    expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isIdentifier(id)).toBe(true);
  });

  test("grow as text through 10,000 in one millisecond and a clock set back", () => {
    const stuck = new Array<number>(10_000).fill(1_700_000_000_000);
    const next = identifierSource(handClock([...stuck, 1_600_000_000_000]), randomStream(2));
    const ids = Array.from({ length: 10_010 }, next);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  test("the same clock and seed make the same identifiers", () => {
    const make = () => identifierSource(handClock([5]), randomStream(9))();
    expect(make()).toBe(make());
  });

  test.each([
    "",
    "no",
    "01234567-89ab-7000-c000-000000000000",
    "01234567-89AB-7000-8000-00000000000",
  ])("%j is none", (text) => expect(isIdentifier(text)).toBe(false));
});
