/**
 * `tandem replay`: run a stored decision again and say whether the same came out.
 */
import type { Command } from "commander";
import { replayReport } from "#wire";
import { reachPlatform } from "../reach-platform.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { existingPlaceOf, type PlaceOptions, withOutput, withPlace } from "./place-options.ts";

interface ReplayOptions extends PlaceOptions, OutputOptions {}

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addReplay(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("replay")
    .summary("run a stored decision again and compare")
    .description(
      "Runs the recorded work of a decision again under the recorded seeds. Exits 0 if the " +
        "same came out (identical, or verified on another build), 1 if not. If a server holds " +
        "the data directory, that server is asked.",
    )
    .argument("<id>", "decision id, as the reply gave it")
    .action((id: string, options: ReplayOptions) =>
      run(options, () => unlessInterrupted(terminal.signal, replayStored(terminal, id, options))),
    );
  withOutput(withPlace(command), [
    "tandem replay 01981f3a-5b00-7000-8000-000000000000",
    "tandem replay 01981f3a-5b00-7000-8000-000000000000 --url http://127.0.0.1:7070 --json",
  ]);
}

async function replayStored(
  terminal: Terminal,
  id: string,
  options: ReplayOptions,
): Promise<ExitCode> {
  const place = existingPlaceOf(options);
  const platform = await reachPlatform(terminal, place);
  try {
    const report = replayReport.parse(await platform.replay(id));
    const lines = [
      `${report.verdict}: decision ${report.decisionId}`,
      `  recorded ${report.recordedDigest}`,
      `  replayed ${report.replayedDigest}, in ${report.replayMs.toFixed(1)} ms`,
      ...report.differences.map((difference) => `  differs: ${difference}`),
      ...report.taken.map((attempt) => `  taken from the record: ${attempt}`),
    ];
    print(terminal, options, report, `${lines.join("\n")}\n`);
    return report.verdict === "different" ? 1 : 0;
  } finally {
    await platform.close();
  }
}
