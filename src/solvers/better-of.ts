/**
 * The better of two objectives, as runs report them that may have found nothing.
 */
import { isBetterObjective, type ObjectiveSense } from "#problem";

/** The better of two objectives, of which one may be missing; the first where they are equal. */
export function betterOf(
  sense: ObjectiveSense,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isBetterObjective(sense, b, a) ? b : a;
}
