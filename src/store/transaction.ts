/**
 * How the adapter talks to a database that may be contended or gone: transactions that are repeated
 * when the database asks for it, and driver errors turned into faults.
 */
import type { Kysely, Transaction } from "kysely";
import { AssertionError, Fault } from "#foundation";
import { storeFaults, unavailable } from "./faults.ts";
import type { Tables } from "./schema.ts";

const ATTEMPTS_MAX = 5;

/** A row this transaction relied on went away under it; the transaction is repeated. */
export class Contended extends Error {
  override readonly name = "Contended";
}

/**
 * Runs `work` in one transaction; repeats it after a deadlock, a serialization failure or {@link
 * Contended}.
 */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return await repeated(() => db.transaction().execute(work));
}

/** Runs `work`, which is one transaction, and repeats it where {@link inTransaction} would. */
export async function repeated<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !mayBeRepeated(error)) throw error;
    }
  }
}

/**
 * Runs `work` and throws what its caller can act on. Errors that only a bug explains pass
 * unchanged.
 */
export async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

/** Whether a row was refused because another has its key. */
export function isTaken(error: unknown): boolean {
  return sqlState(error) === "23505";
}

/** Whether the error is about the rows given rather than about the database. */
export function isAboutRows(error: unknown): boolean {
  if (error instanceof Fault) return error.row.category !== "unavailable";
  const state = sqlState(error);
  return state?.startsWith("22") === true || state?.startsWith("23") === true;
}

/** The fault that `error` amounts to, or `error` itself. */
function translated(error: unknown): unknown {
  if (error instanceof Fault || isBug(error)) return error;
  if (error instanceof Contended) return unavailable(`the store: ${error.message}`, error);
  const detail = error instanceof Error ? error.message : String(error);
  if (isAboutRows(error)) return new Fault(storeFaults.valueUnstorable, { detail }, error);
  const state = sqlState(error);
  // Without an SQLSTATE the database never answered: refused connections, broken sockets, an
  // exhausted pool.
  if (state === undefined || /^(08|40|53|57|58)/.test(state)) {
    return unavailable(`the database: ${detail}`, error);
  }
  return error;
}

function isBug(error: unknown): boolean {
  return [AssertionError, TypeError, ReferenceError].some((bug) => error instanceof bug);
}

function mayBeRepeated(error: unknown): boolean {
  const state = sqlState(error);
  return error instanceof Contended || state === "40001" || state === "40P01";
}

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return;
  return /^[0-9A-Z]{5}$/.test(error.code) && /[0-9]/.test(error.code) ? error.code : undefined;
}
