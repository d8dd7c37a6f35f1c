/**
 * Messages between the caller's thread and the thread the embedded store lives in. Only whole port
 * calls cross; a transaction never does.
 */
import { Fault, type FaultDetail, present } from "#foundation";
import type { CommittedBatch } from "#pipeline";
import { storeFaults } from "../faults.ts";
import type { PlatformStore } from "../platform-store.ts";

/** The methods of the port. */
export type Method = keyof PlatformStore;

/** One call. */
export interface Request<M extends Method = Method> {
  readonly call: number;
  readonly method: M;
  readonly parameters: Parameters<PlatformStore[M]>;
}

/**
 * A failure in a form that survives the crossing: a class instance would arrive as a bare object.
 */
export type Failure =
  | { readonly kind: "fault"; readonly code: string; readonly detail: FaultDetail }
  | { readonly kind: "error"; readonly error: Error };

/** What comes back. */
export type Reply =
  | { readonly kind: "opened" }
  /** The thread ends after this, before or after it opened. */
  | { readonly kind: "failed"; readonly failure: Failure }
  | {
      readonly kind: "returned";
      readonly call: number;
      readonly value: unknown;
      /** Those committed since the reply before; with the first append of a batch, that batch. */
      readonly batches: readonly CommittedBatch[];
    }
  | { readonly kind: "threw"; readonly call: number; readonly failure: Failure };

/** Packs what was thrown. */
export function packed(thrown: unknown): Failure {
  if (!(thrown instanceof Fault)) {
    return { kind: "error", error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }
  const { row, message, flaws, rules, retryAfterMs } = thrown;
  const hint = retryAfterMs === undefined ? {} : { retryAfterMs };
  return { kind: "fault", code: row.code, detail: { detail: message, flaws, rules, ...hint } };
}

/** Unpacks it on the other side. */
export function unpacked(failure: Failure): Error {
  if (failure.kind === "error") return failure.error;
  const row = Object.values(storeFaults).find(({ code }) => code === failure.code);
  return new Fault(present(row, `the fault ${failure.code}`), failure.detail);
}
