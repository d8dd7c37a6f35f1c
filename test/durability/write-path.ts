/**
 * What a durable record costs: appends of records of a given size, with a key and a small personal
 * payload, at a given rate through the embedded store; prints one JSON line with processor time per
 * record (all threads) and the time from the call to its durable answer.
 *
 *     npx node test/durability/write-path.ts --bytes 40000 --per-second 200 --seconds 20
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { randomStream, sha256Hex } from "#foundation";
import type { Store } from "#pipeline";
import { openEmbeddedStore } from "#store";
import { storedDecision } from "../conformance/store-rows.ts";

const WARM_UP = 200;

/** Appends one record and returns how long its durable answer took, in milliseconds. */
async function timedAppend(store: Store, name: string, record: string): Promise<number> {
  const startedAtMs = performance.now();
  const decision = storedDecision({ tenant: "load", id: name, record });
  const payload = { digest: sha256Hex(name), text: record.slice(0, 300), personal: true };
  const claim = { key: name, requestDigest: payload.digest, expiresAtUtcMs: 2 ** 50 };
  await store.append(decision, [payload], claim);
  return performance.now() - startedAtMs;
}

/** JSON of candidates as a ranking request has them, of about `bytes` bytes. */
function recordOf(bytes: number, seed: number): string {
  const random = randomStream(seed, "record");
  const candidates: string[] = [];
  for (let length = 0; length < bytes; length += candidates.at(-1)?.length ?? 0) {
    const embedding = Array.from({ length: 8 }, () => random.unit());
    const id = random.uint32().toString(36);
    candidates.push(JSON.stringify({ id, score: random.unit(), embedding }));
  }
  return `[${candidates.join(",")}]`;
}

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "6000" },
    "per-second": { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
  },
});
const bytes = Number(values.bytes);
const perSecond = Number(values["per-second"]);
const seconds = Number(values.seconds);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-write-"));
const store = await openEmbeddedStore(directory);
const records = Array.from({ length: 50 }, (_, seed) => recordOf(bytes, seed));
const recordAt = (count: number) => records[count % records.length] ?? "";

for (let count = 0; count < WARM_UP; count += 1) {
  await timedAppend(store, `warm-${count}`, recordAt(count));
}
const cpu = process.cpuUsage();
const startedAtMs = performance.now();
const appends: Promise<number>[] = [];
while (appends.length < perSecond * seconds) {
  const due = Math.ceil(((performance.now() - startedAtMs) / 1_000) * perSecond);
  while (appends.length < Math.min(due, perSecond * seconds)) {
    appends.push(timedAppend(store, `load-${appends.length}`, recordAt(appends.length)));
  }
  await pause(1);
}
const waitsMs = (await Promise.all(appends)).sort((a, b) => a - b);
const { user, system } = process.cpuUsage(cpu);
const quantile = (share: number) => waitsMs[Math.floor(share * (waitsMs.length - 1))] ?? 0;
const report = {
  bytes,
  perSecond,
  records: waitsMs.length,
  cpuMsPerRecord: (user + system) / 1_000 / waitsMs.length,
  p50Ms: quantile(0.5),
  p99Ms: quantile(0.99),
  maxMs: quantile(1),
  load1: os.loadavg()[0],
};
process.stdout.write(`${JSON.stringify(report)}\n`);
await store.close();
fs.rmSync(directory, { recursive: true, force: true });
