/**
 * What a routing request may be: every flaw at its place, and what is left out filled in.
 */
import { describe, expect, test } from "vitest";
import { Fault } from "#foundation";
import { fitOf } from "../check/judged-worth.ts";
import { check } from "../check.ts";
import { routing } from "../definition.ts";
import { read } from "../read.ts";
import { rule } from "../rule.ts";
import { complete } from "./complete.ts";
import { parseRouting } from "./parse.ts";

const SETTING = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };
const contact = { id: "a", channel: "voice", waitedSeconds: 0 };

function placesOf(action: () => unknown): readonly string[] {
  try {
    action();
  } catch (fault) {
    if (fault instanceof Fault) return fault.flaws.map(({ pointer }) => pointer);
    throw fault;
  }
  return [];
}

describe("flaws", () => {
  test.each<[string, unknown, string[]]>([
    ["nothing", {}, ["/contacts", "/agents"]],
    ["a contact twice", { contacts: [contact, contact], agents: [] }, ["/contacts/1/id"]],
    ["an agent twice", { contacts: [], agents: [{ id: "a" }, { id: "a" }] }, ["/agents/1/id"]],
    [
      "a skill needed twice",
      { contacts: [{ ...contact, needs: [{ skill: "s" }, { skill: "s" }] }], agents: [] },
      ["/contacts/0/needs/1/skill"],
    ],
    [
      "a target of no time",
      { contacts: [{ ...contact, slaSeconds: 0 }], agents: [] },
      ["/contacts/0/slaSeconds"],
    ],
    [
      "times too short to divide by",
      {
        contacts: [{ ...contact, slaSeconds: 1e-155, patienceSeconds: 1e-9, handleSeconds: 5e-4 }],
        agents: [],
        hold: { seconds: 1e-300 },
      },
      ["slaSeconds", "patienceSeconds", "handleSeconds"]
        .map((name) => `/contacts/0/${name}`)
        .concat("/hold/seconds"),
    ],
    [
      "a millisecond, and the largest amounts",
      {
        contacts: [{ ...contact, slaSeconds: 0.001, value: 1e12, priority: 1e12 }],
        agents: [{ id: "a", costPerHour: 1e12 }],
        weights: { value: 1e12, delay: 1e12, cost: 1e12 },
      },
      [],
    ],
    [
      "places reserved for longer than an hour",
      { contacts: [], agents: [], reserve: { seconds: 3601 } },
      ["/reserve/seconds"],
    ],
    ["an hour", { contacts: [], agents: [], reserve: { seconds: 3600 } }, []],
    [
      "more pairs than can be weighed",
      {
        contacts: Array.from({ length: 1001 }, (_, at) => ({ ...contact, id: `c${at}` })),
        agents: Array.from({ length: 1000 }, (_, at) => ({ id: `a${at}` })),
      },
      ["/agents"],
    ],
  ])("%s", (_remark, body, places) => expect(placesOf(() => parseRouting(body))).toEqual(places));

  test("effects of more pairs than can be weighed", () => {
    const contacts = Array.from({ length: 251 }, (_, at) => ({ ...contact, id: `c${at}` }));
    const request = { contacts, agents: [], effects: { teamBalance: 1 } };
    expect(placesOf(() => complete(request, SETTING))).toEqual(["/effects/shortlist"]);
    const fewer = { ...request, effects: { teamBalance: 1, shortlist: 7 } };
    expect(placesOf(() => complete(fewer, SETTING))).toEqual([]);
  });

  test("weights beyond the bounds of the policy", () => {
    const bounds = { weights: { delay: { max: 60 }, idle: { min: 1 } } };
    const policy = { ...routing.defaultPolicy, bounds };
    const request = { contacts: [], agents: [], weights: { delay: 61, idle: 0, cost: 99 } };
    const places = placesOf(() => complete(request, { ...SETTING, policy }));
    expect([...places].sort()).toEqual(["/weights/delay", "/weights/idle"]);
    expect(() => routing.checkPolicy(policy)).not.toThrow();
    const broken = { ...policy, defaults: { weights: { delay: 61 }, holds: {} }, safe: {} };
    const found = [...placesOf(() => routing.checkPolicy(broken))].sort();
    expect(found).toEqual(["/defaults/holds", "/safe/contacts"]);
  });
});

test("what is left out is filled in", () => {
  const agents = [
    { id: "a" },
    { id: "b", concurrency: { voice: 1, chat: 3 } },
    { id: "c" },
    { id: "d", contactsMax: 2 },
  ];
  const request = { contacts: [contact], agents, overflow: { fit: 1 } };
  const question = complete(request, SETTING);
  expect(question.contacts[0]).toMatchObject({
    ...{ value: 100, slaSeconds: 20, patienceSeconds: Number.POSITIVE_INFINITY, needs: [] },
  });
  expect(question.agents.map(({ contactsMax }) => contactsMax)).toEqual([1, 3, 1, 2]);
  expect(question.overflow).toEqual({ fit: 1, cost: 0, slots: Number.POSITIVE_INFINITY });
  expect(question.effects).toBeUndefined();
});

test("places that are taken by others are not there", () => {
  const agents = [{ id: "a/b" }, { id: "b", concurrency: { voice: 1, chat: 3 } }];
  const free = new Map([
    ["agent/a%2Fb", 0],
    ["agent/b", 2],
    ["agent/b/chat", 1],
  ]);
  const question = complete({ contacts: [], agents }, { ...SETTING, free });
  expect(question.agents.map(({ contactsMax }) => contactsMax)).toEqual([0, 2]);
  expect([...(question.agents[1].concurrency ?? [])]).toEqual([
    ["voice", 0],
    ["chat", 1],
  ]);
});

test("an agent without channels takes any, and what weighs nothing is needed still", () => {
  const agents = [{ id: "a", contactsMax: 2, skills: { cards: 0.5 } }, { id: "b" }];
  const needs = [{ skill: "cards", weight: 0 }];
  const contacts = ["voice", "chat", "mail"].map((channel) => {
    return { id: channel, channel, waitedSeconds: 5, needs };
  });
  const question = complete({ contacts, agents }, SETTING);
  const { contacts: actions } = read(question, rule(question));
  expect(actions.map((action) => ("agent" in action ? action.agent : action.action))).toEqual([
    "a",
    "a",
    "hold",
  ]);
  expect(check(question, { contacts: actions }).broken).toEqual([]);
  // Nothing that weighs is needed: whoever can serve fits wholly.
  expect(fitOf(question.contacts[0], question.agents[0])).toBe(1);
  expect(fitOf(question.contacts[0], question.agents[1])).toBeUndefined();
});
