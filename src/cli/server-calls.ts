/**
 * Calls a running server: what the command line does when the data directory is a server's, or when
 * told to.
 */
import { Readable } from "node:stream";
import { Fault, type FaultCategory } from "#foundation";
import { PROBLEM_MEDIA_TYPE, problem } from "#wire";
import { cliFaults } from "./faults.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Asks `path` of the server at `url`, posting `body` if there is one, and returns the JSON it
 * answers.
 *
 * @throws Fault as the server gave it, or `server-unreachable`, `server-unexpected-reply`.
 */
export async function askServer(
  { fetch: send, signal, apiKey }: Pick<Terminal, "fetch" | "signal" | "apiKey">,
  url: string,
  path: string,
  body?: Uint8Array<ArrayBuffer>,
): Promise<unknown> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  const asked = body === undefined ? { headers } : { method: "POST", headers, body };
  const reply = await reach(signal, () => send(new URL(path, url), { ...asked, signal }));
  const text = await reach(signal, () => reply.text());
  if (reply.headers.get("content-type")?.startsWith(PROBLEM_MEDIA_TYPE)) throw refusal(text);
  if (!reply.ok) throw unexpected(`status ${reply.status}`);
  return parsed(text);
}

/**
 * The bytes that `path` of the server at `url` sends, as they come.
 *
 * @throws Fault as the server gave it, or `server-unreachable`, `server-unexpected-reply`.
 */
export async function streamFrom(
  { fetch: send, signal, apiKey }: Pick<Terminal, "fetch" | "signal" | "apiKey">,
  url: string,
  path: string,
): Promise<AsyncIterable<Uint8Array>> {
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const reply = await reach(signal, () => send(new URL(path, url), { headers, signal }));
  if (reply.headers.get("content-type")?.startsWith(PROBLEM_MEDIA_TYPE)) {
    throw refusal(await reach(signal, () => reply.text()));
  }
  if (!reply.ok || reply.body === null) throw unexpected(`status ${reply.status}`);
  return Readable.from(reply.body);
}

async function reach<Result>(signal: AbortSignal, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (signal.aborted) {
      const detail = "expected time for the server's reply, got a request to stop";
      throw new Fault(cliFaults.interrupted, { detail }, error);
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const detail = `expected a reply, got ${cause instanceof Error ? cause.message : "none"}`;
    throw new Fault(cliFaults.serverUnreachable, { detail }, error);
  }
}

/** The server's problem as the fault it was. */
function refusal(text: string): Fault {
  const read = problem.safeParse(parsed(text));
  if (!read.success) return unexpected("a problem of another form");
  const { code, title, detail, status, type, retry, flaws, rules, retryAfterMs } = read.data;
  const category = categoryOf(status);
  const row = { code, category, retry, title, remedy: `See ${type} on the server.` };
  return new Fault(row, {
    detail,
    flaws,
    ...(rules !== undefined && { rules }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Coarser than the server's own table: the exit code needs no more. */
function categoryOf(status: number): FaultCategory {
  if (status === 409) return "conflict";
  if (status === 429) return "exhausted";
  return status < 500 ? "invalid" : "unavailable";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected("something that is not JSON");
  }
}

function unexpected(got: string): Fault {
  return new Fault(cliFaults.notOurServer, { detail: `expected a Tandem reply, got ${got}` });
}
