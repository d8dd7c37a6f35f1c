/**
 * What may be said of a figure. Errors are shared out beforehand: a fifth of them may happen at any
 * look while the experiment runs, the rest at its end, so that all looks together are wrong at most
 * as often as was agreed.
 */
import { unreachable } from "#foundation";

/** Where a figure went, as far as it is shown. */
export type Finding = "better" | "worse" | "changed" | "not-shown";

/** Findings as people read them. */
export const FINDING_WORDS: Readonly<Record<Finding, string>> = Object.freeze({
  better: "better",
  worse: "worse",
  changed: "changed",
  "not-shown": "not shown",
});

/** What a finding is made from. */
export interface Evidence {
  readonly difference: number;
  /** For a single look, at the end. */
  readonly p: number;
  /** For every look. */
  readonly anytimeP: number;
  readonly isOver: boolean;
  /** Chance of a false finding that was agreed to, over all looks. */
  readonly alpha: number;
  readonly better: "higher" | "lower" | "neither";
}

/** The part of alpha that early looks may use up. */
const EARLY_SHARE = 0.2;

/** The finding: a direction only where chance is ruled out at the agreed level. */
export function findingOf(evidence: Evidence): Finding {
  const { difference, p, anytimeP, isOver, alpha, better } = evidence;
  const isShownEarly = anytimeP <= alpha * EARLY_SHARE;
  const isShownAtEnd = isOver && p <= alpha * (1 - EARLY_SHARE);
  if (difference === 0 || !(isShownEarly || isShownAtEnd)) return "not-shown";
  switch (better) {
    case "neither":
      return "changed";
    case "higher":
      return difference > 0 ? "better" : "worse";
    case "lower":
      return difference < 0 ? "better" : "worse";
    default:
      return unreachable(better);
  }
}
