/**
 * Texts in place of needs: which there are, and what a contact needs whose text was found to be
 * about an intent, or about none.
 */
import type { Flaw } from "#foundation";
import type { FoundIntent, Setting } from "../../decision-type.ts";
import type { RoutingNeed, RoutingRequest } from "../schema.ts";
import type { PolicyTerms } from "./policy-terms.ts";

/** What contacts say, by contact. */
export function texts({ contacts }: RoutingRequest): ReadonlyMap<string, string> {
  return new Map(contacts.flatMap(({ id, text }) => (text === undefined ? [] : [[id, text]])));
}

/** Texts of which nobody found what they are about. */
export function untoldFlaws(
  { contacts }: RoutingRequest,
  intents: Setting["intents"],
): readonly Flaw[] {
  return contacts.flatMap(({ id, text }, index): Flaw[] => {
    if (text === undefined || intents?.has(id)) return [];
    const message = "expected needs, as no intent model is at hand, got a text";
    return [{ pointer: `/contacts/${index}/text`, message }];
  });
}

/** The needs the policy has for an intent; one it does not name is itself the skill needed. */
export function needsFor(
  { intents, unclear }: Pick<PolicyTerms, "intents" | "unclear">,
  { intent, abstained }: FoundIntent,
): readonly RoutingNeed[] {
  return abstained ? unclear : (intents.get(intent) ?? [{ skill: intent }]);
}
