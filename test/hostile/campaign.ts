/**
 * The hostile campaign: requests made from the server's own document and bytes that are none,
 * against the real program in a process of its own, with keys of every kind. Says how all of them
 * ended, and what the server's memory did.
 *
 *     npx node test/hostile/campaign.ts --requests 100000 --seed 1
 */
import process from "node:process";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { type AttackedServer, openAttackedServer, type Usage } from "./attacked-server.ts";
import type { Json } from "./json.ts";
import { type RawShot, rawShots, slowShots } from "./raw-bytes.ts";
import { type HttpShot, requestsFrom } from "./requests.ts";
import { type Ending, type Sender, senderTo } from "./send.ts";

/** What is to be sent. */
export interface CampaignOptions {
  readonly requests: number;
  readonly seed: number;
  /** Connections that outwait the server, each for half a minute; part of `requests`. */
  readonly slow: number;
  progress?(done: number, of: number): void;
}

/** A shot with an ending no server may give. */
export interface Offence {
  readonly what: string;
  readonly shot: string;
}

/** How it went. */
export interface CampaignReport {
  readonly requests: number;
  readonly seed: number;
  /** Replies by status; one connection may have had several. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly endings: Readonly<Record<Ending["kind"], number>>;
  readonly serverErrors: number;
  readonly overloads: number;
  readonly hung: number;
  readonly crashed: string | undefined;
  /** Lines of failures in the server's log. */
  readonly failures: readonly string[];
  readonly offences: readonly Offence[];
  /** After every fifth of the shots. */
  readonly memory: readonly (Usage & { readonly after: number })[];
  /** Bytes gained per thousand requests, by least squares over `memory`. */
  readonly rssSlope: number;
  readonly heapSlope: number;
  readonly serverCpuMsPerRequest: number;
  /** Decisions that were made meanwhile. */
  readonly decisions: number;
}

const BATCH = 250;
const AT_ONCE = 8;
/** Longer than the server's own patience with a request. */
const RAW_WITHIN_MS = 20_000;
const SLOW_WITHIN_MS = 45_000;
const CHECKPOINTS = [0.2, 0.4, 0.6, 0.8, 1];
const OFFENCES_MAX = 20;

/** Runs the campaign. */
export async function attack(options: CampaignOptions): Promise<CampaignReport> {
  const server = await openAttackedServer();
  const sender = senderTo(server.url);
  const book = new Book();
  const memory: (Usage & { after: number })[] = [];
  try {
    const slow = fc.sample(slowShots, { numRuns: options.slow, seed: options.seed });
    const waiting = slow.map(async (shot) => {
      book.enter(shot, await sender.raw(shot, SLOW_WITHIN_MS));
    });
    const shots = shotsFrom(await documentOf(server), server);
    const count = options.requests - options.slow;
    let done = 0;
    while (done < count && server.ended() === undefined) {
      const size = Math.min(BATCH, count - done, nextStop(done, count));
      const batch = fc.sample(shots, { numRuns: size, seed: options.seed * 1_000_003 + done });
      await sendAll(batch, sender, book);
      done += size;
      options.progress?.(done, count);
      if (CHECKPOINTS.some((part) => Math.round(part * count) === done)) {
        if (done === count) await Promise.all(waiting);
        if (server.ended() === undefined) memory.push({ after: done, ...(await server.usage()) });
      }
    }
    const decisions = server.ended() === undefined ? await decisionsOf(server) : 0;
    return { ...reportOf(options, book, server, memory), decisions };
  } finally {
    sender.close();
    await server.close();
  }
}

/** How many shots until memory is looked at again. */
function nextStop(done: number, count: number): number {
  const stops = CHECKPOINTS.map((part) => Math.round(part * count) - done);
  return Math.min(...stops.filter((left) => left > 0));
}

async function documentOf({ url, keys }: AttackedServer): Promise<Json> {
  const headers = { authorization: keys.admin };
  const reply = await fetch(new URL("/openapi.json", url), { headers });
  return JSON.parse(await reply.text());
}

async function decisionsOf({ url, keys }: AttackedServer): Promise<number> {
  const headers = { authorization: keys.reader };
  const text = await (await fetch(new URL("/metrics", url), { headers })).text();
  const counts = [...text.matchAll(/^tandem_decisions_total\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

function shotsFrom(document: Json, { keys }: AttackedServer): fc.Arbitrary<HttpShot | RawShot> {
  return fc.oneof(
    { weight: 4, arbitrary: requestsFrom(document, keys) },
    { weight: 1, arbitrary: rawShots },
  );
}

async function sendAll(
  shots: readonly (HttpShot | RawShot)[],
  sender: Sender,
  book: Book,
): Promise<void> {
  let next = 0;
  async function go(): Promise<void> {
    for (let shot = shots[next]; next < shots.length; shot = shots[next]) {
      next += 1;
      const sent = shot.kind === "http" ? sender.http(shot) : sender.raw(shot, RAW_WITHIN_MS);
      book.enter(shot, await sent);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, go));
}

/** Counts endings and keeps the ones that must not be. */
class Book {
  readonly statuses: Record<string, number> = {};
  readonly refusals: Record<string, number> = {};
  readonly endings = { replied: 0, closed: 0, vanished: 0, unsendable: 0, hung: 0 };
  readonly offences: Offence[] = [];
  serverErrors = 0;
  overloads = 0;

  enter(shot: HttpShot | RawShot, ending: Ending): void {
    this.endings[ending.kind] += 1;
    if (ending.kind === "hung") this.offend("no end", shot);
    if (ending.kind === "closed" && shot.kind === "http") this.offend("closed", shot);
    if (ending.kind !== "replied") return;
    const { statuses, code } = ending;
    for (const status of statuses) {
      this.statuses[status] = (this.statuses[status] ?? 0) + 1;
      if (status < 500) continue;
      if (status === 503 && code === "overloaded") this.overloads += 1;
      else this.serverErrors += 1;
      this.offend(`status ${status} ${code}`, shot);
    }
    if (code === "shapeless") this.offend(`status ${statuses.at(-1)} without a code`, shot);
    if (code !== "") this.refusals[code] = (this.refusals[code] ?? 0) + 1;
  }

  offend(what: string, shot: HttpShot | RawShot): void {
    if (this.offences.length < OFFENCES_MAX) this.offences.push({ what, shot: shown(shot) });
  }
}

function shown(shot: HttpShot | RawShot): string {
  if (shot.kind === "raw")
    return JSON.stringify(Buffer.concat(shot.pieces).toString("latin1", 0, 300));
  const { method, path, headers, body } = shot;
  const { authorization: _, ...others } = headers;
  return `${method} ${path} ${JSON.stringify(others)} ${body?.toString().slice(0, 600)}`;
}

function reportOf(
  { requests, seed }: CampaignOptions,
  book: Book,
  server: AttackedServer,
  memory: readonly (Usage & { readonly after: number })[],
): Omit<CampaignReport, "decisions"> {
  const last = memory.at(-1);
  const { statuses, refusals, endings, serverErrors, overloads, offences } = book;
  return {
    ...{ requests, seed, statuses, refusals, endings, serverErrors, overloads, offences },
    hung: endings.hung,
    crashed: server.ended(),
    failures: server.failures(),
    memory,
    rssSlope: slopeOf(memory.map(({ after, rss }) => [after / 1000, rss])),
    heapSlope: slopeOf(memory.map(({ after, heapUsed }) => [after / 1000, heapUsed])),
    serverCpuMsPerRequest: (last?.cpuMs ?? Number.NaN) / (last?.after ?? 1),
  };
}

/** The slope of the line that fits best, by least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const meanOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [meanOf(points.map(([x]) => x)), meanOf(points.map(([, y]) => y))];
  const shared = meanOf(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  return shared / meanOf(points.map(([x]) => (x - meanX) ** 2));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      requests: { type: "string", default: "100000" },
      seed: { type: "string", default: "1" },
      slow: { type: "string", default: "100" },
    },
  });
  const requests = Number(values.requests);
  const report = await attack({
    requests,
    seed: Number(values.seed),
    slow: Number(values.slow),
    progress: (done, of) => process.stderr.write(`\r${done} of ${of}`),
  });
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  const isSound = report.serverErrors === 0 && report.hung === 0 && report.crashed === undefined;
  process.exitCode = isSound && report.failures.length === 0 ? 0 : 1;
}
