/**
 * A process that reserves, commits and releases as fast as the store lets it, many at once, and
 * writes down what it tries and what it was told. It kills itself in the middle of it all, if told
 * to.
 *
 *     npx node test/capacity/contender.ts PLACE NAME SEED OPERATIONS LOG [KILL-AFTER]
 *
 * PLACE is a directory or a postgres:// address; NAME begins the ids of its reservations.
 */
import fs from "node:fs";
import { type RandomStream, randomStream } from "#foundation";
import { openEmbeddedStore, openPostgresStore, type PlatformStore } from "#store";
import { type Deed, RESOURCES, TENANT, TOTAL } from "./deeds.ts";

const CLIENTS = 64;
const LIFE_MS_MAX = 1500;

const [place, name, seed, operations, log, killAfter] = process.argv.slice(2);
let left = Number(operations);
const file = fs.openSync(log, "a");

/** Written at once: the system keeps what a process has written, however that ends. */
function say(deed: Deed): void {
  fs.writeSync(file, `${JSON.stringify(deed)}\n`);
  const done = Number(operations) - left;
  if (killAfter !== undefined && done >= Number(killAfter)) process.kill(process.pid, "SIGKILL");
}

async function client(store: PlatformStore, number: number, random: RandomStream): Promise<void> {
  for (let count = 0; left > 0; count += 1) {
    const id = `${name}-${number}-${count}`;
    const first = random.below(RESOURCES.length);
    const span = 1 + random.below(3);
    const draws = Array.from({ length: span }, (_, step) => ({
      resource: RESOURCES[(first + step) % RESOURCES.length],
      units: 1 + random.below(2),
    }));
    const nowMs = Date.now();
    const expiresAtUtcMs = nowMs + 1 + random.below(LIFE_MS_MAX);
    left -= 1;
    say({ kind: "reserving", id, draws, expiresAtUtcMs, atMs: nowMs });
    const reserved = await store.reserveCapacity(
      { tenant: TENANT, id, draws, expiresAtUtcMs },
      nowMs,
    );
    say({ kind: reserved.kind, id, atMs: Date.now() });
    if (reserved.kind === "short") continue;
    const wish = random.below(3);
    if (wish === 0) continue; // Left to expire.
    if (wish === 1) {
      left -= 1;
      say({ kind: "committing", id, atMs: Date.now() });
      const isKept = await store.commitCapacity(TENANT, id, Date.now());
      say({ kind: isKept ? "committed" : "gone", id, atMs: Date.now() });
      // What is committed and never released would soon leave nothing to fight for.
      if (!isKept || random.below(200) === 0) continue;
    }
    left -= 1;
    say({ kind: "releasing", id, atMs: Date.now() });
    await store.releaseCapacity(TENANT, id);
    say({ kind: "released", id, atMs: Date.now() });
  }
}

const store = place.startsWith("postgres")
  ? await openPostgresStore(place)
  : await openEmbeddedStore(place);
await store.declareCapacity(
  TENANT,
  RESOURCES.map((resource) => ({ resource, total: TOTAL })),
);
const random = randomStream(Number(seed), "contender");
await Promise.all(
  Array.from({ length: CLIENTS }, (_, number) => client(store, number, random.fork(`${number}`))),
);
await store.close();
