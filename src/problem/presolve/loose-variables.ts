/**
 * Variables that stand in no row and in no product: their bias alone decides. They are set all at
 * once, because a file may declare millions of them and use a few.
 */
import { type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import { type Part, separate } from "./separate.ts";

/** A problem without its loose variables; what they add to the objective is in the offset. */
export interface Settled extends Part {
  /** The value of each loose variable of the whole; a bound or 0 elsewhere. */
  readonly values: Int32Array;
  /** The first loose variable. */
  readonly first: number;
  readonly looseCount: number;
}

/** Sets the loose variables that have a best value; `undefined` where there are none. */
export function setLooseVariables(problem: QuadraticProblem): Settled | undefined {
  const { variableCount, objective, sense } = problem;
  const sign = sense === "minimise" ? 1 : -1;
  const partOf = partOfUsed(problem);
  const values = new Int32Array(variableCount);
  let { offset } = objective;
  let looseCount = 0;
  let first = 0;
  for (let variable = 0; variable < variableCount; variable += 1) {
    if (partOf[variable] === 0) continue;
    const bias = objective.linear[variable];
    const value = bestAlone(problem, variable, sign * bias);
    if (!Number.isFinite(value)) {
      partOf[variable] = 0;
      continue;
    }
    if (looseCount === 0) first = variable;
    looseCount += 1;
    values[variable] = value;
    offset += bias * value;
  }
  if (looseCount === 0) return undefined;
  const [{ problem: used, variables }] = separate(problem, partOf, 1);
  const core = Object.freeze({ ...used, objective: Object.freeze({ ...used.objective, offset }) });
  return { problem: core, variables, values, first, looseCount };
}

/** 0 for a variable in a row or a product, -1 for the others. */
function partOfUsed({ variableCount, objective, constraints: rows }: QuadraticProblem): Int32Array {
  const partOf = new Int32Array(variableCount).fill(-1);
  for (let variable = 0; variable < variableCount; variable += 1) {
    if (objective.starts[variable + 1] > objective.starts[variable]) partOf[variable] = 0;
  }
  for (const used of [objective.columns, rows.columns, rows.pairFirsts, rows.pairSeconds]) {
    for (let entry = 0; entry < used.length; entry += 1) partOf[used[entry]] = 0;
  }
  return partOf;
}

/** The value at which `cost` times it is least, and among equals the one nearest to 0. */
function bestAlone(problem: QuadraticProblem, variable: number, cost: number): number {
  const [lower, upper] = [problem.lowerBounds[variable], problem.upperBounds[variable]];
  if (cost !== 0) return cost > 0 ? lower : upper;
  if (problem.vartypes[variable] === VARTYPE.spin) return lower;
  return Math.min(Math.max(0, lower), upper);
}
