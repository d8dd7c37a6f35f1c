/**
 * The experiment of the simulated week, fixed before it begins: who decides when, and what is read
 * of it afterwards.
 */
import {
  checkedSwitchback,
  type ReadingPlan,
  type ServiceLevelRule,
  type SwitchbackDesign,
} from "#experiments";
import { Fault } from "#foundation";
import { STUDY_FAULTS } from "../faults.ts";
import type { HandlingCost } from "./outcome-log.ts";

/** Days beyond which the day's curve says nothing new. */
const DAYS_MAX = 28;

/** Opening days of a week: its standard error is that of so many, however long a study runs. */
export const WEEK_DAYS = 6;

/** Monday, 5 January 2026, 00:00 UTC. */
const START_UTC_MS = 1_767_571_200_000;
const HOUR_MS = 3_600_000;
const HOURS_PER_DAY = 24;

/** The pool of the only centre there is. */
export const POOL = "centre";

/** Answered within 20 seconds, of all who called. */
export const SERVICE_LEVEL: ServiceLevelRule = Object.freeze({
  withinSeconds: 20,
  abandoned: "missed",
});

/** An agent's hour, in cents. */
export const HANDLING_COST: HandlingCost = Object.freeze({ minorPerHour: 3200 });

/** What is read: whether more are answered in time, and that nothing else gets worse. */
export const READING_PLAN: ReadingPlan = Object.freeze<ReadingPlan>({
  primary: "service-level",
  guardrails: [
    ...(["abandonment", "speed-of-answer", "handle-time", "occupancy"] as const),
    ...(["resolution", "transfers", "satisfaction", "cost-per-contact"] as const),
  ],
  abandoned: SERVICE_LEVEL.abandoned,
  level: 0.95,
});

/** @throws Fault `study-days-invalid` unless `days` is even and from 2 to {@link DAYS_MAX}. */
export function checkedDays(days: number): number {
  if (Number.isInteger(days) && days % 2 === 0 && days >= 2 && days <= DAYS_MAX) return days;
  const detail = `days: expected an even number from 2 to ${DAYS_MAX}, got ${days}`;
  throw new Fault(STUDY_FAULTS.daysInvalid, { detail });
}

/**
 * Hours in turn, each paired with the same hour of the day after; its first quarter is not counted.
 */
export function weekDesign(days: number, seed: number): SwitchbackDesign {
  return checkedSwitchback({
    kind: "switchback",
    experiment: "contact-centre-week",
    seed,
    pools: [POOL],
    startUtcMs: START_UTC_MS,
    sliceMs: HOUR_MS,
    burnInMs: HOUR_MS / 4,
    slicesPerPeriod: HOURS_PER_DAY,
    periods: checkedDays(days),
  });
}
