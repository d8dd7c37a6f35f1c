/**
 * What a store has acknowledged, and whether it still has it: the ledger of the kill and power-loss
 * tests.
 */
import { type RandomStream, sha256Hex } from "#foundation";
import type { Store } from "#pipeline";
import { storedDecision } from "../conformance/store-rows.ts";

/** What became of the acknowledged records. */
export interface LossReport {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly changed: number;
  readonly failedReopenings: number;
}

/** A decision's identity and the digest of its record. */
export interface Acknowledged {
  readonly id: string;
  readonly recordDigest: string;
}

const RECORD_BYTES_MAX = 40_000;

/**
 * Appends decisions one after another, each with a payload and a key, telling `onAcknowledged` of
 * each, until the store answers no more.
 */
export async function appendUntilGone(
  store: Store,
  name: string,
  random: RandomStream,
  onAcknowledged: (acknowledged: Acknowledged) => void,
): Promise<void> {
  for (let count = 0; ; count += 1) {
    const id = `${name}-${count}`;
    const record = recordText(id, random);
    const recordDigest = sha256Hex(record);
    const decision = storedDecision({ tenant: "load", id, record, recordDigest });
    const payload = { digest: sha256Hex(id), text: record, personal: true };
    const claim = { key: id, requestDigest: recordDigest, expiresAtUtcMs: 2 ** 50 };
    try {
      await store.append(decision, [payload], claim);
    } catch {
      return;
    }
    onAcknowledged({ id, recordDigest });
  }
}

/**
 * How many of `acknowledged` are not there, and how many are there but not whole and as they were.
 */
export async function missingFrom(
  store: Store,
  acknowledged: readonly Acknowledged[],
): Promise<{ readonly lost: number; readonly changed: number }> {
  let lost = 0;
  let changed = 0;
  for (const { id, recordDigest } of acknowledged) {
    const [decision, payload, claim] = await Promise.all([
      store.decision("load", id),
      store.payload("load", sha256Hex(id)),
      store.claim("load", id, 0),
    ]);
    if (decision === undefined) {
      lost += 1;
      continue;
    }
    const whole =
      sha256Hex(decision.record) === recordDigest &&
      payload?.text === decision.record &&
      claim?.decisionId === id;
    if (!whole) changed += 1;
  }
  return { lost, changed };
}

/** Text that does not compress to nothing, of any size up to the largest real records. */
function recordText(id: string, random: RandomStream): string {
  const words = random.below(RECORD_BYTES_MAX / 9);
  const body = Array.from({ length: words }, () => random.uint32().toString(36));
  return JSON.stringify({ id, body: body.join(" ") });
}
