/**
 * Cuts the power under the embedded store again and again while it writes, at a random file
 * operation each time, and checks after each reopening that every acknowledged decision is there,
 * unchanged.
 *
 *     npx node test/durability/power-loss.ts --rounds 20 --seed 1 --flush honoured
 *
 * `--flush ignored` has the disk confirm flushes without doing them; then losses must show, or the
 * test proves nothing.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { setEnvironmentData } from "node:worker_threads";
import { type RandomStream, randomStream } from "#foundation";
import type { Store } from "#pipeline";
import { openEmbeddedStore } from "#store";
import {
  type Acknowledged,
  appendUntilGone,
  type LossReport,
  missingFrom,
} from "./acknowledged.ts";
import { type PowerCut, SIMULATED_DISK } from "./simulated-disk.ts";

const WRITERS = 8;
/** Creating the database makes some 2,100 changes to the disk: a cut below this strikes within. */
const CREATION_CHANGES = 2_000;
/** Some hundreds of appends. */
const LOAD_CHANGES = 2_000;

/** What to do. */
export interface PowerLoss {
  readonly rounds: number;
  readonly seed: number;
  readonly flush: PowerCut["flush"];
  /**
   * A store's directory to begin with a copy of; without it the cuts of the first quarter strike
   * during creation.
   */
  readonly template?: string;
  readonly onRound?: (report: LossReport) => void;
}

/**
 * Cuts the power `rounds` times under one directory, creation's cuts each on the leavings of the
 * one before.
 */
export async function losePower({
  rounds,
  seed,
  flush,
  template,
  onRound = () => {},
}: PowerLoss): Promise<LossReport> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-power-"));
  const directory = path.join(folder, "store");
  if (template !== undefined) fs.cpSync(template, directory, { recursive: true });
  const random = randomStream(seed, "power-loss");
  const acknowledged: Acknowledged[] = [];
  const tally = { lost: 0, changed: 0, failedReopenings: 0 };
  const report = (round: number) => ({
    rounds: round,
    acknowledged: acknowledged.length,
    ...tally,
  });
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const creating = template === undefined && round <= rounds / 4;
      const cut: PowerCut = {
        seed: seed + round,
        cutAtChange: 1 + random.below(creating ? CREATION_CHANGES : LOAD_CHANGES),
        countFrom: creating ? "start" : "open",
        flush,
      };
      const wasOpen = await loadUntilCut(directory, cut, random, (one) => acknowledged.push(one));
      if (creating) continue;
      const store = wasOpen ? await openEmbeddedStore(directory).catch(() => undefined) : undefined;
      if (store === undefined) {
        tally.failedReopenings += 1;
        break;
      }
      const { lost, changed } = await checked(store, acknowledged);
      tally.lost += lost;
      tally.changed += changed;
      await store.close();
      onRound(report(round));
      if (lost + changed > 0) break;
    }
    return report(rounds);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the store opened before the cut came. */
async function loadUntilCut(
  directory: string,
  cut: PowerCut,
  random: RandomStream,
  onAcknowledged: (acknowledged: Acknowledged) => void,
): Promise<boolean> {
  setEnvironmentData(SIMULATED_DISK, JSON.stringify(cut));
  const thread = new URL("./power-loss-thread.ts", import.meta.url);
  const store = await openEmbeddedStore(directory, { thread }).catch(() => undefined);
  if (store === undefined) return false;
  await Promise.all(
    Array.from({ length: WRITERS }, (_, writer) =>
      appendUntilGone(
        store,
        `${cut.seed}-${writer}`,
        random.fork(cut.seed, writer),
        onAcknowledged,
      ),
    ),
  );
  await store.close(); // It would open the disk again by itself.
  return true;
}

/** A torn page makes reading fail: that is a change, too. */
async function checked(
  store: Store,
  acknowledged: readonly Acknowledged[],
): Promise<{ readonly lost: number; readonly changed: number }> {
  try {
    return await missingFrom(store, acknowledged);
  } catch {
    return { lost: 0, changed: acknowledged.length };
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "20" },
      seed: { type: "string", default: "1" },
      flush: { type: "string", default: "honoured" },
    },
  });
  const flush = values.flush === "ignored" ? "ignored" : "honoured";
  const print = (report: LossReport) => process.stdout.write(`${JSON.stringify(report)}\n`);
  const report = await losePower({
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    flush,
    onRound: print,
  });
  print(report);
  process.exitCode = report.lost + report.changed + report.failedReopenings > 0 ? 1 : 0;
}
