/**
 * `tandem demo routing`: a simulated week of a contact centre, its experiment, and the page for the
 * board.
 */
import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Command } from "commander";
import { FINDING_WORDS } from "#experiments";
import { Fault } from "#foundation";
import {
  type Board,
  boardOf,
  boardPage,
  type CentreFrame,
  type CentreWeek,
  checkedDays,
  runCentreWeek,
} from "#studies";
import {
  dataOption,
  namedPlace,
  type PlaceOptions,
  positiveCount,
  urlOption,
  wholeNumber,
  withOutput,
} from "../../commands/place-options.ts";
import { decideTick } from "../../decide-tick.ts";
import { cliFaults } from "../../faults.ts";
import { reachPlatform } from "../../reach-platform.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
} from "../../terminal.ts";

interface RoutingDemoOptions extends PlaceOptions, OutputOptions {
  readonly days: number;
  readonly seed: number;
  readonly html?: string;
  readonly experiment?: string;
  readonly case?: string;
}

/** Opening days of a week. */
const WEEK_DAYS = 6;
/** Adds the command to `demo`; `run` turns its promise into an exit code. */
export function addRoutingDemo(demo: Command, terminal: Terminal, run: Run): void {
  const command = demo
    .command("routing")
    .summary("a week of a contact centre, from calls to money")
    .description(
      "Simulates a contact centre in virtual time. Hour by hour it is given to its usual rule or " +
        "to Tandem; the experiment is read at the end, and what the effect is worth is drawn.",
    )
    .option("--days <number>", "opening days, even; a week has 6", positiveCount, WEEK_DAYS)
    .option("--seed <number>", "same seed, same contacts and coins", wholeNumber, 1)
    .option("--html <file>", "write the page for the board, ready to print")
    .option("--experiment <file>", "write the experiment, as `tandem roi --experiment` reads it")
    .option("--case <file>", "write the business case, as `tandem roi` reads it")
    .addOption(dataOption("keep the decisions in this data directory"))
    .addOption(urlOption())
    .action((options: RoutingDemoOptions) =>
      run(options, () => {
        refuseEarlier(demo);
        return simulateWeek(terminal, options);
      }),
    );
  withOutput(command, [
    "tandem demo routing --html board.html",
    "tandem demo routing --days 2 --json",
    "tandem demo routing --url http://127.0.0.1:8080",
  ]);
}

/** Options before `routing` belong to the other demonstration. @throws Fault `usage`. */
function refuseEarlier(demo: Command): void {
  const earlier = demo.options.filter(
    (option) => demo.getOptionValueSource(option.attributeName()) === "cli",
  );
  if (earlier.length === 0) return;
  const names = earlier.map(({ long }) => long).join(", ");
  const detail = `demo routing: expected options after \`routing\`, got ${names} before it`;
  throw new Fault(cliFaults.usage, { detail });
}

async function simulateWeek(terminal: Terminal, options: RoutingDemoOptions): Promise<ExitCode> {
  const plan = { days: checkedDays(options.days), seed: options.seed };
  for (const file of [options.html, options.experiment, options.case]) requireWritable(file);
  const platform = await reachPlatform(terminal, namedPlace(options) ?? { kind: "memory" });
  const startedAtMs = terminal.clock.monotonicMs();
  try {
    const week = await runCentreWeek(plan, {
      decide: (request) => decideTick(platform, request),
      look: (frame) => look(terminal, frame),
    });
    const seconds = Math.round((terminal.clock.monotonicMs() - startedAtMs) / 1000);
    if (terminal.isInteractive) terminal.err("\r\x1b[K");
    const board = boardOf(week);
    writeFiles(options, week, board);
    const { experiment: _, ...document } = week;
    print(terminal, options, { ...document, board, seconds }, boardText(board, seconds));
    return 0;
  } finally {
    await platform.close();
  }
}

/** Shows where the week is, lets others have the thread, and ends it when the user asks. */
async function look(terminal: Terminal, frame: CentreFrame): Promise<void> {
  await setImmediate();
  const { atSeconds, time, runSeconds, decisions } = frame;
  if (terminal.signal.aborted) {
    const detail = `expected time for the week, got a request to stop at ${time}`;
    throw new Fault(cliFaults.interrupted, { detail });
  }
  if (!terminal.isInteractive) return;
  const share = Math.floor((100 * atSeconds) / runSeconds);
  terminal.err(`\r\x1b[K${time}, ${share} %, ${decisions} decisions`);
}

function writeFiles(options: RoutingDemoOptions, week: CentreWeek, board: Board): void {
  const { html, experiment, case: caseFile } = options;
  const footer = `tandem demo routing --days ${week.days} --seed ${week.seed}`;
  if (html !== undefined) write(html, boardPage(board, footer));
  if (experiment !== undefined) write(experiment, `${JSON.stringify(week.experiment)}\n`);
  if (caseFile !== undefined) write(caseFile, `${JSON.stringify(week.businessCase, null, 2)}\n`);
}

/** Better refused now than after the week. @throws Fault `file-unwritable` */
function requireWritable(file: string | undefined): void {
  if (file === undefined) return;
  try {
    fs.accessSync(path.dirname(path.resolve(file)), fs.constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function write(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): Fault {
  const detail = `${file}: ${error instanceof Error ? error.message : String(error)}`;
  return new Fault(cliFaults.fileUnwritable, { detail }, error);
}

function boardText(board: Board, seconds: number): string {
  const figures = board.figures.map(
    ({ title, rule, tandem, change, interval, finding }) =>
      `  ${title.padEnd(48)}${rule.padStart(10)}${tandem.padStart(10)}${change.padStart(14)}  ` +
      `${`(${interval})`.padEnd(20)}${FINDING_WORDS[finding]}`,
  );
  const money = board.money.map(
    ({ title, median, lower, upper }) =>
      `  ${title.padEnd(48)}${median.padStart(16)}   ${lower} to ${upper}`,
  );
  const heading = `  ${"".padEnd(48)}${"rule".padStart(10)}${"Tandem".padStart(10)}`;
  const blocks = [
    [board.title, board.lead],
    [board.conclusion],
    [`${heading}${"change".padStart(14)}`, ...figures],
    ["Worth, present value; median, and 5 % to 95 %", ...money, ...board.words],
    ["Risk", ...board.risk.map(listed)],
    ["Who did it", ...board.solvedBy.map(listed)],
    ["Assumed", ...board.assumptions.map(listed)],
    [`${seconds} s.`],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function listed(text: string): string {
  return `  - ${text}`;
}
