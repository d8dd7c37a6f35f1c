/**
 * Texts in place of needs: what follows from what was found in them, and what is refused.
 */
import { describe, expect, test } from "vitest";
import { Fault } from "#foundation";
import type { FoundIntent } from "../../decision-type.ts";
import { routing } from "../definition.ts";
import { complete } from "./complete.ts";

const SETTING = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };
const CONTACT = { id: "a", channel: "chat", waitedSeconds: 1 };
const SAID = { ...CONTACT, text: "my card is gone" };
const SURE: FoundIntent = { intent: "lost-card", probability: 0.9, abstained: false };
const UNSURE: FoundIntent = { ...SURE, probability: 0.2, abstained: true };

function refusalOf(action: () => unknown) {
  try {
    action();
  } catch (fault) {
    if (fault instanceof Fault) {
      return { code: fault.row.code, places: fault.flaws.map(({ pointer }) => pointer) };
    }
    throw fault;
  }
  return undefined;
}

/** The skills contact `a` needs under policy `defaults`. */
function skillsNeeded(found: FoundIntent, defaults: object) {
  const policy = { ...routing.defaultPolicy, defaults: { ...defaults } };
  const setting = { ...SETTING, policy, intents: new Map([["a", found]]) };
  const { contacts } = complete({ contacts: [SAID], agents: [] }, setting);
  return contacts[0].needs;
}

const need = (skill: string) => ({ skill, weight: 1, atLeast: 0 });
const TERMS = {
  intents: { "lost-card": [{ skill: "cards", atLeast: 0.5 }, { skill: "fraud" }], chatter: [] },
  unclear: [{ skill: "reception" }],
};

describe("what is needed", () => {
  test.each([
    ["the policy's needs", SURE, TERMS, [{ ...need("cards"), atLeast: 0.5 }, need("fraud")]],
    ["nothing, if the policy says so", { ...SURE, intent: "chatter" }, TERMS, []],
    ["the intent, where the policy is silent", SURE, {}, [need("lost-card")]],
    ["an intent named like a member", { ...SURE, intent: "toString" }, TERMS, [need("toString")]],
    ["what the policy says of unclear texts", UNSURE, TERMS, [need("reception")]],
    ["general help, where it says nothing", UNSURE, {}, [need("general")]],
  ])("%s", (_remark, found, defaults, needs) => {
    expect(skillsNeeded(found, defaults)).toEqual(needs);
  });

  test("the question has what was found, and nothing of the text", () => {
    const setting = { ...SETTING, intents: new Map([["a", SURE]]) };
    const question = complete({ contacts: [SAID], agents: [] }, setting);
    expect(question.contacts[0].found).toEqual(SURE);
    expect(JSON.stringify(question)).not.toContain(SAID.text);
    const erased = complete({ contacts: [CONTACT], agents: [] }, setting);
    expect(erased, "once the text has been erased").toEqual(question);
  });

  test("without a text, nothing is looked for", () => {
    const parsed = routing.parse({ contacts: [CONTACT], agents: [] });
    expect(parsed.texts.size).toBe(0);
    expect(() => parsed.pose(SETTING)).not.toThrow();
  });
});

describe("what is refused", () => {
  const long = Array.from({ length: 26 }, (_, at) => {
    return { ...CONTACT, id: `c${at}`, text: "x".repeat(2000) };
  });
  test.each([
    ["needs and a text", [{ ...SAID, needs: [] }], ["/contacts/0/text"]],
    ["an empty text", [{ ...CONTACT, text: "" }], ["/contacts/0/text"]],
    ["a long text", [{ ...CONTACT, text: "x".repeat(2001) }], ["/contacts/0/text"]],
    ["long texts together", long, ["/contacts"]],
    ["half a character", [{ ...CONTACT, text: "\ud800" }], ["/contacts/0/text"]],
  ])("%s", (_remark, contacts, places) => {
    const refused = refusalOf(() => routing.parse({ contacts, agents: [] }));
    expect(refused).toEqual({ code: "request-invalid", places });
  });

  test("as much text as may be is not", () => {
    expect(routing.parse({ contacts: long.slice(0, 25), agents: [] }).texts.size).toBe(25);
  });

  test("a text nobody has told the intent of", () => {
    const other = { ...SAID, id: "b" };
    const request = { contacts: [{ ...CONTACT, id: "c" }, SAID, other], agents: [] };
    const asked = (intents?: Map<string, FoundIntent>) =>
      refusalOf(() => complete(request, { ...SETTING, intents }));
    const code = "intents-not-known";
    expect(asked()).toEqual({ code, places: ["/contacts/1/text", "/contacts/2/text"] });
    expect(asked(new Map([["a", SURE]]))).toEqual({ code, places: ["/contacts/2/text"] });
  });

  test.each([
    ["a skill needed twice", { unclear: [{ skill: "s" }, { skill: "s" }] }, "/defaults/unclear"],
    ["an intent without a name", { intents: { "": [] } }, "/defaults/intents/"],
    ["no list", { intents: { a: { skill: "s" } } }, "/defaults/intents/a"],
  ])("of a policy: %s", (_remark, defaults, place) => {
    const policy = { ...routing.defaultPolicy, defaults };
    const refused = refusalOf(() => routing.checkPolicy(policy));
    expect(refused).toEqual({ code: "policy-terms-invalid", places: [place] });
  });
});
