/**
 * Who acts in a simulation: one row per decision type, with what the simulation cannot make up for
 * itself. A new decision type joins by a row.
 */
import { typeNamed } from "#decisions";
import { canonicalJson, type Json, present, type RandomStream } from "#foundation";
import type { ReportedOutcome } from "#pipeline";
import { rankingRequest, registered } from "../generators/ranking-requests.ts";
import { routingRequest } from "../generators/routing-requests.ts";

/** The part a decision type plays. */
export interface Actor {
  readonly type: string;
  /** A request of its own, or one that names the item set; without `options`. */
  request(seed: number, itemSet: string | undefined): { readonly [member: string]: Json };
  /**
   * The content of an item set that every request of the type can name; any seed. Absent if the
   * type takes none.
   */
  items?(seed: number): readonly Json[];
  /** An event that may follow an answer. */
  outcome(answer: Json, random: RandomStream): Pick<ReportedOutcome, "kind" | "item" | "position">;
  /** How many places an answer fills; of two answers the longer is better, then the objective. */
  length(answer: Json): number;
  /** Solvers its policies may name. */
  readonly solvers: readonly string[];
}

const CANDIDATES = 12;

/** One row per type of the catalogue; a test holds it against the catalogue. */
export const ACTORS: readonly Actor[] = Object.freeze([
  {
    type: "ranking",
    request: (seed, itemSet) => {
      if (itemSet === undefined) return asRequest(rankingRequest(seed));
      const drawn = rankingRequest(seed, { candidateCount: CANDIDATES });
      const { similarity: _pairs, ...request } = registered(drawn, itemSet).request;
      return asRequest(request);
    },
    items: (seed) => {
      const sizes = { candidateCount: CANDIDATES, dimension: seed % 2 === 0 ? 3 : 0 };
      return registered(rankingRequest(seed, sizes)).items.map(asJson);
    },
    outcome: (answer, random) => {
      const ids = rankedIds(answer);
      if (ids.length === 0) return { kind: "impression" };
      const place = random.below(ids.length);
      return { kind: "click", item: ids[place], position: place + 1 };
    },
    length: (answer) => rankedIds(answer).length,
    solvers: ["tabu", "annealing", "branch-and-bound", "greedy-swap", "bound"],
  } satisfies Actor,
  {
    type: "routing",
    request: (seed) => asRequest(routingRequest(seed)),
    outcome: (answer, random) => {
      const ids = routedIds(answer);
      if (ids.length === 0) return { kind: "handled" };
      const place = random.below(ids.length);
      return { kind: "answered", item: ids[place], position: place + 1 };
    },
    // Every contact is answered for, whatever happens to it.
    length: (answer) => routedIds(answer).length,
    solvers: ["linear-assignment", "min-cost-flow", "quadratic-branch-and-bound", "descent"],
  } satisfies Actor,
]);

/** A policy under which a simulated request may be decided, for the type of `actor`. */
export function drawnPolicy(actor: Actor, version: number, random: RandomStream): Json {
  const deadlineMs = 15 + random.below(150);
  const lane = () =>
    Array.from({ length: 1 + random.below(2) }, () => ({
      solver: actor.solvers[random.below(actor.solvers.length)],
      // Some legs end by themselves soon, some only when they are stopped.
      workLimit: random.below(4) === 0 ? 1e12 : 200 + random.below(5000),
    }));
  const { defaults } = present(typeNamed(actor.type), actor.type).defaultPolicy;
  return asJson({
    name: `simulated-${actor.type}`,
    version,
    type: actor.type,
    defaults,
    contract: {
      tier: "realtime",
      deadlineMs,
      deadlineMsMax: deadlineMs + random.below(200),
      reserveMs: 5 + random.below(deadlineMs - 10),
      ifUnrecorded: random.below(2) === 0 ? "refuse" : "mark",
    },
    plan: {
      lanes: Array.from({ length: 1 + random.below(3) }, lane),
      exchange: random.below(3) > 0,
      gapMax: random.below(2) / 20,
    },
  });
}

function rankedIds(answer: Json): string[] {
  const { items }: { readonly items?: readonly { readonly id: string }[] } = Object(answer);
  return (items ?? []).map(({ id }) => id);
}

function routedIds(answer: Json): string[] {
  const { contacts }: { readonly contacts?: readonly { readonly id: string }[] } = Object(answer);
  return (contacts ?? []).map(({ id }) => id);
}

function asJson(value: unknown): Json {
  return JSON.parse(canonicalJson(value));
}

function asRequest(value: object): { readonly [member: string]: Json } {
  return JSON.parse(canonicalJson(value));
}
