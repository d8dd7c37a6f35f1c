/**
 * What a request ends in when its time is up, on a clock turned by hand: `out-of-time` while there
 * is no answer, and what the policy says once there is one, however late it came.
 */
import { afterAll, expect, test } from "vitest";
import { Fault } from "#foundation";
import { createPipeline, type DecisionReply, type Platform, type Store } from "#pipeline";
import { openMemoryStore } from "#store";
import { type HandClock, handClock } from "./hand-clock.ts";
import { ASKER, testPlatform } from "./platform.ts";

const DEADLINE_MS = 80;
const candidates = [
  { id: "boots", score: 0.05 },
  { id: "hat", score: 0.02 },
];
const REQUEST = { candidates, k: 1, options: { policy: "tried@1", seed: 7 } };

const policy = (ifUnrecorded: "refuse" | "mark") => ({
  name: "tried",
  version: 1,
  type: "ranking",
  contract: {
    tier: "realtime",
    deadlineMs: DEADLINE_MS,
    deadlineMsMax: DEADLINE_MS,
    reserveMs: 20,
    ifUnrecorded,
  },
  plan: { lanes: [[{ solver: "tabu", workLimit: 50 }]], exchange: false, gapMax: 0 },
});

/** The pipelines share its threads, so none of them is closed. */
const surroundings = testPlatform({ threadCount: 1 });
afterAll(() => surroundings.pool.close());
const silent = () => new Promise<never>(() => {});

/** The code of the refusal, or whether the answer is recorded. */
function endingOf(ended: PromiseSettledResult<DecisionReply>): string {
  if (ended.status === "fulfilled") return ended.value.unrecorded ? "unrecorded answer" : "answer";
  return ended.reason instanceof Fault ? ended.reason.row.code : String(ended.reason);
}

/** Stands still while the answer is sealed, which comes right before it is kept. */
const sealedAt = (clock: HandClock, atMs: number): Pick<Platform, "newSalt"> => ({
  newSalt: () => {
    void clock.turn(atMs);
    return "salt";
  },
});
const asIs = () => ({});

/** A store method that is asked and has not answered when the time is up. */
const past = (clock: HandClock) => () => {
  void clock.turn(DEADLINE_MS);
  return silent();
};

test.each([
  ["a record in time", "refuse", asIs, asIs, "answer"],
  [
    "a record that comes in the same moment",
    "refuse",
    asIs,
    (clock: HandClock) => sealedAt(clock, DEADLINE_MS),
    "answer",
  ],
  ["a silent store", "refuse", (clock: HandClock) => ({ append: past(clock) }), asIs, "unrecorded"],
  [
    "a silent store, marked",
    "mark",
    (clock: HandClock) => ({ append: past(clock) }),
    asIs,
    "unrecorded answer",
  ],
  [
    "an answer that comes when all alarms are due",
    "refuse",
    () => ({ append: silent }),
    (clock: HandClock) => sealedAt(clock, 2 * DEADLINE_MS),
    "unrecorded",
  ],
  [
    "an answer that comes when all alarms are due, marked",
    "mark",
    () => ({ append: silent }),
    (clock: HandClock) => sealedAt(clock, 2 * DEADLINE_MS),
    "unrecorded answer",
  ],
  [
    "no word on the key",
    "mark",
    (clock: HandClock) => ({ claim: past(clock) }),
    asIs,
    "out-of-time",
  ],
  [
    "no word on the decision that has the key",
    "mark",
    (clock: HandClock) => ({
      claim: async () => ({ decisionId: "first", requestDigest: "another" }),
      decision: past(clock),
    }),
    asIs,
    "idempotency-key-reused",
  ],
  [
    "no word on the decision that took the key meanwhile",
    "mark",
    (clock: HandClock): Partial<Store> => ({
      append: async ({ id }, _payloads, claim) => {
        const requestDigest = claim?.requestDigest ?? "";
        return { kind: "key-taken", decisionId: `before ${id}`, requestDigest };
      },
      decision: past(clock),
    }),
    asIs,
    "out-of-time",
  ],
] as const)("%s under a policy to %s", async (_remark, ifUnrecorded, storeOf, meansOf, ending) => {
  const clock = handClock();
  const store = openMemoryStore();
  const platform = { ...surroundings, store, clock, ...meansOf(clock) };
  const pipeline = createPipeline(platform);
  await pipeline.ready();
  await pipeline.addPolicy(ASKER, policy(ifUnrecorded));
  Object.assign(store, storeOf(clock));
  const options = { idempotencyKey: "order-1" };
  const [ended] = await Promise.allSettled([pipeline.decide(ASKER, "ranking", REQUEST, options)]);
  expect(endingOf(ended)).toBe(ending);
});
