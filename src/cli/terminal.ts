/**
 * What commands see of the outside: two streams to write to, one to read, the network, and whether
 * to stop. Tests put their own in its place.
 */
import { type Clock, Fault } from "#foundation";
import { cliFaults } from "./faults.ts";

/** How a command ended: 0 well, 2 wrong usage or input, 1 anything else. */
export type ExitCode = 0 | 1 | 2;

/** Carries out a command's work and turns what becomes of it into the exit code. */
export type Run = (options: OutputOptions, work: () => Promise<ExitCode>) => Promise<void>;

/** The surroundings of a command. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Everything else: progress, logs, failures. */
  err(text: string): void;
  /** Whether a person watches `err`. */
  readonly isInteractive: boolean;
  readonly columns: number;
  /** All of standard input. */
  input(): Promise<Uint8Array>;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** The API key to show to servers: `TANDEM_API_KEY`, because others can read command lines. */
  readonly apiKey?: string | undefined;
  /** Aborted when the user or the system asks to stop. */
  readonly signal: AbortSignal;
}

/** What every command's options include. */
export interface OutputOptions {
  /** One JSON document on standard output, whatever happens. */
  readonly json?: boolean;
}

/** Waits for `work`, but no longer than until `signal`. @throws Fault `interrupted` */
export function unlessInterrupted<Result>(
  signal: AbortSignal,
  work: Promise<Result>,
): Promise<Result> {
  const interrupted = new Promise<never>((_, reject) => {
    const detail = "expected time to finish, got a request to stop";
    const stop = () => reject(new Fault(cliFaults.interrupted, { detail }));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  return Promise.race([work, interrupted]);
}

/** Prints a result: one line of JSON if asked for, else `human` text. */
export function print(
  terminal: Terminal,
  options: OutputOptions,
  result: unknown,
  human: string,
): void {
  terminal.out(options.json ? `${JSON.stringify(result)}\n` : human);
}

/**
 * Prints a failure and says how to exit. Anything but a fault is this program's own and goes up.
 */
export function printFailure(terminal: Terminal, options: OutputOptions, error: unknown): ExitCode {
  if (!(error instanceof Fault)) throw error;
  const { row, message, flaws, rules } = error;
  if (options.json) {
    const { code, title, remedy, retry } = row;
    const failure = { code, title, detail: message, remedy, retry, flaws, rules };
    terminal.out(`${JSON.stringify({ error: failure })}\n`);
  } else {
    // A file's flaws say their own place, and the first is the message.
    const others = flaws.filter((flaw) => !message.startsWith(flaw.message));
    const lines = [
      `tandem: ${row.title}`,
      `  ${message}`,
      ...others.map((flaw) => `  ${placed(flaw)}`),
      ...(rules.length > 0 ? [`  rules: ${rules.join(", ")}`] : []),
      `  ${row.remedy}`,
    ];
    terminal.err(`${lines.map(printable).join("\n")}\n`);
  }
  return exitCodeOf(error);
}

function placed({ pointer, message }: Fault["flaws"][number]): string {
  return message.startsWith("line ") ? message : `${pointer || "(all)"}: ${message}`;
}

/** Text that may quote a damaged file, with what a terminal would obey written out. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => {
    return `\\x${(control.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`;
  });
}

/**
 * What was asked cannot be answered as it stands: 2. What may work another time or elsewhere: 1.
 */
function exitCodeOf({ row }: Fault): ExitCode {
  switch (row.category) {
    case "invalid":
    case "contradiction":
    case "refused":
    case "missing":
      return 2;
    default:
      return 1;
  }
}
