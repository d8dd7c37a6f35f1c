/**
 * How policies that pick one pair at a time choose: among every class with somebody waiting and
 * every group that could serve it at once.
 */
import type { CentreSnapshot, Pairing } from "../router.ts";

/** What a policy thinks of serving a class by a group. */
export type Worth = (snapshot: CentreSnapshot, classIndex: number, group: number) => number;

/**
 * The first contact of the class and the longest idle agent of the group with the highest `worth`;
 * of equals the one with the highest `tie`, and of those the first listed. Empty if nobody who
 * waits can be served.
 */
export function bestPairing(
  snapshot: CentreSnapshot,
  worth: Worth,
  tie: Worth = () => 0,
): readonly Pairing[] {
  const { classes, groups } = snapshot.centre;
  let [bestWorth, bestTie] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [contact, agent] = [-1, -1];
  for (let one = 0; one < classes.length; one += 1) {
    if (snapshot.waitingCount(one) === 0) continue;
    for (let group = 0; group < groups.length; group += 1) {
      const free = snapshot.freeCount(group) > 0 ? snapshot.longestIdle(group, one) : -1;
      if (free < 0) continue;
      const here = worth(snapshot, one, group);
      if (here < bestWorth) continue;
      const tied = tie(snapshot, one, group);
      if (here === bestWorth && tied <= bestTie) continue;
      [bestWorth, bestTie] = [here, tied];
      [contact, agent] = [snapshot.firstWaiting(one), free];
    }
  }
  return contact < 0 ? [] : [{ contact, agent }];
}

/** How long the first contact of a class has waited. */
export function firstWaitSeconds(snapshot: CentreSnapshot, classIndex: number): number {
  return snapshot.waitedSeconds(snapshot.firstWaiting(classIndex));
}

/** Contacts of a class that an agent of a group finishes per second, with nothing else in hand. */
export function serviceRate({ centre }: CentreSnapshot, classIndex: number, group: number): number {
  const { handle } = centre.classes[classIndex];
  return centre.groups[group].proficiency[classIndex] / handle.meanSeconds;
}
