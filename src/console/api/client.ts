/**
 * The platform as the console sees it: its public HTTP interface. Pages and server are of one
 * version and one origin, so replies are taken at their word; what went wrong arrives as a
 * {@link Refusal} that carries the problem as the server told it.
 */
import type {
  DecisionReply,
  DecisionSummary,
  DecisionView,
  ItemEntries,
  PolicyView,
  Problem,
  ReplayReport,
} from "#wire";

/** Any JSON value. */
export type Json = DecisionView["record"];

/** One page of decisions, newest first; `next` leads to the page after. */
export interface DecisionPage {
  readonly items: readonly DecisionSummary[];
  readonly next?: string;
}

/** Which decisions to list. */
export interface DecisionFilter {
  readonly rung?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** The calls the pages make. Each rejects with a {@link Refusal}. */
export interface Client {
  decisions(filter: DecisionFilter): Promise<DecisionPage>;
  decision(id: string): Promise<DecisionView>;
  replay(id: string): Promise<ReplayReport>;
  /** Registered items by id; those that are not there are left out. */
  items(set: string, version: number, ids: readonly string[]): Promise<ItemEntries["items"]>;
  policies(): Promise<readonly PolicyView[]>;
  openApi(): Promise<Json>;
  decide(type: string, body: Json): Promise<DecisionReply>;
}

/** The part of the web's `fetch` that is needed. */
export type Send = (
  url: string,
  request: { method: string; headers?: Record<string, string>; body?: string },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

/** A request that was not answered as hoped. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** The most ids one look-up may name; more are asked for in several. */
const IDS_PER_LOOK_UP = 100;

/** A client that sends with `send`. */
export function createClient(send: Send): Client {
  const get = async (path: string): Promise<string> => exchange(send, path, { method: "GET" });
  const post = async (path: string, body: Json | undefined): Promise<string> =>
    exchange(send, path, {
      method: "POST",
      ...(body !== undefined && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  return {
    decisions: async (filter) => JSON.parse(await get(`/v1/decisions${queryOf(filter)}`)),
    decision: async (id) => JSON.parse(await get(`/v1/decisions/${encodeURIComponent(id)}`)),
    replay: async (id) =>
      JSON.parse(await post(`/v1/decisions/${encodeURIComponent(id)}/replay`, undefined)),
    items: async (set, version, ids) => {
      const found: Json[] = [];
      for (let from = 0; from < ids.length; from += IDS_PER_LOOK_UP) {
        const query = new URLSearchParams({ version: String(version) });
        for (const id of ids.slice(from, from + IDS_PER_LOOK_UP)) query.append("id", id);
        const path = `/v1/items/${encodeURIComponent(set)}/entries?${query}`;
        const entries: ItemEntries = JSON.parse(await get(path));
        found.push(...entries.items);
      }
      return found;
    },
    policies: async () => {
      const page: { readonly items: readonly PolicyView[] } = JSON.parse(await get("/v1/policies"));
      return page.items;
    },
    openApi: async () => JSON.parse(await get("/openapi.json")),
    decide: async (type, body) =>
      JSON.parse(await post(`/v1/decisions/${encodeURIComponent(type)}`, body)),
  };
}

async function exchange(send: Send, path: string, request: Parameters<Send>[1]): Promise<string> {
  let status: number;
  let text: string;
  try {
    const reply = await send(path, request);
    status = reply.status;
    text = await reply.text();
  } catch (error) {
    throw new Refusal(unreachable(path, error));
  }
  if (status < 300) return text;
  throw new Refusal(problemIn(status, text, path));
}

function problemIn(status: number, text: string, path: string): Problem {
  try {
    return JSON.parse(text);
  } catch {
    const detail = `${path}: expected problem details, got status ${status} with something else`;
    return {
      ...unreachable(path, detail),
      title: "The server's answer was not understood.",
      status,
    };
  }
}

function unreachable(path: string, error: unknown): Problem {
  return {
    type: "about:blank",
    title: "The server cannot be reached.",
    status: 0,
    detail: error instanceof Error ? `${path}: ${error.message}` : String(error),
    instance: path,
    code: "server-unreachable",
    retry: true,
    flaws: [],
  };
}

function queryOf({ rung, cursor, limit }: DecisionFilter): string {
  const query = new URLSearchParams();
  if (rung !== undefined) query.set("rung", rung);
  if (cursor !== undefined) query.set("cursor", cursor);
  if (limit !== undefined) query.set("limit", String(limit));
  return query.size === 0 ? "" : `?${query}`;
}
