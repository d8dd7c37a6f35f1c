/**
 * Watching decisions as they are made. A stream that tries by itself to come back is let; for one
 * that has given up this opens a new one, resuming after the last decision it has seen.
 */
import type { DecisionSummary } from "#wire";

/** How the connection stands. */
export type LiveState = "connecting" | "live" | "waiting";

/** What a watcher is told. */
export interface LiveEvents {
  decided(decision: DecisionSummary): void;
  /** Decisions were missed; the list has to be read again. */
  missed(): void;
  state(state: LiveState): void;
}

/** The part of an `EventSource` that is needed. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { readonly data?: string }) => void): void;
  close(): void;
}

/** Calls back later; the returned function cancels it. */
export type Later = (delayMs: number, action: () => void) => () => void;

/** `EventSource.CLOSED`: it will not come back by itself. */
const CLOSED = 2;

const COME_BACK_MS = 3000;

/** Watches until the returned function is called. */
export function watchDecisions(
  open: (url: string) => EventStream,
  later: Later,
  events: LiveEvents,
): () => void {
  let lastId: string | undefined;
  let stream: EventStream;
  let cancel = () => {};

  function connect(): void {
    events.state("connecting");
    const after = lastId === undefined ? "" : `?after=${lastId}`;
    stream = open(`/v1/decisions/stream${after}`);
    stream.addEventListener("open", () => events.state("live"));
    stream.addEventListener("decision", ({ data }) => {
      const decision: DecisionSummary = JSON.parse(data ?? "");
      lastId = decision.decisionId;
      events.decided(decision);
    });
    stream.addEventListener("missed", () => events.missed());
    stream.addEventListener("error", () => {
      events.state("waiting");
      if (stream.readyState !== CLOSED) return;
      cancel();
      cancel = later(COME_BACK_MS, connect);
    });
  }

  connect();
  return () => {
    cancel();
    stream.close();
  };
}
