/**
 * The sentences of reasons, made from their facts alone.
 */
import { type Json, unreachable } from "#foundation";
import type { RoutingAction } from "../schema.ts";
import type { SkillPrice } from "./prices.ts";

/** An amount of minor units, to four digits. */
function amountText(amount: number): string {
  return String(Number(amount.toPrecision(4)));
}

/** How a tick went. */
export interface Counts {
  readonly contacts: number;
  readonly assigned: number;
  readonly held: number;
  readonly overflow: number;
  readonly calledBack: number;
}

/** The sentence of the whole answer. */
export function wholeText(
  { contacts, assigned, held, overflow, calledBack }: Counts,
  agentCount: number,
  skills: readonly SkillPrice[],
): string {
  const parts = [
    `${assigned} of ${contacts} contacts given to ${agentCount} agents`,
    `${held} held`,
    ...(overflow > 0 ? [`${overflow} sent to the overflow`] : []),
    ...(calledBack > 0 ? [`${calledBack} to be called back`] : []),
  ];
  const wanted = skills.filter(({ worth }) => worth > 0);
  const prices = wanted.map(({ skill, worth }) => `${amountText(worth)} for ${skill}`);
  const more = prices.length === 0 ? "" : ` One more agent would be worth ${prices.join(", ")}.`;
  return `${parts.join(", ")}.${more}`;
}

/** The sentence of one contact. */
export function contactText(
  action: RoutingAction,
  facts: { readonly [name: string]: Json },
): string {
  return [
    beginning(action, facts),
    ...otherAgent(facts),
    ...morePlaces(facts),
    ...aboutText(facts),
  ].join(" ");
}

function beginning(action: RoutingAction, facts: { readonly [name: string]: Json }): string {
  const worth = amountText(Number(facts.worth));
  const gain = amountText(Number(facts.worth) - Number(facts.worthAlone));
  switch (action.action) {
    case "assign":
      return `To ${action.agent}: worth ${worth}, ${gain} more than without an agent.`;
    case "overflow":
      return `To the overflow: worth ${worth}.`;
    case "call-back":
      return `Called back in ${action.afterSeconds} s: worth ${worth}.`;
    case "hold":
      return `Held for ${action.untilSeconds} s${why(action)}: worth ${worth}.`;
    default:
      return unreachable(action);
  }
}

function why({ why: reason, agent }: Extract<RoutingAction, { readonly action: "hold" }>): string {
  switch (reason) {
    case "agent-soon-free":
      return `, until ${agent} is free`;
    case "no-agent":
      return ", as no agent can serve it";
    case "agents-taken":
      return ", as the agents worth more than waiting are not free for it";
    case "better-later":
      return ", as waiting is better than the agents there are";
    default:
      return unreachable(reason);
  }
}

function otherAgent(facts: { readonly [name: string]: Json }): readonly string[] {
  if (facts.otherAgent === undefined) return [];
  return [
    `The best other agent is ${facts.otherAgent}, worth ${amountText(Number(facts.otherWorth))}.`,
  ];
}

function morePlaces({ oneMorePlace }: { readonly [name: string]: Json }): readonly string[] {
  if (oneMorePlace === undefined || Number(oneMorePlace) <= 0) return [];
  return [`One more place there would be worth ${amountText(Number(oneMorePlace))}.`];
}

/** What its text was found to be about, where it had one. */
function aboutText(facts: { readonly [name: string]: Json }): readonly string[] {
  if (facts.intent === undefined) return [];
  // Nothing is certain that was learnt from examples, whatever rounding makes of it.
  const percent = Math.min(99, Math.round(100 * Number(facts.probability)));
  const guess = `${facts.intent}, at ${percent} %`;
  return facts.abstained === true
    ? [`What its text is about is not clear; most likely ${guess}.`]
    : [`Its text is about ${guess}.`];
}
