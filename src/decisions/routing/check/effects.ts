/**
 * What the judge reckons pairs of contacts to be worth, from who was served by whom.
 */
import type { CheckReport } from "../../decision-type.ts";
import type { Agent, Contact, RoutingQuestion } from "../question.ts";

type Served = ReadonlyMap<Agent, readonly Contact[]>;

/** The worth of all effects, and what was paid for each that costs. */
export function judgeEffects(
  { effects, agents }: RoutingQuestion,
  served: Served,
): { readonly worth: number; readonly paid: CheckReport["paid"] } {
  if (effects === undefined) return { worth: 0, paid: [] };
  const paid: { rule: string; count: number; cost: number }[] = [];
  let pairs = 0;
  let shared = 0;
  for (const contacts of served.values()) {
    pairs += (contacts.length * (contacts.length - 1)) / 2;
    for (const [index, one] of contacts.entries()) {
      shared += contacts
        .slice(index + 1)
        .filter(({ language }) => language !== undefined && language === one.language).length;
    }
  }
  if (pairs > 0)
    paid.push({ rule: "interference", count: pairs, cost: effects.interference * pairs });
  for (const team of new Set(agents.map((agent) => agent.team))) {
    const size = agents.filter((agent) => agent.team === team).length;
    let count = 0;
    for (const [agent, contacts] of served) if (agent.team === team) count += contacts.length;
    if (team === undefined || count === 0) continue;
    const cost = (effects.teamBalance * count * count) / size;
    paid.push({ rule: `teamBalance:${team}`, count, cost });
  }
  const cost = paid.reduce((sum, one) => sum + one.cost, 0);
  return { worth: effects.sameLanguage * shared - cost, paid };
}
