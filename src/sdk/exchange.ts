/**
 * One logical call: as many attempts as it takes, within its deadline, under one idempotency key.
 * An attempt is repeated only when repeating cannot do harm and can help: the connection failed or
 * broke, or the server said when to come back. Waiting is drawn evenly up to a bound that doubles
 * ("full jitter", M. Brooker, "Exponential Backoff and Jitter", 2015), so that clients which failed
 * together do not come back together.
 */
import type { HttpReply, Surroundings } from "./surroundings.ts";
import { clientError, errorOf, TandemError } from "./tandem-error.ts";

/** Where calls go and with what. */
export interface Line {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** How often an attempt may be repeated; 0 for never. */
  readonly retriesMax: number;
  readonly surroundings: Surroundings;
}

/** A logical call. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The JSON text to send, given what is left of the deadline in milliseconds. */
  readonly bodyFor?: (leftMs: number) => string;
  /** No attempt begins later than this after the call. */
  readonly deadlineMs: number;
  /** The client gives up this long after the call. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The longest a doubling wait may become, and the first. */
const WAIT_MS = { first: 50, max: 2000 };

/** Less than this is no deadline a server could keep. */
const LEFT_MS_MIN = 1;

/** An earlier attempt of this very call is still at work: its answer will be there soon. */
const IN_FLIGHT = "idempotency-key-in-flight";

/**
 * Performs the call and returns the text of its successful reply.
 *
 * @throws TandemError, or the reason of `signal` when that was aborted.
 */
export async function exchange(line: Line, call: Call): Promise<string> {
  const { surroundings } = line;
  const beganMs = surroundings.nowMs();
  const spentMs = () => surroundings.nowMs() - beganMs;
  for (let attempt = 0; ; attempt += 1) {
    const told = await attemptOnce(line, call, spentMs());
    if (typeof told === "string") return told;
    const waitMs = waitBefore(told, attempt, surroundings.uniform());
    const leftMs = call.deadlineMs - spentMs() - waitMs;
    const isOver = attempt >= line.retriesMax || leftMs < LEFT_MS_MIN;
    if (isOver || !isWorthRepeating(told)) throw told;
    await pause(surroundings, waitMs, call.signal);
  }
}

/**
 * Opens a reply that is read as it comes; nothing is repeated and no time limit is set.
 *
 * @throws TandemError, or the reason of `signal` when that was aborted.
 */
export async function openReply(
  line: Line,
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<HttpReply> {
  const reply = await reach(signal, () =>
    line.surroundings.fetch(line.baseUrl + path, {
      method: "GET",
      headers: { ...headers, ...authorisation(line) },
      signal,
      redirect: "manual",
    }),
  );
  if (reply.status === 200) return reply;
  const text = await reach(signal, () => reply.text());
  throw errorOf(reply.status, text, reply.headers.get("retry-after"));
}

/** Sends once. Returns the reply's text, or why there is none. @throws the reason of an abort. */
async function attemptOnce(line: Line, call: Call, spentMs: number): Promise<string | TandemError> {
  const { surroundings } = line;
  call.signal?.throwIfAborted();
  const stopping = new AbortController();
  const stop = () => stopping.abort(call.signal?.reason);
  call.signal?.addEventListener("abort", stop, { once: true });
  const message = `${call.method} ${call.path}: expected a reply within ${call.timeoutMs} ms`;
  const forget = surroundings.after(Math.max(0, call.timeoutMs - spentMs), () =>
    stopping.abort(clientError("timeout", message)),
  );
  try {
    const body = call.bodyFor?.(Math.max(LEFT_MS_MIN, call.deadlineMs - spentMs));
    return await reach(stopping.signal, async () => {
      const reply = await surroundings.fetch(line.baseUrl + call.path, {
        method: call.method,
        headers: {
          ...(body !== undefined && { "content-type": "application/json" }),
          ...call.headers,
          ...authorisation(line),
        },
        ...(body !== undefined && { body }),
        signal: stopping.signal,
        redirect: "manual",
      });
      const text = await reply.text();
      if (reply.status >= 200 && reply.status < 300) return text;
      throw errorOf(reply.status, text, reply.headers.get("retry-after"));
    });
  } catch (error) {
    call.signal?.throwIfAborted();
    if (error instanceof TandemError) return error;
    throw error;
  } finally {
    forget();
    call.signal?.removeEventListener("abort", stop);
  }
}

/** Runs `work`; what the network throws becomes `unreachable`. @throws the reason of an abort. */
async function reach<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TandemError) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const got = cause instanceof Error ? cause.message : "nothing";
    throw clientError("unreachable", `expected a reply, got ${got}`, error);
  }
}

function isWorthRepeating({ code, status, retryAfterMs }: TandemError): boolean {
  if (code === "unreachable" || code === IN_FLIGHT) return true;
  return (status === 429 || status === 503) && retryAfterMs !== undefined;
}

function waitBefore({ retryAfterMs }: TandemError, attempt: number, uniform: number): number {
  const jitterMs = uniform * Math.min(WAIT_MS.max, WAIT_MS.first * 2 ** attempt);
  return (retryAfterMs ?? 0) + jitterMs;
}

/** Waits. @throws the reason of `signal` as soon as it is aborted. */
export function pause(
  { after }: Surroundings,
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      forget();
      reject(signal?.reason);
    };
    const forget = after(delayMs, () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

function authorisation({ apiKey }: Line): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}
