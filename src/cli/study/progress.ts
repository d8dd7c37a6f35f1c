/**
 * What studies need of the terminal: where the work is, whether to stop, and the time it took.
 */
import { InvalidArgumentError } from "commander";
import { positiveCount } from "../commands/place-options.ts";
import type { Terminal } from "../terminal.ts";

/** What a study needs of its surroundings. */
export interface StudyMeans {
  /** CPU time of this process so far. */
  readonly cpuMs: () => number;
  /** Lets others run and shows progress; answers whether to go on. */
  readonly goOn: (progress: string) => Promise<boolean>;
}

/** The means of a study at this terminal. */
export function studyMeans(terminal: Terminal): StudyMeans {
  return {
    cpuMs: processMs,
    goOn: async (progress) => {
      await new Promise((resume) => setImmediate(resume));
      if (terminal.signal.aborted) return false;
      if (terminal.isInteractive) {
        terminal.err(`\r\x1b[K${progress.slice(0, terminal.columns - 1)}`);
      }
      return true;
    },
  };
}

/** CPU time of this process so far, all threads. */
export function processMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Reads a whole number within bounds. */
export function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const count = positiveCount(text);
    if (count >= least && count <= most) return count;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}
