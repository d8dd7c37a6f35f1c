/**
 * A server on a stage: real HTTP, real gates and admission, in front of a pipeline whose answers
 * the test holds in its hand. For what a real platform does not do on demand: wait, fail in a given
 * way, be overtaken by its own shutdown.
 */
import { randomBytes } from "node:crypto";
import { catalogue } from "#decisions";
import {
  type Clock,
  Fault,
  type FaultRow,
  identifierSource,
  present,
  randomStream,
  systemClock,
} from "#foundation";
import type { DecideOptions, DecisionReply, Pipeline } from "#pipeline";
import { type KeyRing, openKeyRing } from "#security";
import { createServer, type ServerOptions, serverFaults, type TandemServer } from "#server";
import { openMemoryStore } from "#store";

/** A server, its base URL, and the lines it has logged. */
export interface Stage {
  readonly base: string;
  readonly server: TandemServer;
  readonly logged: string[];
}

/** What a staged pipeline does when asked to decide. */
export type Decide = (body: unknown, options: DecideOptions) => Promise<DecisionReply>;

/** What a test may choose. */
export interface StageChoice
  extends Partial<Pick<ServerOptions, "admission" | "patience" | "rates" | "doors">> {
  /** Never becomes ready. */
  readonly starting?: true;
  readonly port?: number;
  /** None were made if absent. */
  readonly keys?: KeyRing;
  /** The server's clock; the machine's if absent. */
  readonly clock?: Clock;
}

const PATIENCE = { headersMsMax: 5000, requestMsMax: 5000, keepAliveMs: 5000, idleMsMax: 5000 };

const NO_KEYS = await openKeyRing(openMemoryStore(), systemClock, randomBytes);

/** Opens a server that answers decisions with `decide`. */
export async function openStage(decide: Decide, choice: StageChoice = {}): Promise<Stage> {
  const logged: string[] = [];
  const server = createServer({
    types: catalogue,
    clock: choice.clock ?? systemClock,
    newRequestId: identifierSource(systemClock, randomStream(1, "stage")),
    version: "0.0.0",
    faults: Object.values(serverFaults),
    admission: choice.admission ?? { inFlightMax: 4, queueMax: 8 },
    patience: choice.patience ?? PATIENCE,
    rates: choice.rates ?? { perKey: 1000, perTenant: 1000 },
    doors: choice.doors ?? { hosts: [], origins: [] },
    log: { level: "info", stream: { write: (line) => void logged.push(line) } },
  });
  const base = await server.listen({ host: "127.0.0.1", port: choice.port ?? 0 });
  if (!choice.starting) server.open(stagedPipeline(decide), choice.keys ?? NO_KEYS);
  return { base, server, logged };
}

/** A reply in the contract's form. */
export const REPLY: DecisionReply = {
  decisionId: "01981f3a-5b00-7000-8000-000000000000",
  answer: { items: [], requested: 1, shortenedBy: [] },
  quality: {
    rung: "rule",
    status: "feasible",
    objective: 0,
    bound: null,
    gap: null,
    ruleObjective: 0,
    solver: "rule",
  },
  reasons: [],
  policy: "homepage@1",
  timing: { receivedAt: "2011-07-01T09:30:00.000Z", deadlineMs: 20_000, totalMs: 1, solveMs: 0 },
};

/** A request that passes the gate of the ranking type; a staged pipeline does not read it. */
export const REQUEST = { candidates: [], k: 1, options: { deadlineMs: 5000 } };

/** A pipeline that decides as told and knows nothing else. */
export function stagedPipeline(decide: Decide): Pipeline {
  const unasked = (): Promise<never> => Promise.reject(new Error("not part of this test"));
  return {
    types: catalogue,
    decide: (_principal, _type, body, options) => decide(body, options ?? {}),
    decision: unasked,
    decisions: unasked,
    replay: unasked,
    recordOutcomes: unasked,
    policies: unasked,
    addPolicy: unasked,
    putItems: unasked,
    items: unasked,
    itemEntries: unasked,
    capacities: unasked,
    declareCapacity: unasked,
    reserveCapacity: unasked,
    commitReservation: unasked,
    releaseReservation: unasked,
    backup: async function* () {},
    ready: async () => {},
    close: async () => {},
  };
}

/** A fault of the given row, with everything a fault can carry. */
export function faultOf(row: FaultRow): Fault {
  return new Fault(row, {
    detail: `expected ${row.code}`,
    flaws: [{ pointer: "/k", message: "expected more" }],
    rules: ["spacing"],
    retryAfterMs: 1500,
  });
}

/** Decisions that wait until the test lets them go. */
export class HeldDecisions {
  readonly #held: PromiseWithResolvers<DecisionReply>[] = [];
  readonly #arrivals: { readonly count: number; readonly wake: () => void }[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];

  readonly decide: Decide = (_body, { signal }) => {
    const held = Promise.withResolvers<DecisionReply>();
    this.#held.push(held);
    this.signals.push(signal);
    for (const { count, wake } of this.#arrivals) if (this.#held.length >= count) wake();
    return held.promise;
  };

  /** Resolves once `count` decisions have begun. */
  begun(count: number): Promise<void> {
    if (this.#held.length >= count) return Promise.resolve();
    return new Promise((wake) => this.#arrivals.push({ count, wake }));
  }

  /** Lets decision number `index` go. */
  release(index: number): void {
    present(this.#held[index], `decision ${index}`).resolve(REPLY);
  }
}
