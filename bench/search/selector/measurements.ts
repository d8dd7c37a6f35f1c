/**
 * What learning goes by: how good each member's answer was on each problem after each budget. Kept
 * beside the code as a table, so that learning can be repeated without measuring.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { detectStructure, type ObjectiveSense, type QuadraticProblem, type Solver } from "#problem";
import { prepareSolvers, solverCatalogue } from "#solvers";
import { BY_NAME_ONLY } from "../../../src/runtime/bare/portfolio.ts";
import { situationOf } from "../../../src/runtime/selector/situation.ts";
import type { SearchInstance } from "./instances.ts";
import { objectiveAfter, profileOf } from "./profile.ts";

/** CPU milliseconds after which answers are compared. */
export const BUDGETS_MS: readonly number[] = Object.freeze([30, 100, 300, 1000]);

/** One member on one problem. */
export interface Measurement {
  readonly family: string;
  readonly problem: string;
  readonly sense: ObjectiveSense;
  readonly situation: readonly string[];
  readonly solver: string;
  /** After each of the budgets; NaN where there was no answer yet. */
  readonly objectives: readonly number[];
  /** NaN where the run was too short to tell. */
  readonly workPerMs: number;
}

const TABLE = new URL("measurements.csv", import.meta.url);
const HEAD = [
  "family",
  "problem",
  "sense",
  "structure",
  "rows",
  "values",
  "ties",
  "size",
  "solver",
];

/**
 * Runs every member that takes the problem and of which nothing is `known`, one seed, as long as
 * the largest budget. What is known stays, in the situation as it is told now.
 */
export async function measure(
  instance: SearchInstance,
  known: readonly Measurement[],
): Promise<readonly Measurement[]> {
  await prepareSolvers(true);
  const problem = await instance.read();
  const situation = situationOf(problem, detectStructure(problem).kind);
  const own = known.filter((one) => one.problem === instance.name);
  const members = membersFor(problem).filter(
    ({ name }) => !own.some(({ solver }) => solver === name),
  );
  const fresh = members.map((solver): Measurement => {
    const { listed } = instance;
    const cpuMsMax = Math.max(...BUDGETS_MS);
    const profile = profileOf(problem, solver, { cpuMsMax, seed: 1, listed });
    const objectives = BUDGETS_MS.map((ms) => objectiveAfter(profile, ms) ?? Number.NaN);
    const { workPerMs } = profile;
    const { family, name } = instance;
    const { sense } = problem;
    return { family, problem: name, sense, situation, solver: solver.name, objectives, workPerMs };
  });
  return [...own.map((one) => ({ ...one, situation })), ...fresh];
}

/** Those of whom the portfolio may choose. */
export function membersFor(problem: QuadraticProblem): readonly Solver[] {
  return solverCatalogue.filter(
    ({ name, guarantee, supports }) =>
      guarantee !== "bounded" && !BY_NAME_ONLY.includes(name) && supports(problem).kind === "yes",
  );
}

/** Writes the table. */
export function keepMeasurements(measurements: readonly Measurement[]): void {
  const lines = measurements.map((one) =>
    [
      ...[one.family, one.problem, one.sense, ...one.situation, one.solver],
      ...one.objectives,
      Number(one.workPerMs.toPrecision(3)),
    ].join(","),
  );
  const head = [...HEAD, ...BUDGETS_MS.map((ms) => `after ${ms} ms`), "work per ms"].join(",");
  writeFileSync(TABLE, `${[head, ...lines].join("\n")}\n`);
}

/** Reads the table. */
export function keptMeasurements(): readonly Measurement[] {
  const [, ...lines] = readFileSync(TABLE, "utf8").trimEnd().split("\n");
  return lines.map((line): Measurement => {
    const cells = line.split(",");
    const [family, problem, sense, ...words] = cells.slice(0, HEAD.length);
    const numbers = cells.slice(HEAD.length).map(Number);
    return {
      family,
      problem,
      sense: sense === "maximise" ? "maximise" : "minimise",
      situation: words.slice(0, -1),
      solver: words[words.length - 1],
      objectives: numbers.slice(0, -1),
      workPerMs: numbers[numbers.length - 1],
    };
  });
}
