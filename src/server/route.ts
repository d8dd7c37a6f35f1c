/**
 * The contract of a route: one record per operation, from which the HTTP server, the OpenAPI
 * document and the list of allowed methods are made. A route is written against its own types;
 * {@link route} closes over them.
 */
import type { z } from "zod";
import type { Principal, Role } from "#foundation";
import type { BodyPart, Part } from "./intake/request-part.ts";

/** What a route's code is given: everything already checked against its schemas. */
export interface Call<Path, Query, Body> {
  readonly principal: Principal;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** Size of the body, where it came as bytes. */
  readonly bodyBytes?: number;
  readonly idempotencyKey: string | undefined;
  /** The decision after which a watcher resumes, from the header Last-Event-ID. */
  readonly lastEventId: string | undefined;
  /** When the last byte of the request had arrived, monotonic. */
  readonly receivedAtMs: number;
  /** The request's name in the log, and in problems that are told later than the reply begins. */
  readonly requestId: string;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

/** A call before its parts are checked. */
export type RawCall = Call<unknown, unknown, unknown>;

/**
 * What a route's code returns: `body` becomes JSON, or goes out as it is if `mediaType` says what
 * it is.
 */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a reply is documented. */
export interface ReplyFacts {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
}

/**
 * Who may call a route: anybody, a key of at least this role, or, for what concerns all tenants at
 * once, an administrator of the tenant that owns the installation.
 */
export type Access = "public" | Role | "owner";

/** What is published about an operation. */
export interface RouteFacts {
  readonly method: "GET" | "POST" | "PUT";
  /** OpenAPI path template, e.g. `/v1/decisions/{id}`. */
  readonly path: string;
  /** Unique name of the operation; generated clients make it a method. */
  readonly operation: string;
  readonly access: Access;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly replies: Readonly<Record<number, ReplyFacts>>;
  /** Statuses of the problems this route can answer, beyond those of every route. */
  readonly problems: readonly number[];
  /** Answers also while the server starts or drains. */
  readonly always?: true;
  /** Its reply lasts as long as the client stays: no latency to be counted. */
  readonly endless?: true;
  /** Takes the header Idempotency-Key. */
  readonly idempotent?: true;
  /** Left out of the document: a route that only explains that there is none. */
  readonly undocumented?: true;
}

/** The three parts of a request a route may take. */
export interface Takes<Path, Query, Body> {
  readonly path: Part<Path>;
  readonly query: Part<Query>;
  readonly body: BodyPart<Body>;
}

/** A route as its author writes it. */
export interface RouteDefinition<Path, Query, Body> extends RouteFacts {
  readonly takes: Takes<Path, Query, Body>;
  handle(call: Call<Path, Query, Body>): Promise<Reply> | Reply;
}

/** A route as the server sees it. */
export interface Route extends RouteFacts {
  readonly takes: Takes<unknown, unknown, unknown>;
  handle(call: RawCall): Promise<Reply> | Reply;
}

/** Closes a definition over its own types. */
export function route<Path, Query, Body>(definition: RouteDefinition<Path, Query, Body>): Route {
  const { handle, ...facts } = definition;
  const { path, query, body } = definition.takes;
  return Object.freeze({
    ...facts,
    handle: (call: RawCall) =>
      handle({
        ...call,
        path: path.read(call.path),
        query: query.read(call.query),
        body: body.read(call.body),
      }),
  });
}
