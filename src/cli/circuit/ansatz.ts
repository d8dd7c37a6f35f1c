/**
 * `tandem circuit ansatz`: write the circuit that QAOA would run on a problem as OpenQASM.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { writeOpenQasm3 } from "#circuit";
import { Fault, present, workBudget } from "#foundation";
import {
  type QuadraticProblem,
  type ReadProblem,
  readProblem,
  readProblemFile,
  type Sample,
  sampleFlaw,
  sampleOf,
} from "#problem";
import { COMMON_CIRCUIT, circuitProgram, type QaoaCircuit, qaoa, solverNamed } from "#solvers";
import {
  printTranspiled,
  type TranspileCommandOptions,
  withTranspileOptions,
} from "../commands/circuit-transpile.ts";
import { positiveCount } from "../commands/place-options.ts";
import { cliFaults } from "../faults.ts";
import { type ExitCode, print, type Run, type Terminal, unlessInterrupted } from "../terminal.ts";
import { readCircuitFile } from "./circuit-file.ts";

interface AnsatzOptions extends TranspileCommandOptions {
  readonly format?: string;
  readonly problem: number;
  readonly mixer: QaoaCircuit["mixer"];
  readonly schedule: QaoaCircuit["schedule"];
  readonly layers: number;
  readonly epsilon: number;
  readonly incumbent?: string;
}

const MIXERS: readonly QaoaCircuit["mixer"][] = ["complete", "ring", "matching", "grover", "x"];
const SCHEDULES: readonly QaoaCircuit["schedule"][] = ["transferred", "ramp", "fixed"];
const LAYERS_MAX = 1000;
/** Work of the descent that finds an incumbent where none is given. */
const DESCENT_WORK = 100_000;

/** Adds the command to `group`. */
export function addAnsatz(group: Command, terminal: Terminal, run: Run): void {
  const command = group
    .command("ansatz")
    .summary("write the circuit that QAOA runs on a problem file")
    .description(
      "Reads an optimisation problem and writes the circuit of QAOA on it as OpenQASM 3: starts " +
        "of one-hot groups (W states) and counts, phases, mixers, measurements. Bit b is bit b " +
        "of the problem's BQM. With --basis, --map, --device or --dialect braket it is " +
        "transpiled too.",
    )
    .argument("<file>", "problem file, - for standard input")
    .option("--format <name>", "format of the file, guessed if absent")
    .option("--problem <number>", "which problem, of a file that holds several", positiveCount, 1)
    .addOption(new Option("--mixer <name>", "how it mixes").choices(MIXERS).default("complete"))
    .addOption(new Option("--schedule <name>", "angles").choices(SCHEDULES).default("transferred"))
    .option("--layers <count>", "layers of phases and mixers", layerCount, COMMON_CIRCUIT.layers)
    .option("--epsilon <share>", "from 0, at an incumbent, to 0.5, uniform", epsilonShare, 0.5)
    .option("--incumbent <file>", "JSON of tandem solve; without it one descent finds one")
    .action((file: string, options: AnsatzOptions) =>
      run(options, () => unlessInterrupted(terminal.signal, writeAnsatz(terminal, file, options))),
    );
  withTranspileOptions(command, [
    "tandem circuit ansatz shifts.lp --layers 3",
    "tandem circuit ansatz shifts.lp --mixer ring --basis ibm-cz --map heavy-hex:3x9",
    "tandem circuit ansatz shifts.lp --mixer matching --epsilon 0.25 --incumbent answer.json",
  ]);
}

async function writeAnsatz(
  terminal: Terminal,
  file: string,
  options: AnsatzOptions,
): Promise<ExitCode> {
  const { mixer, schedule, layers, epsilon, basis, map, device, dialect } = options;
  if (options.incumbent !== undefined && epsilon === 0.5) {
    const detail = "--incumbent: expected an --epsilon below 0.5, which begins near it, got 0.5";
    throw new Fault(cliFaults.usage, { detail });
  }
  const read = await readAny(terminal, file, options);
  const circuit = { ...COMMON_CIRCUIT, mixer, schedule, layers, epsilon };
  const problem = supported(read, circuit);
  const incumbent = epsilon < 0.5 ? await incumbentOf(terminal, read, options) : undefined;
  const program = circuitProgram(problem, circuit, { incumbent });
  // The gates of a program that is not transpiled have no names in Braket's dialect.
  const isForDevice = [basis, map, device].some((name) => name !== undefined);
  if (isForDevice || dialect === "braket") {
    return printTranspiled(terminal, program, options);
  }
  const text = writeOpenQasm3(program);
  const document = { qubits: program.qubitCount, mixer, schedule, layers, epsilon, program: text };
  print(terminal, options, document, text);
  return 0;
}

function readAny(
  terminal: Terminal,
  file: string,
  { format, problem }: AnsatzOptions,
): Promise<ReadProblem> {
  const options = { format, problem };
  if (file !== "-") return readProblemFile(file, options);
  return terminal.input().then((bytes) => readProblem([bytes], options));
}

/** @throws Fault `circuit-unsuitable` for what QAOA does not take, with the reason. */
function supported({ problem }: ReadProblem, circuit: QaoaCircuit): QuadraticProblem {
  const own = qaoa("qaoa", circuit, present(solverNamed("descent"), "the polisher"));
  const support = own.supports(problem);
  if (support.kind === "yes") return problem;
  const detail = `expected a problem and options a circuit of QAOA is for, got: ${support.reason}`;
  throw new Fault(cliFaults.circuitUnsuitable, { detail });
}

const documentSchema = z.object({ solution: z.array(z.int32()) });

async function incumbentOf(
  terminal: Terminal,
  { problem, layout }: ReadProblem,
  { incumbent, seed }: AnsatzOptions,
): Promise<Sample | undefined> {
  if (incumbent === undefined) {
    const descent = present(solverNamed("descent"), "the solver of incumbents");
    return descent.solve(problem, { seed, budget: workBudget(DESCENT_WORK) }).best?.sample;
  }
  const { text } = await readCircuitFile(terminal, incumbent);
  const { data } = documentSchema.safeParse(jsonOf(text));
  const sample =
    data &&
    isWithin(layout, data.solution) &&
    sampleOf(layout, problem.variableCount, data.solution);
  if (sample && sampleFlaw(problem, sample.values) === undefined) return sample;
  const detail = `${incumbent}: expected {"solution": [...]} with the problem's values, got others`;
  throw new Fault(cliFaults.usage, { detail });
}

/** Whether every choice is one; values are judged as a sample. */
function isWithin(layout: ReadProblem["layout"], solution: readonly number[]): boolean {
  if (layout.kind === "values") return true;
  return solution.every((chosen) => chosen >= 0 && chosen < layout.width);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function layerCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= LAYERS_MAX) return count;
  throw new InvalidArgumentError(`expected a number of layers from 1 to ${LAYERS_MAX}`);
}

function epsilonShare(text: string): number {
  const share = Number(text);
  if (/^\d*\.?\d+$/.test(text) && share <= 0.5) return share;
  throw new InvalidArgumentError("expected a number from 0 to 0.5");
}
