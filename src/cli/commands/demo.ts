/**
 * `tandem demo`: the demonstration on real sales, against a running server or one started for it.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { assembleServer } from "../../assemble.ts";
import { runDemo } from "../demo/run-demo.ts";
import { addRoutingDemo } from "../demo/week/demo-routing.ts";
import type { ExitCode, OutputOptions, Run, Terminal } from "../terminal.ts";
import {
  dataOption,
  type PlaceOptions,
  urlOption,
  wholeNumber,
  withOutput,
} from "./place-options.ts";

interface DemoCommandOptions extends PlaceOptions, OutputOptions {
  readonly lines?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly seed?: number;
  readonly concurrency?: number;
}

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addDemo(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("demo")
    .enablePositionalOptions()
    .summary("compare rankings on a real shop's log")
    .description(
      "Replays a shop's sales as ranking decisions through the HTTP API and sets beside each " +
        "other what best-by-score, the deterministic rule and Tandem would have shown. Starts a " +
        "server of its own unless --url names one. Ctrl-C prints what there is so far.",
    )
    .option("--lines <file...>", "sales lines as CSV, may be gzipped (default: the bundled shop)")
    .option("--from <date>", "first day, e.g. 2011-07-01")
    .option("--to <date>", "last day, included")
    .option("--seed <number>", "seed of everything random", wholeNumber)
    .option("--concurrency <number>", "decisions in flight", wholeNumber)
    .addOption(dataOption("keep the decisions in this data directory"))
    .addOption(urlOption())
    .action((options: DemoCommandOptions) => run(options, () => demonstrate(terminal, options)));
  withOutput(command, [
    "tandem demo",
    "tandem demo --from 2011-07-01 --to 2011-07-07",
    "tandem demo --lines sales.csv.gz --from 2011-09-01 --to 2011-09-30 --json",
    "tandem demo routing --html board.html",
  ]);
  addRoutingDemo(command, terminal, run);
}

async function demonstrate(terminal: Terminal, options: DemoCommandOptions): Promise<ExitCode> {
  const { url } = options;
  if (url !== undefined) return compare(terminal, options, url);
  return withDirectory(options.data, async (directory) => {
    const server = await assembleServer({
      storage: { kind: "directory", path: directory },
      host: "127.0.0.1",
      port: 0,
      log: { level: "warn", stream: { write: (line) => terminal.err(line) } },
    });
    try {
      await server.ready;
      return await compare(terminal, options, server.url);
    } finally {
      await server.stop();
    }
  });
}

async function compare(
  terminal: Terminal,
  options: DemoCommandOptions,
  baseUrl: string,
): Promise<ExitCode> {
  const { fetch, clock, signal, isInteractive, columns } = terminal;
  const clearLine = `\r${" ".repeat(columns - 1)}\r`;
  const progress = (text: string) => terminal.err(`${clearLine}${text.slice(0, columns - 1)}`);
  const output = {
    print: (text: string) => terminal.out(text),
    progress: isInteractive ? progress : undefined,
  };
  try {
    await runDemo({ ...options, baseUrl }, { fetch, clock, output, signal });
  } finally {
    if (isInteractive) terminal.err(clearLine);
  }
  return signal.aborted ? 1 : 0;
}

/** Runs `work` in `directory`, or in a temporary one that is removed afterwards. */
async function withDirectory<Result>(
  directory: string | undefined,
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  if (directory !== undefined) return work(directory);
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-demo-"));
  try {
    return await work(temporary);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}
