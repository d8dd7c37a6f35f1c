/**
 * What comes of a contact that an agent has served: passed on or not, resolved or not, and what the
 * customer says. Whatever the agent and the wait, a contact draws the same numbers, so policies are
 * compared on common ones here too.
 */
import type { RandomStream } from "#foundation";
import { standardNormal } from "../arrivals/duration.ts";
import type { OutcomeProfile } from "../centre.ts";

/** What came of one contact. */
export interface ServiceOutcome {
  readonly isTransferred: boolean;
  readonly isResolved: boolean;
  /** 1 to 5; `undefined` for who says nothing. */
  readonly satisfaction: number | undefined;
}

/** The ends of the scale on which customers say how content they are. */
export const SATISFACTION = Object.freeze({ lowest: 1, highest: 5 });

/** The outcome of a contact served by an agent of `proficiency` after a wait. */
export function serviceOutcome(
  { transferred, resolved, satisfaction }: OutcomeProfile,
  stream: RandomStream,
  proficiency: number,
  waitedSeconds: number,
): ServiceOutcome {
  const [passing, resolving, saying] = [stream.unit(), stream.unit(), stream.unit()];
  const mood = standardNormal(stream);
  // What goes wrong grows as handling does: an agent of half the proficiency takes twice as long.
  const isTransferred = passing < transferred / proficiency;
  const isResolved = !isTransferred && resolving >= (1 - resolved) / proficiency;
  if (satisfaction === undefined || saying >= satisfaction.answeredShare) {
    return { isTransferred, isResolved, satisfaction: undefined };
  }
  const { mean, deviation, unresolvedLoss, lossPerMinute } = satisfaction;
  const lost = (isResolved ? 0 : unresolvedLoss) + (lossPerMinute * waitedSeconds) / 60;
  const said = mean + deviation * mood - lost;
  const { lowest, highest } = SATISFACTION;
  return {
    ...{ isTransferred, isResolved },
    satisfaction: Math.min(highest, Math.max(lowest, said)),
  };
}
