/**
 * The program `tandem`: hands the process to the command line, and the command line's verdict back
 * to the process.
 */
import { systemClock } from "#foundation";
import { runCommandLine } from "./command-line.ts";
import { wholeStream } from "./input-file.ts";

/**
 * Terminals and package managers both pass Ctrl-C on; what arrives this soon after is the same
 * keystroke.
 */
const SAME_KEYSTROKE_MS = 500;

const stopping = new AbortController();
let firstAskedAtMs: number | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    const nowMs = systemClock.monotonicMs();
    firstAskedAtMs ??= nowMs;
    stopping.abort();
    if (nowMs - firstAskedAtMs > SAME_KEYSTROKE_MS) process.exit(1);
  });
}
// A reader that has seen enough (`tandem ... | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isInteractive: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
  input: () => wholeStream(process.stdin),
  fetch: globalThis.fetch,
  clock: systemClock,
  apiKey: process.env.TANDEM_API_KEY || undefined,
  signal: stopping.signal,
});
// Who asked to stop does not wait for what a command has left open.
if (stopping.signal.aborted) process.exit(exitCode);
process.exitCode = exitCode;
