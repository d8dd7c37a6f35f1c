/**
 * Writes a data folder as this version writes it, with what its clients were told beside it in
 * `told.json`: later versions show with it that they can be upgraded to. Run it in a checkout of
 * the version to be kept, then pack what it made:
 *
 *     npx node test/upgrade/make-fixture.ts old
 *     cd old && tar --sort=name -cf - postgres told.json | zstd -19 --long=27 > store.tar.zst
 *
 * The log up to the last checkpoint is overwritten with zeros: after an orderly end nobody reads
 * it, and it is most of what the archive would weigh.
 */
import fs from "node:fs";
import path from "node:path";
import { canonicalJson, Fault, type Json } from "#foundation";
import type { Pipeline } from "#pipeline";
import { assemblePipeline } from "../../src/assemble.ts";
import { rankingRequest, registered } from "../generators/ranking-requests.ts";

/** What a client was told, and what it had asked. */
export interface Told {
  readonly tenant: string;
  readonly body: Json;
  readonly idempotencyKey: string | undefined;
  readonly reply: { readonly decisionId: string };
  /** The outcome it reported, if it did. */
  readonly outcomeId: string | undefined;
}

/** The policy of half of the fixture's requests. */
export const QUICK_POLICY: Json = {
  name: "quick",
  version: 1,
  type: "ranking",
  contract: {
    tier: "realtime",
    deadlineMs: 500,
    deadlineMsMax: 1000,
    reserveMs: 40,
    ifUnrecorded: "refuse",
  },
  plan: {
    lanes: [
      [{ solver: "branch-and-bound", workLimit: 100_000 }],
      [{ solver: "tabu", workLimit: 20_000 }],
    ],
    exchange: true,
    gapMax: 0,
  },
};

/** The tenants of the fixture. */
export const TENANTS: readonly string[] = ["local", "south"];

const SIZES = { candidateCount: 12 };
const SEEDS = 12;
const PAGE_BYTES = 8192;
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** Where the control file names the last checkpoint: `ControlFileData.checkPoint`. */
const CHECKPOINT_AT = 32;

async function fill(pipeline: Pipeline, tenant: string): Promise<readonly Told[]> {
  const principal = { tenant, name: "loopback", role: "admin" } as const;
  const { items } = registered(rankingRequest(7, SIZES));
  await pipeline.putItems(principal, "shop", "ranking", items.map(asJson));
  await pipeline.addPolicy(principal, QUICK_POLICY);
  const told: Told[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const drawn = rankingRequest(seed, SIZES);
    const { similarity: _, ...named } = registered(drawn).request;
    const policy = seed % 2 === 0 ? { policy: "quick@1" } : {};
    const options = { deadlineMs: 1000, ...policy };
    const body = asJson({ ...(seed % 3 === 0 ? named : drawn), options });
    const idempotencyKey = seed % 4 === 0 ? `key-${seed}` : undefined;
    try {
      const reply = await pipeline.decide(principal, "ranking", body, { idempotencyKey });
      const { decisionId, timing } = reply;
      const outcomeId = seed % 2 === 1 ? `seen-${seed}` : undefined;
      const at = new Date(Date.parse(timing.receivedAt) + 1000).toISOString();
      if (outcomeId !== undefined) {
        const event = { outcomeId, decisionId, kind: "impression", at };
        await pipeline.recordOutcomes(principal, [event]);
      }
      told.push({ tenant, body, idempotencyKey, reply, outcomeId });
    } catch (error) {
      if (!(error instanceof Fault)) throw error; // Some requests contradict themselves.
    }
  }
  return told;
}

/** Overwrites what comes before the last checkpoint, but for the log's first page. */
function forgetLog(root: string): void {
  const control = fs.readFileSync(path.join(root, "global", "pg_control"));
  const checkpoint = Number(control.readBigUInt64LE(CHECKPOINT_AT));
  const number = Math.floor(checkpoint / SEGMENT_BYTES);
  const name = `00000001${"0".repeat(8)}${number.toString(16).toUpperCase().padStart(8, "0")}`;
  const file = path.join(root, "pg_wal", name);
  const log = fs.readFileSync(file);
  const pages = Math.floor((checkpoint % SEGMENT_BYTES) / PAGE_BYTES);
  log.fill(0, PAGE_BYTES, pages * PAGE_BYTES);
  fs.writeFileSync(file, log);
}

function asJson(value: unknown): Json {
  return JSON.parse(canonicalJson(value));
}

if (import.meta.main) {
  const folder = process.argv[2] ?? "old";
  const pipeline = await assemblePipeline({ storage: { kind: "directory", path: folder } });
  const told: Told[] = [];
  for (const tenant of TENANTS) told.push(...(await fill(pipeline, tenant)));
  await pipeline.close();
  forgetLog(path.join(folder, "postgres"));
  fs.writeFileSync(path.join(folder, "told.json"), JSON.stringify(told));
}
