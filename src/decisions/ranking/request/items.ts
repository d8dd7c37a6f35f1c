/**
 * Registered items: checked and indexed once, when a set is registered or loaded, so that a
 * decision that names the set joins by a look-up and parses no embedding.
 */
import { type Flaw, type Json, present } from "#foundation";
import { decisionFaults } from "../../faults.ts";
import { flawsOf, pointer, refuseFlawed } from "../../flaws.ts";
import type { ItemColumns } from "../question.ts";
import { itemSchema, type RankingItem } from "../schema.ts";
import { writeUnitVector } from "../unit-vector.ts";
import { groupFlaws } from "./cross-flaws.ts";

/** What a decision joins of an item; its title and price are for people and reports. */
export interface PreparedItem {
  readonly row: number;
  readonly groups: readonly string[];
  readonly ageHours: number | undefined;
  readonly firstSeenUtcMs: number | undefined;
  readonly embedding: readonly number[] | undefined;
}

/** A checked, indexed item set. A class, so that what comes back as `unknown` can be recognised. */
export class PreparedItems {
  readonly byId: ReadonlyMap<string, PreparedItem>;
  readonly columns: ItemColumns;

  constructor(items: readonly RankingItem[]) {
    this.byId = new Map(items.map((item, row) => [item.id, prepare(item, row)]));
    this.columns = columnsOf(items);
  }
}

/** @throws Fault (invalid) listing every flaw of the items. */
export function prepareItems(items: readonly Json[]): PreparedItems {
  const flaws: Flaw[] = [];
  const sound: RankingItem[] = [];
  const placeOf: number[] = [];
  for (const [index, item] of items.entries()) {
    const parsed = itemSchema.safeParse(item);
    if (parsed.success) {
      sound.push(parsed.data);
      placeOf.push(index);
    } else {
      flaws.push(...flawsOf(parsed.error, pointer([index])));
    }
  }
  flaws.push(...setFlaws(sound, placeOf));
  refuseFlawed(decisionFaults.itemsInvalid, "flaws in an item set for ranking", flaws);
  return new PreparedItems(sound);
}

function prepare(item: RankingItem, row: number): PreparedItem {
  const { embedding, firstSeenAt } = item;
  return {
    row,
    groups: item.group ?? [],
    ageHours: item.ageHours,
    firstSeenUtcMs: firstSeenAt === undefined ? undefined : Date.parse(firstSeenAt),
    embedding,
  };
}

function columnsOf(items: readonly RankingItem[]): ItemColumns {
  const groupNames = [...new Set(items.flatMap(({ group }) => group ?? []))].sort();
  const numberOf = new Map(groupNames.map((name, number) => [name, number]));
  const dimension = items.find((item) => item.embedding !== undefined)?.embedding?.length ?? 0;
  const unitVectors = new Float64Array(dimension * items.length);
  const groupOffsets = new Int32Array(items.length + 1);
  const groups: number[] = [];
  for (const [row, { group, embedding }] of items.entries()) {
    for (const name of group ?? []) groups.push(present(numberOf.get(name), "group"));
    groupOffsets[row + 1] = groups.length;
    if (embedding !== undefined) writeUnitVector(embedding, unitVectors, row * dimension);
  }
  return { groupNames, groupOffsets, groups: Int32Array.from(groups), dimension, unitVectors };
}

/**
 * Ids given twice, groups given twice, embeddings of unequal length. `placeOf` says where in the
 * set each item stands.
 */
function setFlaws(items: readonly RankingItem[], placeOf: readonly number[]): Flaw[] {
  const flaws: Flaw[] = [];
  const report = (path: readonly PropertyKey[], message: string): void => {
    flaws.push({ pointer: pointer(path), message });
  };
  const indexOf = new Map<string, number>();
  let dimension: number | undefined;
  for (const [rank, { id, group, embedding }] of items.entries()) {
    const index = placeOf[rank];
    if (indexOf.has(id)) {
      const first = present(indexOf.get(id), "index");
      report([index, "id"], `expected a new id, got that of item ${first}`);
    }
    indexOf.set(id, index);
    groupFlaws(group ?? [], [index, "group"], report);
    if (embedding === undefined) continue;
    dimension ??= embedding.length;
    if (embedding.length !== dimension) {
      const message = `expected ${dimension} numbers as before, got ${embedding.length}`;
      report([index, "embedding"], message);
    }
  }
  return flaws;
}
