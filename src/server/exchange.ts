/**
 * One request and its reply: gates, call, answer, problem, log line. Everything here runs for every
 * request, so it allocates little and looks nothing up twice.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { Fault, type Principal } from "#foundation";
import { PROBLEM_MEDIA_TYPE } from "#wire";
import { authenticate, authorise, challengeFor } from "./access/authenticate.ts";
import { answerPreflight, isPreflight, letRead } from "./access/cross-origin.ts";
import { serverFaults } from "./faults.ts";
import type { FrontDesk } from "./front-desk.ts";
import { inferenceBody, inferenceRefusal, isInferencePath } from "./inference/protocol.ts";
import {
  checkHeaders,
  checkHost,
  foreignOrigin,
  idempotencyKeyOf,
  lastEventIdOf,
  traceOf,
} from "./intake/gate.ts";
import { parseJsonBody } from "./intake/json-body.ts";
import { requireTaking } from "./intake/readiness.ts";
import { faultOf, isInternal, problemOf, retryAfterOf } from "./refusal/problem-reply.ts";
import { readRest } from "./refusal/unread-body.ts";
import type { Access, Route } from "./route.ts";
import type { AllowedMethods } from "./route-map.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** When the last byte had arrived, monotonic; the beginning of the request until then. */
    receivedAtMs: number;
    /** When the reply had been handed over, monotonic; 0 until then. */
    handedOverAtMs: number;
    /** The code of the problem it was answered with. */
    problemCode: string | undefined;
    /** Who asks, once that is known. */
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    access?: Access;
    /** Answers also while the server starts or drains. */
    always?: boolean;
    /** Lasts as long as the client stays. */
    endless?: boolean;
  }
}

const JSON_MEDIA_TYPE = "application/json; charset=utf-8";

/** Who asks for what is public; its routes take nothing from it. */
const NOBODY: Principal = Object.freeze({ tenant: "public", name: "nobody", role: "reader" });

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "x-frame-options": "DENY",
  "cache-control": "no-store",
};

/** Begins an exchange: what every reply carries, whatever becomes of the request. */
export function begin(desk: FrontDesk, request: FastifyRequest, reply: FastifyReply): void {
  request.receivedAtMs = desk.clock.monotonicMs();
  reply.headers(SECURITY_HEADERS);
  reply.header("x-request-id", request.id);
}

/**
 * What a request passes before its body is read. Says whether it is to go on: preflights end here.
 *
 * @throws Fault if it does not pass.
 */
export function passGates(
  desk: FrontDesk,
  allowed: AllowedMethods,
  request: FastifyRequest,
  reply: FastifyReply,
): boolean {
  const { headers } = request;
  checkHeaders(request.raw.rawHeaders);
  checkHost(headers.host, desk.doors, request.socket.localAddress);
  const origin = foreignOrigin(headers.origin, headers.host, desk.doors);
  if (origin !== undefined) {
    letRead(reply, origin);
    if (isPreflight(request)) {
      answerPreflight(reply, allowed(pathOf(request)));
      return false;
    }
  }
  // What is not there is told to those alone who may know what is.
  const { access = "reader", always } = request.routeOptions.config;
  const notTaking = desk.notTaking();
  if (access !== "public" && notTaking !== "starting") letIn(desk, access, request, reply);
  if (request.is404) throw nothingThere(allowed, request, reply);
  const isExempt = access === "public" || (always === true && notTaking === "draining");
  if (!isExempt) requireTaking(notTaking);
  return true;
}

/** Finds out who asks, whether they may, and how much. @throws Fault if not. */
function letIn(
  desk: FrontDesk,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const principal = authenticate(desk.keys, request.headers.authorization);
  request.principal = principal;
  if (desk.keys.required) reply.header("ratelimit-policy", desk.rates.policy);
  const taken = desk.rates.take(principal);
  if (taken !== undefined) reply.header("ratelimit", taken.left);
  if (taken?.fault !== undefined) throw taken.fault;
  if (!request.is404) authorise(principal, access);
}

/** Calls the route and sends its answer. */
export async function answer(
  desk: FrontDesk,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const made = await route.handle({
    principal: request.principal ?? NOBODY,
    path: request.params,
    query: request.query,
    body: isInferencePath(route.path) ? inferenceBody(request) : jsonIn(request.body),
    bodyBytes: request.body instanceof Uint8Array ? request.body.length : 0,
    idempotencyKey: route.idempotent && idempotencyKeyOf(request.headers["idempotency-key"]),
    lastEventId: lastEventIdOf(request.headers["last-event-id"]),
    receivedAtMs: request.receivedAtMs,
    requestId: request.id,
    signal: signalOf(reply),
  });
  if (made.headers !== undefined) reply.headers(made.headers);
  if (made.mediaType !== undefined)
    return send(desk, reply, made.status, made.mediaType, made.body);
  return send(desk, reply, made.status, JSON_MEDIA_TYPE, JSON.stringify(made.body));
}

/** Answers whatever was thrown as problem details, or as its protocol has them. */
export function answerProblem(
  desk: FrontDesk,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const fault = faultOf(error, request.routeOptions.bodyLimit);
  const problem = problemOf(fault, request.id);
  request.problemCode = problem.code;
  if (problem.code === serverFaults.bodyTooLarge.code) readRest(desk.clock, request, reply);
  if (isInternal(fault)) request.log.error({ reqId: request.id, err: error }, "failed");
  desk.metrics.refused(routeName(request), problem.code);
  if (problem.status === 401) reply.header("www-authenticate", challengeFor(fault));
  const retryAfter = retryAfterOf(fault);
  if (retryAfter !== undefined) reply.header("retry-after", retryAfter);
  if (isInferencePath(request.url)) {
    send(desk, reply, problem.status, JSON_MEDIA_TYPE, JSON.stringify(inferenceRefusal(problem)));
  } else {
    send(desk, reply, problem.status, PROBLEM_MEDIA_TYPE, JSON.stringify(problem));
  }
}

function jsonIn(body: unknown): unknown {
  return body instanceof Uint8Array ? parseJsonBody(body) : undefined;
}

/**
 * Counts and logs a request whose reply has been handed over. No bodies, no addresses, no query.
 */
export function account(desk: FrontDesk, request: FastifyRequest, reply: FastifyReply): void {
  // The framework hears of the last byte a turn of the event loop after it was handed over.
  const handedOverAtMs = request.handedOverAtMs || desk.clock.monotonicMs();
  const serverMs = handedOverAtMs - request.receivedAtMs;
  const route = routeName(request);
  if (!request.routeOptions.config.endless) {
    desk.metrics.replied(route, reply.statusCode, serverMs);
  }
  request.log.info(
    {
      reqId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      code: request.problemCode,
      serverMs: Math.round(serverMs * 1000) / 1000,
      ...traceOf(request.headers.traceparent),
    },
    "replied",
  );
}

function send(
  desk: FrontDesk,
  reply: FastifyReply,
  status: number,
  mediaType: string,
  body: unknown,
): FastifyReply {
  // The last reply on its connection: a client that keeps it open would hold up the end.
  if (desk.notTaking() === "draining") reply.header("connection", "close");
  reply.code(status).header("content-type", mediaType).send(body);
  reply.request.handedOverAtMs = desk.clock.monotonicMs();
  return reply;
}

/** Aborted when the connection closes before the reply is out. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

function nothingThere(allowed: AllowedMethods, request: FastifyRequest, reply: FastifyReply) {
  const path = pathOf(request);
  const shown = `${request.method} ${path.slice(0, 100)}`;
  const methods = allowed(path);
  if (methods.length === 0 || methods.includes(request.method)) {
    const detail = `expected an address in /openapi.json, got ${shown}`;
    return new Fault(serverFaults.routeUnknown, { detail });
  }
  const allow = methods.join(", ");
  reply.header("allow", allow);
  return new Fault(serverFaults.methodNotAllowed, { detail: `expected ${allow}, got ${shown}` });
}

function pathOf(request: FastifyRequest): string {
  return request.url.replace(/\?.*$/s, "");
}

/** The route's template: a closed set, unlike the addresses callers ask for. */
function routeName(request: FastifyRequest): string {
  return request.is404 ? "none" : (request.routeOptions.url ?? "none");
}
