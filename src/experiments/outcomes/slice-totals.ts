/**
 * What became of contacts, added up by slice of time: everything the figures of a contact centre
 * are made of, in sums that can be added again.
 */
import { assignMoment, type SwitchbackDesign } from "../assignment/switchback-design.ts";

/** How one contact ended. */
export interface ContactOutcome {
  readonly pool: string;
  readonly arrivedAtUtcMs: number;
  readonly end: "answered" | "abandoned";
  /** From arrival until answered or gone. */
  readonly waitSeconds: number;
  /** 0 for who left. */
  readonly handleSeconds: number;
  readonly isResolved?: boolean;
  readonly isTransferred?: boolean;
  /** What the customer said, on the centre's own scale. */
  readonly satisfaction?: number;
  /** What the contact cost, in minor units. */
  readonly costMinor: number;
}

/** Time agents were there and time they worked, in one slice. */
export interface Staffing {
  readonly pool: string;
  readonly slice: number;
  readonly staffedSeconds: number;
  readonly busySeconds: number;
}

/**
 * What a service level of "x in y" does with customers who left. There is no standard, and the
 * figure can differ by points, so the convention is part of the figure:
 * `missed`: they count as offered and not answered; `left-out`: only answered contacts count;
 * `short-left-out`: who left within y is left out, who left later is missed;
 * `short-met`: who left within y counts as answered in time.
 */
export type AbandonConvention = "missed" | "left-out" | "short-left-out" | "short-met";

/** A service level: y, and what becomes of who left. */
export interface ServiceLevelRule {
  readonly withinSeconds: number;
  readonly abandoned: AbandonConvention;
}

/** Sums over the counted contacts of one slice of one pool. */
export interface SliceTotals {
  readonly pool: string;
  readonly slice: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Answered within the limit, and left within it. */
  readonly answeredWithin: number;
  readonly abandonedWithin: number;
  /** Waits of the answered. */
  readonly answerSeconds: number;
  readonly handleSeconds: number;
  /** Resolved, of those of whom it is known; likewise below. */
  readonly resolved: number;
  readonly resolvedKnown: number;
  readonly transferred: number;
  readonly transferredKnown: number;
  readonly satisfaction: number;
  readonly satisfactionKnown: number;
  readonly costMinor: number;
  readonly staffedSeconds: number;
  readonly busySeconds: number;
}

type Sums = { -readonly [Name in keyof Omit<SliceTotals, "pool" | "slice">]: number };

/**
 * Adds outcomes up by the slice in which each contact arrived. Left out: contacts of the burn-in,
 * of other pools, and from before or after the experiment. Slices without a contact are not listed.
 */
export function tallySlices(
  design: SwitchbackDesign,
  { withinSeconds }: ServiceLevelRule,
  outcomes: readonly ContactOutcome[],
  staffing: readonly Staffing[] = [],
): readonly SliceTotals[] {
  const slices = new Map<string, Pick<SliceTotals, "pool" | "slice"> & Sums>();
  for (const outcome of outcomes) {
    const given = assignMoment(design, outcome.pool, outcome.arrivedAtUtcMs);
    if (given === undefined || given.isBurnIn) continue;
    const key = `${given.slice} ${given.pool}`;
    const totals = slices.get(key) ?? { pool: given.pool, slice: given.slice, ...nothing() };
    addOutcome(totals, outcome, withinSeconds);
    slices.set(key, totals);
  }
  for (const { pool, slice, staffedSeconds, busySeconds } of staffing) {
    const totals = slices.get(`${slice} ${pool}`);
    if (totals === undefined) continue;
    totals.staffedSeconds += staffedSeconds;
    totals.busySeconds += busySeconds;
  }
  return [...slices.values()];
}

function addOutcome(totals: Sums, outcome: ContactOutcome, withinSeconds: number): void {
  const isWithin = outcome.waitSeconds <= withinSeconds;
  totals.offered += 1;
  totals.costMinor += outcome.costMinor;
  if (outcome.end === "abandoned") {
    totals.abandoned += 1;
    if (isWithin) totals.abandonedWithin += 1;
    return;
  }
  totals.answered += 1;
  if (isWithin) totals.answeredWithin += 1;
  totals.answerSeconds += outcome.waitSeconds;
  totals.handleSeconds += outcome.handleSeconds;
  if (outcome.isResolved !== undefined) {
    totals.resolvedKnown += 1;
    if (outcome.isResolved) totals.resolved += 1;
  }
  if (outcome.isTransferred !== undefined) {
    totals.transferredKnown += 1;
    if (outcome.isTransferred) totals.transferred += 1;
  }
  if (outcome.satisfaction !== undefined) {
    totals.satisfactionKnown += 1;
    totals.satisfaction += outcome.satisfaction;
  }
}

function nothing(): Sums {
  return {
    offered: 0,
    answered: 0,
    abandoned: 0,
    answeredWithin: 0,
    abandonedWithin: 0,
    answerSeconds: 0,
    handleSeconds: 0,
    resolved: 0,
    resolvedKnown: 0,
    transferred: 0,
    transferredKnown: 0,
    satisfaction: 0,
    satisfactionKnown: 0,
    costMinor: 0,
    staffedSeconds: 0,
    busySeconds: 0,
  };
}
