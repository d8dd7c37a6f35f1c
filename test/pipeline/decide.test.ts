/**
 * The life of a decision, on the real catalogue, solvers and threads: what is answered, kept,
 * repeated and refused.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPipeline, type Pipeline, type Store } from "#pipeline";
import { openMemoryStore } from "#store";
import { faultOf } from "./fault-of.ts";
import { ASKER, testPlatform, withPipeline } from "./platform.ts";

const REQUEST = {
  candidates: [
    { id: "boots", score: 0.05, group: ["shoes"], ageHours: 10, embedding: [1, 0] },
    { id: "sneakers", score: 0.04, group: ["shoes"], ageHours: 5, embedding: [0.9, 0.1] },
    { id: "hat", score: 0.02, group: ["hats"], ageHours: 500, embedding: [0, 1] },
    { id: "scarf", score: 0.01, group: ["scarves"], ageHours: 20, embedding: [0.1, 0.9] },
  ],
  k: 3,
  rules: { maxPerGroup: { "*": 1 } },
  subject: { id: "pseudonym-17" },
  context: { page: "home-of-pseudonym-17" },
  options: { seed: 7, deadlineMs: 1000 },
};

const CLASH = { ...REQUEST, rules: { maxPerGroup: { shoes: 1 }, minPerGroup: { shoes: 2 } } };

describe("deciding", () => {
  const store = openMemoryStore();
  const platform = testPlatform({ store });
  let pipeline: Pipeline;

  beforeAll(async () => {
    pipeline = createPipeline(platform);
    await pipeline.ready();
  });
  afterAll(() => pipeline.close());

  test("answers, keeps what it answered, and shows it again unchanged", async () => {
    const reply = await pipeline.decide(ASKER, "ranking", REQUEST);
    expect(reply.quality).toMatchObject({ rung: "proved", status: "optimal", gap: 0 });
    expect(reply.answer).toMatchObject({ items: [{ id: "boots", position: 1 }, {}, {}] });
    const view = await pipeline.decision(ASKER, reply.decisionId);
    expect(view.reply).toEqual(reply);
  });

  test("replays byte for byte", async () => {
    const { decisionId } = await pipeline.decide(ASKER, "ranking", REQUEST);
    const report = await pipeline.replay(ASKER, decisionId);
    expect(report).toMatchObject({ verdict: "identical", differences: [], taken: [] });
    expect(report.replayedDigest).toBe(report.recordedDigest);
  });

  test("stops a replay nobody waits for", async () => {
    const { decisionId } = await pipeline.decide(ASKER, "ranking", REQUEST);
    const fault = await faultOf(pipeline.replay(ASKER, decisionId, AbortSignal.abort()));
    expect(fault.row.code).toBe("replay-out-of-time");
  });

  test("keeps personal members apart from the record, and replays without them", async () => {
    const { decisionId } = await pipeline.decide(ASKER, "ranking", REQUEST);
    const stored = await store.decision("local", decisionId);
    expect(stored?.record).not.toContain("pseudonym-17");
    const record = JSON.parse(stored?.record ?? "{}");
    const personal = await store.payload("local", record.personal.digest);
    expect(personal).toMatchObject({ personal: true });
    expect(personal?.text).toContain("pseudonym-17");
    const content = await store.payload("local", record.request.digest);
    expect(content?.text).not.toContain("pseudonym-17");
    expect(await store.erasePayload("local", record.personal.digest)).toBe(true);
    expect(await pipeline.replay(ASKER, decisionId)).toMatchObject({ verdict: "identical" });
  });

  test("repeats the reply of a repeated key, and refuses another request under it", async () => {
    const options = { idempotencyKey: "order-1" };
    const first = await pipeline.decide(ASKER, "ranking", REQUEST, options);
    const again = await pipeline.decide(ASKER, "ranking", REQUEST, options);
    expect(JSON.stringify(again), "to the byte").toBe(JSON.stringify(first));
    const other = pipeline.decide(ASKER, "ranking", { ...REQUEST, k: 2 }, options);
    expect((await faultOf(other)).row.code).toBe("idempotency-key-reused");
  });

  test("asks a repeat to wait while the first is being decided", async () => {
    const options = { idempotencyKey: "order-2" };
    const first = pipeline.decide(ASKER, "ranking", REQUEST, options);
    const fault = await faultOf(pipeline.decide(ASKER, "ranking", REQUEST, options));
    expect(fault.row.code).toBe("idempotency-key-in-flight");
    const { decisionId } = await first;
    const again = await pipeline.decide(ASKER, "ranking", REQUEST, options);
    expect(again.decisionId).toBe(decisionId);
  });

  test("names the rules that clash", async () => {
    const fault = await faultOf(pipeline.decide(ASKER, "ranking", CLASH));
    expect(fault.row.code).toBe("contradiction");
    expect([...fault.rules].sort()).toEqual(["maxPerGroup:shoes", "minPerGroup:shoes"]);
  });

  test("decides the same for the same seed, under a new id", async () => {
    const [a, b] = [
      await pipeline.decide(ASKER, "ranking", REQUEST),
      await pipeline.decide(ASKER, "ranking", REQUEST),
    ];
    expect(a.answer).toEqual(b.answer);
    expect(a.decisionId).not.toBe(b.decisionId);
  });

  const refusals = [
    ["an unknown type", "rankings", REQUEST, "unknown-decision-type"],
    [
      "an unknown policy",
      "ranking",
      { ...REQUEST, options: { policy: "none@9" } },
      "unknown-policy",
    ],
    ["an unknown item set", "ranking", { ...REQUEST, items: "nowhere" }, "unknown-item-set"],
    [
      "a deadline beyond the policy's",
      "ranking",
      { ...REQUEST, options: { deadlineMs: 200_000 } },
      "deadline-out-of-bounds",
    ],
  ] as const;
  test.each(refusals)("refuses %s", async (_remark, type, body, code) => {
    expect((await faultOf(pipeline.decide(ASKER, type, body))).row.code).toBe(code);
  });

  test("knows no decision of another tenant", async () => {
    const { decisionId } = await pipeline.decide(ASKER, "ranking", REQUEST);
    const stranger = { ...ASKER, tenant: "elsewhere" };
    expect((await faultOf(pipeline.decision(stranger, decisionId))).row.code).toBe(
      "unknown-decision",
    );
    expect((await faultOf(pipeline.replay(stranger, decisionId))).row.code).toBe(
      "unknown-decision",
    );
  });
});

describe("a store that does not answer", () => {
  const silent = () => new Promise<never>(() => {});
  const failing = () => Promise.reject(new Error("gone"));
  const storeWith = (append: Store["append"]) => Object.assign(openMemoryStore(), { append });
  const policy = (ifUnrecorded: "refuse" | "mark") => ({
    name: "tried",
    version: 1,
    type: "ranking",
    contract: {
      tier: "realtime",
      deadlineMs: 80,
      deadlineMsMax: 80,
      reserveMs: 20,
      ifUnrecorded,
    },
    plan: { lanes: [[{ solver: "tabu", workLimit: 500 }]], exchange: false, gapMax: 0 },
  });
  const request = { ...REQUEST, options: { policy: "tried@1" } };

  test.each([
    ["silent", silent],
    ["failing", failing],
  ])("%s: refuses when the policy wants a record", async (_remark, append) => {
    await withPipeline({ store: storeWith(append) }, async (pipeline) => {
      await pipeline.addPolicy(ASKER, policy("refuse"));
      const fault = await faultOf(pipeline.decide(ASKER, "ranking", request));
      expect(fault.row.code).toBe("unrecorded");
    });
  });

  test("silent: answers marked unrecorded when the policy allows it", async () => {
    await withPipeline({ store: storeWith(silent) }, async (pipeline) => {
      await pipeline.addPolicy(ASKER, policy("mark"));
      const reply = await pipeline.decide(ASKER, "ranking", request);
      expect(reply.unrecorded).toBe(true);
      expect(reply.answer).toMatchObject({ requested: 3 });
    });
  });
});
