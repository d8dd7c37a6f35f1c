/**
 * Decisions counted by the rung that answered.
 */
import type { DecisionSummary } from "#wire";
import { RUNGS } from "../words.ts";

/** How many decisions a rung answered. */
export interface RungCount {
  readonly rung: string;
  readonly count: number;
  /** Of all decisions, from 0 to 1. */
  readonly share: number;
}

/** The count of every rung, those without decisions included, in the order of the ladder. */
export function rungCounts(decisions: readonly DecisionSummary[]): readonly RungCount[] {
  return RUNGS.map(({ name }) => {
    const count = decisions.filter(({ rung }) => rung === name).length;
    return { rung: name, count, share: count / Math.max(1, decisions.length) };
  });
}
