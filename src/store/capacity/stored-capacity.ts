/**
 * Capacity in tables. Operations that arrive together are one transaction and share its flush. A
 * transaction that reserves first locks the totals of what it draws on, in one order everywhere, so
 * that of two processes the second sees what the first has taken; and it removes what has expired
 * there, so that what it counts as free can be committed by nobody any more, whatever their clock.
 */
import { type Kysely, sql, type Transaction } from "kysely";
import type { Capacity, CapacityStore, CapacityTotal } from "#capacity";
import { assert } from "#foundation";
import { groupCommit } from "../group-commit.ts";
import type { Tables } from "../schema.ts";
import { assertStorable } from "../storable.ts";
import { Contended, guarded, inTransaction, isAboutRows } from "../transaction.ts";
import {
  type CapacityAct,
  type CapacityResult,
  type Held,
  keyOf,
  type Ledger,
  settleBatch,
} from "./settle-batch.ts";

/** What one operation writes, roughly, and each draw of a reservation. */
const ACT_BYTES = 500;
const DRAW_BYTES = 200;

/** The capacities part of a store over `db`. */
export function capacityAccess(db: Kysely<Tables>): CapacityStore {
  const submit = groupCommit<CapacityAct, CapacityResult>({
    commit: (batch) => inTransaction(db, (transaction) => settleStored(transaction, batch)),
    exclusiveKeys: () => [],
    sizeBytes: (act) =>
      ACT_BYTES + (act.kind === "reserve" ? DRAW_BYTES * act.reservation.draws.length : 0),
    isAboutEntries: isAboutRows,
  });
  const isDone = async (act: CapacityAct): Promise<boolean> => {
    const result = await guarded(() => submit(act));
    return result.kind === "done" && result.isDone;
  };
  return {
    declareCapacity: (tenant, totals) => guarded(() => declare(db, tenant, totals)),
    capacities: (tenant, resources, nowUtcMs) =>
      guarded(() => capacitiesAt(db, tenant, resources, nowUtcMs)),
    reserveCapacity: async (reservation, nowUtcMs) =>
      await guarded(async () => {
        assertStorable(`reservation ${reservation.id}`, reservation);
        const result = await submit({ kind: "reserve", reservation, nowUtcMs });
        assert(result.kind !== "done", "a reservation ends reserved or short");
        return result;
      }),
    commitCapacity: (tenant, id, nowUtcMs) => isDone({ kind: "commit", tenant, id, nowUtcMs }),
    releaseCapacity: (tenant, id) => isDone({ kind: "release", tenant, id }),
    expireCapacity: (nowUtcMs) => guarded(() => expire(db, nowUtcMs)),
  };
}

async function declare(
  db: Kysely<Tables>,
  tenant: string,
  totals: readonly CapacityTotal[],
): Promise<void> {
  for (const one of totals) assertStorable(`capacity of ${one.resource}`, one);
  const resources = totals.map(({ resource }) => resource);
  const sizes = totals.map(({ total }) => total);
  await sql`
    insert into capacities (tenant, resource, total)
    select ${tenant}::text, resource, total
    from unnest(${resources}::text[], ${sizes}::int[]) as named (resource, total)
    order by resource
    on conflict (tenant, resource) do update set total = excluded.total
    where capacities.total <> excluded.total`.execute(db);
}

async function capacitiesAt(
  db: Kysely<Tables>,
  tenant: string,
  resources: readonly string[],
  nowUtcMs: number,
): Promise<readonly Capacity[]> {
  const { rows } = await sql<Capacity>`
    select resource, total, coalesce((
      select sum(units) from reservations as own
      where own.tenant = capacities.tenant and own.resource = capacities.resource
        and (own.expires_at_utc_ms is null or own.expires_at_utc_ms > ${nowUtcMs})
    ), 0)::int as taken
    from capacities
    where tenant = ${tenant} and resource = any(${[...resources]}::text[])
    order by resource`.execute(db);
  return rows;
}

async function expire(db: Kysely<Tables>, nowUtcMs: number): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    with gone as (
      delete from reservations where expires_at_utc_ms <= ${nowUtcMs} returning tenant, id
    )
    select count(distinct (tenant, id))::int as gone from gone`.execute(db);
  return rows[0]?.gone ?? 0;
}

async function settleStored(
  transaction: Transaction<Tables>,
  batch: readonly CapacityAct[],
): Promise<readonly CapacityResult[]> {
  const ledger = await openLedger(transaction, batch);
  const { results, after } = settleBatch(batch, ledger);
  const gone = [...after].filter(([key, held]) => held === undefined && ledger.held.has(key));
  await removeHeld(
    transaction,
    gone.flatMap(([key]) => ledger.held.get(key) ?? []),
  );
  const kept = [...after].flatMap(([, held]) => held ?? []);
  const isNew = ({ tenant, id }: Held) => !ledger.held.has(keyOf(tenant, id));
  await insertHeld(transaction, kept.filter(isNew));
  await keepCommitted(
    transaction,
    kept.filter((held) => !isNew(held)),
  );
  return results;
}

/** Locks and reads what the batch is about. */
async function openLedger(
  transaction: Transaction<Tables>,
  batch: readonly CapacityAct[],
): Promise<Ledger> {
  const reserving = batch.filter((act) => act.kind === "reserve");
  const drawn = new Map(
    reserving.flatMap(({ reservation: { tenant, draws } }) =>
      draws.map(({ resource }) => [keyOf(tenant, resource), { tenant, resource }] as const),
    ),
  );
  const tenants = Array.from(drawn.values(), ({ tenant }) => tenant);
  const resources = Array.from(drawn.values(), ({ resource }) => resource);
  const named = sql`unnest(${tenants}::text[], ${resources}::text[]) as named (tenant, resource)`;
  const totals = new Map<string, number>();
  const taken = new Map<string, number>();
  if (drawn.size > 0) {
    const { rows: locked } = await sql<{ tenant: string; resource: string; total: number }>`
      select tenant, resource, total from capacities
      where (tenant, resource) in (select tenant, resource from ${named})
      order by tenant, resource for update`.execute(transaction);
    for (const { tenant, resource, total } of locked) totals.set(keyOf(tenant, resource), total);
    const nowUtcMs = Math.min(...reserving.map((act) => act.nowUtcMs));
    await sql`
      delete from reservations where expires_at_utc_ms <= ${nowUtcMs} and (tenant, id) in (
        select tenant, id from reservations
        where expires_at_utc_ms <= ${nowUtcMs}
          and (tenant, resource) in (select tenant, resource from ${named}))`.execute(transaction);
    const { rows: sums } = await sql<{ tenant: string; resource: string; taken: number }>`
      select tenant, resource, sum(units)::int as taken from reservations
      where (tenant, resource) in (select tenant, resource from ${named})
      group by tenant, resource`.execute(transaction);
    for (const row of sums) taken.set(keyOf(row.tenant, row.resource), row.taken);
  }
  return { totals, taken, held: await lockHeld(transaction, batch) };
}

async function lockHeld(
  transaction: Transaction<Tables>,
  batch: readonly CapacityAct[],
): Promise<ReadonlyMap<string, Held>> {
  const ids = batch.map((act) => (act.kind === "reserve" ? act.reservation : act));
  const { rows } = await sql<Tables["reservations"]>`
    select tenant, id, resource, units, expires_at_utc_ms from reservations
    where (tenant, id) in (select tenant, id from ${unnested(ids)})
    order by tenant, id, resource for update`.execute(transaction);
  const held = new Map<string, Held>();
  for (const { tenant, id, resource, units, expires_at_utc_ms: expiresAtUtcMs } of rows) {
    const draws = held.get(keyOf(tenant, id))?.draws ?? [];
    held.set(keyOf(tenant, id), {
      tenant,
      id,
      draws: [...draws, { resource, units }],
      expiresAtUtcMs,
    });
  }
  return held;
}

async function insertHeld(
  transaction: Transaction<Tables>,
  reservations: readonly Held[],
): Promise<void> {
  const drawn = reservations.flatMap((held) => held.draws.map((draw) => ({ held, draw })));
  if (drawn.length === 0) return;
  const tenants = drawn.map(({ held }) => held.tenant);
  const ids = drawn.map(({ held }) => held.id);
  const ends = drawn.map(({ held }) => held.expiresAtUtcMs);
  const resources = drawn.map(({ draw }) => draw.resource);
  const units = drawn.map(({ draw }) => draw.units);
  // Five parameters however many draws there are: one message holds 65,535 at most.
  const { rows: added } = await sql`
    insert into reservations (tenant, id, resource, units, expires_at_utc_ms)
    select * from unnest(
      ${tenants}::text[], ${ids}::text[], ${resources}::text[], ${units}::int[], ${ends}::bigint[])
    on conflict (tenant, id, resource) do nothing
    returning id`.execute(transaction);
  if (added.length < drawn.length) throw new Contended("a reservation of this id came in between");
}

async function keepCommitted(
  transaction: Transaction<Tables>,
  reservations: readonly Held[],
): Promise<void> {
  if (reservations.length === 0) return;
  await sql`
    update reservations set expires_at_utc_ms = null
    where (tenant, id) in (select tenant, id from ${unnested(reservations)})`.execute(transaction);
}

async function removeHeld(
  transaction: Transaction<Tables>,
  reservations: readonly Held[],
): Promise<void> {
  if (reservations.length === 0) return;
  await sql`
    delete from reservations
    where (tenant, id) in (select tenant, id from ${unnested(reservations)})`.execute(transaction);
}

function unnested(named: readonly { readonly tenant: string; readonly id: string }[]) {
  const tenants = named.map(({ tenant }) => tenant);
  const ids = named.map(({ id }) => id);
  return sql`unnest(${tenants}::text[], ${ids}::text[]) as named (tenant, id)`;
}
