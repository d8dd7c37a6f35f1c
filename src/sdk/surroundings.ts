/**
 * What the client needs of the program it runs in: network, time, chance. Everything else takes it
 * as an argument, so that tests can hold the network and the clock in their hands; this file alone
 * reads the machine's, because a user's `new TandemClient({ baseUrl })` has nobody to hand it in.
 */

/** The part of a reply that is read. The web's `Response` fits. */
export interface HttpReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: HttpStream | null;
  text(): Promise<string>;
}

/** A body read as it comes. The web's `ReadableStream` fits. */
export interface HttpStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** The part of the web's `fetch` that is needed. */
export type HttpFetch = (
  url: string,
  request: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal: AbortSignal;
    /** A key must not travel to where a reply points. */
    readonly redirect: "manual";
  },
) => Promise<HttpReply>;

/** Network, time and chance. */
export interface Surroundings {
  readonly fetch: HttpFetch;
  /** Milliseconds on a clock that never goes back. */
  nowMs(): number;
  /** Calls `action` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, action: () => void): () => void;
  /** A number drawn evenly from [0, 1). */
  uniform(): number;
  /** A new idempotency key: 128 random bits as text. */
  newKey(): string;
}

/** The longest a timer can hold; beyond it, it would go off at once. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/** The surroundings of the running program, Node or a browser. */
export const MACHINE: Surroundings = Object.freeze({
  fetch: (url: string, request: Parameters<HttpFetch>[1]) => globalThis.fetch(url, request),
  nowMs: () => performance.now(),
  after: (delayMs: number, action: () => void) => {
    if (delayMs === Number.POSITIVE_INFINITY) return () => {};
    const timer = setTimeout(action, Math.min(delayMs, DELAY_MS_MAX));
    return () => clearTimeout(timer);
  },
  uniform: () => Math.random(),
  // Not `randomUUID`, which browsers keep from pages that did not come over https.
  newKey: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join(""),
});
