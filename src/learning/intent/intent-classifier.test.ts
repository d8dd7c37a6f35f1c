/** Intents: learnt from few words, calibrated, kept and read again, refused when wrong. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault, randomStream, workBudget } from "#foundation";
import {
  classifyIntent,
  decodeIntentModel,
  encodeIntentModel,
  type IntentExample,
  learnIntents,
} from "#learning";

const PHRASES: Readonly<Record<string, readonly string[]>> = {
  balance: ["balance", "how much money", "funds left", "account total", "what I own"],
  card: ["card lost", "stolen card", "card missing", "block my card", "card gone"],
  travel: ["book a flight", "trip abroad", "travel notice", "flying to Rome", "holiday trip"],
};
const OPENINGS = [
  "please tell me about",
  "I need help:",
  "hello,",
  "can you see to",
  "question on",
];
const STRANGE = [
  "the weather is fine",
  "sing a song",
  "who won the game",
  "tell a joke",
  "recipe for soup",
];

const EXAMPLES: readonly IntentExample[] = Object.entries(PHRASES).flatMap(([intent, phrases]) =>
  phrases.flatMap((phrase) =>
    OPENINGS.map((opening) => ({ text: `${opening} ${phrase}`, intent })),
  ),
);
const TRAINING = { examples: EXAMPLES, outOfScope: STRANGE, seed: 3, dimension: 1024 };
const model = learnIntents(TRAINING);

describe("a learnt model", () => {
  test.each([
    ["balance", "how much money have I got", "words in a new order"],
    ["card", "my cards are gone", "a plural never seen: pieces of the word"],
    ["card", "BLOCK MY CARD!!!", "capitals and punctuation"],
    ["travel", "ﬂights to Rome", "a ligature in compatibility form"],
  ])("says %s of %j: %s", (intent, text) => {
    expect(classifyIntent(model, text).intent).toBe(intent);
  });

  test("is sure of what it has seen, and abstains where it has seen nothing", () => {
    expect(classifyIntent(model, "please tell me about card lost")).toMatchObject({
      intent: "card",
      abstained: false,
    });
    for (const text of ["", "...", "жжж ъъъ", "qqqq zzzz xxxx"]) {
      expect(classifyIntent(model, text).abstained).toBe(true);
    }
  });

  test("answers any text with a probability and every other intent once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const { intent, probability, alternatives } = classifyIntent(model, text);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect([intent, ...alternatives].sort()).toEqual(Object.keys(PHRASES).sort());
      }),
    );
  });

  test("reads no more than the beginning of an endless text", () => {
    const short = classifyIntent(model, "block my card ".repeat(500));
    expect(classifyIntent(model, "block my card ".repeat(500_000))).toEqual(short);
  });

  test("gives probabilities that hold on average for examples kept from it", () => {
    const stream = randomStream(1);
    const kept = EXAMPLES.filter(() => stream.unit() < 0.4);
    const learnt = learnIntents({
      ...TRAINING,
      examples: EXAMPLES.filter((one) => !kept.includes(one)),
    });
    const verdicts = kept.map(({ text, intent }) => ({
      intent,
      verdict: classifyIntent(learnt, text),
    }));
    const right = verdicts.filter(({ intent, verdict }) => verdict.intent === intent).length;
    const expected = verdicts.reduce((sum, { verdict }) => sum + verdict.probability, 0);
    expect(right / kept.length).toBeGreaterThan(0.8);
    expect(Math.abs(right - expected) / kept.length).toBeLessThan(0.15);
  });
});

describe("learning", () => {
  test("gives the same bits for the same seed", () => {
    const digest = (seed: number) =>
      createHash("sha256")
        .update(encodeIntentModel(learnIntents({ ...TRAINING, seed })))
        .digest("hex");
    expect(digest(3)).toBe(digest(3));
    expect(digest(4)).not.toBe(digest(3));
  });

  test("can be stopped", () => {
    const stopped = () => learnIntents({ ...TRAINING, budget: workBudget(1) });
    expect(stopped).toThrow(
      expect.objectContaining({
        row: expect.objectContaining({ code: "intent-training-stopped" }),
      }),
    );
  });

  test("names every flaw of a training set at once", () => {
    const examples = [
      { text: "", intent: "a" },
      { text: "b", intent: "" },
      { text: "?!", intent: "a" },
    ];
    const flawed = { examples, outOfScope: [" "], seed: 1, dimension: 0, probabilityMin: 2 };
    const caught = thrownBy(() => learnIntents(flawed));
    expect(caught.row.code).toBe("intent-training-unusable");
    expect(caught.flaws.map(({ pointer }) => pointer)).toEqual([
      "/dimension",
      "/probabilityMin",
      "/examples/0/text",
      "/examples/1/intent",
      "/examples/2/text",
      "/outOfScope/0",
    ]);
  });

  test.each([
    ["no examples", []],
    ["one intent", [{ text: "a b", intent: "only" }]],
  ])("refuses %s", (_remark, examples) => {
    expect(thrownBy(() => learnIntents({ examples, seed: 1 })).row.code).toBe(
      "intent-training-unusable",
    );
  });
});

describe("a kept model", () => {
  const bytes = encodeIntentModel(model);

  test("judges as before", () => {
    const again = decodeIntentModel(bytes);
    for (const { text } of EXAMPLES) {
      expect(classifyIntent(again, text)).toEqual(classifyIntent(model, text));
    }
  });

  test.each([
    ["nothing", new Uint8Array()],
    ["a cut end", bytes.subarray(0, bytes.length - 1)],
    ["too much", Uint8Array.from([...bytes, 0])],
    ["no header", Uint8Array.from([1, 2, 10, 4])],
    ["another version", Buffer.from('{"intentModel":2}\n')],
    ["lists that are none", Buffer.from('{"intentModel":1,"intents":5}\n')],
  ])("is refused with %s", (_remark, wrong) => {
    expect(thrownBy(() => decodeIntentModel(wrong)).row.code).toBe("intent-model-unreadable");
  });
});

function thrownBy(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("expected a fault");
}
