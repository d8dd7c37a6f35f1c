/**
 * One watcher's stream without a network: heartbeats by a hand-turned clock, tenants apart, and the
 * bound on what waits for a reader that does not read.
 */
import { describe, expect, test } from "vitest";
import type { Clock } from "#foundation";
import type { DecisionSummary } from "#wire";
import { openDecisionFeed } from "./decision-feed.ts";
import { decisionEvents, type Listener } from "./event-stream.ts";

const idOf = (number: number) => `01981f3a-5b00-7000-8000-${String(number).padStart(12, "0")}`;

function decision(number: number): DecisionSummary {
  const line = { type: "ranking", policy: "homepage@1", at: "2011-07-01T09:30:00.000Z" };
  const quality = { rung: "rule", status: "feasible", latencyMs: 1, deadlineMs: 100, gap: null };
  return { decisionId: idOf(number), ...line, ...quality };
}

/** A clock on which what is due happens when told. */
function handClock() {
  const waiting = new Set<() => void>();
  let nowMs = 0;
  const clock: Clock = {
    utcMs: () => 0,
    monotonicMs: () => nowMs,
    after: (_delayMs, action) => {
      waiting.add(action);
      return () => waiting.delete(action);
    },
  };
  const fire = (afterMs = 15_000) => {
    nowMs += afterMs;
    const [...due] = waiting;
    waiting.clear();
    for (const action of due) action();
  };
  return { clock, fire, pending: () => waiting.size };
}

/** Somebody of a tenant who may hear everything. */
const listener = (tenant: string, afterId?: string): Listener => ({
  ...{ tenant, afterId, mayHear: () => true, stands: () => true },
});

const textOf = (chunk: unknown): string => (chunk instanceof Buffer ? chunk.toString() : "");

describe("decisionEvents", () => {
  test("beats while nothing happens, and stops beating when the reader has gone", async () => {
    const { clock, fire, pending } = handClock();
    const feed = openDecisionFeed();
    let told = 0;
    const mayHear = () => ++told > 0;
    const stream = decisionEvents(feed, clock, { ...listener("a"), mayHear });
    fire();
    fire(500);
    fire();
    expect(textOf(stream.read()).match(/: still here\n\n/g)).toHaveLength(2);
    stream.destroy();
    await new Promise((resolve) => stream.once("close", resolve));
    feed.publish("a", decision(9));
    expect([pending(), told]).toEqual([0, 0]);
  });

  test("tells nothing, and ends, once its key is no longer in force", async () => {
    const { clock, fire, pending } = handClock();
    const feed = openDecisionFeed();
    let stands = true;
    let told = 0;
    const stream = decisionEvents(feed, clock, {
      ...listener("a"),
      stands: () => stands,
      mayHear: ({ decisionId }) => {
        told += 1;
        return stands && decisionId !== idOf(1);
      },
    });
    feed.publish("a", decision(1));
    feed.publish("a", decision(2));
    stands = false;
    feed.publish("a", decision(3));
    fire(500);
    const text = textOf(stream.read());
    expect([...text.matchAll(/^id: .*(\d)$/gm)].map((one) => one[1])).toEqual(["2"]);
    stream.resume();
    await new Promise((resolve) => stream.once("close", resolve));
    feed.publish("a", decision(9));
    expect([pending(), told]).toEqual([0, 3]);
  });

  test("shows a tenant its own decisions alone, also when resuming", () => {
    const feed = openDecisionFeed();
    feed.publish("a", decision(1));
    feed.publish("b", decision(2));
    feed.publish("a", decision(3));
    const stream = decisionEvents(feed, handClock().clock, listener("a", idOf(1)));
    feed.publish("b", decision(4));
    const text = textOf(stream.read());
    expect([...text.matchAll(/^id: .*(\d)$/gm)].map((one) => one[1])).toEqual(["3"]);
    const other = decisionEvents(feed, handClock().clock, listener("b", idOf(1)));
    expect(textOf(other.read())).toContain("event: missed");
    stream.destroy();
    other.destroy();
  });

  test("lets a reader go that does not read", async () => {
    const feed = openDecisionFeed();
    const stream = decisionEvents(feed, handClock().clock, listener("a"));
    for (let number = 0; number < 3000; number += 1) feed.publish("a", decision(number));
    const waitingBytes = stream.readableLength;
    expect(waitingBytes).toBeGreaterThan(256 * 1024);
    expect(waitingBytes).toBeLessThan(257 * 1024);
    stream.resume();
    await new Promise((resolve) => stream.once("end", resolve));
  });

  test("resumes over everything remembered without letting the reader go", () => {
    const feed = openDecisionFeed();
    for (let number = 0; number < 600; number += 1) feed.publish("a", decision(number));
    expect(feed.watch("a", { decided: () => {}, ended: () => {} }, idOf(99)).missed).toBe(true);
    const stream = decisionEvents(feed, handClock().clock, listener("a", idOf(100)));
    const ids = [...textOf(stream.read()).matchAll(/^id: (.*)$/gm)].map((one) => one[1]);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([499, idOf(101), idOf(599)]);
    stream.destroy();
  });
});
