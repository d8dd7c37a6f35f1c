/**
 * The Open Inference Protocol at its edge: which addresses speak it, what of a request its readers
 * need, and how it says no. Its clients read `{"error": …}` and nothing else; given problem details
 * they would report that they could not read the reply.
 */
import type { FastifyRequest } from "fastify";
import type { InferenceError, Problem } from "#wire";

/** Whether an address, with or without its query, belongs to the protocol. */
export function isInferencePath(path: string): boolean {
  return /^\/v2(?:[/?]|$)/.test(path);
}

/** A body as it came. */
export interface InferenceBody {
  readonly bytes: Uint8Array;
  /** `Content-Type`; some clients name none. */
  readonly mediaType: string | undefined;
  /** `Inference-Header-Content-Length`: how many bytes of it are JSON; tensors follow. */
  readonly jsonLength: string | undefined;
  /** `Content-Encoding`. */
  readonly encoding: string | undefined;
}

/** The body of `request`. */
export function inferenceBody({ body, headers }: FastifyRequest): InferenceBody {
  const jsonLength = headers["inference-header-content-length"];
  return {
    bytes: body instanceof Uint8Array ? body : new Uint8Array(),
    mediaType: headers["content-type"],
    jsonLength: jsonLength === undefined ? undefined : String(jsonLength),
    encoding: headers["content-encoding"],
  };
}

/** The most flaws one sentence lists. */
const FLAWS_MAX = 5;

/** A problem as the protocol tells it: everything in one sentence. */
export function inferenceRefusal(problem: Problem): InferenceError {
  const { code, title, detail, flaws } = problem;
  const listed = flaws.slice(0, FLAWS_MAX).map(({ pointer, message }) => `${pointer}: ${message}`);
  const more = flaws.length > FLAWS_MAX ? [`and ${flaws.length - FLAWS_MAX} more`] : [];
  const error = [`${title} ${detail}`, ...listed, ...more].join("; ");
  return { error: `${error} (${code})` };
}
