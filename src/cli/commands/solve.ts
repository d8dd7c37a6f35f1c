/**
 * `tandem solve`: solve a problem file, in any format that is read.
 */
import os from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { Fault } from "#foundation";
import {
  FORMATS,
  type ReadOptions,
  type ReadProblem,
  readProblem,
  readProblemFile,
} from "#problem";
import { type BareReport, namedSolver, openSolverPool, type SolverPool, solveBare } from "#runtime";
import { solverCatalogue } from "#solvers";
import { cliFaults } from "../faults.ts";
import { explanation } from "../solve/explanation.ts";
import {
  type ReferenceDocument,
  referenceDocument,
  solveDocument,
  solveText,
} from "../solve/solve-document.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { positiveCount, withOutput } from "./place-options.ts";

interface SolveOptions extends OutputOptions {
  readonly format?: string;
  readonly problem: number;
  readonly solver: string;
  readonly timeLimitMs?: number;
  readonly workLimit?: number;
  readonly seed: number;
  readonly threads: number;
  readonly reference?: string;
  readonly explain?: boolean;
}

/** Where neither time nor work is limited. */
const TIME_LIMIT_MS = 10_000;
/** Eleven days; timers reach little further. */
const TIME_LIMIT_MS_MAX = 1_000_000_000;
/** How long a solver may overrun before its thread is ended. */
const OVERRUN_MS = 2000;
/** What presolve may look at, by the time there is: up to about a tenth of it, or a second. */
const PRESOLVE_WORK_PER_MS = 2500;
const PRESOLVE_WORK_MAX = 25_000_000;
/** More threads than this seldom find more. */
const THREADS = Math.min(4, os.availableParallelism());
const THREADS_MAX = 64;

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addSolve(program: Command, terminal: Terminal, run: Run): void {
  const solvers = solverCatalogue.filter(({ problemKind }) => problemKind === "quadratic");
  const command = program
    .command("solve")
    .summary("solve a problem file: exactly where its structure allows, else as well as time does")
    .description(
      "Reads an optimisation problem, recognises its structure, and solves it: by the exact " +
        "method where there is one, else by a race of searches and proofs. The answer is checked " +
        "against the file and carries status, bound and gap.",
    )
    .argument("[file]", "problem file, also compressed by gzip; - for standard input")
    .option("--format <name>", "format of the file, guessed if absent; list shows all")
    .option("--problem <number>", "which problem, of a file that holds several", positiveCount, 1)
    .option("--solver <name>", "auto, or one of those below", "auto")
    .option("--time-limit-ms <ms>", `answer after this time (default: ${TIME_LIMIT_MS})`, timeLimit)
    .option(
      "--work-limit <units>",
      "work of each attempt; without a time limit, no clock",
      workLimit,
    )
    .option("--seed <number>", "same seed and work, no time limit: same answer", seedNumber, 1)
    .option("--threads <count>", "solver threads", threadCount, THREADS)
    .option("--reference <name>", "afterwards the same with this solver alone, to compare")
    .option("--explain", "say what presolve and the detector found, and who ran when")
    .addHelpText("after", `\nSolvers:\n${solvers.map(({ name }) => `  ${name}`).join("\n")}`)
    .action((file: string | undefined, options: SolveOptions) =>
      run(options, () => solveFile(terminal, file, options)),
    );
  withOutput(command, [
    "tandem solve shifts.lp",
    "tandem solve mknapcb1.txt --problem 3 --time-limit-ms 5000 --json",
    "tandem solve G22.txt --solver spin-annealing --seed 7 --work-limit 50000000 --threads 1",
    "tandem solve c05100 --format gap --explain",
    "tandem solve --format list",
  ]);
}

async function solveFile(
  terminal: Terminal,
  file: string | undefined,
  options: SolveOptions,
): Promise<ExitCode> {
  if (options.format === "list") return listFormats(terminal, options);
  if (file === undefined) {
    const detail = "file: expected the name of a problem file, or -, got none";
    throw new Fault(cliFaults.usage, { detail });
  }
  const read = await unlessInterrupted(terminal.signal, readFile(terminal, file, options));
  const choice = choiceOf(read, options.solver);
  const rival = options.reference === undefined ? undefined : choiceOf(read, options.reference);
  const pool = openSolverPool(options.threads);
  try {
    await pool.ready();
    const { clock, isInteractive } = terminal;
    const startMs = clock.monotonicMs();
    const report = await solveWithin(terminal, pool, { read, choice, options });
    const timeMs = clock.monotonicMs() - startMs;
    const reference =
      rival && (await referenceRun(terminal, pool, { read, choice: rival, options }));
    if (isInteractive) terminal.err("\r\x1b[K");
    const { seed, threads } = options;
    const document = solveDocument(read, report, { seed, threads, timeMs, reference });
    if (options.explain) {
      const text = explanation(read.problem, report);
      if (options.json) terminal.err(text);
      else terminal.out(`${text}\n`);
    }
    print(terminal, options, document, solveText(document, report));
    return 0;
  } finally {
    await pool.close();
  }
}

/** What the reference makes of the file within the same limits. */
async function referenceRun(
  terminal: Terminal,
  pool: SolverPool,
  work: SolveWork,
): Promise<ReferenceDocument> {
  const startMs = terminal.clock.monotonicMs();
  const report = await solveWithin(terminal, pool, work);
  const timeMs = terminal.clock.monotonicMs() - startMs;
  const { choice } = work;
  const name = choice.kind === "named" ? choice.solver.name : "auto";
  return referenceDocument(name, report, timeMs);
}

type Choice = Parameters<typeof solveBare>[0]["choice"];

interface SolveWork {
  readonly read: ReadProblem;
  readonly choice: Choice;
  readonly options: SolveOptions;
}

/** Solves until the time is over or the user has had enough; the best so far counts either way. */
function solveWithin(
  { clock, signal, isInteractive, err }: Terminal,
  pool: SolverPool,
  { read, choice, options }: SolveWork,
): Promise<BareReport> {
  const { workLimit = Number.MAX_SAFE_INTEGER, timeLimitMs, seed, threads } = options;
  const isTimed = timeLimitMs !== undefined || options.workLimit === undefined;
  const limitMs = isTimed ? (timeLimitMs ?? TIME_LIMIT_MS) : TIME_LIMIT_MS_MAX;
  const startMs = clock.monotonicMs();
  const budget = { searchUntilMs: startMs + limitMs, abandonAtMs: startMs + limitMs + OVERRUN_MS };
  const onBetter = ({ objective }: { readonly objective: number }) => {
    const seconds = ((clock.monotonicMs() - startMs) / 1000).toFixed(1);
    err(`\r\x1b[K${seconds} s: ${objective}`);
  };
  return solveBare(
    {
      problem: read.problem,
      choice,
      threads,
      workLimit,
      isRepeatable: !isTimed,
      presolveWorkLimit: Math.min(PRESOLVE_WORK_MAX, limitMs * PRESOLVE_WORK_PER_MS),
      seed,
      budget,
      signal,
      onBetter: isInteractive ? onBetter : undefined,
    },
    { pool, clock },
  );
}

function choiceOf({ problem }: ReadProblem, solver: string): Choice {
  if (solver === "auto") return { kind: "auto", solvers: solverCatalogue };
  return { kind: "named", solver: namedSolver(solver, problem, solverCatalogue) };
}

async function readFile(
  terminal: Terminal,
  file: string,
  { format, problem }: SolveOptions,
): Promise<ReadProblem> {
  const options: ReadOptions = { format, problem };
  return file === "-"
    ? readProblem([await terminal.input()], options)
    : readProblemFile(file, options);
}

function listFormats(terminal: Terminal, options: SolveOptions): ExitCode {
  const formats = FORMATS.map(({ name, title, extensions }) => ({ name, title, extensions }));
  const lines = formats.map(({ name, title, extensions }) => {
    const endings = extensions.length === 0 ? "" : ` (${extensions.join(", ")})`;
    return `${name.padEnd(10)} ${title}${endings}\n`;
  });
  print(terminal, options, { formats }, lines.join(""));
  return 0;
}

function timeLimit(text: string): number {
  return wholeNumber(text, 1, TIME_LIMIT_MS_MAX);
}

function workLimit(text: string): number {
  return wholeNumber(text, 1, Number.MAX_SAFE_INTEGER);
}

function threadCount(text: string): number {
  return wholeNumber(text, 1, THREADS_MAX);
}

function seedNumber(text: string): number {
  return wholeNumber(text, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function wholeNumber(text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^-?\d+$/.test(text) && number >= least && number <= most) return number;
  throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
}
