/**
 * The platform as the demonstration sees it: its public HTTP interface and nothing else.
 */
import type { z } from "zod";
import { Fault } from "#foundation";
import { decisionReply, itemSetReceipt, problem } from "#wire";
import { rankingAnswer } from "./answer.ts";
import { DEMO_FAULTS } from "./faults.ts";

/** The part of the web's `fetch` that is needed. */
export type HttpFetch = (
  url: string,
  request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

const rankingReply = decisionReply(rankingAnswer);

/** What `POST /v1/decisions/ranking` answers. */
export type RankingReply = z.infer<typeof rankingReply>;

/** A decision, or the code of the refusal. */
export type Decided =
  | { readonly kind: "answer"; readonly reply: RankingReply }
  | { readonly kind: "refusal"; readonly code: string };

/** The three calls of the demonstration. */
export interface PlatformClient {
  addPolicy(policy: unknown): Promise<void>;
  /** Registers the next version of a set. */
  putItems(set: string, items: readonly unknown[]): Promise<{ readonly version: number }>;
  /**
   * Asks for a ranking. A problem reply is a refusal, to be counted; anything else unexpected is a
   * fault.
   */
  rank(body: unknown): Promise<Decided>;
}

/** Speaks to the platform at `baseUrl`. */
export function platformClient(
  baseUrl: string,
  fetch: HttpFetch,
  signal: AbortSignal,
): PlatformClient {
  async function send(method: string, path: string, body: unknown): Promise<Reply> {
    const url = new URL(path, baseUrl).href;
    const headers = { "content-type": "application/json" };
    try {
      const response = await fetch(url, { method, headers, body: JSON.stringify(body), signal });
      return { status: response.status, json: parsedJson(await response.text()), url };
    } catch (error) {
      if (signal.aborted) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new Fault(DEMO_FAULTS.badReply, { detail: `${url}: no reply: ${why}.` }, error);
    }
  }
  return {
    addPolicy: async (policy) => {
      const reply = await send("POST", "/v1/policies", policy);
      if (reply.status >= 300) throw badReply(reply, "the policy to be taken");
    },
    putItems: async (set, items) => {
      const reply = await send("PUT", `/v1/items/${set}`, { type: "ranking", items });
      const receipt = itemSetReceipt.safeParse(reply.json);
      if (reply.status >= 300 || !receipt.success) throw badReply(reply, "a receipt for the items");
      return receipt.data;
    },
    rank: async (body) => {
      const reply = await send("POST", "/v1/decisions/ranking", body);
      const answer = rankingReply.safeParse(reply.json);
      if (reply.status === 200 && answer.success) return { kind: "answer", reply: answer.data };
      const refusal = problem.safeParse(reply.json);
      if (reply.status === 200 || !refusal.success)
        throw badReply(reply, "a decision or a problem");
      // A request that breaks the schema is this program's mistake, not an answer about the basket.
      if (refusal.data.status === 400 || refusal.data.status === 404) {
        throw badReply(reply, "a decision");
      }
      return { kind: "refusal", code: refusal.data.code };
    },
  };
}

interface Reply {
  readonly status: number;
  readonly json: unknown;
  readonly url: string;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Not JSON: the caller's schema refuses it and the message shows it.
  }
}

function badReply({ status, json, url }: Reply, expected: string): Fault {
  const got = JSON.stringify(json).slice(0, 500);
  return new Fault(DEMO_FAULTS.badReply, {
    detail: `${url}: expected ${expected}, got status ${status} with ${got}.`,
  });
}
