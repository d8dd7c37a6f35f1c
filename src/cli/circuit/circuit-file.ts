/**
 * OpenQASM files as the commands about circuits read them: from disk or standard input, includes
 * beside the file, and what is wrong with a program told line by line.
 */
import path from "node:path";
import { InvalidArgumentError } from "commander";
import { CIRCUIT_FAULTS } from "#circuit";
import { Fault } from "#foundation";
import { fileBytes, inputText } from "../input-file.ts";
import type { OutputOptions, Terminal } from "../terminal.ts";

/** A program's text, and where it is from. */
export interface CircuitFile {
  readonly text: string;
  /** What diagnostics call it. */
  readonly file: string;
  /** Where its includes are looked for. */
  readonly directory: string;
}

/** Reads `file`, or standard input for `-`. @throws Fault `file-unreadable` */
export async function readCircuitFile(terminal: Terminal, file: string): Promise<CircuitFile> {
  const text = await inputText(terminal, file);
  return file === "-"
    ? { text, file: "stdin", directory: "." }
    : { text, file, directory: path.dirname(file) };
}

/** Reads files that a program in `directory` includes; `undefined` for what cannot be read. */
export function includesBeside(directory: string): (name: string) => string | undefined {
  return (name) => {
    try {
      return new TextDecoder().decode(fileBytes(path.resolve(directory, name)));
    } catch {
      return undefined;
    }
  };
}

/** `name=value`, gathered over repetitions of the option. @throws InvalidArgumentError */
export function addInput(
  text: string,
  gathered: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const split = text.indexOf("=");
  if (split < 1) throw new InvalidArgumentError("expected name=value, e.g. theta=0.5");
  return { ...gathered, [text.slice(0, split)]: text.slice(split + 1) };
}

/**
 * Runs `work`; what is wrong with a program goes to standard error as bare lines
 * `file:line:column: what`, which editors can follow, before the failure itself.
 */
export async function tellingPlaces<Result>(
  terminal: Terminal,
  options: OutputOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.row === CIRCUIT_FAULTS.runTimeError && !options.json) {
      // Its one flaw is its detail, and is told once.
      throw new Fault(error.row, { detail: error.message }, error);
    }
    if (error.row !== CIRCUIT_FAULTS.openQasmInvalid) throw error;
    terminal.err(`${error.message}\n`);
    if (options.json) throw error;
    const places = error.flaws.length === 1 ? "1 place" : `${error.flaws.length} places`;
    const detail = `expected a valid program, got mistakes in ${places}`;
    throw new Fault(error.row, { detail }, error);
  }
}
