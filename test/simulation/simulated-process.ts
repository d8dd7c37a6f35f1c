/**
 * One process of the platform under virtual time: the real pipeline, the real admission and the
 * real routes, over a simulated store and simulated threads. It can be killed between two events,
 * and then nothing of it happens any more.
 */
import { catalogue } from "#decisions";
import { identifierSource, type Principal, present, type RandomStream } from "#foundation";
import { createPipeline, type DecisionReply, type Pipeline } from "#pipeline";
import { profileHere } from "#provenance";
import { type Admission, openAdmission } from "../../src/server/admission.ts";
import { openDecisionFeed } from "../../src/server/live/decision-feed.ts";
import { openMetrics } from "../../src/server/metrics.ts";
import { decisionRoutes } from "../../src/server/routes/decisions.ts";
import type { Weather } from "./schedule.ts";
import { openSimulatedPool, type SimulatedPool } from "./simulated-pool.ts";
import { openSimulatedStore, type SimulatedDisk } from "./simulated-store.ts";
import type { ProcessClock, VirtualTime } from "./virtual-time.ts";

/** What a request carries besides its body. */
export interface Envelope {
  readonly principal: Principal;
  readonly idempotencyKey: string | undefined;
  readonly signal: AbortSignal;
}

/** A reply, and when the route let it go. */
export interface Handed {
  readonly reply: DecisionReply;
  readonly atMs: number;
}

/** A running process. */
export interface SimulatedProcess {
  readonly clock: ProcessClock;
  readonly pipeline: Pipeline;
  readonly admission: Admission;
  readonly pool: SimulatedPool;
  /** Settles when the process is killed. */
  readonly died: Promise<"died">;
  /** Asks for a decision, through the route. */
  decide(type: string, body: unknown, envelope: Envelope): Promise<Handed>;
  kill(): void;
}

const profile = profileHere("simulation", new URL("../../src", import.meta.url).pathname);
const LIMITS = { inFlightMax: 3, queueMax: 16 };
/** Shared by all: a registry costs more than a schedule. */
const metrics = openMetrics({
  inFlight: 0,
  places: 0,
  queued: 0,
  run: (_startByMs, work) => work(),
});

/** Starts a process over what `disk` has kept. */
export async function startProcess(
  time: VirtualTime,
  disk: SimulatedDisk,
  random: RandomStream,
  weather: Weather,
): Promise<SimulatedProcess> {
  const clock = time.openProcess(weather.loop);
  const pool = openSimulatedPool(time, weather.threadCount, random.fork("pool"), weather.threads);
  const store = await openSimulatedStore(disk, clock, random.fork("store"), weather.disk);
  const inputs = random.fork("inputs");
  const pipeline = createPipeline({
    catalogue,
    store,
    pool,
    clock,
    newId: identifierSource(clock, random.fork("ids")),
    newSalt: () => inputs.uint32().toString(16),
    newSeed: () => inputs.uint32(),
    profile,
  });
  const admission = openAdmission(clock, LIMITS);
  const looks = openLooks(time, clock);
  const routes = decisionRoutes({
    types: catalogue,
    pipeline,
    admission,
    metrics,
    feed: openDecisionFeed(),
    clock: looks.clock,
  });
  const death = Promise.withResolvers<"died">();
  return {
    clock,
    pipeline,
    admission,
    pool,
    died: death.promise,
    decide: async (type, body, { principal, idempotencyKey, signal }) => {
      const path = `/v1/decisions/${type}`;
      const route = present(
        routes.find((one) => one.path === path),
        path,
      );
      const receivedAtMs = time.nowMs;
      const none = { path: {}, query: {}, lastEventId: undefined };
      const call = {
        ...none,
        principal,
        body,
        idempotencyKey,
        requestId: "simulated",
        receivedAtMs,
        signal,
      };
      const made = await route.handle(call);
      const reply: DecisionReply = JSON.parse(JSON.stringify(made.body)); // As over the wire.
      return { reply, atMs: looks.lastBefore(receivedAtMs + reply.timing.deadlineMs) };
    },
    kill: () => {
      clock.kill();
      pool.kill();
      disk.broken();
      death.resolve("died");
    },
  };
}

/**
 * The clock of the routes, which notes when it was looked at. A route's last act is to look whether
 * its reply is late; the loop may still stand still between that and the reply's way out, which no
 * program can see. So a reply counts as handed over at that look, if there was one in this turn.
 */
function openLooks(time: VirtualTime, clock: ProcessClock) {
  let turn = 0;
  let looks: number[] = [];
  return {
    clock: {
      ...clock,
      monotonicMs: () => {
        const nowMs = clock.monotonicMs();
        looks = time.turn === turn ? [...looks, nowMs] : [nowMs];
        turn = time.turn;
        return nowMs;
      },
    },
    lastBefore: (deadlineAtMs: number) => {
      const inTurn = time.turn === turn ? looks : [];
      return inTurn.findLast((atMs) => atMs <= deadlineAtMs) ?? time.nowMs;
    },
  };
}
