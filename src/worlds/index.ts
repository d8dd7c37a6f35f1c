/**
 * Worlds: seeded simulators that answer back, as ground for tests, demonstrations and experiments.
 * Knows nothing of storage or HTTP.
 */
export { callsCurve } from "./contact-centre/arrivals/calls-file.ts";
export type { Centre } from "./contact-centre/centre.ts";
export { readCentre } from "./contact-centre/configuration/read-centre.ts";
export {
  classTally,
  MEASURES,
  type Measure,
  type MeasuredTally,
  type MeasureName,
  rangeOf,
  wholeTally,
} from "./contact-centre/measures.ts";
export { longestWaiting } from "./contact-centre/policies/longest-waiting.ts";
export { referencePolicies } from "./contact-centre/policies/reference-policies.ts";
export type {
  CentreSnapshot,
  Pairing,
  Router,
  RoutingPolicy,
} from "./contact-centre/router.ts";
export { pairingsOf, routingRequest } from "./contact-centre/routing-tick.ts";
export {
  type RunKey,
  type RunTally,
  simulate,
  simulateWaiting,
} from "./contact-centre/simulate.ts";
export type { CentreEvent, Trace } from "./contact-centre/simulation/simulation.ts";
export { WORLD_FAULTS } from "./faults.ts";
