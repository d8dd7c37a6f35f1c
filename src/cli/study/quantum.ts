/**
 * `tandem study quantum`: where do quantum and quantum-inspired solvers win, tie and lose on
 * problems of your own, and what would turn it?
 */
import fs from "node:fs";
import os from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { Fault, instantText } from "#foundation";
import { prepareSolvers } from "#solvers";
import { wholeNumber, withOutput } from "../commands/place-options.ts";
import { cliFaults } from "../faults.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";
import { between, processMs, studyMeans } from "./progress.ts";
import { keepLedger, type Ledger } from "./quantum/ledger.ts";
import { forecastWords, ledgerWords } from "./quantum/ledger-words.ts";
import { ledgerPage } from "./quantum/page.ts";
import { type FamilyPattern, knownBests, problemFiles } from "./quantum/problem-files.ts";

interface QuantumOptions extends OutputOptions {
  readonly budgetMs: number;
  readonly seeds: number;
  readonly seed: number;
  readonly family: readonly FamilyPattern[];
  readonly best?: string;
  readonly page?: string;
}

const BUDGET_MS = 1000;
const BUDGET_MS_MAX = 600_000;
/** With fewer, the rank test could not find any difference. */
const SEEDS_MIN = 4;
const SEEDS_MAX = 10;

/** Adds the command to `study`. */
export function addStudyQuantum(study: Command, terminal: Terminal, run: Run): void {
  const command = study
    .command("quantum")
    .summary("wins and losses of quantum and quantum-inspired solvers on problems of your own")
    .description(
      "Runs the strongest solver of three camps - classical, quantum-inspired, and quantum, " +
        "simulated - on each problem for the same CPU time, and says who won, by family, with " +
        "the sample time and the error rate at which the verdict would turn. Ctrl-C reports " +
        "what is done.",
    )
    .argument("[files...]", "problem files; a family is called after the folder of its files")
    .option("--family <name=glob>", "a family by pattern; may be repeated", familyPattern, [])
    .option("--budget-ms <ms>", "CPU time of a run", between(1, BUDGET_MS_MAX), BUDGET_MS)
    .option("--seeds <count>", "runs of each champion", between(SEEDS_MIN, SEEDS_MAX), 5)
    .option("--seed <number>", "seed of everything random", wholeNumber, 1)
    .option("--best <file>", "best values known: a CSV file of file names and values")
    .option("--page <file>", "write the ledger as a page too: .md", pageFile)
    .action((files: readonly string[], options: QuantumOptions) =>
      run(options, () => studyQuantum(terminal, files, options)),
    );
  withOutput(command, [
    "tandem study quantum shifts.lp",
    "tandem study quantum --family cuts='cuts/*.txt' --budget-ms 5000 --page ledger.md",
  ]);
}

async function studyQuantum(
  terminal: Terminal,
  names: readonly string[],
  options: QuantumOptions,
): Promise<ExitCode> {
  const files = problemFiles(names, options.family);
  const bests = options.best === undefined ? new Map() : knownBests(options.best);
  await prepareSolvers(true);
  const ledger = await keepLedger(files, bests, options, studyMeans(terminal));
  if (terminal.isInteractive) terminal.err("\r\x1b[K");
  if (options.page !== undefined) writePage(terminal, options.page, ledger);
  print(terminal, options, ledger, ledgerText(ledger));
  return ledger.isPartial ? 1 : 0;
}

function ledgerText(ledger: Ledger): string {
  const problems = ledger.rows.flatMap((row) => {
    if (row.kind === "unread") return [`${row.file}: ${row.reason}`];
    const verdicts = row.entry.verdicts.map(
      ({ challenger, outcome }) => `${challenger} ${outcome}`,
    );
    return [`${row.file}: ${verdicts.join(", ")}`];
  });
  const lines = [
    ...problems,
    ...ledgerWords(ledger),
    ...forecastWords(ledger.forecast),
    ...(ledger.isPartial ? ["Interrupted before the last file."] : []),
    "--page FILE or --json tells all of it.",
  ];
  return `${lines.join("\n")}\n`;
}

function writePage({ clock }: Terminal, file: string, ledger: Ledger): void {
  const { rows, budgetMs, seeds, seed } = ledger;
  const limits = `--budget-ms ${budgetMs} --seeds ${seeds} --seed ${seed}`;
  const [{ model }] = os.cpus();
  const day = instantText(clock.utcMs()).slice(0, 10);
  const cpuSeconds = (processMs() / 1000).toFixed(0);
  const made = `${day}, ${model}, Node ${process.versions.node}, ${cpuSeconds} CPU-s`;
  const text = ledgerPage(
    ledger,
    `\`tandem study quantum ${limits}\` on ${rows.length} files`,
    made,
  );
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Fault(cliFaults.fileUnwritable, { detail }, error);
  }
}

function pageFile(text: string): string {
  if (text.endsWith(".md")) return text;
  throw new InvalidArgumentError("expected a file name that ends in .md");
}

function familyPattern(text: string, before: readonly FamilyPattern[]): readonly FamilyPattern[] {
  const [, name, pattern] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name !== undefined) return [...before, { name, pattern }];
  throw new InvalidArgumentError("expected a name, =, and a pattern of file names");
}
