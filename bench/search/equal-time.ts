/**
 * Searches beside each other: each for the same CPU time on the same problem, medians over seeds.
 * There is no goal; what wins and what loses is told alike.
 */
import type { QuadraticProblem } from "#problem";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { median } from "../exact/statistics.ts";
import { searchFor } from "./time-to-target.ts";

/** What is compared. */
export interface Contest {
  readonly what: string;
  readonly problem: QuadraticProblem;
  /** As the catalogue has them; the first is the one the figure is about. */
  readonly solvers: readonly string[];
  readonly cpuSeconds: number;
  readonly seeds: readonly number[];
}

/** Runs all of them in turn, seed by seed. */
export function readContest({ what, problem, solvers, cpuSeconds, seeds }: Contest): Reading {
  const target = problem.sense === "minimise" ? -Infinity : Infinity;
  const found = solvers.map((): number[] => []);
  for (const seed of seeds) {
    for (const [index, solver] of solvers.entries()) {
      const search = { solver, target, cpuSecondsMax: cpuSeconds, seed };
      found[index].push(searchFor(problem, search).objective);
    }
  }
  const told = (values: readonly number[][], of: (values: readonly number[]) => string) =>
    solvers.map((solver, index) => `${solver} ${of(values[index])}`).join(", ");
  process.stderr.write(`  ${what}: ${told(found, (values) => values.join(" "))}\n`);
  return {
    what: `${what} (${problem.sense}), ${cpuSeconds} CPU-s each`,
    goal: "",
    reached: told(found, (values) => String(median(values))),
    spread: told(found, (values) => `${Math.min(...values)} to ${Math.max(...values)}`),
    isMet: null,
  };
}
