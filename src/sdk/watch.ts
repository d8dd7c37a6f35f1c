/**
 * Watching decisions as they are made: one stream over as many connections as it takes. A broken
 * connection is opened again, after the last decision seen, so that none is missed while the server
 * remembers; where it no longer does, the watcher is told.
 */
import type { DecisionSummary } from "#wire";
import { serverEvents } from "./event-stream.ts";
import { type Line, openReply, pause } from "./exchange.ts";
import { clientError, TandemError } from "./tandem-error.ts";

/** What a watcher is told. */
export type LiveEvent =
  | { readonly kind: "decision"; readonly decision: DecisionSummary }
  /** Decisions were missed: read the list again. */
  | { readonly kind: "missed" };

/** How soon to come back after a broken connection, at most; drawn evenly. */
const COME_BACK_MS_MAX = 1000;

/**
 * Decisions from now on, or from after `after` on, until `signal` is aborted: then it ends.
 *
 * @throws TandemError when the server refuses for good (keys, addresses).
 */
export async function* watchDecisions(
  line: Line,
  after: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<LiveEvent> {
  const leaving = new AbortController();
  const leave = () => leaving.abort(signal?.reason);
  if (signal?.aborted) leave();
  signal?.addEventListener("abort", leave, { once: true });
  let lastId = after;
  try {
    while (!leaving.signal.aborted) {
      try {
        for await (const event of oneConnection(line, lastId, leaving.signal)) {
          if (event.kind === "decision") lastId = event.decision.decisionId;
          yield event;
        }
      } catch (error) {
        if (leaving.signal.aborted) return;
        if (!(error instanceof TandemError && error.retry)) throw error;
      }
      const waitMs = line.surroundings.uniform() * COME_BACK_MS_MAX;
      await pause(line.surroundings, waitMs, leaving.signal).catch(() => {});
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    leaving.abort();
  }
}

async function* oneConnection(
  line: Line,
  lastId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  const headers = {
    accept: "text/event-stream",
    ...(lastId !== undefined && { "last-event-id": lastId }),
  };
  const { body } = await openReply(line, "/v1/decisions/stream", headers, signal);
  if (body === null) throw clientError("unexpected-reply", "expected a stream, got no body");
  try {
    for await (const { event, data } of serverEvents(body)) {
      if (event === "decision") yield { kind: "decision", decision: JSON.parse(data) };
      else if (event === "missed") yield { kind: "missed" };
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      throw clientError("unexpected-reply", `expected events, got ${error.message}`, error);
    }
    throw clientError("unreachable", "expected the stream to go on, got its end", error);
  }
}
