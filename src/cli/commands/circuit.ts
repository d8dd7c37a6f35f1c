/**
 * `tandem circuit`: look at an OpenQASM program as a circuit.
 */
import { type Command, Option } from "commander";
import {
  type Circuit,
  circuitOfOpenQasm,
  drawSvg,
  drawText,
  gatePage,
  gateTable,
  statisticsOf,
  writeOpenQasm2,
  writeOpenQasm3,
} from "#circuit";
import { addAnsatz } from "../circuit/ansatz.ts";
import {
  addInput,
  includesBeside,
  readCircuitFile,
  tellingPlaces,
} from "../circuit/circuit-file.ts";
import {
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import {
  printTranspiled,
  type TranspileCommandOptions,
  withTranspileOptions,
} from "./circuit-transpile.ts";
import { withOutput } from "./place-options.ts";

interface CircuitOptions extends OutputOptions {
  readonly input?: Readonly<Record<string, string>>;
}

interface DrawOptions extends CircuitOptions {
  readonly svg?: boolean;
}

interface ConvertOptions extends CircuitOptions {
  readonly openqasm: "2" | "3";
}

/** Adds the commands to `program`; `run` turns their promises into exit codes. */
export function addCircuit(program: Command, terminal: Terminal, run: Run): void {
  const group = program
    .command("circuit")
    .summary(
      "draw, count, transpile or convert an OpenQASM program; write that of QAOA; list gates",
    )
    .description("Reads a program as a circuit, its loops and calls carried out.");
  addDraw(group, terminal, run);
  addStats(group, terminal, run);
  addTranspile(group, terminal, run);
  addConvert(group, terminal, run);
  addAnsatz(group, terminal, run);
  addGates(group, terminal, run);
}

function addDraw(group: Command, terminal: Terminal, run: Run): void {
  const command = reading(group, "draw", "draw the circuit as text or SVG")
    .option("--svg", "an SVG picture")
    .action((file: string, options: DrawOptions) =>
      run(options, async () => {
        const circuit = await readCircuit(terminal, file, options);
        const format = options.svg ? "svg" : "text";
        const drawing = options.svg ? drawSvg(circuit) : drawText(circuit);
        print(terminal, options, { format, drawing }, drawing);
        return 0;
      }),
    );
  withOutput(command, [
    "tandem circuit draw bell.qasm",
    "tandem circuit draw bell.qasm --svg > bell.svg",
  ]);
}

function addStats(group: Command, terminal: Terminal, run: Run): void {
  const command = reading(group, "stats", "count gates and depth").action(
    (file: string, options: CircuitOptions) =>
      run(options, async () => {
        const statistics = statisticsOf(await readCircuit(terminal, file, options));
        const { counts, multiQubitGates, multiQubitDepth, ...sizes } = statistics;
        const lines = [
          ...Object.entries(sizes),
          ["multi-qubit gates", multiQubitGates],
          ["multi-qubit depth", multiQubitDepth],
          ...Object.entries(counts).map(([kind, count]) => [`  ${kind}`, count]),
        ].map(([name, value]) => `${name}: ${value}\n`);
        print(terminal, options, statistics, lines.join(""));
        return 0;
      }),
  );
  withOutput(command, ["tandem circuit stats bell.qasm --json"]);
}

function addTranspile(group: Command, terminal: Terminal, run: Run): void {
  const command = reading(group, "transpile", "rewrite it in a device's gates").action(
    (file: string, options: CircuitOptions & TranspileCommandOptions) =>
      run(options, () =>
        unlessInterrupted(
          terminal.signal,
          readCircuit(terminal, file, options).then((circuit) =>
            printTranspiled(terminal, circuit, options),
          ),
        ),
      ),
  );
  withTranspileOptions(command, [
    "tandem circuit transpile ghz.qasm --basis ibm-ecr --map heavy-hex:3x9",
    "tandem circuit transpile ghz.qasm --device ibm_lagos.json",
    "tandem circuit transpile ghz.qasm --basis ionq-ms --dialect braket",
  ]);
}

function addConvert(group: Command, terminal: Terminal, run: Run): void {
  const command = reading(group, "convert", "write it in the other version of OpenQASM")
    .addOption(
      new Option("--openqasm <version>", "version to write").choices(["2", "3"]).default("3"),
    )
    .action((file: string, options: ConvertOptions) =>
      run(options, async () => {
        const circuit = await readCircuit(terminal, file, options);
        const write = options.openqasm === "2" ? writeOpenQasm2 : writeOpenQasm3;
        const program = write(circuit);
        print(terminal, options, { openqasm: options.openqasm, program }, program);
        return 0;
      }),
    );
  withOutput(command, ["tandem circuit convert bell.qasm --openqasm 2"]);
}

function addGates(group: Command, terminal: Terminal, run: Run): void {
  const command = group
    .command("gates")
    .summary("list the gates there are")
    .action((options: OutputOptions) =>
      run(options, async () => {
        const gates = gateTable.map(({ name, sentence, qubitCount, parameterNames, ...row }) => {
          const { openQasm2, openQasm3, braket = null } = row;
          return { name, sentence, qubitCount, parameterNames, openQasm2, openQasm3, braket };
        });
        print(terminal, options, { gates }, gatePage());
        return 0;
      }),
    );
  withOutput(command, ["tandem circuit gates"]);
}

function reading(group: Command, name: string, summary: string): Command {
  return group
    .command(name)
    .summary(summary)
    .argument("<file>", "OpenQASM text, - for standard input; includes are read beside it")
    .option("--input <name=value>", "value of an input declaration (repeatable)", addInput);
}

async function readCircuit(
  terminal: Terminal,
  file: string,
  options: CircuitOptions,
): Promise<Circuit> {
  const { text, directory, file: name } = await readCircuitFile(terminal, file);
  return tellingPlaces(terminal, options, async () =>
    circuitOfOpenQasm(text, {
      file: name,
      readInclude: includesBeside(directory),
      inputs: options.input ?? {},
    }),
  );
}
