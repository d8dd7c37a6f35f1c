/**
 * Types of items: two items are of one type when they belong to the same count rules. However many
 * items there are, the rules see only a few types, and everything exact about counts is done on
 * those.
 */

/**
 * Types by rank, and the rules of each type: `typeRules[typeOffsets[t]]` up to `typeOffsets[t +
 * 1]`, ascending.
 */
export interface ItemTypes {
  readonly typeOf: Int32Array;
  readonly typeCount: number;
  readonly typeOffsets: Int32Array;
  readonly typeRules: Int32Array;
}

/**
 * Groups items by the rules they belong to, given each rule's members and each item's rank. Splits
 * one rule at a time: linear in the members of all rules.
 */
export function groupTypes(members: readonly Int32Array[], rankOf: Int32Array): ItemTypes {
  const typeOf = new Int32Array(rankOf.length);
  const rulesOf: number[][] = [[]];
  for (const [rule, items] of members.entries()) {
    const split = new Map<number, number>();
    for (const item of items) {
      const before = typeOf[rankOf[item]];
      let after = split.get(before);
      if (after === undefined) {
        after = rulesOf.length;
        split.set(before, after);
        rulesOf.push([...rulesOf[before], rule]);
      }
      typeOf[rankOf[item]] = after;
    }
  }
  return compact(typeOf, rulesOf);
}

/** Drops the types that lost all their items, and numbers the rest in order of rank. */
function compact(typeOf: Int32Array, rulesOf: readonly (readonly number[])[]): ItemTypes {
  const renamed = new Int32Array(rulesOf.length).fill(-1);
  const kept: (readonly number[])[] = [];
  for (let rank = 0; rank < typeOf.length; rank += 1) {
    const type = typeOf[rank];
    if (renamed[type] < 0) {
      renamed[type] = kept.length;
      kept.push(rulesOf[type]);
    }
    typeOf[rank] = renamed[type];
  }
  const typeOffsets = new Int32Array(kept.length + 1);
  for (const [type, rules] of kept.entries()) {
    typeOffsets[type + 1] = typeOffsets[type] + rules.length;
  }
  return {
    typeOf,
    typeCount: kept.length,
    typeOffsets,
    typeRules: Int32Array.from(kept.flat()),
  };
}
