/**
 * `tandem simulate`: run an OpenQASM program on the state-vector simulator.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Command, InvalidArgumentError, Option } from "commander";
import { CIRCUIT_FAULTS, type OutcomeWeights, type Simulation } from "#circuit";
import { Fault, present } from "#foundation";
import { cliFaults } from "../faults.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { addInput, readCircuitFile, tellingPlaces } from "./circuit-file.ts";
import { withOutput } from "./place-options.ts";
import type { Mitigation, SimulateReply, SimulateTask } from "./simulate-thread.ts";

interface SimulateCommandOptions extends OutputOptions {
  readonly shots: number;
  readonly seed: number;
  readonly exact?: boolean;
  readonly input?: Readonly<Record<string, string>>;
  readonly noise?: string;
  readonly mitigate?: Mitigation;
}

const SHOTS = 1024;
const SHOTS_MAX = 100_000_000;
/** Outcomes shown to people, likeliest first; JSON has all of them. */
const OUTCOMES_SHOWN = 20;

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addSimulate(
  program: Command,
  terminal: Terminal,
  run: (options: OutputOptions, work: () => Promise<ExitCode>) => Promise<void>,
): void {
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
    "tandem simulate - < bell.qasm",
    "tandem simulate native.qasm --noise properties.json --mitigate bayesian",
  ]);
}

async function simulateFile(
  terminal: Terminal,
  file: string,
  options: SimulateCommandOptions,
): Promise<ExitCode> {
  const { shots, seed, exact = false, input: inputs = {}, noise: path } = options;
  if (options.mitigate !== undefined && path === undefined) {
    const detail = "--mitigate: expected --noise beside it, got none";
    throw new Fault(cliFaults.usage, { detail });
  }
  const source = await readCircuitFile(terminal, file);
  const noise = path === undefined ? undefined : (await readCircuitFile(terminal, path)).text;
  const task = { source, shots, seed, exact, inputs, noise, mitigation: options.mitigate };
  const { simulation, mitigated, timeMs } = await tellingPlaces(terminal, options, () =>
    simulated(task, terminal.signal),
  );
  const { qubits, clbits, counts, probabilities } = simulation;
  const result = { qubits, clbits, counts, probabilities, mitigated, timeMs };
  print(terminal, options, result, described(simulation, mitigated, options, timeMs));
  return 0;
}

/** Runs `task` in a thread of its own, which `signal` ends. */
async function simulated(
  task: SimulateTask,
  signal: AbortSignal,
): Promise<Extract<SimulateReply, { kind: "simulation" }>> {
  const worker = new Worker(new URL("./simulate-thread.ts", import.meta.url), { workerData: task });
  const stop = () => void worker.terminate();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const [reply]: SimulateReply[] = await once(worker, "message");
    if (reply.kind === "simulation") return reply;
    const row = Object.values(CIRCUIT_FAULTS).find(({ code }) => code === reply.code);
    throw new Fault(present(row, `the fault ${reply.code}`), reply);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

function described(
  { qubits, clbits, counts, probabilities = {} }: Simulation,
  mitigated: OutcomeWeights | undefined,
  { shots, seed, exact }: SimulateCommandOptions,
  timeMs: number,
): string {
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
    `${qubits} qubits, ${clbits} classical bits: ${shots} shots with seed ${seed}, ` +
      `${timeMs.toFixed(1)} ms`,
    ...lines,
    ...(rest > 0 ? [`  and ${rest} outcomes more (--json lists all)`] : []),
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

function seedNumber(text: string): number {
  const seed = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new InvalidArgumentError("expected a whole number");
}
