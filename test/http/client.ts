/**
 * A client for tests of the HTTP edge: plain `fetch`, replies read in full but for streams, which
 * it leaves at once; problems checked for form wherever one comes.
 */
import { expect } from "vitest";
import { PROBLEM_MEDIA_TYPE, type Problem, problem } from "#wire";

/** A reply, read. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; `undefined` if it is something else. */
  readonly json: unknown;
}

/** Sends a request; a `body` that is no string or bytes goes as JSON. */
export async function call(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Got> {
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const reply = await fetch(new URL(path, base), {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: isRaw ? new Blob([body]) : JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
  const text = isEndless(reply) ? await left(reply) : await reply.text();
  return { status: reply.status, headers: reply.headers, text, json: parsed(text) };
}

function isEndless({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/event-stream") === true;
}

/** Leaves a stream at its beginning. */
async function left({ body }: Response): Promise<string> {
  await body?.cancel();
  return "";
}

/** The problem a reply must be, in the form the API promises for every one. */
export function problemIn(got: Got): Problem {
  expect(got.headers.get("content-type")).toContain(PROBLEM_MEDIA_TYPE);
  const read = problem.parse(got.json);
  expect(read.status).toBe(got.status);
  expect(read.instance).toBe(`urn:uuid:${got.headers.get("x-request-id")}`);
  return read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
