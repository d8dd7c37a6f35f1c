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
import { type FindItemEntries, openItemEntries, unknownItems } from "./item-entries.ts";
import type { ItemSetFacts } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import type { StoredItemSet } from "./ports.ts";

/** For how long a version counts as the newest without asking the store again. */
const NEWEST_FOR_MS = 2000;

/** Prepared sets kept in memory; beyond this the one that was read first is dropped. */
const SETS_MAX = 32;

/** Finds and registers item sets. */
export interface ItemShelf {
  /** The newest version, or the one asked for. @throws Fault `unknown-item-set`. */
  find(tenant: TenantId, type: DecisionType, name: string, version?: number): Promise<ItemSet>;
  facts(principal: Principal, name: string): Promise<ItemSetFacts>;
  readonly entries: FindItemEntries;
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
  const newest = new Map<string, { readonly version: number; readonly untilMs: number }>();

  async function find(tenant: TenantId, type: DecisionType, name: string, version?: number) {
    const wanted = version ?? (await newestVersion(tenant, name));
    const key = `${type.id}/${tenant}/${name}/${wanted}`;
    const shelved = prepared.get(key);
    if (shelved !== undefined) return shelved;
    const stored = await store.itemSet(tenant, name, wanted);
    if (stored === undefined || stored.type !== type.id) throw unknownItems(name, type.id);
    const content: readonly Json[] = JSON.parse(stored.body);
    return shelve(stored, type.prepareItems(content));
  }

  function shelve(stored: StoredItemSet, indexed: unknown): ItemSet {
    const { type, tenant, name, version, digest: contentDigest } = stored;
    const set = { name, version, digest: contentDigest, prepared: indexed };
    const oldest = prepared.size >= SETS_MAX ? prepared.keys().next().value : undefined;
    if (oldest !== undefined) prepared.delete(oldest);
    prepared.set(`${type}/${tenant}/${name}/${version}`, set);
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
    const indexed = type.prepareItems(items); // Throws unless every item is in order.
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
    shelve(stored, indexed);
    return factsOf(stored);
  }

  async function facts(principal: Principal, name: string) {
    const stored = await store.itemSet(principal.tenant, name);
    if (stored === undefined) throw unknownItems(name);
    return factsOf(stored);
  }

  return { find, put, facts, entries: openItemEntries(store, newestVersion) };
}

function factsOf({ name, version, type, digest: contentDigest, itemCount }: StoredItemSet) {
  return { name, version, type, digest: contentDigest, itemCount };
}
