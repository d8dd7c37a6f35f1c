/** Shipped instances read, solved, and judged by the independent evaluator as well. */
import { type ReadProblem, readProblemFile, solutionOf } from "#problem";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { type MeasuredOptions, type MeasuredRun, measured } from "./measured.ts";
import { type Evaluate, hasShipped, listedBest, shippedEvaluator, shippedPath } from "./shipped.ts";

/** One run on a shipped instance. */
export interface ShippedRun extends MeasuredRun {
  /** The file, and the problem's number in it where it holds several. */
  readonly name: string;
  /** The value listed with the instance. */
  readonly listed: number | undefined;
  /** |objective - listed| as a share of what is listed; infinite without an answer. */
  readonly gap: number;
}

/** Which instance. */
export interface ShippedInstance {
  readonly family: string;
  readonly file: string;
  /** In a file of several: its number from 1, and the name it is listed under. */
  readonly problem?: { readonly number: number; readonly name: string };
}

/** Reads the instance. */
export function readShipped({ family, file, problem }: ShippedInstance): Promise<ReadProblem> {
  return readProblemFile(shippedPath(family, file), { problem: problem?.number });
}

/** Reads, solves, judges. */
export async function runShipped(
  instance: ShippedInstance,
  options: Omit<MeasuredOptions, "target">,
): Promise<ShippedRun> {
  const read = await readShipped(instance);
  const listed = listedBest(instance.file, instance.problem?.name);
  const run = measured(read.problem, { ...options, target: listed });
  const isAgreed = await isJudgedAlike(await shippedEvaluator(), instance, read, run);
  const apart = Math.abs(run.objective - (listed ?? Number.NaN)) / Math.abs(listed ?? Number.NaN);
  const name = instance.problem?.name ?? instance.file;
  progress(name, run, listed);
  const gap = Number.isNaN(run.objective) ? Infinity : apart;
  return { ...run, isTrue: run.isTrue && isAgreed, name, listed, gap };
}

async function isJudgedAlike(
  evaluate: Evaluate,
  { family, file, problem }: ShippedInstance,
  { layout }: ReadProblem,
  { sample, objective }: MeasuredRun,
): Promise<boolean> {
  if (sample === undefined) return true;
  const options = problem === undefined ? {} : { problem: problem.number };
  const judged = evaluate(shippedPath(family, file), solutionOf(layout, sample), options);
  return judged.feasible && Math.abs(judged.objective - objective) <= 1e-9 * Math.abs(objective);
}

function progress(name: string, run: MeasuredRun, listed: number | undefined): void {
  const { objective, bound, status, cpuSeconds } = run;
  const text = `${name}: ${objective} (listed ${listed ?? "-"}), bound ${bound}, ${status}`;
  process.stderr.write(`  ${text}, ${cpuSeconds.toFixed(2)} CPU-s\n`);
}

/** What stands in the page where the instances are not there. */
export function absentReading(what: string): readonly Reading[] | undefined {
  if (hasShipped()) return undefined;
  return [{ what, goal: "", reached: "the instances are not there", spread: "-", isMet: null }];
}

/** Whether all samples were what they were said to be, as a reading. */
export function truthReading(runs: readonly ShippedRun[]): Reading {
  const liars = runs.filter(({ isTrue }) => !isTrue).map(({ name }) => name);
  return {
    what: "answers feasible, with the objective claimed, by the independent evaluator",
    goal: "all",
    reached: `${runs.length - liars.length} of ${runs.length}`,
    spread: liars.length === 0 ? `${runs.length} runs` : `not: ${liars.join(", ")}`,
    isMet: liars.length === 0,
  };
}
