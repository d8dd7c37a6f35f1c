/**
 * The part of the client for what decisions share and use up: how much there is, and reservations
 * of it. Each call may be sent again without harm, as reservations go by ids of the caller's.
 */
import type { CapacityTotals, CapacityView, ReservationRequest } from "#wire";
import type { Form } from "./reply-form.ts";
import { TandemError } from "./tandem-error.ts";

/** What a call of this part may be given besides. */
interface Options {
  readonly signal?: AbortSignal | undefined;
}

/** What a call of this part sends. */
export interface CapacityCall {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly bodyFor?: () => string;
  readonly signal: AbortSignal | undefined;
}

/** Sends a call and hands on the JSON of its reply, which has the form. */
export type SendCall = (form: Form, call: CapacityCall) => Promise<unknown>;

const LIST: Form = { resources: [{ resource: "string", total: "number", taken: "number" }] };
const RECEIPT: Form = { id: "string", state: "string" };

/** Shared resources behind HTTP. Every method rejects with a {@link TandemError}. */
export class CapacityClient {
  readonly #send: SendCall;

  constructor(send: SendCall) {
    this.#send = send;
  }

  /** The resources named that there are, by name: 1,000 at most, and an address holds fewer. */
  async of(
    resources: readonly string[],
    { signal }: Options = {},
  ): Promise<readonly CapacityView[]> {
    const query = new URLSearchParams();
    for (const resource of resources) query.append("resource", resource);
    return listIn(await this.#send(LIST, { method: "GET", path: `/v1/capacity?${query}`, signal }));
  }

  /** Says how much there is; what is taken stays taken. Takes an administrator's key. */
  async declare(
    totals: CapacityTotals["totals"],
    { signal }: Options = {},
  ): Promise<readonly CapacityView[]> {
    const bodyFor = () => JSON.stringify({ totals });
    const call = { method: "PUT", path: "/v1/capacity", bodyFor, signal } as const;
    return listIn(await this.#send(LIST, call));
  }

  /** Reserves all or nothing; `capacity-short` where there is too little. */
  async reserve(request: ReservationRequest, { signal }: Options = {}): Promise<void> {
    const bodyFor = () => JSON.stringify(request);
    const path = "/v1/capacity/reservations";
    await this.#send(RECEIPT, { method: "POST", path, bodyFor, signal });
  }

  /** Keeps a reservation, a decision's too, until it is released. */
  async commit(id: string, { signal }: Options = {}): Promise<void> {
    await this.#send(RECEIPT, { method: "POST", path: endOf(id, "commit"), signal });
  }

  /** Gives a reservation back, a decision's too; false where there is none any more. */
  async release(id: string, { signal }: Options = {}): Promise<boolean> {
    try {
      await this.#send(RECEIPT, { method: "POST", path: endOf(id, "release"), signal });
      return true;
    } catch (error) {
      if (error instanceof TandemError && error.code === "unknown-reservation") return false;
      throw error;
    }
  }
}

function endOf(id: string, end: "commit" | "release"): string {
  return `/v1/capacity/reservations/${encodeURIComponent(id)}/${end}`;
}

/** The resources of a reply whose form has been looked at. */
function listIn(reply: unknown): readonly CapacityView[] {
  return Object(reply).resources;
}
