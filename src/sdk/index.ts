/**
 * SDK: the platform's HTTP interface for programs in Node and browsers, typed from the wire, with
 * no dependency. Takes only types from the wire, so that no schema travels with it.
 */
export type { CapacityClient } from "./capacity-client.ts";
export type { DecisionTypes, Json, JsonObject } from "./decision-types.ts";
export type { HttpFetch, HttpReply, HttpStream, Surroundings } from "./surroundings.ts";
export {
  type CallOptions,
  type ClientOptions,
  type Decided,
  type DecideOptions,
  type DecisionFilter,
  TandemClient,
} from "./tandem-client.ts";
export { type ClientCode, TandemError } from "./tandem-error.ts";
export type { LiveEvent } from "./watch.ts";
