/**
 * The command line: which commands there are, how their options are read, and how they exit.
 */
import { Command, CommanderError } from "commander";
import { Fault } from "#foundation";
import { version } from "../assemble.ts";
import { addBackup } from "./commands/backup.ts";
import { addBench } from "./commands/bench.ts";
import { addCircuit } from "./commands/circuit.ts";
import { addDecide } from "./commands/decide.ts";
import { addDemo } from "./commands/demo.ts";
import { addKeys } from "./commands/keys.ts";
import { addReplay } from "./commands/replay.ts";
import { addRestore } from "./commands/restore.ts";
import { addRoi } from "./commands/roi.ts";
import { addServe } from "./commands/serve.ts";
import { addShadow } from "./commands/shadow.ts";
import { addSimulate } from "./commands/simulate.ts";
import { addSolve } from "./commands/solve.ts";
import { addWorld } from "./commands/world.ts";
import { cliFaults } from "./faults.ts";
import { addLearn } from "./learn/learn.ts";
import { addStudy } from "./study/study.ts";
import { type ExitCode, printFailure, type Run, type Terminal } from "./terminal.ts";

/** Runs the command that `args` (without the program's own name) ask for. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const run: Run = async (options, work) => {
    try {
      exitCode = await work();
    } catch (error) {
      exitCode = printFailure(terminal, options, error);
    }
  };
  forgetEmptyVariables();
  const program = new Command("tandem")
    .description("Decides: the best set of options under your rules, before the deadline.")
    .version(version)
    .enablePositionalOptions() // A command and one below it may have options of the same name.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    })
    .showHelpAfterError("(--help shows what is expected)");
  addServe(program, terminal, run);
  addDemo(program, terminal, run);
  addDecide(program, terminal, run);
  addReplay(program, terminal, run);
  addKeys(program, terminal, run);
  addBackup(program, terminal, run);
  addRestore(program, terminal, run);
  addShadow(program, terminal, run);
  addRoi(program, terminal, run);
  addLearn(program, terminal, run);
  addSolve(program, terminal, run);
  addSimulate(program, terminal, run);
  addCircuit(program, terminal, run);
  addWorld(program, terminal, run);
  addStudy(program, terminal, run);
  addBench(program, terminal, run);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Help and version are thrown too, with 0; anything else means the command line was not
    // understood.
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    // Commander has told people; programs that asked for JSON get it.
    if (!args.includes("--json")) return 2;
    const detail = error.message.replace(/^error: /, "");
    return printFailure(terminal, { json: true }, new Fault(cliFaults.usage, { detail }));
  }
}

/** `PORT= tandem serve` means no port, as in a shell and in every compose file. */
function forgetEmptyVariables(): void {
  for (const name of ["PORT", "DATABASE_URL"])
    if (process.env[name] === "") delete process.env[name];
}
