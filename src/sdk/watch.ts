/**
 * Watching decisions as they are made: one stream over as many connections as it takes. A broken
 * connection is opened again, after the last decision seen, so that none is missed while the server
 * remembers; where it no longer does, the watcher is told.
 */
import type { DecisionSummary } from "#wire";
import { serverEvents } from "./event-stream.ts";
import { type Line, openReply, pause } from "./exchange.ts";
import { FORM, fits } from "./reply-form.ts";
import type { HttpStream } from "./surroundings.ts";
import { clientError, TandemError } from "./tandem-error.ts";

/** What a watcher is told. */
export type LiveEvent =
  | { readonly kind: "decision"; readonly decision: DecisionSummary }
  /** Decisions were missed: read the list again. */
  | { readonly kind: "missed" };

/** How soon to come back after a broken connection, at most; drawn evenly. */
const COME_BACK_MS_MAX = 1000;

/** That bound doubles with each refusal in a row, up to this one. */
const BACKOFF_MS_MAX = 30_000;

/** What proxies say of a server that is away: a watcher waits for it. */
const GATEWAY: readonly number[] = [502, 503, 504];

/** The server says "still here" every 15 s; a stream silent for longer than this is dead. */
const SILENCE_MS_MAX = 45_000;

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
  let refusals = 0;
  try {
    while (!leaving.signal.aborted) {
      try {
        for await (const event of oneConnection(line, lastId, leaving.signal)) {
          if (event.kind === "decision") lastId = event.decision.decisionId;
          yield event;
        }
        refusals = 0;
      } catch (error) {
        if (leaving.signal.aborted) return;
        if (!(error instanceof TandemError)) throw error;
        if (!error.retry && !GATEWAY.includes(error.status)) throw error;
        refusals = error.status === 0 ? 0 : refusals + 1;
      }
      const boundMs = Math.min(BACKOFF_MS_MAX, COME_BACK_MS_MAX * 2 ** refusals);
      const waitMs = line.surroundings.uniform() * boundMs;
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
  const stopping = new AbortController();
  const stop = () => stopping.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  /** Waits for the network; a silence that is too long ends the connection. */
  const heard = async <Result>(waiting: Promise<Result>): Promise<Result> => {
    const dead = () => stopping.abort(clientError("unreachable", "expected a sign of life"));
    const forget = line.surroundings.after(SILENCE_MS_MAX, dead);
    return waiting.finally(forget);
  };
  try {
    const opening = openReply(line, "/v1/decisions/stream", headers, stopping.signal);
    const { body, headers: told } = await heard(opening);
    const media = told.get("content-type") ?? "";
    if (body === null || !/^text\/event-stream\s*(;|$)/i.test(media)) {
      throw clientError("unexpected-reply", `expected text/event-stream, got "${media}"`);
    }
    yield* liveEvents(body, heard);
  } finally {
    signal.removeEventListener("abort", stop);
    stopping.abort();
  }
}

async function* liveEvents(
  body: HttpStream,
  heard: <Result>(waiting: Promise<Result>) => Promise<Result>,
): AsyncGenerator<LiveEvent> {
  const getReader = () => {
    const reader = body.getReader();
    return { read: () => heard(reader.read()), cancel: () => reader.cancel() };
  };
  try {
    for await (const { event, data } of serverEvents({ getReader })) {
      if (event === "decision") {
        const decision = JSON.parse(data);
        if (!fits(decision, FORM.summary)) throw new RangeError("other JSON than a decision");
        yield { kind: "decision", decision };
      } else if (event === "missed") yield { kind: "missed" };
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      throw clientError("unexpected-reply", `expected events, got ${error.message}`, error);
    }
    throw clientError("unreachable", "expected the stream to go on, got its end", error);
  }
}
