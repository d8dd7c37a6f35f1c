/**
 * What decisions are made from and what follows them: policies, item sets, outcomes. Versions never
 * change, reports repeat safely, and every flaw is named.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "#decisions";
import { instantText } from "#foundation";
import { createPipeline, type Pipeline } from "#pipeline";
import { openMemoryStore } from "#store";
import { faultOf } from "./fault-of.ts";
import { ASKER, testPlatform } from "./platform.ts";

const [ranking] = catalogue;
const POLICY = { ...ranking.defaultPolicy, name: "spring", version: 1 };
const ITEMS = [
  { id: "a", group: ["x"], price: 100, embedding: [1, 0] },
  { id: "b", group: ["y"], price: 200, embedding: [0, 1] },
];
const REQUEST = {
  items: "shelf",
  k: 1,
  candidates: [
    { id: "a", score: 1 },
    { id: "b", score: 2 },
  ],
};

const store = openMemoryStore();
const platform = testPlatform({ store, threadCount: 1 });
let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = createPipeline(platform);
  await pipeline.ready();
});
afterAll(() => pipeline.close());

describe("policies", () => {
  test("are added once, found, and never changed", async () => {
    expect(await pipeline.addPolicy(ASKER, POLICY)).toMatchObject({ added: true });
    expect(await pipeline.addPolicy(ASKER, POLICY)).toMatchObject({ added: false });
    const changed = { ...POLICY, description: "changed" };
    const fault = await faultOf(pipeline.addPolicy(ASKER, changed));
    expect(fault.row.code).toBe("policy-version-taken");
    const names = (await pipeline.policies(ASKER)).map(({ name, version }) => [name, version]);
    expect(names).toContainEqual(["spring", 1]);
    expect(names).toContainEqual([ranking.defaultPolicy.name, ranking.defaultPolicy.version]);
  });

  test("a default's version cannot be taken by another content", async () => {
    const impostor = { ...ranking.defaultPolicy, description: "not the default" };
    const fault = await faultOf(pipeline.addPolicy(ASKER, impostor));
    expect(fault.row.code).toBe("policy-version-taken");
  });

  test("every flaw is named", async () => {
    const broken = { ...POLICY, version: 0, plan: { lanes: [], exchange: 1, gapMax: 2 } };
    const fault = await faultOf(pipeline.addPolicy(ASKER, broken));
    expect(fault.row.code).toBe("invalid-policy");
    const pointers = fault.flaws.map(({ pointer }) => pointer).sort();
    expect(pointers).toEqual(["/plan/exchange", "/plan/gapMax", "/plan/lanes", "/version"]);
  });

  const { contract } = POLICY;
  const unusable = [
    [
      "a deadline above its own most",
      { contract: { ...contract, deadlineMsMax: 50 } },
      "deadlineMs",
    ],
    ["nothing left to search in", { contract: { ...contract, reserveMs: 100 } }, "reserveMs"],
    ["half a surrogate pair", { description: "\ud800" }, "description"],
    ["half a pair deep inside", { safe: { items: [], shortenedBy: ["\udfff"] } }, "safe"],
  ] as const;
  test.each(unusable)("refused: %s", async (_remark, change, member) => {
    const fault = await faultOf(pipeline.addPolicy(ASKER, { ...POLICY, name: "bad", ...change }));
    expect(fault.row.code).toBe("invalid-policy");
    expect(fault.flaws.map(({ pointer }) => pointer).join()).toContain(member);
  });

  test("a plan with a solver nobody knows is refused", async () => {
    const lanes = [[{ solver: "oracle", workLimit: 10 }]];
    const plan = { lanes, exchange: false, gapMax: 0 };
    const fault = await faultOf(pipeline.addPolicy(ASKER, { ...POLICY, name: "odd", plan }));
    expect(fault.row.code).toBe("invalid-policy");
    expect(fault.flaws).toEqual([
      { pointer: "/plan/lanes/0/0/solver", message: expect.stringContaining("oracle") },
    ]);
  });
});

describe("item sets", () => {
  test("are versioned by content, and a replay reads the version it was decided with", async () => {
    expect(await pipeline.putItems(ASKER, "shelf", "ranking", ITEMS)).toMatchObject({ version: 1 });
    expect(await pipeline.putItems(ASKER, "shelf", "ranking", ITEMS)).toMatchObject({ version: 1 });
    const { decisionId } = await pipeline.decide(ASKER, "ranking", REQUEST);
    const changed = [{ ...ITEMS[0], price: 1 }, ITEMS[1]];
    const put = await pipeline.putItems(ASKER, "shelf", "ranking", changed);
    expect(put).toMatchObject({ version: 2, itemCount: 2 });
    expect(await pipeline.items(ASKER, "shelf")).toEqual(put);
    expect(await pipeline.replay(ASKER, decisionId)).toMatchObject({ verdict: "identical" });
  });

  test("flaws are refused before anything is stored", async () => {
    const fault = await faultOf(
      pipeline.putItems(ASKER, "bad", "ranking", [ITEMS[0], ITEMS[0], { id: "", price: -1 }]),
    );
    expect(fault.row.category).toBe("invalid");
    expect(fault.flaws.length).toBeGreaterThan(1);
    expect((await faultOf(pipeline.items(ASKER, "bad"))).row.code).toBe("unknown-item-set");
  });
});

describe("a type without items", () => {
  test("takes no item set", async () => {
    const bare = { ...ranking, id: "bare", itemSchema: undefined };
    const mine = createPipeline({ ...platform, catalogue: [ranking, bare] });
    const fault = await faultOf(mine.putItems(ASKER, "shelf", "bare", ITEMS));
    expect(fault.row.code).toBe("invalid-items");
  });
});

describe("outcomes", () => {
  const DAY_MS = 24 * 3_600_000;

  test("are recorded once, and told apart when late, unknown or changed", async () => {
    const { decisionId } = await pipeline.decide(ASKER, "ranking", {
      ...REQUEST,
      items: undefined,
    });
    const nowMs = platform.clock.utcMs();
    const click = { outcomeId: "o1", decisionId, kind: "click", at: instantText(nowMs) };
    const order = {
      ...click,
      outcomeId: "o2",
      kind: "order",
      item: "b",
      position: 1,
      value: { minor: 4990, currency: "GBP" },
      at: instantText(nowMs + 40 * DAY_MS),
    };
    const clock = { ...platform.clock, utcMs: () => nowMs + 41 * DAY_MS };
    const later = createPipeline({ ...platform, clock });
    const stray = { ...click, outcomeId: "o3", decisionId: platform.newId() };
    const first = await later.recordOutcomes(ASKER, [click, order, stray]);
    expect(first).toEqual([
      { outcomeId: "o1", result: "recorded", late: false },
      { outcomeId: "o2", result: "recorded", late: true },
      { outcomeId: "o3", result: "unknown-decision", late: false },
    ]);
    const again = await later.recordOutcomes(ASKER, [click, { ...order, kind: "return" }]);
    expect(again.map(({ result }) => result)).toEqual(["duplicate", "conflict"]);
    const { outcomes } = await pipeline.decision(ASKER, decisionId);
    expect(outcomes.map(({ outcomeId, value, currency }) => [outcomeId, value, currency])).toEqual([
      ["o1", null, null],
      ["o2", 4990, "GBP"],
    ]);
  });

  test.each([
    { remark: "an item shown, at its place", shown: { item: "b", position: 1 }, flaws: [] },
    { remark: "an item shown, wherever", shown: { item: "b" }, flaws: [] },
    { remark: "a position filled", shown: { position: 2 }, flaws: [] },
    { remark: "the decision as a whole", shown: {}, flaws: [] },
    {
      remark: "an item at another's place",
      shown: { item: "b", position: 2 },
      flaws: ["position"],
    },
    { remark: "an item left out", shown: { item: "a" }, flaws: ["item"] },
    { remark: "an item never heard of", shown: { item: "?", position: 1 }, flaws: ["item"] },
    { remark: "a position beyond the last", shown: { position: 3 }, flaws: ["position"] },
  ])("of $remark: flaws in $flaws", async ({ remark, shown, flaws }) => {
    const { decisionId, answer } = await pipeline.decide(ASKER, "ranking", {
      ...REQUEST,
      items: undefined,
      k: 2,
      candidates: [...REQUEST.candidates, { id: "c", score: 1.5 }],
    });
    expect(answer).toMatchObject({ items: [{ id: "b" }, { id: "c" }] });
    const at = instantText(Date.now());
    const outcome = { outcomeId: remark, decisionId, kind: "click", at, ...shown };
    const reporting = pipeline.recordOutcomes(ASKER, [outcome]);
    if (flaws.length === 0) expect(await reporting).toMatchObject([{ result: "recorded" }]);
    else {
      const fault = await faultOf(reporting);
      expect(fault.row.code).toBe("invalid-outcome");
      expect(fault.flaws.map(({ pointer }) => pointer)).toEqual(flaws.map((name) => `/0/${name}`));
    }
  });

  test("name every flaw and record nothing", async () => {
    const { decisionId } = await pipeline.decide(ASKER, "ranking", {
      ...REQUEST,
      items: undefined,
    });
    const good = { outcomeId: "o9", decisionId, kind: "click", at: instantText(Date.now()) };
    const bad = { ...good, outcomeId: "o10", kind: "telepathy", at: "2001-01-01T00:00:00Z" };
    const lost = { ...good, outcomeId: "o11", decisionId: "no-id" };
    const fault = await faultOf(pipeline.recordOutcomes(ASKER, [good, bad, lost]));
    expect(fault.row.code).toBe("invalid-outcome");
    const pointers = fault.flaws.map(({ pointer }) => pointer);
    expect(pointers).toEqual(["/1/kind", "/1/at", "/2/decisionId"]);
    expect((await pipeline.decision(ASKER, decisionId)).outcomes).toEqual([]);
  });
});

describe("erasure and closing", () => {
  test("a decision whose request is gone can be shown but not replayed", async () => {
    const forgetful = { ...platform, store: Object.create(store, {}) };
    forgetful.store.payload = async () => undefined;
    const other = createPipeline({ ...forgetful, pool: platform.pool });
    const { decisionId } = await other.decide(ASKER, "ranking", { ...REQUEST, items: undefined });
    expect((await other.decision(ASKER, decisionId)).reply.decisionId).toBe(decisionId);
    expect((await faultOf(other.replay(ASKER, decisionId))).row.code).toBe("not-replayable");
  });

  test("a rule nobody could satisfy in time ends undecided, not in a guess", async () => {
    const lanes = [[{ solver: "greedy-swap", workLimit: 1 }]];
    const plan = { lanes, exchange: false, gapMax: 0 };
    await pipeline.addPolicy(ASKER, { ...POLICY, name: "weak", plan });
    const clash = {
      ...REQUEST,
      items: undefined,
      rules: {
        pinned: [
          { id: "a", position: 1 },
          { id: "b", position: 1 },
        ],
      },
      options: { policy: "weak@1" },
    };
    expect((await faultOf(pipeline.decide(ASKER, "ranking", clash))).row.code).toBe("undecided");
  });

  test("a closing pipeline refuses and waits for what it has begun", async () => {
    const mine = createPipeline(testPlatform({ threadCount: 1 }));
    await mine.ready();
    const begun = mine.decide(ASKER, "ranking", { ...REQUEST, items: undefined });
    const closed = mine.close();
    const fault = await faultOf(mine.decide(ASKER, "ranking", REQUEST));
    expect(fault.row.code).toBe("closing");
    expect((await begun).answer).toMatchObject({ items: [{ id: "b" }] });
    await closed;
  });
});
