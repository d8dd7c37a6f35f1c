/**
 * The HTTP server: Fastify carrying the routes. It listens before the pipeline is up, so that
 * health and readiness can be asked from the first moment, and ends in order: no new work, the work
 * in flight finished, then the connections.
 */
import fastify, { type FastifyInstance, LogController } from "fastify";
import {
  assert,
  type Clock,
  Fault,
  type FaultRow,
  type IdentifierSource,
  present,
} from "#foundation";
import type { CommittedBatch, Pipeline } from "#pipeline";
import type { KeyDesk } from "./access/key-desk.ts";
import { openRateLimiter, type RateLimits } from "./access/rate-limit.ts";
import { scopedPipeline } from "./access/scoped-pipeline.ts";
import { type AdmissionLimits, openAdmission } from "./admission.ts";
import { account, answer, answerProblem, begin, passGates } from "./exchange.ts";
import { serverFaults } from "./faults.ts";
import type { FrontDesk, ListedType } from "./front-desk.ts";
import { isInferencePath } from "./inference/protocol.ts";
import { type Doors, requireLoopback } from "./intake/gate.ts";
import { openDecisionFeed } from "./live/decision-feed.ts";
import { openMetrics } from "./metrics.ts";
import { answerBrokenConnection } from "./refusal/broken-connection.ts";
import type { Route } from "./route.ts";
import { type AllowedMethods, allowedMethods, frameworkPath } from "./route-map.ts";
import { allRoutes } from "./routes/all.ts";
import type { StaticPage } from "./static-page.ts";

/** How long a client may take, in milliseconds. */
export interface Patience {
  readonly headersMsMax: number;
  /** For the whole request, headers included. */
  readonly requestMsMax: number;
  readonly keepAliveMs: number;
  /** Without a byte in either direction: a client that does not read its reply. */
  readonly idleMsMax: number;
}

/** What a server is made from. */
export interface ServerOptions {
  readonly types: readonly ListedType[];
  readonly clock: Clock;
  readonly newRequestId: IdentifierSource;
  readonly version: string;
  readonly faults: readonly FaultRow[];
  /** A file of the console by its path, `/` for its page; `undefined` while it is not built. */
  readonly page?: (path: string) => StaticPage | undefined;
  readonly admission: AdmissionLimits;
  /** Of keys; who needs none has none. */
  readonly rates: RateLimits;
  /** Names and origins let in besides this server's own. */
  readonly doors: Doors;
  readonly patience: Patience;
  /** Where log lines go (JSON, one per line) and from which level on; `silent` for none. */
  readonly log: { readonly level: string; readonly stream: { write(line: string): void } };
}

/** A running server. */
export interface TandemServer {
  /**
   * Listens; port 0 takes a free one. Resolves with the base URL.
   *
   * @throws Fault `keys-required` for an address beyond this machine, `port-unavailable` if it
   * cannot be had.
   */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>;
  /** Takes work from now on, from holders of these keys. */
  open(pipeline: Pipeline, keys: KeyDesk): void;
  /** Counts a batch of decisions the store has committed. */
  committed(batch: CommittedBatch): void;
  /** Refuses new work, lets work in flight end, closes; after `withinMs` connections are cut. */
  drain(withinMs: number): Promise<void>;
}

/** Connections open at once; one more is refused by closing it. */
const CONNECTIONS_MAX = 1024;

/** Request line and headers together; Node's own default, written down. */
const HEADER_BYTES_MAX = 16_384;

/** Builds a server that is not listening yet. */
export function createServer(options: ServerOptions): TandemServer {
  let pipeline: Pipeline | undefined;
  let keys: KeyDesk | undefined;
  let draining = false;
  const admission = openAdmission(options.clock, options.admission);
  const desk: FrontDesk = {
    types: options.types,
    get pipeline() {
      return present(pipeline, "the pipeline");
    },
    get keys() {
      return present(keys, "the keys");
    },
    rates: openRateLimiter(options.clock, options.rates),
    doors: options.doors,
    admission,
    metrics: openMetrics(admission),
    feed: openDecisionFeed(),
    page: options.page ?? (() => undefined),
    clock: options.clock,
    version: options.version,
    faults: options.faults,
    notTaking: () => (draining ? "draining" : pipeline === undefined ? "starting" : undefined),
  };
  const routes = allRoutes(desk);
  const app = bareFramework(options, desk);
  useHooks(app, desk, allowedMethods(routes));
  for (const route of routes) if (!isInferencePath(route.path)) mount(app, desk, route);
  app.register(async (scope) => {
    takeBytes(scope, desk, "*"); // Its clients name several media types, or none.
    for (const route of routes) if (isInferencePath(route.path)) mount(scope, desk, route);
  });

  return {
    listen: async ({ host, port }) => {
      if (keys?.required !== true) requireLoopback(host, options.doors);
      const address = { host: host.replace(/^\[(.*)\]$/, "$1"), port };
      await app.listen({ ...address, listenTextResolver: () => "listening" }).catch(refuseAddress);
      app.server.maxConnections = CONNECTIONS_MAX;
      app.server.maxHeadersCount = 0; // Counted by the gate; Node would drop the rest unsaid.
      return urlOf(app);
    },
    open: (opened, ring) => {
      assert(pipeline === undefined, "a server is opened once");
      pipeline = scopedPipeline(opened);
      keys = ring;
      if (!ring.required) app.log.info("no API keys: whoever reaches this address may do all");
    },
    committed: desk.metrics.committed,
    drain: async (withinMs) => {
      draining = true;
      desk.feed.close();
      const cancel = options.clock.after(withinMs, () => app.server.closeAllConnections());
      await app.close();
      cancel();
    },
  };
}

function bareFramework(options: ServerOptions, desk: FrontDesk): FastifyInstance {
  const { patience, log, newRequestId } = options;
  return fastify({
    logger: { level: log.level, stream: log.stream, base: undefined },
    // exchange.ts has a line of its own.
    logController: new LogController({ disableRequestLogging: true }),
    // One logger for all: lines carry their request id themselves, which spares a logger per
    // request.
    childLoggerFactory: (logger) => logger,
    genReqId: () => newRequestId(),
    connectionTimeout: patience.idleMsMax,
    requestTimeout: patience.requestMsMax,
    keepAliveTimeout: patience.keepAliveMs,
    http: {
      headersTimeout: patience.headersMsMax,
      maxHeaderSize: HEADER_BYTES_MAX,
      connectionsCheckingInterval: Math.min(1000, patience.headersMsMax),
      requireHostHeader: false, // Refused by the gate, as problem details.
    },
    return503OnClosing: false, // Likewise.
    frameworkErrors: (error, request, reply) => {
      begin(desk, request, reply);
      answerProblem(desk, error, request, reply);
    },
    clientErrorHandler: (error, socket) => answerBrokenConnection(error, socket, newRequestId),
  });
}

function useHooks(app: FastifyInstance, desk: FrontDesk, allowed: AllowedMethods): void {
  app.decorateRequest("receivedAtMs", 0);
  app.decorateRequest("handedOverAtMs", 0);
  app.decorateRequest("problemCode", undefined);
  app.decorateRequest("principal", null);
  app.removeAllContentTypeParsers();
  takeBytes(app, desk, "application/json");
  app.addHook("onRequest", (request, reply, done) => {
    begin(desk, request, reply);
    if (passGates(desk, allowed, request, reply)) done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    account(desk, request, reply);
    done();
  });
  app.setErrorHandler((error, request, reply) => answerProblem(desk, error, request, reply));
}

/** Bytes as they came; they are parsed where a fault in them is answered like any other. */
function takeBytes(app: FastifyInstance, desk: FrontDesk, mediaType: string): void {
  app.addContentTypeParser(mediaType, { parseAs: "buffer" }, (request, body, done) => {
    request.receivedAtMs = desk.clock.monotonicMs();
    done(null, body);
  });
}

function mount(app: FastifyInstance, desk: FrontDesk, route: Route): void {
  app.route({
    method: route.method,
    url: frameworkPath(route.path),
    bodyLimit: route.takes.body.bytesMax,
    // Nobody would ever read, or end, the stream behind a HEAD.
    exposeHeadRoute: route.method === "GET" && route.endless !== true,
    config: {
      access: route.access,
      always: route.always === true,
      endless: route.endless === true,
    },
    handler: (request, reply) => answer(desk, route, request, reply),
  });
}

function urlOf(app: FastifyInstance): string {
  const [address] = app.addresses();
  assert(typeof address === "object", "the server listens on a network address");
  const { address: host, port, family } = address;
  return `http://${family === "IPv6" ? `[${host}]` : host}:${port}`;
}

function refuseAddress(error: unknown): never {
  const isSystem = error instanceof Error && "code" in error && "syscall" in error;
  if (!isSystem) throw error;
  throw new Fault(serverFaults.portTaken, { detail: error.message }, error);
}
