/**
 * Which rules an item touches: the look-ups that the greedy rule and the explanation share. Built
 * once per list of rules, in time proportional to its members.
 */
import type { CountRule, OrderedSelection } from "#problem";

/** The count rules of each item, as compressed rows of ascending rule numbers. */
export interface RuleLedger {
  /** Rules of item i: `rules[offsets[i]]` up to but excluding `rules[offsets[i + 1]]`. */
  readonly offsets: Int32Array;
  readonly rules: Int32Array;
}

const ledgerOf = new WeakMap<readonly CountRule[], RuleLedger>();

/** Turns the members of each rule round into the rules of each item. */
export function ruleLedger({ counts, itemCount }: OrderedSelection): RuleLedger {
  const known = ledgerOf.get(counts);
  if (known !== undefined) return known;
  const ledger = turnedRound(counts, itemCount);
  ledgerOf.set(counts, ledger);
  return ledger;
}

function turnedRound(counts: readonly CountRule[], itemCount: number): RuleLedger {
  const offsets = new Int32Array(itemCount + 1);
  for (const { members } of counts) for (const item of members) offsets[item + 1] += 1;
  for (let item = 0; item < itemCount; item += 1) offsets[item + 1] += offsets[item];
  const rules = new Int32Array(offsets[itemCount]);
  const next = offsets.slice();
  for (const [rule, { members }] of counts.entries()) {
    for (const item of members) {
      rules[next[item]] = rule;
      next[item] += 1;
    }
  }
  return { offsets, rules };
}

/** Whether two items share a group; false where the problem asks for no spacing. */
export function shareGroup({ spacing }: OrderedSelection, a: number, b: number): boolean {
  if (spacing === undefined) return false;
  const { offsets, groups } = spacing;
  let i = offsets[a];
  let j = offsets[b];
  while (i < offsets[a + 1] && j < offsets[b + 1]) {
    if (groups[i] === groups[j]) return true;
    if (groups[i] < groups[j]) i += 1;
    else j += 1;
  }
  return false;
}
