/**
 * The words of an explanation, made from its facts. Numbers are rounded for reading; the facts hold
 * them exactly.
 */
import type { ChosenFacts, LeftOutFacts, WholeFacts } from "./facts.ts";
import { rounded, roundedUp } from "./rounding.ts";

/** Why an item stands where it stands. */
export function chosenText(facts: ChosenFacts): string {
  const { position, utility, freshness, similarity, heldBy, alternative, paying } = facts;
  const parts = [`utility ${rounded(utility)}`];
  if (freshness !== 0) parts.push(`freshness ${rounded(freshness)}`);
  if (similarity !== 0) parts.push(`similarity to the others ${rounded(similarity)}`);
  const sentences = [`Position ${position} for ${listed(parts)}.`];
  if (heldBy.length > 0) sentences.push(`Held by ${listed(heldBy)}.`);
  if (paying.length > 0) sentences.push(`Part of what is paid for ${listed(paying)}.`);
  if (alternative === null) {
    sentences.push("No other candidate may take this place alone.");
  } else {
    const replacement = `The best allowed replacement, ${quote(alternative.id)}`;
    sentences.push(`${replacement}, would ${change(alternative.loss)}.`);
  }
  return sentences.join(" ");
}

/** Why an item was left out, and what would get it in. */
export function leftOutText(facts: LeftOutFacts): string {
  const { insteadOf, position, loss, blockedBy, allowed, score, scoreEnough } = facts;
  const place = `in place of ${quote(insteadOf)} at position ${position}`;
  const sentences =
    blockedBy.length === 0
      ? [`Would ${change(loss)} ${place}.`]
      : [`Kept by ${listed(blockedBy)} from going ${place}, where it would ${change(loss)}.`];
  if (blockedBy.length > 0 && allowed !== null) {
    const elsewhere = `in place of ${quote(allowed.insteadOf)} at position ${allowed.position}`;
    sentences.push(`At best it may go ${elsewhere}, and would ${change(allowed.loss)}.`);
  }
  if (scoreEnough === null && allowed === null)
    sentences.push("No single exchange may bring it in, whatever its score.");
  if (scoreEnough !== null && scoreEnough > score) {
    const enough = `A score above ${roundedUp(scoreEnough)} (now ${rounded(score)})`;
    sentences.push(`${enough} would make it worth a place.`);
  }
  return sentences.join(" ");
}

/** What can be said of the answer as a whole. */
export function wholeText(facts: WholeFacts): string {
  const { chosen, requested, candidates, excluded, objective, shortenedBy, paid } = facts;
  const from = `${candidates} ${candidates === 1 ? "candidate" : "candidates"}`;
  const without = excluded > 0 ? ` (${excluded} more excluded)` : "";
  const filled = `${chosen} of ${requested} positions filled from ${from}${without}`;
  const sentences = [`${filled}; objective ${rounded(objective)}.`];
  if (shortenedBy.length > 0) sentences.push(`Kept short by ${listed(shortenedBy)}.`);
  for (const { rule, count, cost } of paid) {
    sentences.push(`Pays ${rounded(cost)} for breaking ${rule} ${times(count)}.`);
  }
  return sentences.join(" ");
}

function change(loss: number): string {
  if (loss === 0) return "change nothing";
  return loss > 0 ? `lose ${rounded(loss)}` : `gain ${rounded(-loss)}`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** At most six names, then how many more. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 6);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

function quote(id: string): string {
  return JSON.stringify(id);
}
