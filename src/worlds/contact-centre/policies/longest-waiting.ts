/**
 * First come, first served, in two ways that differ in who serves. Both serve, of all classes that
 * somebody free can serve, the contact that has waited longest.
 */
import type { RoutingPolicy } from "../router.ts";
import { bestPairing, firstWaitSeconds } from "./best-pairing.ts";

/** The rule of most centres: the longest waiting contact to the longest idle skilled agent. */
export const longestWaiting = Object.freeze<RoutingPolicy>({
  name: "longest-waiting",
  summary: "the longest waiting contact to the longest idle skilled agent",
  route: (snapshot) =>
    bestPairing(snapshot, firstWaitSeconds, (floor, classIndex, group) =>
      floor.idleSeconds(floor.longestIdle(group, classIndex)),
    ),
});

/** A hunt group: groups are tried in the order in which they are listed. */
export const fifo = Object.freeze<RoutingPolicy>({
  name: "fifo",
  summary: "the longest waiting contact to the first listed group with a skilled agent free",
  route: (snapshot) => bestPairing(snapshot, firstWaitSeconds),
});
