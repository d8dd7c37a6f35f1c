/**
 * Single registered items as they were registered, for people who want to see what an id stands
 * for. Kept apart from the sets that decisions read, which are prepared and forget titles.
 */
import { Fault, type Json, type Principal, type TenantId } from "#foundation";
import { pipelineFaults } from "./faults.ts";
import type { ItemEntries } from "./pipeline.ts";
import type { Store } from "./ports.ts";

/** Those of `ids` there are, in that order. @throws Fault `unknown-item-set`. */
export type FindItemEntries = (
  principal: Principal,
  name: string,
  ids: readonly string[],
  version?: number,
) => Promise<ItemEntries>;

/** Sets kept by id between look-ups; few, for they are large. */
const SETS_MAX = 4;

/** Opens the look-up of a store; `newestVersion` is asked where no version is named. */
export function openItemEntries(
  store: Pick<Store, "itemSet">,
  newestVersion: (tenant: TenantId, name: string) => Promise<number>,
): FindItemEntries {
  const sets = new Map<string, ReadonlyMap<string, Json>>();

  async function itemsById(tenant: TenantId, name: string, version: number) {
    const key = `${tenant}/${name}/${version}`;
    const known = sets.get(key);
    if (known !== undefined) return known;
    const stored = await store.itemSet(tenant, name, version);
    if (stored === undefined) throw unknownItems(name);
    const content: readonly Json[] = JSON.parse(stored.body);
    const byId = new Map(content.map((item) => [idOf(item), item]));
    const oldest = sets.size >= SETS_MAX ? sets.keys().next().value : undefined;
    if (oldest !== undefined) sets.delete(oldest);
    sets.set(key, byId);
    return byId;
  }

  return async ({ tenant }, name, ids, asked) => {
    const version = asked ?? (await newestVersion(tenant, name));
    const byId = await itemsById(tenant, name, version);
    return { name, version, items: ids.flatMap((id) => byId.get(id) ?? []) };
  };
}

/** The fault of a set that is not registered, or not for the decision type `typeId`. */
export function unknownItems(name: string, typeId?: string): Fault {
  const owner = typeId === undefined ? "" : ` for "${typeId}"`;
  const detail = `expected a registered item set${owner}, got "${name}"`;
  return new Fault(pipelineFaults.unknownItems, { detail });
}

/** Items of every type are found by their member `id`. */
function idOf(item: Json): string {
  const hasId = typeof item === "object" && item !== null && "id" in item;
  return hasId ? String(item.id) : "";
}
