/**
 * Kills a process that writes through the embedded store, again and again and at random moments,
 * and checks after each reopening that every acknowledged decision is there, unchanged. A kill
 * keeps the operating system's page cache, so this says nothing about flushing; power-loss.ts does.
 *
 *     npx node test/durability/kill.ts --rounds 50 --seed 1
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type RandomStream, randomStream } from "#foundation";
import { openEmbeddedStore } from "#store";
import { type Acknowledged, type LossReport, missingFrom } from "./acknowledged.ts";

/** The kill comes after fewer acknowledgements than this, none included, and a moment later. */
const ACKNOWLEDGED_BELOW = 150;
const MOMENT_MS_BELOW = 30;

/** What to do. */
export interface Kills {
  readonly rounds: number;
  readonly seed: number;
  /** A store's directory to begin with a copy of. */
  readonly template?: string;
  readonly onRound?: (report: LossReport) => void;
}

/** Loads, kills and reopens `rounds` times on one directory. */
export async function killWriter({
  rounds,
  seed,
  template,
  onRound = () => {},
}: Kills): Promise<LossReport> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-kill-"));
  if (template !== undefined) fs.cpSync(template, directory, { recursive: true });
  const random = randomStream(seed, "kill");
  const acknowledged: Acknowledged[] = [];
  const tally = { lost: 0, changed: 0, failedReopenings: 0 };
  const report = (round: number) => ({
    rounds: round,
    acknowledged: acknowledged.length,
    ...tally,
  });
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const fresh = await loadUntilKilled(directory, seed + round, random.fork(round));
      acknowledged.push(...fresh);
      const store = await openEmbeddedStore(directory).catch(() => undefined);
      if (store === undefined) {
        tally.failedReopenings += 1;
        break;
      }
      // The latest each time, all of them at last.
      const asked = round === rounds ? acknowledged : fresh;
      const { lost, changed } = await missingFrom(store, asked);
      tally.lost += lost;
      tally.changed += changed;
      await store.close();
      onRound(report(round));
    }
    return report(rounds);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

async function loadUntilKilled(
  directory: string,
  seed: number,
  random: RandomStream,
): Promise<readonly Acknowledged[]> {
  const entry = path.join(import.meta.dirname, "kill-writer.ts");
  const writer = spawn(process.execPath, [entry, directory, String(seed)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: Acknowledged[] = [];
  const lines = createInterface({ input: writer.stdout });
  const until = random.below(ACKNOWLEDGED_BELOW);
  const reached = Promise.withResolvers<void>();
  lines.on("line", (line) => {
    const one: Acknowledged | "open" = JSON.parse(line);
    if (one !== "open") acknowledged.push(one);
    if (acknowledged.length >= until) reached.resolve();
  });
  const ended = Promise.all([once(writer, "exit"), once(lines, "close")]);
  await Promise.race([reached.promise, ended]);
  await pause(random.below(MOMENT_MS_BELOW));
  writer.kill("SIGKILL");
  await ended;
  return acknowledged;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
    },
  });
  const print = (report: LossReport) => process.stdout.write(`${JSON.stringify(report)}\n`);
  const report = await killWriter({
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    onRound: print,
  });
  print(report);
  process.exitCode = report.lost + report.changed + report.failedReopenings > 0 ? 1 : 0;
}
