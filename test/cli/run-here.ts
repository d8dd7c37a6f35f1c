/**
 * The command line run in this process: what it printed where, and how it ended.
 */
import { systemClock } from "#foundation";
import { runCommandLine } from "../../src/cli/command-line.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

/** Runs a command; nobody watches, nothing is typed and nobody interrupts, but for `changes`. */
export async function runHere(
  args: readonly string[],
  changes: Partial<Omit<Terminal, "out" | "err">> = {},
) {
  let out = "";
  let err = "";
  const code = await runCommandLine(args, {
    out: (printed) => {
      out += printed;
    },
    err: (printed) => {
      err += printed;
    },
    isInteractive: false,
    columns: 80,
    input: async () => new Uint8Array(),
    fetch,
    clock: systemClock,
    signal: new AbortController().signal,
    ...changes,
  });
  return { code, out, err };
}
