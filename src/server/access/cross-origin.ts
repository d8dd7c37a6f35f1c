/**
 * Pages of other sites: none may call, unless their origin was allowed when the server started. To
 * those, and to nobody else, preflights are answered (Fetch standard, 3.3).
 */
import type { FastifyReply, FastifyRequest } from "fastify";

/** What a page of an allowed origin may read of a reply besides its body. */
const EXPOSED = "location, ratelimit, ratelimit-policy, retry-after, x-request-id";

const HEADERS = "authorization, content-type, idempotency-key, last-event-id, traceparent";

/** How long a browser may go without asking again, in seconds. */
const PREFLIGHT_AGE_S = "600";

/** Lets the page of an allowed origin read the reply. */
export function letRead(reply: FastifyReply, origin: string): void {
  reply.headers({
    "access-control-allow-origin": origin,
    "access-control-expose-headers": EXPOSED,
    "cross-origin-resource-policy": "cross-origin",
    vary: "Origin",
  });
}

/** Whether a browser asks in advance what its page may send. */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** Answers a preflight of an allowed origin for an address that takes `methods`. */
export function answerPreflight(reply: FastifyReply, methods: readonly string[]): void {
  reply
    .code(204)
    .headers({
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": HEADERS,
      "access-control-max-age": PREFLIGHT_AGE_S,
    })
    .send();
}
