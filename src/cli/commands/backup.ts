/**
 * `tandem backup`: everything kept, in one file, also while the server runs.
 */
import fs from "node:fs";
import { pipeline as pump } from "node:stream/promises";
import type { Command } from "commander";
import { counted, Fault } from "#foundation";
import { readBackup } from "#pipeline";
import { serverHolding } from "#server";
import { assembleBackup, isHeldElsewhere } from "../../assemble.ts";
import { cliFaults } from "../faults.ts";
import type { Place } from "../reach-platform.ts";
import { streamFrom } from "../server-calls.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { existingPlaceOf, type PlaceOptions, withOutput, withPlace } from "./place-options.ts";

interface BackupOptions extends PlaceOptions, OutputOptions {
  readonly force?: boolean;
}

interface Bytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

const PATH = "/v1/backup";

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addBackup(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("backup")
    .summary("write everything kept into one file")
    .description(
      "Writes every tenant's decisions, payloads, outcomes, policies, items and keys into one " +
        "file, and reads it back before it gets its name. If a server holds the data directory, " +
        "that server is asked and goes on deciding; once there are API keys it takes an " +
        "administrator's in TANDEM_API_KEY.",
    )
    .argument("<file>", "file to write")
    .option("--force", "replace the file if there is one, once the backup is whole")
    .action((file: string, options: BackupOptions) =>
      run(options, () => unlessInterrupted(terminal.signal, backUp(terminal, file, options))),
    );
  withOutput(withPlace(command), [
    "tandem backup tandem.backup",
    "tandem backup tandem.backup --url http://127.0.0.1:7070 --json",
  ]);
}

async function backUp(terminal: Terminal, file: string, options: BackupOptions): Promise<ExitCode> {
  const place = existingPlaceOf(options);
  refuseExisting(file, options);
  const partial = `${file}.partial`;
  const { bytes, close } = await openBackup(terminal, place);
  try {
    await pump(bytes, writable(partial), { signal: terminal.signal });
    const rows = await countedRows(partial);
    refuseExisting(file, options); // Another may have come meanwhile.
    fs.renameSync(partial, file);
    const size = fs.statSync(file).size;
    const { decisions = 0 } = rows;
    const words = `Backed up ${counted(decisions, "decision")} into ${file} (${size} bytes).\n`;
    print(terminal, options, { file, bytes: size, rows }, words);
    return 0;
  } finally {
    fs.rmSync(partial, { force: true });
    await close();
  }
}

/** An older backup may be the only one there is. */
function refuseExisting(file: string, { force = false }: BackupOptions): void {
  if (force || !fs.existsSync(file)) return;
  const detail = `${file}: expected no such file, or --force to replace it, got one`;
  throw new Fault(cliFaults.fileUnwritable, { detail });
}

/** The backup's bytes, from this process or from the server that holds the directory. */
async function openBackup(terminal: Terminal, place: Place): Promise<Bytes> {
  const overHttp = async (url: string) => {
    return { bytes: await streamFrom(terminal, url, PATH), close: async () => {} };
  };
  if (place.kind === "server") return overHttp(place.url);
  try {
    return await assembleBackup(place);
  } catch (error) {
    const url = place.kind === "directory" ? serverHolding(place.path) : undefined;
    if (!isHeldElsewhere(error) || url === undefined) throw error;
    return overHttp(url);
  }
}

/** Flushed before it is closed, so that the name never stands for less than the whole. */
function writable(file: string): fs.WriteStream {
  try {
    return fs.createWriteStream("", { fd: fs.openSync(file, "w", 0o600), flush: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(cliFaults.fileUnwritable, { detail: `expected a file, got ${reason}` });
  }
}

async function countedRows(file: string): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for await (const { table, rows } of readBackup(fs.createReadStream(file))) {
    if (rows.length > 0) counts[table] = (counts[table] ?? 0) + rows.length;
  }
  return counts;
}
