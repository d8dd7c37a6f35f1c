/**
 * From a request to its question: defaults filled in, and the places of agents cut to what is free
 * of them.
 */
import type { Flaw } from "#foundation";
import type { Setting } from "../../decision-type.ts";
import { decisionFaults } from "../../faults.ts";
import { refuseFlawed } from "../../flaws.ts";
import { withinFree } from "../drawn.ts";
import type { RoutingEffects, RoutingQuestion } from "../question.ts";
import { limits, type RoutingRequest } from "../schema.ts";
import { untoldFlaws } from "./intents.ts";
import { agentOf, contactOf } from "./parties.ts";
import { policyTerms, weightFlaws } from "./policy-terms.ts";

/**
 * @throws Fault (invalid) for what the policy does not hold, or pairs do not bear; (refused) for
 * texts nobody can tell the intent of.
 */
export function complete(
  request: RoutingRequest,
  { policy, free, intents }: Setting,
): RoutingQuestion {
  const terms = policyTerms(policy);
  const flaws = weightFlaws(request.weights ?? {}, terms.bounds, "/weights", policy);
  const effects = { ...terms.effects, ...request.effects };
  const isQuadratic = effects.interference + effects.sameLanguage + effects.teamBalance > 0;
  if (isQuadratic) flaws.push(...sizeFlaws(request, effects));
  refuseFlawed(decisionFaults.outsidePolicy, "demands beyond policy or method", flaws);
  const untold = untoldFlaws(request, intents);
  refuseFlawed(decisionFaults.intentsUnknown, "texts that nobody can tell the intent of", untold);
  const { overflow, callBack } = request;
  return {
    contacts: request.contacts.map((sent) => contactOf(sent, intents?.get(sent.id), terms)),
    agents: request.agents.map((sent) => {
      const agent = agentOf(sent);
      return free === undefined ? agent : withinFree(agent, free);
    }),
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
