/**
 * The independent judge of an answer. Recomputes worth and limits from the question alone, in
 * another way than the options are laid out: by names, one contact at a time, with the machine's
 * own exponential. Imports nothing of what made the answer, so that no mistake can be made twice by
 * the same line.
 */
import { unreachable } from "#foundation";
import type { CheckReport } from "../decision-type.ts";
import { judgeEffects } from "./check/effects.ts";
import { fitOf, opensFor, worthAlone, worthWith } from "./check/judged-worth.ts";
import type { Agent, Contact, RoutingQuestion } from "./question.ts";
import type { RoutingAction, RoutingAnswer } from "./schema.ts";

/** How far two sums of the same worth may differ, relative to it. */
const ROUNDING = 1e-9;

/**
 * Judges `answer`. `broken` may hold `unknown:<contact>`, `duplicate:<contact>`,
 * `missing:<contact>`, `agent:<agent>` (unknown, or over its places), `agent:<agent>/<channel>`,
 * `unfit:<contact>`, `not-free:<contact>`, `overflow`, `call-back`, `shortlist:<contact>`,
 * `until:<contact>` and `why:<contact>` (not the truth).
 */
export function check(question: RoutingQuestion, answer: RoutingAnswer): CheckReport {
  const contacts = new Map(question.contacts.map((contact) => [contact.id, contact]));
  const agents = new Map(question.agents.map((agent) => [agent.id, agent]));
  const broken: string[] = [];
  const served = new Map<Agent, Contact[]>();
  const seen = new Set<string>();
  const used = { overflow: 0, "call-back": 0 };
  let objective = 0;
  for (const action of answer.contacts) {
    const contact = contacts.get(action.id);
    if (contact === undefined) broken.push(`unknown:${action.id}`);
    else if (seen.has(action.id)) broken.push(`duplicate:${action.id}`);
    seen.add(action.id);
    if (contact === undefined) continue;
    const name = "agent" in action ? action.agent : undefined;
    const agent = name === undefined ? undefined : agents.get(name);
    if (name !== undefined && agent === undefined) broken.push(`agent:${name}`);
    if (agent !== undefined) {
      served.set(agent, [...(served.get(agent) ?? []), contact]);
      broken.push(...withAgentBroken(question, contact, agent, action));
      objective += worthWith(question, contact, agent);
    } else {
      if (action.action === "overflow" || action.action === "call-back") used[action.action] += 1;
      broken.push(...aloneBroken(question, contact, action));
      objective += worthAlone(
        question,
        contact,
        action.action === "assign" ? "hold" : action.action,
      );
    }
  }
  for (const id of contacts.keys()) if (!seen.has(id)) broken.push(`missing:${id}`);
  broken.push(...placesBroken(question, served, used));
  const effects = judgeEffects(question, served);
  return { objective: objective + effects.worth, broken, paid: effects.paid };
}

function withAgentBroken(
  question: RoutingQuestion,
  contact: Contact,
  agent: Agent,
  action: RoutingAction,
): string[] {
  const broken: string[] = [];
  if (fitOf(contact, agent) === undefined) broken.push(`unfit:${contact.id}`);
  if (action.action === "assign" && agent.freeInSeconds > 0) broken.push(`not-free:${contact.id}`);
  if (action.action === "hold") {
    if (agent.freeInSeconds === 0 || action.why !== "agent-soon-free") {
      broken.push(`why:${contact.id}`);
    }
    if (action.untilSeconds !== agent.freeInSeconds) broken.push(`until:${contact.id}`);
  }
  const index = question.contacts.indexOf(contact);
  if (question.effects !== undefined && !isListed(question, contact, index, agent)) {
    broken.push(`shortlist:${contact.id}`);
  }
  return broken;
}

/** Whether the agent can have a rank that the contact lists; agents of one worth share theirs. */
function isListed(
  question: RoutingQuestion,
  contact: Contact,
  index: number,
  agent: Agent,
): boolean {
  const others = question.agents.filter((other) => {
    return other !== agent && opensFor(other, contact) > 0 && fitOf(contact, other) !== undefined;
  });
  const most = question.effects?.shortlist ?? Number.POSITIVE_INFINITY;
  if (others.length < most) return true;
  const own = worthWith(question, contact, agent);
  const worths = others.map((other) => worthWith(question, contact, other));
  const highest = worths.filter((worth) => exceeds(worth, own)).length;
  const lowest = worths.filter((worth) => !exceeds(own, worth)).length;
  const forAll = most - Math.floor(most / 2);
  const inTurn = others.length + 1 - forAll;
  if (highest < forAll) return true;
  for (let place = index * (most - forAll); place < (index + 1) * (most - forAll); place += 1) {
    const rank = forAll + (place % inTurn);
    if (highest <= rank && rank <= lowest) return true;
  }
  return false;
}

function aloneBroken(question: RoutingQuestion, contact: Contact, action: RoutingAction): string[] {
  const { overflow, callBack, hold } = question;
  switch (action.action) {
    case "assign":
      return []; // To an agent nobody knows, which is said already.
    case "overflow":
      return overflow !== undefined && contact.mayOverflow ? [] : ["overflow"];
    case "call-back": {
      if (callBack === undefined || !contact.mayCallBack) return ["call-back"];
      return action.afterSeconds === callBack.afterSeconds ? [] : [`until:${contact.id}`];
    }
    case "hold": {
      const broken = action.untilSeconds === hold.seconds ? [] : [`until:${contact.id}`];
      if (!isHeldBecause(question, contact, action.why)) broken.push(`why:${contact.id}`);
      return broken;
    }
    default:
      return unreachable(action);
  }
}

/** Whether the reason holds; where waiting and an agent are worth the same, two of them do. */
function isHeldBecause(question: RoutingQuestion, contact: Contact, why: string): boolean {
  const held = worthAlone(question, contact, "hold");
  let canBe = "no-agent";
  for (const agent of question.agents) {
    if (opensFor(agent, contact) === 0 || fitOf(contact, agent) === undefined) continue;
    const worth = worthWith(question, contact, agent);
    if (exceeds(worth, held)) return why === "agents-taken";
    if (!exceeds(held, worth) && why === "agents-taken") return true;
    canBe = "better-later";
  }
  return why === canBe;
}

function placesBroken(
  { overflow, callBack }: RoutingQuestion,
  served: ReadonlyMap<Agent, readonly Contact[]>,
  used: { readonly overflow: number; readonly "call-back": number },
): string[] {
  const broken: string[] = [];
  for (const [agent, contacts] of served) {
    if (contacts.length > agent.contactsMax) broken.push(`agent:${agent.id}`);
    for (const channel of new Set(contacts.map((contact) => contact.channel))) {
      const own = contacts.filter((contact) => contact.channel === channel);
      if (own.length > opensFor(agent, own[0])) broken.push(`agent:${agent.id}/${channel}`);
    }
  }
  if (used.overflow > (overflow?.slots ?? Number.POSITIVE_INFINITY)) broken.push("overflow");
  if (used["call-back"] > (callBack?.slots ?? Number.POSITIVE_INFINITY)) broken.push("call-back");
  return broken;
}

/** Greater, by more than rounding. */
function exceeds(one: number, other: number): boolean {
  return one - other > ROUNDING * Math.max(1, Math.abs(one), Math.abs(other));
}
