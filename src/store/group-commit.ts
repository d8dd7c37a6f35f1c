/**
 * Group commit: appends that arrive while a batch is being flushed wait and become the next batch,
 * so that the flush, the dearest step, is shared by all who wait for it. An append alone starts at
 * once; nothing waits on a timer. A promise settles only after the flush of its own batch.
 */
import { assert, Fault } from "#foundation";
import { storeFaults } from "./faults.ts";

/** How a batch is committed and which entries must not share one. */
export interface GroupCommitPort<Entry, Result> {
  /** Commits all entries or none; one result per entry, in order. */
  commit(batch: readonly Entry[]): Promise<readonly Result[]>;
  /** Entries that share a key go into successive batches. */
  exclusiveKeys(entry: Entry): readonly string[];
  /** Roughly how many bytes an entry writes. */
  sizeBytes(entry: Entry): number;
  /** Whether a failed batch may have failed because of one entry; then each is tried by itself. */
  isAboutEntries(error: unknown): boolean;
}

/** Bounds of a batch and of the queue before it. */
export interface GroupCommitLimits {
  readonly batchCountMax: number;
  /**
   * A batch is closed once it holds this much, so that a few huge records do not make the others
   * wait.
   */
  readonly batchBytesMax: number;
  /** Entries that may wait or be in flight; beyond, a submission is refused at once. */
  readonly pendingMax: number;
}

interface Waiting<Entry, Result> {
  readonly entry: Entry;
  readonly keys: readonly string[];
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Batches of 64 amortise the flush almost wholly; 4,096 waiting records are seconds of work, not
 * minutes.
 */
export const groupCommitLimits: GroupCommitLimits = Object.freeze({
  batchCountMax: 64,
  batchBytesMax: 4 * 1024 * 1024,
  pendingMax: 4_096,
});

/**
 * The submit function of a new queue over `port`; rejects with Fault store-crowded when the queue
 * is full.
 */
export function groupCommit<Entry, Result>(
  port: GroupCommitPort<Entry, Result>,
  limits: GroupCommitLimits = groupCommitLimits,
): (entry: Entry) => Promise<Result> {
  let queue: Waiting<Entry, Result>[] = [];
  let inFlight = 0;
  let draining = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      // One turn of the event loop lets what has already arrived join this batch, and lets reads
      // that arrived during the batch before go first.
      await new Promise((resolve) => setImmediate(resolve));
      const { batch, rest } = nextBatch(queue, port, limits);
      queue = rest;
      inFlight = batch.length;
      await settle(batch, port);
      inFlight = 0;
    }
    draining = false;
  }

  return (entry) => {
    const pending = queue.length + inFlight;
    if (pending >= limits.pendingMax) return Promise.reject(crowded(pending, limits.pendingMax));
    return new Promise((resolve, reject) => {
      queue.push({ entry, keys: port.exclusiveKeys(entry), resolve, reject });
      if (draining) return;
      draining = true;
      void drain();
    });
  };
}

/** The fault of a full queue of `pendingMax`. */
export function crowded(pending: number, pendingMax: number): Fault {
  return new Fault(storeFaults.crowded, {
    detail: `appends waiting: expected fewer than ${pendingMax}, got ${pending}`,
    retryAfterMs: 250,
  });
}

function nextBatch<Entry, Result>(
  queue: readonly Waiting<Entry, Result>[],
  port: GroupCommitPort<Entry, Result>,
  limits: GroupCommitLimits,
): { batch: readonly Waiting<Entry, Result>[]; rest: Waiting<Entry, Result>[] } {
  const batch: Waiting<Entry, Result>[] = [];
  const rest: Waiting<Entry, Result>[] = [];
  const held = new Set<string>();
  let bytes = 0;
  for (const waiting of queue) {
    const full = batch.length >= limits.batchCountMax || bytes >= limits.batchBytesMax;
    if (full) break;
    const free = waiting.keys.every((key) => !held.has(key));
    // A key is held even by an entry left behind, so that its claimants keep their order of
    // arrival.
    for (const key of waiting.keys) held.add(key);
    (free ? batch : rest).push(waiting);
    if (free) bytes += port.sizeBytes(waiting.entry);
  }
  return { batch, rest: rest.concat(queue.slice(batch.length + rest.length)) };
}

async function settle<Entry, Result>(
  batch: readonly Waiting<Entry, Result>[],
  port: GroupCommitPort<Entry, Result>,
): Promise<void> {
  try {
    const results = await port.commit(batch.map((waiting) => waiting.entry));
    assert(results.length === batch.length, "a commit returns one result per entry");
    batch.forEach((waiting, index) => {
      const result = results[index];
      if (result !== undefined) waiting.resolve(result);
    });
  } catch (error) {
    if (batch.length > 1 && port.isAboutEntries(error)) {
      for (const waiting of batch) await settle([waiting], port);
    } else {
      for (const waiting of batch) waiting.reject(error);
    }
  }
}
