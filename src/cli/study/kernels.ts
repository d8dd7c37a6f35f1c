/**
 * `tandem study kernels`: do quantum kernels tell the rows of a table apart better than classical
 * models tuned as hard?
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { counted, Fault, instantText } from "#foundation";
import { wholeNumber, withOutput } from "../commands/place-options.ts";
import { cliFaults } from "../faults.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";
import { studyFaults } from "./faults.ts";
import { htmlOf, markdownOf, studyPage } from "./kernels/page.ts";
import { reportOf, type StudyReport, seedsComplete } from "./kernels/report.ts";
import { runStudy } from "./kernels/run-study.ts";
import { readTable, type Table } from "./kernels/table.ts";
import { between, processMs, studyMeans } from "./progress.ts";

interface KernelsOptions extends OutputOptions {
  readonly label?: string;
  readonly classes?: readonly string[];
  readonly seeds: number;
  readonly rows: number;
  readonly features: number;
  readonly folds: number;
  readonly seed: number;
  readonly page?: string;
}

const SEEDS = 20;
const SEEDS_MAX = 1000;
const ROWS = 150;
const ROWS_MAX = 1000;
const FEATURES = 6;
/** The Hamiltonian map takes a qubit more. */
const FEATURES_MAX = 11;
const FOLDS_MAX = 10;

/** Adds the command to `study`. */
export function addStudyKernels(study: Command, terminal: Terminal, run: Run): void {
  const command = study
    .command("kernels")
    .summary("quantum kernels beside classical models, equally tuned, on tables of your own")
    .description(
      "Classifies the rows of each table by quantum kernels, quantum-inspired ones and classical " +
        "models: nested cross-validation, equal tuning, many seeds, an interval and a verdict in " +
        "words, ties included. States are simulated without noise. Ctrl-C reports what is done.",
    )
    .argument("<tables...>", "CSV files with a header, numbers, and a column of classes (or .gz)")
    .option("--label <column>", "column of classes; the last if absent")
    .option("--classes <names>", "classes to keep, separated by commas", commaSeparated)
    .option("--seeds <count>", "repetitions, at least 2", between(2, SEEDS_MAX), SEEDS)
    .option("--rows <count>", "rows drawn for each seed", between(30, ROWS_MAX), ROWS)
    .option("--features <count>", "principal components", between(1, FEATURES_MAX), FEATURES)
    .option("--folds <count>", "folds, and folds within", between(2, FOLDS_MAX), 3)
    .option("--seed <number>", "seed of everything random", wholeNumber, 1)
    .option("--page <file>", "write the report as a page too: .md or .html", pageFile)
    .action((files: readonly string[], options: KernelsOptions) =>
      run(options, () => studyKernels(terminal, files, options)),
    );
  withOutput(command, [
    "tandem study kernels customers.csv --label churned",
    "tandem study kernels a.csv b.csv.gz --seeds 30 --features 8 --page kernels.html",
  ]);
}

async function studyKernels(
  terminal: Terminal,
  files: readonly string[],
  options: KernelsOptions,
): Promise<ExitCode> {
  const tables: Table[] = [];
  for (const file of files) {
    const table = await readTable(file, { label: options.label, keep: options.classes });
    checkShares(table, options);
    tables.push(table);
  }
  const scores = await runStudy(tables, options, studyMeans(terminal));
  if (terminal.isInteractive) terminal.err("\r\x1b[K");
  if (seedsComplete(scores) < 2) {
    const detail = "expected two seeds to finish, got a request to stop before";
    throw new Fault(cliFaults.interrupted, { detail });
  }
  const report = reportOf(scores, options);
  const page = studyPage(report, commandText(files, options), madeText(terminal));
  if (options.page !== undefined) writePage(options.page, page);
  print(terminal, options, report, reportText(report));
  return report.isPartial ? 1 : 0;
}

/** Rows are drawn in the shares of the classes: there must be one of each class for every fold. */
function checkShares({ name, rows, classes, classNames }: Table, options: KernelsOptions): void {
  const drawn = Math.min(options.rows, rows.count);
  for (const [one, className] of classNames.entries()) {
    const own = classes.filter((other) => other === one).length;
    const got = Math.floor((own / rows.count) * drawn);
    if (got >= options.folds) continue;
    const detail =
      `${name}: expected at least ${options.folds} rows of each class among ${drawn}, ` +
      `got ${got} of ${className}; --rows draws more, --classes leaves classes out`;
    throw new Fault(studyFaults.tableUnusable, { detail });
  }
}

function reportText({ tables, words, isPartial, seedsDone, seeds }: StudyReport): string {
  const lines = [
    ...tables.flatMap(({ name, verdict }) => [name, ...verdict.words.map((one) => `  ${one}`)]),
    ...words,
    ...(isPartial ? [`Interrupted after ${seedsDone} of ${counted(seeds, "seed")}.`] : []),
    "--page FILE or --json tells all of it.",
  ];
  return `${lines.join("\n")}\n`;
}

function commandText(files: readonly string[], options: KernelsOptions): string {
  const names = files.map((file) => path.basename(file)).join(" ");
  const { classes, label, seeds, rows, features, folds, seed } = options;
  const kept = classes === undefined ? "" : ` --classes ${classes.join(",")}`;
  const column = label === undefined ? "" : ` --label ${label}`;
  const sizes = `--seeds ${seeds} --rows ${rows} --features ${features} --folds ${folds}`;
  return `\`tandem study kernels ${names}${column}${kept} ${sizes} --seed ${seed}\``;
}

function madeText({ clock }: Terminal): string {
  const [{ model }] = os.cpus();
  const day = instantText(clock.utcMs()).slice(0, 10);
  const cpuSeconds = (processMs() / 1000).toFixed(0);
  return `${day}, ${model}, Node ${process.versions.node}, ${cpuSeconds} CPU-s`;
}

function writePage(file: string, page: ReturnType<typeof studyPage>): void {
  try {
    fs.writeFileSync(file, file.endsWith(".html") ? htmlOf(page) : markdownOf(page));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault(cliFaults.fileUnwritable, { detail: why }, error);
  }
}

function pageFile(text: string): string {
  if (/\.(md|html)$/.test(text)) return text;
  throw new InvalidArgumentError("expected a file name that ends in .md or .html");
}

function commaSeparated(text: string): readonly string[] {
  return text.split(",").map((name) => name.trim());
}
