/**
 * `tandem shadow`: a log of one's own, replayed beside what happened.
 */
import os from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { typeNamed } from "#decisions";
import { present } from "#foundation";
import { runShadow } from "../shadow/run-shadow.ts";
import { shadowText } from "../shadow/shadow-report.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";
import { withOutput } from "./place-options.ts";

interface ShadowOptions extends OutputOptions {
  readonly policy?: string;
  readonly items?: string;
  readonly limit?: number;
  readonly seed: number;
}

/** At least one lane searches while another proves. */
const THREADS_MIN = 2;

/** How often progress is shown, at most. */
const PROGRESS_MS = 200;

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addShadow(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("shadow")
    .summary("replay your own log beside what was shown")
    .description(
      "Decides every ranking request of a log and sets the answer beside what was shown: worth " +
        "under the same scores and rules, rules broken, overlap, positions, gap, latency, by " +
        "segment. Needs no server and keeps nothing. Ctrl-C prints what there is so far, " +
        "and so does a log that cannot be read to its end, with exit code 1.",
    )
    .argument("<log>", "CSV or JSON lines, may be gzipped; docs/shadow.md has the columns")
    .option("--policy <file>", "policy as JSON (default: the decision type's own)")
    .option("--items <file>", "registered items as a JSON array, may be gzipped")
    .option("--limit <number>", "compare at most so many requests", wholeAboveZero)
    .option("--seed <number>", "seed of everything random", wholeNumber, 1)
    .action((log: string, options: ShadowOptions) =>
      run(options, () => replayInShadow(terminal, log, options)),
    );
  withOutput(command, [
    "tandem shadow examples/shadow/shop.csv --policy examples/shadow/policy.json " +
      "--items examples/shop/items.json.gz",
    "tandem shadow requests.jsonl.gz --limit 1000 --json",
  ]);
}

async function replayInShadow(
  terminal: Terminal,
  log: string,
  options: ShadowOptions,
): Promise<ExitCode> {
  const { clock, signal, isInteractive, columns } = terminal;
  const { policy: policyFile, items: itemsFile, limit, seed } = options;
  const clearLine = `\r${" ".repeat(columns - 1)}\r`;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const progress = (text: string) => {
    if (!isInteractive || clock.monotonicMs() - toldAtMs < PROGRESS_MS) return;
    toldAtMs = clock.monotonicMs();
    terminal.err(`${clearLine}${text.slice(0, columns - 1)}`);
  };
  const type = present(typeNamed("ranking"), "the decision type ranking");
  const threadCount = Math.max(THREADS_MIN, os.availableParallelism());
  try {
    const plan = { log, type, policyFile, itemsFile, limit, seed };
    const report = await runShadow(plan, { clock, threadCount, signal, progress });
    if (isInteractive) terminal.err(clearLine);
    print(terminal, options, report, shadowText(report));
    return signal.aborted || report.cutShort !== null ? 1 : 0;
  } finally {
    if (isInteractive) terminal.err(clearLine);
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("expected a whole number");
}

function wholeAboveZero(text: string): number {
  const number = wholeNumber(text);
  if (number > 0) return number;
  throw new InvalidArgumentError("expected a whole number above 0");
}
