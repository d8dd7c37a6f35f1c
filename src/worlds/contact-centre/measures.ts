/**
 * What is measured of a run: one row per measure, from which tables, JSON and comparisons are made.
 */
import { unreachable } from "#foundation";
import type { AbandonmentRule, Centre } from "./centre.ts";
import type { RunTally } from "./simulate.ts";
import { type ClassTally, emptyClassTally } from "./simulation/ledger.ts";
import { SATISFACTION } from "./simulation/service-outcome.ts";

/** A measure of a whole centre or of one class; `undefined` where there was nothing to measure. */
export interface Measure {
  readonly name: string;
  readonly title: string;
  readonly unit: "share" | "seconds" | "contacts" | "points";
  readonly of: (tally: MeasuredTally) => number | undefined;
}

/** Contacts of one class or of all, agents of all groups. */
export interface MeasuredTally {
  readonly contacts: Readonly<ClassTally>;
  readonly busySeconds: number;
  readonly idleSeconds: number;
  readonly seconds: number;
  readonly abandonments: AbandonmentRule;
}

/** Every measure. */
export const MEASURES = Object.freeze([
  {
    name: "pWait",
    title: "P(wait)",
    unit: "share",
    of: ({ contacts }) => ratio(contacts.waited, contacts.answered + contacts.abandoned),
  },
  {
    name: "asaSeconds",
    title: "ASA, mean wait of the answered",
    unit: "seconds",
    of: ({ contacts }) => ratio(contacts.answeredWaitSeconds, contacts.answered),
  },
  {
    name: "meanWaitSeconds",
    title: "mean wait of all",
    unit: "seconds",
    of: ({ contacts }) =>
      ratio(
        contacts.answeredWaitSeconds + contacts.abandonedWaitSeconds,
        contacts.answered + contacts.abandoned,
      ),
  },
  {
    name: "serviceLevel",
    title: "service level",
    unit: "share",
    of: ({ contacts, abandonments }) =>
      ratio(contacts.answeredInTime, contacts.answered + countedMisses(contacts, abandonments)),
  },
  {
    name: "abandonment",
    title: "abandonment",
    unit: "share",
    of: ({ contacts }) => ratio(contacts.abandoned, contacts.answered + contacts.abandoned),
  },
  {
    name: "occupancy",
    title: "occupancy",
    unit: "share",
    of: ({ busySeconds, idleSeconds }) => ratio(busySeconds, busySeconds + idleSeconds),
  },
  {
    name: "resolution",
    title: "resolved",
    unit: "share",
    of: ({ contacts }) => ratio(contacts.resolved, contacts.outcomesKnown),
  },
  {
    name: "transfers",
    title: "passed on",
    unit: "share",
    of: ({ contacts }) => ratio(contacts.transferred, contacts.outcomesKnown),
  },
  {
    name: "satisfaction",
    title: "satisfaction, 1 to 5",
    unit: "points",
    of: ({ contacts }) => ratio(contacts.satisfaction, contacts.satisfactionKnown),
  },
  {
    name: "queueMean",
    title: "mean queue",
    unit: "contacts",
    of: ({ contacts, seconds }) => ratio(contacts.queueSeconds, seconds),
  },
  {
    name: "contacts",
    title: "contacts per run",
    unit: "contacts",
    of: ({ contacts }) => contacts.arrived,
  },
] as const satisfies readonly Measure[]);

/** What a measure of a unit can be; the mean of many runs too. */
export function rangeOf({ unit }: Pick<Measure, "unit">): readonly [least: number, most: number] {
  switch (unit) {
    case "share":
      return [0, 1];
    case "points":
      return [SATISFACTION.lowest, SATISFACTION.highest];
    case "seconds":
    case "contacts":
      return [0, Number.POSITIVE_INFINITY];
    default:
      return unreachable(unit);
  }
}

/** The names of the measures. */
export type MeasureName = (typeof MEASURES)[number]["name"];

/** All classes of a run together, beside all its agents. */
export function wholeTally({ abandonments }: Centre, run: RunTally): MeasuredTally {
  const contacts = emptyClassTally();
  for (const tally of run.classes) addTo(contacts, tally);
  return { contacts, ...agentsOf(run), abandonments };
}

/** One class of a run, beside all agents. */
export function classTally(
  { abandonments }: Centre,
  run: RunTally,
  classIndex: number,
): MeasuredTally {
  return { contacts: run.classes[classIndex], ...agentsOf(run), abandonments };
}

function agentsOf({ groups, seconds }: RunTally) {
  return {
    busySeconds: groups.reduce((sum, group) => sum + group.busySeconds, 0),
    idleSeconds: groups.reduce((sum, group) => sum + group.idleSeconds, 0),
    seconds,
  };
}

function addTo(sum: ClassTally, tally: Readonly<ClassTally>): void {
  sum.arrived += tally.arrived;
  sum.answered += tally.answered;
  sum.abandoned += tally.abandoned;
  sum.waited += tally.waited;
  sum.answeredInTime += tally.answeredInTime;
  sum.abandonedInTime += tally.abandonedInTime;
  sum.answeredWaitSeconds += tally.answeredWaitSeconds;
  sum.abandonedWaitSeconds += tally.abandonedWaitSeconds;
  sum.redials += tally.redials;
  sum.queueSeconds += tally.queueSeconds;
  sum.outcomesKnown += tally.outcomesKnown;
  sum.transferred += tally.transferred;
  sum.resolved += tally.resolved;
  sum.satisfactionKnown += tally.satisfactionKnown;
  sum.satisfaction += tally.satisfaction;
}

/** Contacts that gave up and count as not answered in time. */
function countedMisses(contacts: Readonly<ClassTally>, rule: AbandonmentRule): number {
  switch (rule) {
    case "missed":
      return contacts.abandoned;
    case "excluded":
      return 0;
    case "short-excluded":
      return contacts.abandoned - contacts.abandonedInTime;
    default:
      return unreachable(rule);
  }
}

function ratio(above: number, below: number): number | undefined {
  return below > 0 ? above / below : undefined;
}
