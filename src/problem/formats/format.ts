/**
 * What a file format is: one row with everything about it. Reading, writing, guessing and the
 * documentation read the row and nothing else.
 */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import type { Scanner } from "./scanner.ts";
import type { SolutionLayout } from "./solution-layout.ts";

/** A problem as a file states it, and how its solutions are written in the file's own order. */
export interface FileProblem {
  readonly problem: QuadraticProblem;
  readonly layout: SolutionLayout;
}

/**
 * A reading under way: resumed whenever more of the file has been fed to its scanner, done when it
 * returns. Throws a Fault that names line and column.
 */
export type Reading = Generator<void, FileProblem, void>;

/** One format. */
export interface ProblemFormat {
  /** As `--format` takes it. */
  readonly name: string;
  readonly title: string;
  /** Endings of file names that mean this format, with the dot. */
  readonly extensions: readonly string[];
  /** Names customary for its files, without folder and `.gz`; absent if there are none. */
  readonly fileName?: RegExp;
  /** Whether the first bytes cannot be anything else. */
  readonly isSurely?: (head: string) => boolean;
  /** Whether the first bytes look like it, where names say nothing. */
  readonly isMaybe?: (head: string) => boolean;
  /** Whether a file may hold several problems; absent: it holds one. */
  readonly holdsSeveral?: true;
  /** Reads problem `number` (from 1) of the file. */
  readonly read: (scanner: Scanner, number: number) => Reading;
  /**
   * The file, piece by piece.
   *
   * @throws Fault `problem-not-writable` saying what the format cannot express.
   */
  readonly write: (file: FileProblem) => Iterable<string | Uint8Array>;
}
