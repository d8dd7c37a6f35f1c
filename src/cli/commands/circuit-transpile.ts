/**
 * `tandem circuit transpile`: rewrite a program in a device's gates between coupled qubits.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type Basis,
  bases,
  type Circuit,
  type CouplingMap,
  completeMap,
  gridMap,
  heavyHexMap,
  lineMap,
  type Target,
  type Transpilation,
  targetOfIbm,
  writeBraket,
  writeOpenQasm3,
} from "#circuit";
import { counted, Fault } from "#foundation";
import { readCircuitFile } from "../circuit/circuit-file.ts";
import { inThread } from "../circuit/circuit-worker.ts";
import type { TranspileTask } from "../circuit/transpile-thread.ts";
import { cliFaults } from "../faults.ts";
import { type ExitCode, type OutputOptions, print, type Terminal } from "../terminal.ts";
import { positiveNumber, wholeNumber, withOutput } from "./place-options.ts";

/** Options of the command. */
export interface TranspileCommandOptions extends OutputOptions {
  readonly basis?: Basis;
  /** Every two qubits coupled if absent. */
  readonly map?: CouplingMap;
  /** A file with IBM's configuration of a device, in place of basis and map. */
  readonly device?: string;
  readonly dialect: "openqasm" | "braket";
  readonly seed: number;
  readonly trials?: number;
  readonly timeLimitMs?: number;
}

const THREAD = new URL("../circuit/transpile-thread.ts", import.meta.url);

/** Adds the options of the command, and its examples. */
export function withTranspileOptions(command: Command, examples: readonly string[]): Command {
  const list = bases.map(({ name, sentence }) => `  ${name.padEnd(9)} ${sentence}`).join("\n");
  return withOutput(
    command
      .option("--basis <name>", `the device's gates (default: ${bases[0].name})`, basisNamed)
      .option("--map <map>", "line:N, grid:RxC, heavy-hex:RxC or all:N (default: all)", mapNamed)
      .option("--device <file>", "a device's configuration (JSON) as IBM returns it")
      .addOption(
        new Option("--dialect <name>", "names of gates: the standard library's, or Braket's")
          .choices(["openqasm", "braket"])
          .default("openqasm"),
      )
      .option("--seed <number>", "same seed, same result", wholeNumber, 1)
      .option("--trials <count>", "first layouts tried", trialCount)
      .option("--time-limit-ms <ms>", "give up after this time", positiveNumber)
      .addHelpText("after", `\nBases:\n${list}`),
    examples,
  );
}

/** Transpiles `circuit` and prints OpenQASM 3 on the device's qubits. */
export async function printTranspiled(
  terminal: Terminal,
  circuit: Circuit,
  options: TranspileCommandOptions,
): Promise<ExitCode> {
  const { seed, trials, dialect, timeLimitMs } = options;
  const choice = trials === undefined ? { seed } : { seed, trials };
  const target = await targetOf(terminal, circuit, options);
  const task: TranspileTask = { circuit, target, options: choice };
  const { circuit: transpiled, ...places } = await inThread<Transpilation>(
    terminal,
    THREAD,
    task,
    timeLimitMs,
  );
  const program = dialect === "braket" ? writeBraket(transpiled) : writeOpenQasm3(transpiled);
  const result = { basis: target.basis.name, ...places, program };
  print(terminal, options, result, commented(places) + program);
  return 0;
}

async function targetOf(
  terminal: Terminal,
  circuit: Circuit,
  { basis, map, device }: TranspileCommandOptions,
): Promise<Target> {
  if (device === undefined) {
    const everywhere = () => completeMap(Math.max(1, circuit.qubitCount));
    return { basis: basis ?? bases[0], map: map ?? everywhere() };
  }
  if (basis !== undefined || map !== undefined) {
    const detail = "--device: expected neither --basis nor --map beside it, got one";
    throw new Fault(cliFaults.usage, { detail });
  }
  return targetOfIbm((await readCircuitFile(terminal, device)).text);
}

function commented(places: Omit<Transpilation, "circuit">): string {
  const { initialLayout, finalLayout, swapCount, entanglerCount } = places;
  const spots = (layout: readonly number[]) => layout.map((spot) => `$${spot}`).join(" ") || "none";
  return [
    `// ${counted(entanglerCount, "entangling gate")}, ${counted(swapCount, "exchange")} put in`,
    `// qubits begin at ${spots(initialLayout)}`,
    `// and end at ${spots(finalLayout)}`,
    "",
  ].join("\n");
}

function basisNamed(name: string): Basis {
  const basis = bases.find((one) => one.name === name);
  if (basis !== undefined) return basis;
  throw new InvalidArgumentError(`expected one of ${bases.map((one) => one.name).join(", ")}`);
}

/** Most qubits of a map named on the command line. */
const QUBITS_MAX = 1024;

function mapNamed(text: string): CouplingMap {
  const [, name, rows, columns] = /^([a-z-]+):(\d{1,4})(?:x(\d{1,4}))?$/.exec(text) ?? [];
  const sizes = [rows, columns].filter((size) => size !== undefined).map(Number);
  const total = sizes.reduce((product, size) => product * size, 1);
  if (total >= 1 && total <= QUBITS_MAX) {
    const [first, second] = sizes;
    if (sizes.length === 1 && name === "line") return lineMap(first);
    if (sizes.length === 1 && name === "all") return completeMap(first);
    if (sizes.length === 2 && name === "grid") return gridMap(first, second);
    if (name === "heavy-hex" && second >= 3) return heavyHexMap(first, second);
  }
  throw new InvalidArgumentError(
    `expected line:N, grid:RxC, heavy-hex:RxC (C at least 3) or all:N, up to ${QUBITS_MAX} qubits`,
  );
}

function trialCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 10_000) return count;
  throw new InvalidArgumentError("expected a number of trials from 1 to 10000");
}
