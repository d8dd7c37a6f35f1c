/**
 * The registers of immutable versions: policies, whose version the author chooses, and item sets,
 * whose version the store counts up.
 */
import { type Kysely, sql, type Transaction } from "kysely";
import type { Store, StoredItemSet, StoredPolicy } from "#pipeline";
import type { Tables } from "./schema.ts";
import { Contended, inTransaction } from "./transaction.ts";

/** The policies part of a store over `db`. */
export function policyRegister(
  db: Kysely<Tables>,
): Pick<Store, "addPolicy" | "policy" | "policies"> {
  return {
    addPolicy: async (policy) =>
      await inTransaction(db, async (transaction) => await addPolicy(transaction, policy)),
    policy: async (tenant, name, version) => {
      const row = await db
        .selectFrom("policies")
        .selectAll()
        .where("tenant", "=", tenant)
        .where("name", "=", name)
        .where("version", "=", version)
        .executeTakeFirst();
      return row && storedPolicy(row);
    },
    policies: async (tenant) => {
      const rows = await db
        .selectFrom("policies")
        .selectAll()
        .where("tenant", "=", tenant)
        .orderBy("name")
        .orderBy("version")
        .execute();
      return rows.map(storedPolicy);
    },
  };
}

/** The item sets part of a store over `db`. */
export function itemSetRegister(
  db: Kysely<Tables>,
): Pick<Store, "putItemSet" | "itemSet" | "itemSetVersion"> {
  return {
    putItemSet: async (set) =>
      await inTransaction(db, async (transaction) => await putItemSet(transaction, set)),
    itemSet: async (tenant, name, version) => await itemSet(db, tenant, name, version),
    itemSetVersion: async (tenant, name) => {
      const row = await db
        .selectFrom("item_sets")
        .select("version")
        .where("tenant", "=", tenant)
        .where("name", "=", name)
        .orderBy("version", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.version;
    },
  };
}

async function addPolicy(
  transaction: Transaction<Tables>,
  policy: StoredPolicy,
): Promise<"added" | "exists" | "conflict"> {
  const added = await transaction
    .insertInto("policies")
    .values({
      tenant: policy.tenant,
      name: policy.name,
      version: policy.version,
      type: policy.type,
      body: policy.body,
      digest: policy.digest,
      created_at_utc_ms: policy.createdAtUtcMs,
      principal: policy.principal,
    })
    .onConflict((conflict) => conflict.columns(["tenant", "name", "version"]).doNothing())
    .returning("version")
    .executeTakeFirst();
  if (added !== undefined) return "added";
  const stored = await transaction
    .selectFrom("policies")
    .select("digest")
    .where("tenant", "=", policy.tenant)
    .where("name", "=", policy.name)
    .where("version", "=", policy.version)
    .executeTakeFirst();
  if (stored === undefined) throw new Contended("a policy was there and then was not");
  return stored.digest === policy.digest ? "exists" : "conflict";
}

async function putItemSet(
  transaction: Transaction<Tables>,
  set: Omit<StoredItemSet, "version">,
): Promise<StoredItemSet> {
  // Counting up needs one writer per set at a time; the lock ends with the transaction.
  const lock = JSON.stringify([set.tenant, set.name]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(transaction);
  const newest = await itemSet(transaction, set.tenant, set.name);
  if (newest?.digest === set.digest && newest.type === set.type) return newest;
  const version = (newest?.version ?? 0) + 1;
  await transaction
    .insertInto("item_sets")
    .values({
      tenant: set.tenant,
      name: set.name,
      version,
      type: set.type,
      body: set.body,
      digest: set.digest,
      item_count: set.itemCount,
      created_at_utc_ms: set.createdAtUtcMs,
    })
    .execute();
  return { ...set, version };
}

async function itemSet(
  db: Kysely<Tables>,
  tenant: string,
  name: string,
  version?: number,
): Promise<StoredItemSet | undefined> {
  let select = db
    .selectFrom("item_sets")
    .selectAll()
    .where("tenant", "=", tenant)
    .where("name", "=", name)
    .orderBy("version", "desc")
    .limit(1);
  if (version !== undefined) select = select.where("version", "=", version);
  const row = await select.executeTakeFirst();
  return (
    row && {
      tenant: row.tenant,
      name: row.name,
      version: row.version,
      type: row.type,
      body: row.body,
      digest: row.digest,
      itemCount: row.item_count,
      createdAtUtcMs: row.created_at_utc_ms,
    }
  );
}

function storedPolicy(row: Tables["policies"]): StoredPolicy {
  return {
    tenant: row.tenant,
    name: row.name,
    version: row.version,
    type: row.type,
    body: row.body,
    digest: row.digest,
    createdAtUtcMs: row.created_at_utc_ms,
    principal: row.principal,
  };
}
