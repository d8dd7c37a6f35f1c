/**
 * Why an answer is shorter than asked for: the rules without which one more candidate could have
 * been put in somewhere, and "candidates" where there are simply too few.
 */
import type { Candidate, RankingQuestion } from "./question.ts";

/** Names of what kept `chosen` short, sorted; empty when every position is filled. */
export function shortenedBy(question: RankingQuestion, chosen: readonly Candidate[]): string[] {
  const { candidates, dropped, positionCount } = question;
  if (chosen.length >= positionCount) return [];
  const names = new Set<string>();
  if (candidates.length + dropped.length < positionCount) names.add("candidates");
  if (dropped.length > 0) names.add("excluded");
  const taken = new Set(chosen);
  for (const candidate of candidates) {
    if (taken.has(candidate)) continue;
    const full = fullLimits(question, chosen, candidate);
    const rules = full.length > 0 ? full : brokenByInsertion(question, chosen, candidate);
    for (const rule of rules) names.add(rule);
  }
  return [...names].sort();
}

/** Hard upper limits that already hold as many as they allow. */
function fullLimits(
  { rules }: RankingQuestion,
  chosen: readonly Candidate[],
  { id, groups }: Candidate,
): string[] {
  const names = rules.excluded.has(id) ? ["excluded"] : [];
  const limits = rules.maxPerGroup;
  if (limits === undefined || limits.penalty !== undefined) return names;
  for (const group of groups) {
    const limit = limits.value.get(group) ?? limits.value.get("*");
    const present = chosen.filter((other) => other.groups.includes(group)).length;
    if (limit !== undefined && present >= limit) names.push(`maxPerGroup:${group}`);
  }
  return names;
}

/** Hard pins and spacing that would break at one place or another; a place may break several. */
function brokenByInsertion(
  { rules: { pinned, spacing } }: RankingQuestion,
  chosen: readonly Candidate[],
  candidate: Candidate,
): string[] {
  const pins = pinned?.penalty === undefined ? (pinned?.value ?? []) : [];
  const names = pins.map(({ id, position }) => `pinned:${id}@${position}`);
  if (spacing === undefined || spacing.penalty !== undefined) return names;
  // The neighbours of a place are chosen items; to share a group with either breaks the spacing.
  return chosen.some((other) => shareGroup(other, candidate)) ? [...names, "spacing"] : names;
}

function shareGroup(a: Candidate, b: Candidate): boolean {
  return a.groups.some((group) => b.groups.includes(group));
}
