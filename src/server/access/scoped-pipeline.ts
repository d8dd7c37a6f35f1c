/**
 * The pipeline as a key sees it that is limited to some decision types: what belongs to others is
 * refused, and lists leave it out or have to name a type.
 */
import { Fault, type Principal } from "#foundation";
import type { Pipeline } from "#pipeline";
import { serverFaults } from "../faults.ts";

/** `pipeline`, keeping principals to their decision types. Costs others one comparison. */
export function scopedPipeline(pipeline: Pipeline): Pipeline {
  return {
    types: pipeline.types,
    decide: async (principal, type, body, options) => {
      requireType(principal, type);
      return pipeline.decide(principal, type, body, options);
    },
    decision: async (principal, id) => {
      const view = await pipeline.decision(principal, id);
      requireType(principal, typeIn(view.record));
      return view;
    },
    decisions: async (principal, query) => {
      if (principal.decisionTypes !== undefined) requireType(principal, query.type ?? "all types");
      return pipeline.decisions(principal, query);
    },
    replay: async (principal, ...rest) => {
      await requireOwn(pipeline, principal, rest[0]);
      return pipeline.replay(principal, ...rest);
    },
    recordOutcomes: async (principal, outcomes) => {
      for (const id of new Set(outcomes.map((outcome) => outcome.decisionId))) {
        await requireOwn(pipeline, principal, id);
      }
      return pipeline.recordOutcomes(principal, outcomes);
    },
    policies: async (principal) => {
      const policies = await pipeline.policies(principal);
      return policies.filter(({ type }) => mayTouch(principal, type));
    },
    // Adding policies and items takes an administrator, whose keys have no such limit.
    addPolicy: (principal, body) => pipeline.addPolicy(principal, body),
    putItems: (principal, ...set) => pipeline.putItems(principal, ...set),
    items: async (principal, name) => {
      const facts = await pipeline.items(principal, name);
      requireType(principal, facts.type);
      return facts;
    },
    itemEntries: async (principal, name, ...which) => {
      if (principal.decisionTypes !== undefined) {
        requireType(principal, (await pipeline.items(principal, name)).type);
      }
      return pipeline.itemEntries(principal, name, ...which);
    },
    // Resources belong to no type: a key of some types ends what its own decisions reserved.
    capacities: async (principal, resources) => {
      requireAll(principal);
      return pipeline.capacities(principal, resources);
    },
    declareCapacity: (principal, totals) => pipeline.declareCapacity(principal, totals),
    reserveCapacity: async (principal, wish) => {
      requireAll(principal);
      return pipeline.reserveCapacity(principal, wish);
    },
    commitReservation: async (principal, id) => {
      await requireOwnReservation(pipeline, principal, id);
      return pipeline.commitReservation(principal, id);
    },
    releaseReservation: async (principal, id) => {
      await requireOwnReservation(pipeline, principal, id);
      return pipeline.releaseReservation(principal, id);
    },
    backup: () => pipeline.backup(),
    ready: () => pipeline.ready(),
    close: () => pipeline.close(),
  };
}

/** Whether a principal's key reaches decisions of `type`. */
export function mayTouch({ decisionTypes }: Principal, type: string): boolean {
  return decisionTypes === undefined || decisionTypes.includes(type);
}

function requireType(principal: Principal, type: string): void {
  if (mayTouch(principal, type)) return;
  const own = principal.decisionTypes?.join(", ");
  throw new Fault(serverFaults.typeRefused, { detail: `expected one of ${own}, got ${type}` });
}

function requireAll(principal: Principal): void {
  if (principal.decisionTypes !== undefined) requireType(principal, "all types");
}

/** A decision that is not there is left for the sentence itself to say so. */
async function requireOwn(pipeline: Pipeline, principal: Principal, id: string): Promise<void> {
  if (principal.decisionTypes === undefined) return;
  const type = await typeOf(pipeline, principal, id);
  if (type !== undefined) requireType(principal, type);
}

/** A reservation is a decision's of these types, or not for this key. */
async function requireOwnReservation(
  pipeline: Pipeline,
  principal: Principal,
  id: string,
): Promise<void> {
  if (principal.decisionTypes === undefined) return;
  requireType(principal, (await typeOf(pipeline, principal, id)) ?? "all types");
}

/** The type of a recorded decision. */
async function typeOf(
  pipeline: Pipeline,
  principal: Principal,
  id: string,
): Promise<string | undefined> {
  const view = await pipeline.decision(principal, id).catch((error: unknown) => {
    if (error instanceof Fault && error.row.category === "missing") return undefined;
    throw error;
  });
  return view === undefined ? undefined : typeIn(view.record);
}

function typeIn(record: unknown): string {
  const type = member(record, "type");
  return String(member(type, "id"));
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
