/**
 * From a request to its question: defaults filled in, and the places of agents cut to what is free
 * of them.
 */
import type { Flaw } from "#foundation";
import type { Setting } from "../decision-type.ts";
import { decisionFaults } from "../faults.ts";
import { refuseFlawed } from "../flaws.ts";
import type { Agent, Contact, RoutingEffects, RoutingQuestion } from "./question.ts";
import { policyTerms, weightFlaws } from "./request/policy-terms.ts";
import { limits, type RoutingAgent, type RoutingContact, type RoutingRequest } from "./schema.ts";

/** What a contact is taken to be where the request does not say. */
const PLAIN_CONTACT = Object.freeze({
  value: 100,
  priority: 0,
  slaSeconds: 20,
  patienceSeconds: Number.POSITIVE_INFINITY,
  handleSeconds: 240,
});

/** @throws Fault (invalid) for what the policy does not hold, or pairs do not bear. */
export function complete(request: RoutingRequest, { policy }: Setting): RoutingQuestion {
  const terms = policyTerms(policy);
  const flaws = weightFlaws(request.weights ?? {}, terms.bounds, "/weights", policy);
  const effects = { ...terms.effects, ...request.effects };
  const isQuadratic = effects.interference + effects.sameLanguage + effects.teamBalance > 0;
  if (isQuadratic) flaws.push(...sizeFlaws(request, effects));
  refuseFlawed(decisionFaults.outsidePolicy, "demands beyond policy or method", flaws);
  const { overflow, callBack } = request;
  return {
    contacts: request.contacts.map(contactOf),
    agents: request.agents.map(agentOf),
    overflow: overflow && { slots: Number.POSITIVE_INFINITY, cost: 0, ...overflow },
    callBack: callBack && { slots: Number.POSITIVE_INFINITY, cost: 0, ...callBack },
    weights: { ...terms.weights, ...request.weights },
    hold: { ...terms.hold, ...request.hold },
    effects: isQuadratic ? effects : undefined,
  };
}

/** Pairs of pairs grow with the fourth power; beyond this, weighing them is a job for a night. */
function sizeFlaws({ contacts }: RoutingRequest, { shortlist }: RoutingEffects): Flaw[] {
  const listed = contacts.length * shortlist;
  if (listed <= limits.listedPairs) return [];
  const message = `expected at most ${limits.listedPairs} contacts times shortlist, got ${listed}`;
  return [{ pointer: "/effects/shortlist", message }];
}

function contactOf(sent: RoutingContact): Contact {
  return {
    ...PLAIN_CONTACT,
    ...sent,
    needs: (sent.needs ?? []).map((need) => ({ weight: 1, atLeast: 0, ...need })),
    language: sent.language,
    allowedAgents: sent.allowedAgents && new Set(sent.allowedAgents),
    mayOverflow: sent.mayOverflow ?? false,
    mayCallBack: sent.mayCallBack ?? false,
  };
}

function agentOf(sent: RoutingAgent): Agent {
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
