/**
 * `tandem bench`: measure the project against its goals, and write the page of the results.
 */
import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError } from "commander";
import { keepResults, verdict } from "../bench/page.ts";
import type { FigureResult } from "../bench/reading.ts";
import { type RunOptions, runFigure } from "../bench/run-figure.ts";
import { type Figure, SUITES, type Suite } from "../bench/suites.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { withOutput } from "./place-options.ts";

interface BenchOptions extends OutputOptions, RunOptions {
  readonly only?: readonly Figure[];
  readonly pages: string;
}

const PAGES = new URL("../../../docs/bench/", import.meta.url);

/** Adds the command to `program`; `run` turns its promises into exit codes. */
export function addBench(program: Command, terminal: Terminal, run: Run): void {
  const group = program
    .command("bench")
    .summary("measure the project against its goals (in a checkout)")
    .description("Measures one of the suites, seeded, and writes docs/bench/<suite>.md.");
  for (const suite of SUITES) addSuite(group, suite, terminal, run);
}

function addSuite(group: Command, suite: Suite, terminal: Terminal, run: Run): void {
  const list = suite.figures.map(({ id, title }) => `  ${id.padEnd(12)} ${title}`).join("\n");
  const command = group
    .command(suite.name)
    .summary(suite.summary)
    .description(`Measures ${suite.summary}. Exits with 1 if a goal is missed.`)
    .option("--only <figure>", "only this figure (repeatable)", figureOf(suite))
    .option("--peer <name=path>", "compare with this program (repeatable)", addPeer)
    .option("--quick", "a small part of each figure, to see that it runs; writes no page")
    .option("--pages <folder>", "where the page and its results lie", fileURLToPath(PAGES))
    .addHelpText("after", `\nFigures:\n${list}`)
    .action((options: BenchOptions) =>
      run(options, () => unlessInterrupted(terminal.signal, measure(suite, terminal, options))),
    );
  withOutput(command, [
    `tandem bench ${suite.name}`,
    `tandem bench ${suite.name} --only ${suite.figures[0].id} --quick --json`,
  ]);
}

async function measure(suite: Suite, terminal: Terminal, options: BenchOptions): Promise<ExitCode> {
  const results: FigureResult[] = [];
  for (const figure of options.only ?? suite.figures) {
    terminal.err(`${figure.title}\n`);
    const result = await runFigure(suite, figure, options, terminal);
    results.push(result);
    // Kept one by one: what a later figure does cannot lose what an earlier one took minutes for.
    if (!options.quick) keepResults(suite, [result], options.pages);
    if (!options.json) terminal.out(described(figure, result, options.quick));
  }
  print(terminal, options, { suite: suite.name, results }, "");
  return results.some(({ readings }) => readings.some(({ isMet }) => isMet === false)) ? 1 : 0;
}

function described({ title }: Figure, { readings }: FigureResult, quick = false): string {
  const label = quick ? " (quick: a small part, which says nothing of the goal)" : "";
  const lines = readings.map((reading) => {
    const goal = reading.goal === "" ? "" : ` (goal: ${reading.goal}) ${verdict(reading)}`;
    return `  ${reading.what}: ${reading.reached}; ${reading.spread}${goal}`;
  });
  return `${[`${title}${label}`, ...lines].join("\n")}\n`;
}

/** Gathers figures over repetitions of the option. */
function figureOf({ figures }: Suite): (id: string, gathered?: readonly Figure[]) => Figure[] {
  return (id, gathered = []) => {
    const figure = figures.find((one) => one.id === id);
    if (figure !== undefined) return [...gathered, figure];
    throw new InvalidArgumentError(`expected one of ${figures.map((one) => one.id).join(", ")}`);
  };
}

function addPeer(text: string, gathered: readonly string[] = []): readonly string[] {
  if (/^[\w-]+=./.test(text)) return [...gathered, text];
  throw new InvalidArgumentError("expected name=path, e.g. qsim=../qsim-peer");
}
