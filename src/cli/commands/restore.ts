/**
 * `tandem restore`: what a backup holds, in an empty place or instead of what is there.
 */
import fs from "node:fs";
import type { Command } from "commander";
import { counted, Fault } from "#foundation";
import { assemblePipeline, restoreBackup, type Storage } from "../../assemble.ts";
import { unreadableFile } from "../input-file.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { type PlaceOptions, storageOf, withOutput, withStorage } from "./place-options.ts";

interface RestoreOptions extends Omit<PlaceOptions, "url">, OutputOptions {
  readonly force?: boolean;
}

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addRestore(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("restore")
    .summary("fill an empty store from a backup")
    .description(
      "Restores a file that `tandem backup` wrote: all of it or, if anything is wrong with it, " +
        "nothing. Then checks counts and digests and replays the newest decision of some " +
        "tenants. Stop the server first.",
    )
    .argument("<file>", "backup to restore")
    .option("--force", "replace everything that is there")
    .action((file: string, options: RestoreOptions) =>
      run(options, () => unlessInterrupted(terminal.signal, restore(terminal, file, options))),
    );
  withOutput(withStorage(command), [
    "tandem restore tandem.backup --data ./restored",
    "tandem restore tandem.backup --database postgres://user@host/tandem --force --json",
  ]);
}

async function restore(
  terminal: Terminal,
  file: string,
  options: RestoreOptions,
): Promise<ExitCode> {
  const storage = storageOf(options);
  const restored = await restoreBackup(storage, () => readable(file), options.force === true);
  const replayed = await replayedVerdicts(storage, restored.newest);
  const { decisions = 0 } = restored.rows;
  const verdicts = replayed.map(({ verdict }) => verdict).join(", ") || "none to replay";
  const words = `Restored ${counted(decisions, "decision")}; replayed: ${verdicts}.\n`;
  print(terminal, options, { rows: restored.rows, replayed }, words);
  return replayed.some(({ verdict }) => verdict === "different") ? 1 : 0;
}

/** What replaying the newest decision of each tenant shows; a request may have been erased. */
async function replayedVerdicts(
  storage: Storage,
  newest: readonly { readonly tenant: string; readonly id: string }[],
) {
  const pipeline = await assemblePipeline({ storage });
  try {
    const replayed: { readonly decisionId: string; readonly verdict: string }[] = [];
    for (const { tenant, id } of newest) {
      const principal = { tenant, name: "restore", role: "reader" } as const;
      const verdict = await pipeline.replay(principal, id).then(
        (report) => report.verdict,
        (error: unknown) => {
          if (error instanceof Fault) return error.row.code;
          throw error;
        },
      );
      replayed.push({ decisionId: id, verdict });
    }
    return replayed;
  } finally {
    await pipeline.close();
  }
}

function readable(file: string): fs.ReadStream {
  try {
    if (fs.statSync(file).isDirectory()) throw new Error("a directory");
    return fs.createReadStream("", { fd: fs.openSync(file, "r") });
  } catch (error) {
    throw unreadableFile(file, error);
  }
}
