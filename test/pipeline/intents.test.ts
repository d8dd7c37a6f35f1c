/**
 * Contacts that say what they want: found once, recorded, and decided again without their texts,
 * which are kept apart and may be gone; also where the model is another, or none.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createPipeline, type IntentFinder, type Pipeline } from "#pipeline";
import { openMemoryStore } from "#store";
import { faultOf } from "./fault-of.ts";
import { ASKER, testPlatform } from "./platform.ts";

const REQUEST = {
  contacts: [
    { id: "a", channel: "chat", waitedSeconds: 9, text: "plastic stolen at the seaside" },
    { id: "b", channel: "chat", waitedSeconds: 5, text: "hm" },
    { id: "c", channel: "chat", waitedSeconds: 1, needs: [{ skill: "loans" }] },
  ],
  agents: [
    { id: "ana", skills: { cards: 1 } },
    { id: "ben", skills: { general: 1 } },
    { id: "cho", skills: { loans: 1 } },
  ],
  options: { deadlineMs: 5000, seed: 7 },
};
const SAYS = "Its text is about cards, at 88 %.";
const UNCLEAR = "What its text is about is not clear; most likely loans, at 31 %.";

const recordSchema = z.object({
  request: z.object({ digest: z.string() }),
  personal: z.object({ digest: z.string() }),
  intents: z.object({ model: z.string(), found: z.json() }),
});

const store = openMemoryStore();
const asked: string[] = [];
const finder: IntentFinder = {
  model: "m1",
  find: (text) => {
    asked.push(text);
    return text === "hm"
      ? { intent: "loans", probability: 0.314, abstained: true }
      : { intent: "cards", probability: 0.875, abstained: false };
  },
};
let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = createPipeline({ ...testPlatform({ store, threadCount: 1 }), intents: finder });
  await pipeline.ready();
});
afterAll(() => pipeline.close());

async function recordOf(decisionId: string) {
  const stored = await store.decision(ASKER.tenant, decisionId);
  const text = stored?.record ?? "";
  return { text, record: recordSchema.parse(JSON.parse(text)) };
}

test("what is found decides, is told and is recorded; the texts are apart", async () => {
  asked.length = 0;
  const { decisionId, answer, reasons } = await pipeline.decide(ASKER, "routing", REQUEST);
  expect(asked, "each text once").toEqual(["plastic stolen at the seaside", "hm"]);
  expect(answer).toMatchObject({
    contacts: [{ agent: "ana" }, { agent: "ben" }, { agent: "cho" }],
  });
  const textOf = (id: string) => reasons.find(({ subject }) => subject === id)?.text ?? "";
  expect(textOf("a")).toContain(SAYS);
  expect(textOf("b")).toContain(UNCLEAR);
  expect(textOf("c")).not.toContain("text");
  const { text, record } = await recordOf(decisionId);
  const content = await store.payload(ASKER.tenant, record.request.digest);
  for (const kept of [text, content?.text]) expect(kept).not.toContain("seaside");
  expect(record.intents).toEqual({
    model: "m1",
    found: {
      a: { intent: "cards", probability: 0.875, abstained: false },
      b: { intent: "loans", probability: 0.314, abstained: true },
    },
  });
  const personal = await store.payload(ASKER.tenant, record.personal.digest);
  expect(personal).toMatchObject({ personal: true });
  expect(personal?.text).toContain('"/contacts/0/text":"plastic stolen at the seaside"');
});

test("once the texts are erased, a replay gives the same bytes, whatever the model", async () => {
  const { decisionId } = await pipeline.decide(ASKER, "routing", REQUEST);
  const { record } = await recordOf(decisionId);
  expect(await store.erasePayload(ASKER.tenant, record.personal.digest)).toBe(true);
  asked.length = 0;
  const other = { model: "m2", find: () => ({ intent: "x", probability: 1, abstained: false }) };
  const pool = testPlatform({ store, threadCount: 1 });
  for (const intents of [finder, other, undefined]) {
    const reader = createPipeline({ ...pool, intents });
    const report = await reader.replay(ASKER, decisionId);
    expect(report).toMatchObject({ verdict: "identical", differences: [] });
    expect(report.replayedDigest).toBe(report.recordedDigest);
  }
  expect(asked, "nothing is found anew").toEqual([]);
  await pool.pool.close();
});

test("without a model a text is refused, at its place, and needs are not", async () => {
  const platform = testPlatform({ threadCount: 1 });
  const without = createPipeline(platform);
  const fault = await faultOf(without.decide(ASKER, "routing", REQUEST));
  expect(fault.row.code).toBe("intents-not-known");
  expect(fault.flaws.map(({ pointer }) => pointer)).toEqual([
    "/contacts/0/text",
    "/contacts/1/text",
  ]);
  const needy = { ...REQUEST, contacts: REQUEST.contacts.slice(2) };
  expect((await without.decide(ASKER, "routing", needy)).answer).toMatchObject({
    contacts: [{ agent: "cho" }],
  });
  await without.close();
});
