/**
 * The faults of the HTTP edge itself: what is wrong with a request before any sentence of the
 * platform has been spoken.
 */
import { faultRows } from "#foundation";

/** The rows the server raises. */
export const serverFaults = faultRows({
  jsonMalformed: {
    code: "json-malformed",
    category: "invalid",
    retry: false,
    title: "The body is not the JSON this API takes.",
    remedy: "Send UTF-8 JSON with unique member names, nested at most 64 deep.",
  },
  requestMalformed: {
    code: "request-malformed",
    category: "invalid",
    retry: false,
    title: "The request is not well-formed HTTP.",
    remedy: "Check the request line, the headers and the length of the body.",
  },
  requestInvalid: {
    code: "request-shape-invalid",
    category: "invalid",
    retry: false,
    title: "The request does not fit the schema of this route.",
    remedy: "Correct every flaw listed; /openapi.json has the schema.",
  },
  mediaTypeUnsupported: {
    code: "media-type-unsupported",
    category: "invalid",
    retry: false,
    title: "The body has a media type this API does not read.",
    remedy: "Send JSON with the header `content-type: application/json`.",
  },
  bodyTooLarge: {
    code: "body-too-large",
    category: "invalid",
    retry: false,
    title: "The body is larger than this route accepts.",
    remedy: "Send less at once; item sets can be registered and named instead of repeated.",
  },
  headersTooLarge: {
    code: "headers-too-large",
    category: "invalid",
    retry: false,
    title: "The request line and headers are larger than the server accepts.",
    remedy: "Send fewer or shorter headers; 16 kB is the limit.",
  },
  requestTooSlow: {
    code: "request-too-slow",
    category: "invalid",
    retry: true,
    title: "The request did not arrive in full in time.",
    remedy: "Send headers within 10 s and the whole request within 30 s.",
  },
  routeUnknown: {
    code: "route-unknown",
    category: "missing",
    retry: false,
    title: "There is nothing at this address.",
    remedy: "See /openapi.json for the routes.",
  },
  methodNotAllowed: {
    code: "method-not-allowed",
    category: "refused",
    retry: false,
    title: "This address does not take this method.",
    remedy: "Use one of the methods in the Allow header.",
  },
  outcomeConflict: {
    code: "outcome-conflict",
    category: "conflict",
    retry: false,
    title: "Another outcome is recorded under this id.",
    remedy: "Use a new outcomeId for a new event.",
  },
  outcomeUnjoined: {
    code: "outcome-decision-unknown",
    category: "missing",
    retry: false,
    title: "The outcome names a decision that is not recorded.",
    remedy: "Report outcomes with the decisionId of the reply they belong to.",
  },
  hostRefused: {
    code: "host-refused",
    category: "refused",
    retry: false,
    title: "The Host header does not name this machine.",
    remedy: "Use 127.0.0.1 or localhost; this keeps web pages from reaching a local server.",
  },
  originRefused: {
    code: "origin-refused",
    category: "refused",
    retry: false,
    title: "Requests from other web sites are not taken.",
    remedy: "Call the API from a program, or from a page this server delivered.",
  },
  overloaded: {
    code: "overloaded",
    category: "exhausted",
    retry: true,
    title: "The server is too busy to answer by the deadline.",
    remedy: "Try again after the time in Retry-After, or allow a longer deadline.",
  },
  deadlineMissed: {
    code: "deadline-missed",
    category: "undecided",
    retry: true,
    title: "The decision was made too late to be used.",
    remedy: "Allow a longer deadline or send less at once; the decision can be looked up.",
  },
  notReady: {
    code: "not-ready",
    category: "unavailable",
    retry: true,
    title: "The server cannot take decisions yet.",
    remedy: "Try again shortly; /readyz says when.",
  },
  keysRequired: {
    code: "keys-required",
    category: "refused",
    retry: false,
    title: "Listening beyond this machine needs API keys, and none are set.",
    remedy: "Listen on 127.0.0.1; keys, which would let others in, do not exist yet.",
  },
  portTaken: {
    code: "port-unavailable",
    category: "conflict",
    retry: true,
    title: "The address to listen on cannot be used.",
    remedy: "Stop what listens there, or choose another port with --port.",
  },
  internal: {
    code: "internal",
    category: "unavailable",
    retry: false,
    title: "Something failed inside the server.",
    remedy: "Report it with the request id in `instance`; the log has the cause.",
  },
});
