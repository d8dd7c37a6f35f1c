/**
 * `tandem study`: would it help on my own data? Each subcommand is a file beside this one.
 */
import type { Command } from "commander";
import type { Run, Terminal } from "../terminal.ts";
import { addStudyKernels } from "./kernels.ts";
import { addStudyQuantum } from "./quantum.ts";
import { addStudySegments } from "./segments.ts";

/** Adds the commands to `program`; `run` turns their promises into exit codes. */
export function addStudy(program: Command, terminal: Terminal, run: Run): void {
  const study = program
    .command("study")
    .summary("would quantum help on your own data?")
    .description("Compares methods on your own data at equal effort, and says in words who won.");
  addStudyKernels(study, terminal, run);
  addStudySegments(study, terminal, run);
  addStudyQuantum(study, terminal, run);
}
