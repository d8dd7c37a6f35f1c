/**
 * What the server counts, in Prometheus' terms. Each server has its own registry, so that several
 * can live in one process. Labels are closed sets (routes, codes, types, rungs): never anything a
 * caller can make up.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { CommittedBatch } from "#pipeline";
import type { Quality } from "#wire";
import type { Admission } from "./admission.ts";

/** The counters of one server. */
export interface Metrics {
  /** A decision that was answered. */
  decided(type: string, quality: Pick<Quality, "rung" | "status">): void;
  /** A request that was answered with a problem. */
  refused(route: string, code: string): void;
  /** A reply handed to the operating system `serverMs` after the last byte of its request. */
  replied(route: string, status: number, serverMs: number): void;
  /** Decisions the store has made durable together. */
  committed(batch: CommittedBatch): void;
  /** The exposition text and its media type. */
  text(): Promise<{ readonly body: string; readonly mediaType: string }>;
}

const LATENCY_BUCKETS_S = [
  0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];

/** Powers of two, up to the most a store puts into one batch. */
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64];

/** Opens a registry that also reads `admission` and the process itself, event-loop lag included. */
export function openMetrics(admission: Admission): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const decisions = new Counter({
    name: "tandem_decisions_total",
    help: "Decisions answered, by decision type, rung of the ladder and status.",
    labelNames: ["type", "rung", "status"],
    registers,
  });
  const problems = new Counter({
    name: "tandem_problems_total",
    help: "Requests answered with problem details, by route and code.",
    labelNames: ["route", "code"],
    registers,
  });
  const latency = new Histogram({
    name: "tandem_server_seconds",
    help: "From the last byte of the request to the reply handed over, by route and status.",
    labelNames: ["route", "status"],
    buckets: LATENCY_BUCKETS_S,
    registers,
  });
  const batchSize = new Histogram({
    name: "tandem_store_batch_decisions",
    help: "Decisions made durable by one flush of the store.",
    buckets: BATCH_BUCKETS,
    registers,
  });
  const commit = new Histogram({
    name: "tandem_store_commit_seconds",
    help: "From the first write of a batch to the end of its flush.",
    buckets: LATENCY_BUCKETS_S,
    registers,
  });
  gauge(registry, "tandem_decisions_in_flight", "Decisions at work.", () => admission.inFlight);
  gauge(registry, "tandem_decisions_places", "Decisions that may be at work.", () => {
    return admission.places;
  });
  gauge(registry, "tandem_decisions_queued", "Requests waiting.", () => admission.queued);
  return {
    decided: (type, { rung, status }) => decisions.inc({ type, rung, status }),
    refused: (route, code) => problems.inc({ route, code }),
    replied: (route, status, serverMs) => latency.observe({ route, status }, serverMs / 1000),
    committed: ({ count, tookMs }) => {
      batchSize.observe(count);
      commit.observe(tookMs / 1000);
    },
    text: async () => ({ body: await registry.metrics(), mediaType: registry.contentType }),
  };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
