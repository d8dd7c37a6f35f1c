/**
 * From the lives of requests to the figures of a run, and from runs to their medians.
 */
import type { Sent } from "./open-loop.ts";
import type { Served } from "./served-process.ts";

/** Latencies in milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What one run showed. */
export interface RunFigures {
  readonly sent: number;
  readonly answered: number;
  /** By code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly unclassified: Readonly<Record<string, number>>;
  /** Answers after their deadline by the server's clock, and by the client's from the send on. */
  readonly lateByServer: number;
  readonly lateByClient: number;
  /** Answers by the rung that gave them. */
  readonly rungs: Readonly<Record<string, number>>;
  /** Of answers, by the server's log; absent for a server without one. */
  readonly serverMs: Spread | undefined;
  /** Of answers, from the instant the request was due. */
  readonly clientMs: Spread;
  /** Of refusals, from the instant the request was due. */
  readonly refusalMs: Spread;
  /** How far the generator itself fell behind its schedule. */
  readonly sendLagMs: Spread;
  readonly answersPerSecond: number;
  readonly cpuMsPerRequest: number;
  readonly cpuMsPerAnswer: number;
}

/** The figures of one run that lasted `seconds` and cost the server `cpuSeconds`. */
export function runFigures(
  lives: readonly Sent[],
  served: readonly Served[],
  { seconds, cpuSeconds }: { readonly seconds: number; readonly cpuSeconds: number },
): RunFigures {
  const answered = lives.filter(({ ending }) => ending.kind === "answered");
  const refused = lives.filter(({ ending }) => ending.kind === "refused");
  const good = served.filter(({ status }) => status === 200).map(({ serverMs }) => serverMs);
  const deadlineMs = Math.max(0, ...answered.map(deadlineOf));
  return {
    sent: lives.length,
    answered: answered.length,
    refused: counted(lives, "refused"),
    unclassified: counted(lives, "unclassified"),
    lateByServer: good.filter((ms) => ms > deadlineMs).length,
    lateByClient: answered.filter((life) => life.endedMs - life.sentMs > deadlineOf(life)).length,
    rungs: counted(lives, "answered"),
    serverMs: good.length === 0 ? undefined : spread(good),
    clientMs: spread(answered.map(({ dueMs, endedMs }) => endedMs - dueMs)),
    refusalMs: spread(refused.map(({ dueMs, endedMs }) => endedMs - dueMs)),
    sendLagMs: spread(lives.map(({ dueMs, sentMs }) => sentMs - dueMs)),
    answersPerSecond: answered.length / seconds,
    cpuMsPerRequest: (1000 * cpuSeconds) / Math.max(1, lives.length),
    cpuMsPerAnswer: (1000 * cpuSeconds) / Math.max(1, answered.length),
  };
}

/** The middle one by `of`; of an even number the lower of the two. */
export function medianBy<Item>(items: readonly Item[], of: (item: Item) => number): number {
  const sorted = items.map(of).sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}

/** Percentiles by nearest rank; zeros of nothing. */
function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function counted(lives: readonly Sent[], kind: Sent["ending"]["kind"]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ending } of lives) {
    if (ending.kind !== kind) continue;
    const name = ending.kind === "answered" ? ending.rung : ending.code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function deadlineOf({ ending }: Sent): number {
  return ending.kind === "answered" ? ending.deadlineMs : Number.POSITIVE_INFINITY;
}
