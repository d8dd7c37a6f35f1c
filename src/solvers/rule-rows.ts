/**
 * The rules a choice of a given length has to keep, as one list: the problem's count rules, and
 * what hard spacing implies. Items of which no two may be neighbours take at most every second
 * position, so in an order of length L at most ceil(L / 2) of a group are chosen.
 */
import { groupTypes, type ItemTypes, type SelectionLayout } from "#problem";

/** Rows of rules over item types, types by rank. */
export interface RuleRows extends ItemTypes {
  readonly atLeast: Uint8Array;
  readonly limit: Int32Array;
  /** Per violation; Infinity where the rule must hold. */
  readonly penalty: Float64Array;
}

/** The rows for orders of `length`. */
export function ruleRows(layout: SelectionLayout, length: number): RuleRows {
  const { counts } = layout.problem;
  const implied = spacingCaps(layout, length);
  const limits = [...counts.map(({ count }) => count), ...implied.map(() => Math.ceil(length / 2))];
  const penalties = [
    ...counts.map(({ penalty }) => penalty),
    ...implied.map(() => Number.POSITIVE_INFINITY),
  ];
  const atLeast = new Uint8Array(limits.length);
  atLeast.set(layout.counts.atLeast);
  const { typeOf, typeCount, typeOffsets, typeRules } =
    implied.length === 0
      ? layout
      : groupTypes([...counts.map(({ members }) => members), ...implied], layout.rankOf);
  return {
    atLeast,
    limit: Int32Array.from(limits),
    penalty: Float64Array.from(penalties),
    typeOf,
    typeCount,
    typeOffsets,
    typeRules,
  };
}

/** Members of each group that hard spacing limits, by item. */
function spacingCaps(layout: SelectionLayout, length: number): Int32Array[] {
  const { spacing, itemCount } = layout.problem;
  if (spacing === undefined || layout.spacing?.hard !== true) return [];
  const membersOf = new Map<number, number[]>();
  for (let item = 0; item < itemCount; item += 1) {
    for (const group of spacing.groups.subarray(spacing.offsets[item], spacing.offsets[item + 1])) {
      const members = membersOf.get(group) ?? [];
      if (members.length === 0) membersOf.set(group, members);
      members.push(item);
    }
  }
  return [...membersOf.values()]
    .filter((members) => members.length > Math.ceil(length / 2))
    .map((members) => Int32Array.from(members));
}
