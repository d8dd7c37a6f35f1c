/**
 * The judge of routing answers: each way to be wrong, told by its name; right answers, altered.
 */
import { describe, expect, test } from "vitest";
import { routingRequest } from "../../../test/generators/routing-requests.ts";
import { check } from "./check.ts";
import { routing } from "./definition.ts";
import { read } from "./read.ts";
import { complete } from "./request/complete.ts";
import { rule } from "./rule.ts";
import type { RoutingAction, RoutingRequest } from "./schema.ts";

const SETTING = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };

const REQUEST: RoutingRequest = {
  contacts: [
    { id: "a", channel: "voice", waitedSeconds: 5, needs: [{ skill: "cards", atLeast: 0.5 }] },
    { id: "b", channel: "voice", waitedSeconds: 9, language: "en", mayOverflow: true },
    { id: "c", channel: "chat", waitedSeconds: 1, allowedAgents: ["two"], mayCallBack: true },
  ],
  agents: [
    { id: "one", skills: { cards: 0.9 }, languages: ["en"] },
    { id: "two", skills: { cards: 0.4 }, languages: ["pt"], concurrency: { voice: 1, chat: 1 } },
    { id: "soon", skills: { cards: 1 }, freeInSeconds: 7 },
  ],
  overflow: { fit: 0.1, slots: 0 },
  callBack: { afterSeconds: 60, reached: 0.1, slots: 1 },
};

const A: RoutingAction = { id: "a", action: "assign", agent: "one" };
const B: RoutingAction = { id: "b", action: "hold", untilSeconds: 30, why: "agents-taken" };
const C: RoutingAction = { id: "c", action: "assign", agent: "two" };

const brokenBy = (contacts: RoutingAction[], request = REQUEST) =>
  check(complete(request, SETTING), { contacts }).broken;

describe("what is wrong is named", () => {
  test("nothing, with a right answer", () => expect(brokenBy([A, B, C])).toEqual([]));

  test.each<[string, RoutingAction[], string[]]>([
    ["nobody is told of", [], ["missing:a", "missing:b", "missing:c"]],
    ["a stranger", [A, B, C, { ...C, id: "d" }], ["unknown:d"]],
    ["a contact twice", [A, B, C, B], ["duplicate:b"]],
    ["an agent nobody knows", [{ ...A, agent: "four" }, B, C], ["agent:four"]],
    ["an agent over its places", [A, { ...A, id: "b" }, C], ["agent:one", "agent:one/voice"]],
    ["too little skill", [{ ...A, agent: "two" }, B, C], ["unfit:a", "agent:two"]],
    ["the wrong language", [A, { ...A, id: "b", agent: "two" }, C], ["unfit:b", "agent:two"]],
    ["an agent who is not allowed", [A, B, { ...C, agent: "soon" }], ["unfit:c", "not-free:c"]],
    ["an agent who is not free", [{ ...A, agent: "soon" }, B, C], ["not-free:a"]],
    ["a wrong reason to wait", [A, { ...B, why: "no-agent" }, C], ["why:b"]],
    ["a wrong time to wait", [A, { ...B, untilSeconds: 31 }, C], ["until:b"]],
    [
      "kept for an agent who is free",
      [{ id: "a", action: "hold", untilSeconds: 0, why: "agent-soon-free", agent: "one" }, B, C],
      ["why:a"],
    ],
    [
      "kept for an agent until another time",
      [{ id: "a", action: "hold", untilSeconds: 8, why: "agent-soon-free", agent: "soon" }, B, C],
      ["until:a"],
    ],
    ["an overflow that is full", [A, { id: "b", action: "overflow" }, C], ["overflow"]],
    ["an overflow that is not for it", [{ id: "a", action: "overflow" }, B, C], ["overflow"]],
    [
      "a call-back that is not wanted",
      [A, { id: "b", action: "call-back", afterSeconds: 60 }, C],
      ["call-back"],
    ],
    [
      "a call-back at another time",
      [A, B, { id: "c", action: "call-back", afterSeconds: 61 }],
      ["until:c"],
    ],
  ])("%s", (_remark, contacts, broken) => {
    expect(brokenBy(contacts)).toEqual(expect.arrayContaining(broken));
  });

  test("an agent beyond the shortlist, where there is one", () => {
    const effects = { interference: 1, shortlist: 1 };
    const other: RoutingAction = {
      ...{ id: "a", action: "hold", untilSeconds: 7, why: "agent-soon-free", agent: "soon" },
    };
    expect(brokenBy([other, B, C])).not.toContain("shortlist:a");
    expect(brokenBy([other, B, C], { ...REQUEST, effects })).toContain("shortlist:a");
  });
});

test("beyond the agents best for all, each contact lists its own", () => {
  const contacts = ["a", "b", "c"].map((id) => ({ id, channel: "voice", waitedSeconds: 5 }));
  const agents = [40, 30, 20, 10].map((idleSeconds, rank) => ({
    id: `agent-${rank}`,
    idleSeconds,
  }));
  const effects = { interference: 1, shortlist: 2 };
  const listed = contacts.map((contact) => {
    return agents.flatMap(({ id: agent }, rank) => {
      const action: RoutingAction = { id: contact.id, action: "assign", agent };
      const broken = brokenBy([action], { contacts, agents, effects });
      return broken.includes(`shortlist:${contact.id}`) ? [] : [rank];
    });
  });
  expect(listed).toEqual([
    [0, 1],
    [0, 2],
    [0, 3],
  ]);
});

test("an agent who takes two contacts more than it may is always found", () => {
  let found = 0;
  for (let seed = 0; seed < 200; seed += 1) {
    const question = complete(routingRequest(seed), SETTING);
    const answer = read(question, rule(question));
    expect(check(question, answer).broken).toEqual([]);
    const given = answer.contacts.find(({ action }) => action === "assign");
    if (given?.action !== "assign" || answer.contacts.length < 2) continue;
    const crowded = answer.contacts.map(({ id }) => ({ ...given, id }));
    const agent = question.agents.find(({ id }) => id === given.agent);
    if ((agent?.contactsMax ?? 0) >= crowded.length) continue;
    expect(check(question, { contacts: crowded }).broken).toContain(`agent:${given.agent}`);
    found += 1;
  }
  expect(found).toBeGreaterThan(40);
});
