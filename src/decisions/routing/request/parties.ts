/**
 * Contacts and agents as a question has them: what a request may leave out, filled in.
 */
import type { FoundIntent } from "../../decision-type.ts";
import type { Agent, Contact } from "../question.ts";
import type { RoutingAgent, RoutingContact } from "../schema.ts";
import { needsFor } from "./intents.ts";
import type { PolicyTerms } from "./policy-terms.ts";

/** What a contact is taken to be where the request does not say. */
const PLAIN_CONTACT = Object.freeze({
  value: 100,
  priority: 0,
  slaSeconds: 20,
  patienceSeconds: Number.POSITIVE_INFINITY,
  handleSeconds: 240,
});

/**
 * A contact, everything the request leaves out filled in. Its text stays behind: the question is
 * the same once that has been erased.
 */
export function contactOf(
  { text: _text, ...sent }: RoutingContact,
  found: FoundIntent | undefined,
  terms: PolicyTerms,
): Contact {
  const needs = sent.needs ?? (found === undefined ? [] : needsFor(terms, found));
  return {
    ...PLAIN_CONTACT,
    ...sent,
    needs: needs.map((need) => ({ weight: 1, atLeast: 0, ...need })),
    found,
    language: sent.language,
    allowedAgents: sent.allowedAgents && new Set(sent.allowedAgents),
    mayOverflow: sent.mayOverflow ?? false,
    mayCallBack: sent.mayCallBack ?? false,
  };
}

/** An agent as it was sent. */
export function agentOf(sent: RoutingAgent): Agent {
  const { concurrency } = sent;
  const most = concurrency === undefined ? 1 : Math.max(0, ...Object.values(concurrency));
  return {
    id: sent.id,
    skills: new Map(Object.entries(sent.skills ?? {})),
    languages: sent.languages && new Set(sent.languages),
    concurrency: concurrency && new Map(Object.entries(concurrency)),
    contactsMax: sent.contactsMax ?? most,
    freeInSeconds: sent.freeInSeconds ?? 0,
    costPerHour: sent.costPerHour ?? 0,
    idleSeconds: sent.idleSeconds ?? 0,
    contactsToday: sent.contactsToday ?? 0,
    team: sent.team,
  };
}
