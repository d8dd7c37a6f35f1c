/**
 * The verdict on a sample of a quadratic problem, computed from the definition with sums that can
 * be relied on. Shares no code with any solver or conversion: what they say is never believed.
 */
import { assert } from "#foundation";
import { HARD } from "../ordered-selection.ts";
import type { Sample } from "../problem.ts";
import type { Verdict, Violation } from "../verdict.ts";
import { ExactSum } from "./exact-sum.ts";
import {
  COMPARISON,
  type Objective,
  PENALTY,
  type QuadraticProblem,
  VARTYPE,
} from "./quadratic-problem.ts";

/**
 * Judges `sample`. The objective includes soft penalties, hard ones not; a violation's `count` is
 * the distance of the left side from what the row allows, and `count * penalty` is what it costs.
 *
 * @throws AssertionError when it is not one value of its vartype and bounds per variable.
 */
export function verifyQuadratic(problem: QuadraticProblem, sample: Sample): Verdict {
  const { values } = sample;
  assertInDomain(problem, values);
  const violations: Violation[] = [];
  for (let row = 0; row < problem.constraints.count; row += 1) {
    const count = violationOf(problem, row, values);
    if (count === 0) continue;
    const weight = problem.constraints.weights[row];
    const isSquared = weight !== HARD && problem.constraints.penalties[row] === PENALTY.quadratic;
    const rule = problem.constraints.labels[row];
    violations.push({ rule, count, penalty: isSquared ? weight * count : weight });
  }
  const objective = objectiveSum(problem.objective, values);
  for (const { count, penalty } of violations) {
    const cost = penalty === HARD ? 0 : penalty * count;
    objective.add(problem.sense === "minimise" ? cost : -cost, 1);
  }
  return {
    feasible: violations.every(({ penalty }) => penalty !== HARD),
    objective: objective.value,
    violations,
  };
}

/** How far the left side of `row` is from what the row allows; 0 where it holds. */
function violationOf(problem: QuadraticProblem, row: number, values: Int32Array): number {
  const rows = problem.constraints;
  const sum = new ExactSum();
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const value = values[rows.columns[entry]];
    // Most values are 0, and exact sums are dear.
    if (value !== 0) sum.add(rows.biases[entry], value);
  }
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    const first = values[rows.pairFirsts[entry]];
    sum.add(rows.pairBiases[entry], first, values[rows.pairSeconds[entry]]);
  }
  sum.add(rows.rightSides[row], -1);
  const excess = sum.value;
  const comparison = rows.comparisons[row];
  const distance =
    comparison === COMPARISON.equal
      ? Math.abs(excess)
      : comparison === COMPARISON.atMost
        ? excess
        : -excess;
  return distance > sum.tolerance ? distance : 0;
}

function objectiveSum(objective: Objective, values: Int32Array): ExactSum {
  const sum = new ExactSum();
  sum.add(objective.offset, 1);
  for (let variable = 0; variable < values.length; variable += 1) {
    const value = values[variable];
    if (value === 0) continue;
    sum.add(objective.linear[variable], value);
    for (
      let entry = objective.starts[variable];
      entry < objective.starts[variable + 1];
      entry += 1
    ) {
      sum.add(objective.biases[entry], value, values[objective.columns[entry]]);
    }
  }
  return sum;
}

function assertInDomain(problem: QuadraticProblem, values: Int32Array): void {
  assert(values.length === problem.variableCount, `${problem.variableCount} values`);
  for (let variable = 0; variable < values.length; variable += 1) {
    const value = values[variable];
    const isSpinZero = problem.vartypes[variable] === VARTYPE.spin && value === 0;
    const isInside =
      value >= problem.lowerBounds[variable] && value <= problem.upperBounds[variable];
    if (isInside && !isSpinZero) continue;
    assert(false, `variable ${variable} cannot be ${value}`);
  }
}
