/**
 * The client: every route of `/v1` as a method, typed from the wire. Calls are repeated where that
 * cannot do harm (exchange.ts), a decision is made at most once however often its request is sent,
 * and what is left of a deadline travels to the server.
 */
import type {
  DecisionReply,
  DecisionSummary,
  DecisionView,
  ItemEntries,
  ItemSetReceipt,
  OutcomeReceipt,
  OutcomeReport,
  PolicyRequest,
  PolicyView,
  ReplayReport,
} from "#wire";
import { CapacityClient } from "./capacity-client.ts";
import type { DecisionTypes, Json } from "./decision-types.ts";
import { type Call, exchange, type Line } from "./exchange.ts";
import { FORM, type Form, fits } from "./reply-form.ts";
import { MACHINE, type Surroundings } from "./surroundings.ts";
import { clientError, TandemError } from "./tandem-error.ts";
import { type LiveEvent, watchDecisions } from "./watch.ts";

/** How a client is made. */
export interface ClientOptions {
  /** Where the platform is, e.g. `https://tandem.example:7070`; a path is kept. */
  readonly baseUrl: string | URL;
  /** Travels as `Authorization: Bearer`. */
  readonly apiKey?: string;
  /** How often one call may be tried again: 3 unless said, 0 for never. */
  readonly retries?: number;
  /**
   * How long a call without a deadline may take, all attempts included: 30,000 ms unless said,
   * no limit if infinite.
   */
  readonly timeoutMs?: number;
  /** Sends requests in place of the global `fetch`. */
  readonly fetch?: Surroundings["fetch"];
  /** Network, clock and chance in place of the machine's; for tests. */
  readonly surroundings?: Surroundings;
}

/** What every call may be given. */
export interface CallOptions {
  /** Ends the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a decision may be given besides. */
export interface DecideOptions extends CallOptions {
  /**
   * The time from the call to the answer. The server gets what is left of it at each attempt, never
   * more than `options.deadlineMs` of the request; the client itself waits a second longer, for the
   * network.
   */
  readonly deadlineMs?: number;
  /** Names the request: one decision is made under it. A new one for each call unless said. */
  readonly idempotencyKey?: string;
}

/** Which decisions to list. */
export interface DecisionFilter {
  readonly type?: string;
  readonly policy?: string;
  readonly rung?: DecisionReply["quality"]["rung"];
  /** Decisions per request, 1 to 200: 50 unless said. */
  readonly pageSize?: number;
}

/** A reply whose answer has the decision type's own form. */
export type Decided<Answer> = Omit<DecisionReply, "answer"> & { readonly answer: Answer };

/** How much longer than the deadline the client waits for a reply that is on its way. */
const NETWORK_MS = 1000;

/** The most ids one look-up may name; more are asked for in several. */
const IDS_PER_LOOK_UP = 100;

/** A platform behind HTTP. Every method rejects with a {@link TandemError}. */
export class TandemClient {
  /** What decisions share and use up. */
  readonly capacity: CapacityClient = new CapacityClient((form, call) => this.#call(form, call));
  readonly #line: Line;
  readonly #timeoutMs: number;

  /**
   * @throws TypeError for an address that is no http or https URL.
   * @throws TandemError for a time limit that is negative or no number.
   */
  constructor(options: ClientOptions) {
    const { protocol, origin, pathname, href } = new URL(options.baseUrl);
    if (protocol !== "http:" && protocol !== "https:") {
      throw new TypeError(`baseUrl: expected an http or https address, got ${href}`);
    }
    const surroundings = options.surroundings ?? MACHINE;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    refuseNoTime("timeoutMs", this.#timeoutMs);
    this.#line = {
      baseUrl: origin + pathname.replace(/\/+$/, ""),
      apiKey: options.apiKey,
      retriesMax: options.retries ?? 3,
      surroundings:
        options.fetch === undefined ? surroundings : { ...surroundings, fetch: options.fetch },
    };
  }

  /** Asks for a decision: a checked, feasible answer by the deadline, or an error why not. */
  async decide<Type extends keyof DecisionTypes & string>(
    type: Type,
    request: DecisionTypes[Type]["request"],
    options: DecideOptions = {},
  ): Promise<Decided<DecisionTypes[Type]["answer"]>> {
    const { deadlineMs, signal, idempotencyKey = this.#line.surroundings.newKey() } = options;
    if (deadlineMs !== undefined) refuseNoTime("deadlineMs", deadlineMs);
    const own = Object(request.options);
    const deadlines = [deadlineMs, own.deadlineMs].filter((one) => Number.isFinite(one));
    const withinMs = deadlines.length === 0 ? undefined : Math.min(...deadlines);
    const bodyFor = (leftMs: number) =>
      JSON.stringify(
        withinMs === undefined
          ? request
          : { ...request, options: { ...own, deadlineMs: Math.ceil(leftMs) } },
      );
    return this.#call(FORM.decided, {
      ...{ method: "POST", path: `/v1/decisions/${encodeURIComponent(type)}`, bodyFor, signal },
      ...(withinMs !== undefined && { deadlineMs: withinMs, timeoutMs: withinMs + NETWORK_MS }),
      headers: { "idempotency-key": idempotencyKey },
    });
  }

  /** A decision with everything kept about it. */
  async decision(id: string, { signal }: CallOptions = {}): Promise<DecisionView> {
    const path = `/v1/decisions/${encodeURIComponent(id)}`;
    return this.#call(FORM.view, { method: "GET", path, signal });
  }

  /** Decisions, newest first; pages are fetched as the iteration reaches them. */
  async *decisions(
    { pageSize, ...filter }: DecisionFilter = {},
    { signal }: CallOptions = {},
  ): AsyncGenerator<DecisionSummary> {
    let cursor: string | undefined;
    do {
      const path = `/v1/decisions${queryOf({ ...filter, limit: pageSize, cursor })}`;
      const call = { method: "GET", path, signal } as const;
      const page: Page<DecisionSummary> = await this.#call(FORM.summaries, call);
      yield* page.items;
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** Runs a stored decision again and compares. */
  async replay(id: string, { signal }: CallOptions = {}): Promise<ReplayReport> {
    const path = `/v1/decisions/${encodeURIComponent(id)}/replay`;
    return this.#call(FORM.replay, { method: "POST", path, signal });
  }

  /** Decisions as they are made, until the iteration or `signal` ends it. */
  watch({
    after,
    signal,
  }: CallOptions & { readonly after?: string } = {}): AsyncGenerator<LiveEvent> {
    return watchDecisions(this.#line, after, signal);
  }

  /** Reports what happened after decisions: a receipt for each, in order. */
  async reportOutcomes(
    outcomes: readonly OutcomeReport[],
    { signal }: CallOptions = {},
  ): Promise<readonly OutcomeReceipt[]> {
    const bodyFor = () => JSON.stringify(outcomes);
    const call = { method: "POST", path: "/v1/outcomes", bodyFor, signal } as const;
    type Receipts = { readonly results: readonly OutcomeReceipt[] };
    const reply: Receipts = await this.#call(FORM.receipts, call);
    return reply.results;
  }

  /** All policy versions. */
  async policies({ signal }: CallOptions = {}): Promise<readonly PolicyView[]> {
    const call = { method: "GET", path: "/v1/policies", signal } as const;
    const page: Page<PolicyView> = await this.#call(FORM.policies, call);
    return page.items;
  }

  /** One policy version, by `name@version`. */
  async policy(reference: string, { signal }: CallOptions = {}): Promise<PolicyView> {
    const path = `/v1/policies/${encodeURIComponent(reference)}`;
    return this.#call(FORM.policy, { method: "GET", path, signal });
  }

  /** Adds an immutable policy version; the same content again is fine. */
  async addPolicy(policy: PolicyRequest, { signal }: CallOptions = {}): Promise<PolicyView> {
    const bodyFor = () => JSON.stringify(policy);
    return this.#call(FORM.policy, { method: "POST", path: "/v1/policies", bodyFor, signal });
  }

  /** The newest version of an item set, without its items. */
  async itemSet(name: string, { signal }: CallOptions = {}): Promise<ItemSetReceipt> {
    const path = `/v1/items/${encodeURIComponent(name)}`;
    return this.#call(FORM.itemSet, { method: "GET", path, signal });
  }

  /** Registers the next version of an item set; the same content again keeps its version. */
  async putItems(
    name: string,
    items: readonly Json[],
    { type, signal }: CallOptions & { readonly type?: string } = {},
  ): Promise<ItemSetReceipt> {
    const bodyFor = () => JSON.stringify({ type, items });
    const path = `/v1/items/${encodeURIComponent(name)}`;
    return this.#call(FORM.itemSet, { method: "PUT", path, bodyFor, signal });
  }

  /** Registered items by id, in the order asked for; those that are not there are left out. */
  async items(
    name: string,
    ids: readonly string[],
    { version, signal }: CallOptions & { readonly version?: number } = {},
  ): Promise<ItemEntries["items"]> {
    const found: Json[] = [];
    for (let from = 0; from < ids.length; from += IDS_PER_LOOK_UP) {
      const query = queryOf({ version, id: ids.slice(from, from + IDS_PER_LOOK_UP) });
      const path = `/v1/items/${encodeURIComponent(name)}/entries${query}`;
      const call = { method: "GET", path, signal } as const;
      const entries: ItemEntries = await this.#call(FORM.entries, call);
      found.push(...entries.items);
    }
    return found;
  }

  /** Whether the process is alive. False if it cannot be reached. */
  health(options: CallOptions = {}): Promise<boolean> {
    return this.#answers("/healthz", options);
  }

  /** Whether decisions are taken. False if it cannot be reached. */
  ready(options: CallOptions = {}): Promise<boolean> {
    return this.#answers("/readyz", options);
  }

  async #answers(path: string, { signal }: CallOptions): Promise<boolean> {
    try {
      await exchange(
        { ...this.#line, retriesMax: 0 },
        this.#timed({ method: "GET", path, signal }),
      );
      return true;
    } catch (error) {
      if (error instanceof TandemError) return false;
      throw error;
    }
  }

  /** The JSON of a successful reply; what goes beyond `form` is taken at its word. */
  async #call(form: Form, call: UntimedCall) {
    const text = await exchange(this.#line, this.#timed(call));
    const what = `${call.method} ${call.path}`;
    try {
      const value = JSON.parse(text);
      if (fits(value, form)) return value;
    } catch (error) {
      const message = `${what}: expected JSON, got something else`;
      throw clientError("unexpected-reply", message, error);
    }
    const message = `${what}: expected ${JSON.stringify(form)}, got other JSON`;
    throw clientError("unexpected-reply", message);
  }

  #timed(call: UntimedCall): Call {
    return { deadlineMs: this.#timeoutMs, timeoutMs: this.#timeoutMs, ...call };
  }
}

function refuseNoTime(name: string, value: number): void {
  if (value >= 0) return;
  throw clientError("invalid-request", `${name}: expected milliseconds from 0, got ${value}`);
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

type UntimedCall = Omit<Call, "deadlineMs" | "timeoutMs"> & Partial<Call>;

function queryOf(
  parameters: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const one of [value].flat()) query.append(name, String(one));
  }
  return query.size === 0 ? "" : `?${query}`;
}
