/**
 * From a sample back to an answer: where each contact goes, and why the others are held.
 */

import { unreachable } from "#foundation";
import type { Sample } from "#problem";
import { chosenBy } from "./chosen.ts";
import { type Options, optionsOf } from "./options.ts";
import type { RoutingQuestion } from "./question.ts";
import type { HOLD_REASONS, RoutingAction, RoutingAnswer } from "./schema.ts";

/** The answer that `sample` means. */
export function read(question: RoutingQuestion, sample: Sample): RoutingAnswer {
  const options = optionsOf(question);
  const chosen = chosenBy(options, sample);
  const contacts = question.contacts.map(({ id }, contact): RoutingAction => {
    const option = chosen[contact];
    if (option < 0) return leftAlone(question, options, contact);
    const place = options.places[options.placeOf[option]];
    switch (place.kind) {
      case "agent": {
        const { id: agent, freeInSeconds } = question.agents[place.agent];
        if (freeInSeconds === 0) return { id, action: "assign", agent };
        return { id, action: "hold", untilSeconds: freeInSeconds, why: "agent-soon-free", agent };
      }
      case "overflow":
        return { id, action: "overflow" };
      case "call-back":
        return calledBack(question, id);
      default:
        return unreachable(place);
    }
  });
  return { contacts };
}

function leftAlone(question: RoutingQuestion, options: Options, contact: number): RoutingAction {
  const { id } = question.contacts[contact];
  const kind = options.aloneKinds[contact];
  switch (kind) {
    case "hold": {
      const why = whyHeld(options, contact);
      return { id, action: "hold", untilSeconds: question.hold.seconds, why };
    }
    case "overflow":
      return { id, action: "overflow" };
    case "call-back":
      return calledBack(question, id);
    default:
      return unreachable(kind);
  }
}

function calledBack({ callBack }: RoutingQuestion, id: string): RoutingAction {
  return { id, action: "call-back", afterSeconds: callBack?.afterSeconds ?? 0 };
}

/** Nobody can take it; somebody can, but is better used; or none is as good as waiting. */
function whyHeld(
  { starts, placeOf, places, worths, aloneWorths }: Options,
  contact: number,
): (typeof HOLD_REASONS)[number] {
  let why: (typeof HOLD_REASONS)[number] = "no-agent";
  for (let at = starts[contact]; at < starts[contact + 1]; at += 1) {
    if (places[placeOf[at]].kind !== "agent") continue;
    if (worths[at] > aloneWorths[contact]) return "agents-taken";
    why = "better-later";
  }
  return why;
}
