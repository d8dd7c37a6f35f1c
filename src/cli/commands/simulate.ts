/**
 * `tandem simulate`: run an OpenQASM program on the state-vector simulator.
 */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { counted, Fault } from "#foundation";
import type { Build, Precision } from "#kernels";
import { addInput, readCircuitFile, tellingPlaces } from "../circuit/circuit-file.ts";
import { inThread } from "../circuit/circuit-worker.ts";
import type { Mitigation, Simulated, SimulateTask } from "../circuit/simulate-thread.ts";
import { cliFaults } from "../faults.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { positiveNumber, withOutput } from "./place-options.ts";

interface SimulateCommandOptions extends OutputOptions {
  readonly shots: number;
  readonly seed: number;
  readonly exact?: boolean;
  readonly input?: Readonly<Record<string, string>>;
  readonly noise?: string;
  readonly mitigate?: Mitigation;
  readonly precision: Precision;
  readonly build: Build;
  readonly threads: number;
  readonly observable?: string;
  readonly timeLimitMs?: number;
}

const THREAD = new URL("../circuit/simulate-thread.ts", import.meta.url);
const SHOTS = 1024;
const SHOTS_MAX = 100_000_000;
const THREADS_MAX = 64;
/** Beyond these, threads wait for memory. */
const THREADS = Math.min(availableParallelism(), 8);
/** Outcomes shown to people, likeliest first; JSON has all of them. */
const OUTCOMES_SHOWN = 20;

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addSimulate(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("simulate")
    .summary("run an OpenQASM program and count what it measures")
    .description(
      "Runs a program in OpenQASM 2 or 3 on the state-vector simulator. Outcomes are the " +
        "classical registers in the order of their declaration, each most significant bit first.",
    )
    .argument("<file>", "OpenQASM text, - for standard input; includes are read beside it")
    .option("--shots <count>", "how often to run it", shotCount, SHOTS)
    .option("--seed <number>", "same seed, same counts", seedNumber, 1)
    .option("--exact", "give exact probabilities too")
    .option("--input <name=value>", "value of an input declaration (repeatable)", addInput)
    .option("--observable <sum>", 'give its exact mean too, e.g. "Z0 Z1 - 0.5 X2"')
    .addOption(
      new Option("--precision <kind>", "doubles to 27 qubits, or single precision to 28")
        .choices(["f64", "f32"])
        .default("f64"),
    )
    .addOption(
      new Option("--build <kind>", "plain: the same bits on every machine; relaxed: faster")
        .choices(["plain", "relaxed"])
        .default("plain"),
    )
    .option("--threads <count>", "threads for large states", threadCount, THREADS)
    .option("--time-limit-ms <ms>", "give up after this time", positiveNumber)
    .option("--noise <file>", "a device's recorded properties (JSON), whose gates it must use")
    .addOption(
      new Option("--mitigate <how>", "correct misread outcomes, with --noise").choices([
        "inverse",
        "bayesian",
      ]),
    )
    .action((file: string, options: SimulateCommandOptions) =>
      run(options, () => unlessInterrupted(terminal.signal, simulateFile(terminal, file, options))),
    );
  withOutput(command, [
    "tandem simulate bell.qasm --shots 1000 --seed 7",
    "tandem simulate ansatz.qasm --input theta=0.5 --exact --json",
    'tandem simulate ising.qasm --observable "Z0 Z1 + 0.5 X0" --precision f32',
    "tandem simulate native.qasm --noise properties.json --mitigate bayesian",
  ]);
}

async function simulateFile(
  terminal: Terminal,
  file: string,
  options: SimulateCommandOptions,
): Promise<ExitCode> {
  const { shots, seed, exact = false, input: inputs = {}, noise: path } = options;
  const { mitigate: mitigation, observable, precision, build, threads } = options;
  if (mitigation !== undefined && path === undefined) {
    const detail = "--mitigate: expected --noise beside it, got none";
    throw new Fault(cliFaults.usage, { detail });
  }
  if (observable !== undefined && path !== undefined) {
    const detail = "--observable: expected a simulation without noise, got --noise beside it";
    throw new Fault(cliFaults.usage, { detail });
  }
  const source = await readCircuitFile(terminal, file);
  const noise = path === undefined ? undefined : (await readCircuitFile(terminal, path)).text;
  const chosen = { precision, build, threads, observable, mitigation };
  const task: SimulateTask = { source, shots, seed, exact, inputs, noise, ...chosen };
  const simulated = await tellingPlaces(terminal, options, () =>
    inThread<Simulated>(terminal, THREAD, task, options.timeLimitMs),
  );
  const { simulation, mitigated, expectation, notes, timeMs } = simulated;
  const { qubits, clbits, counts, probabilities } = simulation;
  const extra = { expectation, mitigated, notes, timeMs };
  const result = { qubits, clbits, counts, probabilities, ...extra };
  print(terminal, options, result, described(simulated, options));
  return 0;
}

function described(
  { simulation, mitigated, expectation, notes = [], timeMs }: Simulated,
  { shots, seed, exact, observable }: SimulateCommandOptions,
): string {
  const { qubits, clbits, counts, probabilities = {} } = simulation;
  const keys = [...new Set([...Object.keys(probabilities), ...Object.keys(counts)])];
  const weight = (key: string) => (exact ? probabilities[key] : counts[key]) ?? 0;
  const shown = keys.sort((a, b) => weight(b) - weight(a)).slice(0, OUTCOMES_SHOWN);
  const countWidth = Math.max(...shown.map((key) => String(counts[key] ?? 0).length), 0);
  const lines = shown.map((key) => {
    const count = String(counts[key] ?? 0).padStart(countWidth);
    const share = exact ? (probabilities[key] ?? 0).toFixed(10) : percent(counts[key], shots);
    const mended = mitigated === undefined ? "" : `  ${(mitigated[key] ?? 0).toFixed(4)} corrected`;
    return `  ${key}  ${count}  ${share}${mended}`;
  });
  const rest = keys.length - shown.length;
  return [
    `${counted(qubits, "qubit")}, ${counted(clbits, "classical bit")}: ` +
      `${counted(shots, "shot")} with seed ${seed}, ` +
      `${timeMs.toFixed(1)} ms`,
    ...lines,
    ...(expectation === undefined ? [] : [`  mean of ${observable}: ${expectation.toFixed(10)}`]),
    ...(rest > 0 ? [`  and ${rest} outcomes more (--json lists all)`] : []),
    ...notes.map((note) => `  note: ${note}`),
    "",
  ].join("\n");
}

function percent(count = 0, of: number): string {
  return `${((100 * count) / of).toFixed(2).padStart(6)} %`;
}

function shotCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= SHOTS_MAX) return count;
  throw new InvalidArgumentError(`expected a number of shots from 0 to ${SHOTS_MAX}`);
}

function threadCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= THREADS_MAX) return count;
  throw new InvalidArgumentError(`expected a number of threads from 1 to ${THREADS_MAX}`);
}

function seedNumber(text: string): number {
  const seed = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new InvalidArgumentError("expected a whole number");
}
