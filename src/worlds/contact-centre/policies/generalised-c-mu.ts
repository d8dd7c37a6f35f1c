/**
 * The generalised c-mu rule: A. Mandelbaum and A. Stolyar, "Scheduling flexible servers with convex
 * delay costs: heavy-traffic optimality of the generalized c-mu rule", Operations Research 52
 * (2004), with quadratic costs: a class costs `waitCost` times half the square of its wait, so that
 * a second more costs `waitCost` times the wait.
 */
import type { RoutingPolicy } from "../router.ts";
import { bestPairing, firstWaitSeconds, serviceRate } from "./best-pairing.ts";

/** The policy: the class and the group by which the cost of waiting falls fastest. */
export const generalisedCMu = Object.freeze<RoutingPolicy>({
  name: "generalised-c-mu",
  summary: "the class and group with the highest cost of waiting times service rate",
  route: (snapshot) =>
    bestPairing(
      snapshot,
      (floor, one, group) =>
        floor.centre.classes[one].waitCost *
        firstWaitSeconds(floor, one) *
        serviceRate(floor, one, group),
      serviceRate,
    ),
});
