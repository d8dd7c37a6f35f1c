/**
 * Registered item sets at hand: read and prepared once per version, so that a decision only looks
 * up. The newest version is asked for again after a moment, because another process on the same
 * store may have registered one.
 */

import type { DecisionType, ItemSet } from "#decisions";
import {
  canonicalJson,
  digest,
  Fault,
  type Json,
  type Principal,
  type TenantId,
} from "#foundation";
import { typeNamed } from "./admit.ts";
import { pipelineFaults } from "./faults.ts";
import type { ItemEntries, ItemSetFacts } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import type { StoredItemSet } from "./ports.ts";

/** For how long a version counts as the newest without asking the store again. */
const NEWEST_FOR_MS = 2000;

/** Prepared sets kept in memory; beyond this the one that was read first is dropped. */
const SETS_MAX = 32;

/** Sets of which single items have been looked up, kept by id; few, for they are large. */
const LOOKED_UP_MAX = 4;

/** Finds and registers item sets. */
export interface ItemShelf {
  /** The newest version, or the one asked for. @throws Fault `unknown-item-set`. */
  find(tenant: TenantId, type: DecisionType, name: string, version?: number): Promise<ItemSet>;
  facts(principal: Principal, name: string): Promise<ItemSetFacts>;
  /** Those of `ids` there are, in that order. @throws Fault `unknown-item-set`. */
  entries(
    principal: Principal,
    name: string,
    ids: readonly string[],
    version?: number,
  ): Promise<ItemEntries>;
  /** @throws Fault `invalid-items`, or the type's own fault listing every flaw. */
  put(
    principal: Principal,
    name: string,
    typeId: string,
    items: readonly Json[],
  ): Promise<ItemSetFacts>;
}

/** Opens the shelf of a platform. */
export function openItemShelf(platform: Platform): ItemShelf {
  const { store, clock } = platform;
  const prepared = new Map<string, ItemSet>();
  const lookedUp = new Map<string, ReadonlyMap<string, Json>>();
  const newest = new Map<string, { readonly version: number; readonly untilMs: number }>();

  async function find(tenant: TenantId, type: DecisionType, name: string, version?: number) {
    const wanted = version ?? (await newestVersion(tenant, name));
    const key = `${tenant}/${name}/${wanted}`;
    const shelved = prepared.get(key);
    if (shelved !== undefined) return shelved;
    const stored = await store.itemSet(tenant, name, wanted);
    if (stored === undefined || stored.type !== type.id) throw unknownItems(name, type.id);
    const set = prepare(type, stored);
    keepFew(prepared, key, set, SETS_MAX);
    return set;
  }

  async function newestVersion(tenant: TenantId, name: string): Promise<number> {
    const key = `${tenant}/${name}`;
    const known = newest.get(key);
    if (known !== undefined && clock.monotonicMs() < known.untilMs) return known.version;
    const version = await store.itemSetVersion(tenant, name);
    if (version === undefined) throw unknownItems(name);
    newest.set(key, { version, untilMs: clock.monotonicMs() + NEWEST_FOR_MS });
    return version;
  }

  async function put(principal: Principal, name: string, typeId: string, items: readonly Json[]) {
    const type = typeNamed(platform, typeId);
    if (type.itemSchema === undefined) {
      const detail = `expected a decision type with registered items, got "${typeId}"`;
      throw new Fault(pipelineFaults.badItems, { detail });
    }
    type.prepareItems(items); // Throws unless every item is in order.
    const stored = await store.putItemSet({
      tenant: principal.tenant,
      name,
      type: typeId,
      body: canonicalJson(items),
      digest: digest(items),
      itemCount: items.length,
      createdAtUtcMs: clock.utcMs(),
    });
    newest.delete(`${principal.tenant}/${name}`);
    return factsOf(stored);
  }

  async function facts(principal: Principal, name: string) {
    const stored = await store.itemSet(principal.tenant, name);
    if (stored === undefined) throw unknownItems(name);
    return factsOf(stored);
  }

  async function entries(
    { tenant }: Principal,
    name: string,
    ids: readonly string[],
    version?: number,
  ) {
    const wanted = version ?? (await newestVersion(tenant, name));
    const key = `${tenant}/${name}/${wanted}`;
    const byId = lookedUp.get(key) ?? (await registeredById(tenant, name, wanted));
    keepFew(lookedUp, key, byId, LOOKED_UP_MAX);
    return { name, version: wanted, items: ids.flatMap((id) => byId.get(id) ?? []) };
  }

  async function registeredById(tenant: TenantId, name: string, version: number) {
    const stored = await store.itemSet(tenant, name, version);
    if (stored === undefined) throw unknownItems(name);
    const content: readonly Json[] = JSON.parse(stored.body);
    return new Map(content.map((item) => [idOf(item), item]));
  }

  return { find, put, facts, entries };
}

/** Keeps `value`; beyond `countMax` the one kept first is dropped. */
function keepFew<Value>(kept: Map<string, Value>, key: string, value: Value, countMax: number) {
  const oldest = kept.size >= countMax && !kept.has(key) ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}

/** Items of every type are found by their member `id`. */
function idOf(item: Json): string {
  const hasId = typeof item === "object" && item !== null && "id" in item;
  return hasId ? String(item.id) : "";
}

function prepare(type: DecisionType, stored: StoredItemSet): ItemSet {
  const { name, version, digest: contentDigest } = stored;
  const content: readonly Json[] = JSON.parse(stored.body);
  return { name, version, digest: contentDigest, prepared: type.prepareItems(content) };
}

function factsOf({ name, version, type, digest: contentDigest, itemCount }: StoredItemSet) {
  return { name, version, type, digest: contentDigest, itemCount };
}

function unknownItems(name: string, typeId?: string): Fault {
  const owner = typeId === undefined ? "" : ` for "${typeId}"`;
  const detail = `expected a registered item set${owner}, got "${name}"`;
  return new Fault(pipelineFaults.unknownItems, { detail });
}
