/**
 * The policies others are compared with, one line each.
 */
import type { RoutingPolicy } from "../router.ts";
import { fixedQueueRatio } from "./fixed-queue-ratio.ts";
import { generalisedCMu } from "./generalised-c-mu.ts";
import { fifo, longestWaiting } from "./longest-waiting.ts";
import { type AssignmentMethod, maxWeight } from "./max-weight.ts";

/** All of them, the rule first; max-weight solves its assignments by `assignment`. */
export function referencePolicies(assignment: AssignmentMethod): readonly RoutingPolicy[] {
  return [longestWaiting, fifo, fixedQueueRatio, generalisedCMu, maxWeight(assignment)];
}
