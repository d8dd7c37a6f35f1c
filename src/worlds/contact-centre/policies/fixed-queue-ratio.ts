/**
 * Fixed queue ratio: I. Gurvich and W. Whitt, "Service-level differentiation in many-server service
 * systems via queue-ratio routing", Operations Research 58 (2010). Every class has a share of all
 * waiting contacts that it should be. Who becomes free serves the class whose queue exceeds its
 * share the most; who arrives is served by the group whose idle agents exceed its share of the free
 * the most, where a group's share is that of its size.
 */
import type { CentreSnapshot, RoutingPolicy } from "../router.ts";
import { bestPairing } from "./best-pairing.ts";

/** The policy. */
export const fixedQueueRatio = Object.freeze<RoutingPolicy>({
  name: "fixed-queue-ratio",
  summary: "the class whose queue most exceeds its share, by the group most idle for its size",
  route: (snapshot) => {
    const { classes, groups } = snapshot.centre;
    const shares = classes.reduce((sum, { queueShare }) => sum + queueShare, 0);
    const staff = groups.reduce((sum, { agents }) => sum + agents.length, 0);
    const waiting = total(classes.length, (one) => snapshot.waitingCount(one));
    const free = total(groups.length, (group) => snapshot.freeCount(group));
    return bestPairing(
      snapshot,
      (floor, one) => floor.waitingCount(one) - (waiting * classes[one].queueShare) / shares,
      (floor, _, group) => idleExcess(floor, group, free / staff),
    );
  },
});

function idleExcess(snapshot: CentreSnapshot, group: number, freePerAgent: number): number {
  return snapshot.freeCount(group) - freePerAgent * snapshot.centre.groups[group].agents.length;
}

function total(count: number, of: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += of(index);
  return sum;
}
