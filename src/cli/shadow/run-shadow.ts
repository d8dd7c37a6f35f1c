/**
 * Replaying a log in shadow: each request is decided as if it came now, and set beside what was
 * shown. Nothing is served and nothing is kept; `tandem shadow` calls it.
 */
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { type DecisionType, type Policy, policySchema, referenceOf } from "#decisions";
import { type Clock, Fault, type Json, unreachable } from "#foundation";
import { openSolverPool, type SolverPool, solve } from "#runtime";
import { parseJsonBody } from "#server";
import { solverNamed } from "#solvers";
import { cliFaults } from "../faults.ts";
import { compare, type Outcome, type ShadowDesk } from "./compare.ts";
import { csvEntries } from "./csv-log.ts";
import { SHADOW_FAULTS } from "./faults.ts";
import { jsonLinesEntries } from "./json-lines-log.ts";
import { textOf, unreadable } from "./log-text.ts";
import type { LogEntry, LoggedRequest } from "./logged-request.ts";
import { SHADOW_LIMITS, type ShadowReport } from "./shadow-report.ts";
import { ShadowTally } from "./tally.ts";

/** What to replay, and how. */
export interface ShadowPlan {
  /** `.csv` or `.jsonl`, either may be gzipped (`.gz`). */
  readonly log: string;
  readonly type: DecisionType;
  /** A policy as JSON; the type's default if absent. */
  readonly policyFile: string | undefined;
  /** Registered items as a JSON array, may be gzipped. */
  readonly itemsFile: string | undefined;
  /** Requests to compare at most. */
  readonly limit: number | undefined;
  readonly seed: number;
}

/** What it is given from outside. */
export interface ShadowSurroundings {
  readonly clock: Clock;
  readonly threadCount: number;
  /** Aborted when the user interrupts; the report then speaks of what was done. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** Bad rows named in the report; all are counted. */
const BAD_ROWS_NAMED = 20;

/** The name a CSV's candidates are looked up under; there is one set, whatever it is called. */
const ITEM_SET = "shadow";

/** Decisions made beforehand: code that has never run is too slow for a realtime deadline. */
const REHEARSALS = 10;
const REHEARSAL_MS = 5000;

/**
 * Replays and reports.
 *
 * @throws Fault for files that cannot be read or used, and when nothing could be compared; a log
 * that breaks off later gives a report that says so.
 */
export async function runShadow(
  plan: ShadowPlan,
  surroundings: ShadowSurroundings,
): Promise<ShadowReport> {
  const policy = await readPolicy(plan);
  const { type, itemsFile } = plan;
  const rows = itemsFile === undefined ? undefined : await readItems(itemsFile);
  const items =
    rows === undefined
      ? undefined
      : { name: ITEM_SET, version: 1, digest: "", prepared: type.prepareItems(rows) };
  const { clock, signal, threadCount } = surroundings;
  // Threads are started for the first request there is: a log of none is told at once.
  let pool: SolverPool | undefined;
  async function open(): Promise<ShadowDesk> {
    pool = openSolverPool(threadCount);
    const desk: ShadowDesk = { type, policy, items, pool, clock, signal };
    await pool.ready();
    await rehearse(desk);
    return desk;
  }
  try {
    const run = new ShadowRun(plan, surroundings);
    const complete = await run.replay(entriesOf(plan, items !== undefined), open);
    return run.report(complete, referenceOf(policy));
  } finally {
    await pool?.close();
  }
}

/** One pass over a log. */
class ShadowRun {
  readonly #plan: ShadowPlan;
  readonly #surroundings: ShadowSurroundings;
  readonly #overall = new ShadowTally();
  readonly #segments = new Map<string, ShadowTally>();
  readonly #refused = new Map<string, number>();
  readonly #bad: { readonly line: number; readonly why: string }[] = [];
  #badCount = 0;
  /** Requests never asked, for a row of theirs: by name, or by line where a row has none. */
  readonly #spoilt = new Set<string | number>();
  #unusable = 0;
  #asked = 0;
  #compared = 0;
  /** What kept the log from being read to its end. */
  #cutShort: Fault | undefined;

  constructor(plan: ShadowPlan, surroundings: ShadowSurroundings) {
    this.#plan = plan;
    this.#surroundings = surroundings;
  }

  /** Compares until the log ends (true), or the limit, the user or a fault ends it (false). */
  async replay(
    entries: AsyncIterable<LogEntry>,
    open: () => Promise<ShadowDesk>,
  ): Promise<boolean> {
    const { signal } = this.#surroundings;
    const { limit, seed } = this.#plan;
    let desk: ShadowDesk | undefined;
    for await (const entry of upToFault(entries)) {
      if (signal.aborted || this.#compared === limit) return false;
      if (entry instanceof Fault) {
        this.#cutShort = entry;
        return false;
      }
      if (entry.kind === "bad-row") {
        this.#note(entry);
        this.#spoilt.add(entry.request ?? entry.line);
        continue;
      }
      desk ??= await open();
      const outcome = await compare(desk, entry, seed + this.#asked);
      // Cut off by the user, not by its deadline: no outcome of its own.
      if (signal.aborted) return false;
      this.#count(entry, outcome);
    }
    return true;
  }

  #count({ line, segment }: LoggedRequest, outcome: Outcome): void {
    this.#asked += 1;
    switch (outcome.kind) {
      case "unusable":
        this.#unusable += 1;
        this.#note({ line, why: outcome.why });
        break;
      case "refused":
        this.#refused.set(outcome.code, (this.#refused.get(outcome.code) ?? 0) + 1);
        break;
      case "compared":
        this.#compared += 1;
        this.#overall.add(outcome);
        if (segment !== undefined) tallyOf(this.#segments, segment).add(outcome);
        this.#surroundings.progress(`${this.#compared} requests compared`);
        break;
      default:
        unreachable(outcome);
    }
  }

  #note({ line, why }: { readonly line: number; readonly why: string }): void {
    this.#badCount += 1;
    if (this.#bad.length < BAD_ROWS_NAMED) this.#bad.push({ line, why });
  }

  /** @throws Fault if nothing was compared. */
  report(complete: boolean, policy: string): ShadowReport {
    const { log, seed } = this.#plan;
    const requests = this.#asked + this.#spoilt.size;
    const cutShort = this.#cutShort;
    if (this.#compared === 0) {
      throw cutShort ?? nothingCompared(log, requests, this.#bad, this.#surroundings.signal);
    }
    return {
      kind: "shadow-report",
      ...{ complete, log, policy, seed, requests },
      cutShort:
        cutShort === undefined ? null : { code: cutShort.row.code, detail: cutShort.message },
      leftOut: this.#unusable + this.#spoilt.size,
      refused: Object.fromEntries(this.#refused),
      badRows: { count: this.#badCount, first: this.#bad },
      overall: this.#overall.figures(),
      segments: [...this.#segments]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([segment, tally]) => ({ segment, ...tally.figures() })),
      limits: SHADOW_LIMITS,
    };
  }
}

/** More segments than this are one: a column of ids was meant for something else. */
const SEGMENTS_MAX = 50;

function tallyOf(segments: Map<string, ShadowTally>, name: string): ShadowTally {
  const named = segments.size < SEGMENTS_MAX || segments.has(name) ? name : "(others)";
  const tally = segments.get(named) ?? new ShadowTally();
  segments.set(named, tally);
  return tally;
}

/** The entries, and at the end the fault that keeps the rest from being read, if there is one. */
async function* upToFault(entries: AsyncIterable<LogEntry>): AsyncGenerator<LogEntry | Fault> {
  try {
    yield* entries;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    yield error;
  }
}

async function* entriesOf(plan: ShadowPlan, hasItems: boolean): AsyncGenerator<LogEntry> {
  const { log } = plan;
  const itemSet = hasItems ? ITEM_SET : undefined;
  if (/\.csv(\.gz)?$/i.test(log)) yield* csvEntries(() => textOf(log), log, itemSet);
  else if (/\.(jsonl|ndjson)(\.gz)?$/i.test(log)) yield* jsonLinesEntries(textOf(log));
  else {
    const detail = `${log}: expected a name that ends in .csv or .jsonl, or these with .gz`;
    throw new Fault(SHADOW_FAULTS.logUnusable, { detail });
  }
}

async function readPolicy({ policyFile, type }: ShadowPlan): Promise<Policy> {
  if (policyFile === undefined) return type.defaultPolicy;
  const read = policySchema.safeParse(await readJson(policyFile));
  if (!read.success) {
    const flaws = read.error.issues.map(({ path, message }) => {
      return { pointer: path.map((part) => `/${String(part)}`).join(""), message };
    });
    const detail = `${policyFile}: expected a policy`;
    throw new Fault(SHADOW_FAULTS.policyUnusable, { detail, flaws });
  }
  if (read.data.type !== type.id) {
    const detail = `${policyFile}: expected a policy of ${type.id}, got one of ${read.data.type}`;
    throw new Fault(SHADOW_FAULTS.policyUnusable, { detail });
  }
  type.checkPolicy(read.data);
  const strange = read.data.plan.lanes
    .flat()
    .find(({ solver }) => solverNamed(solver) === undefined);
  if (strange !== undefined) {
    const detail = `${policyFile}: expected solvers that exist, got "${strange.solver}"`;
    throw new Fault(SHADOW_FAULTS.policyUnusable, { detail });
  }
  return read.data;
}

async function readItems(path: string): Promise<readonly Json[]> {
  const read = z.array(z.custom<Json>()).safeParse(await readJson(path));
  if (read.success) return read.data;
  const detail = `${path}: expected a JSON array of items`;
  throw new Fault(SHADOW_FAULTS.logUnusable, { detail });
}

async function readJson(path: string): Promise<unknown> {
  let bytes: Uint8Array;
  try {
    const raw = await readFile(path);
    bytes = path.endsWith(".gz") ? gunzipSync(raw) : raw;
  } catch (error) {
    throw unreadable(path, error);
  }
  return parseJsonBody(bytes);
}

async function rehearse({ type, pool, clock }: ShadowDesk): Promise<void> {
  const policy = type.defaultPolicy;
  for (let round = 0; round < REHEARSALS; round += 1) {
    const posed = type.parse(type.example).pose({ policy, items: undefined, atUtcMs: 0 });
    const untilMs = clock.monotonicMs() + REHEARSAL_MS;
    const budget = { searchUntilMs: untilMs, abandonAtMs: untilMs };
    const { problem } = posed;
    const request = { problem, rule: posed.rule(), plan: policy.plan, seed: round, budget };
    await solve(request, { pool, clock });
  }
}

function nothingCompared(
  log: string,
  requests: number,
  bad: readonly { readonly line: number; readonly why: string }[],
  signal: AbortSignal,
): Fault {
  if (signal.aborted) {
    const detail = "expected time to compare a request, got a request to stop";
    return new Fault(cliFaults.interrupted, { detail });
  }
  if (requests === 0) {
    const detail = `${log}: expected requests with what was shown, got none`;
    return new Fault(SHADOW_FAULTS.logEmpty, { detail });
  }
  return new Fault(SHADOW_FAULTS.nothingCompared, {
    detail: `${log}: expected requests with what was shown, got none that can be used`,
    flaws: bad.map(({ line, why }) => ({ pointer: `line ${line}`, message: why })),
  });
}
