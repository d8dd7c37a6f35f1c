/**
 * What can be seen of a problem before anybody solves it.
 */
import { detectStructure, type QuadraticProblem, SHAPE } from "#problem";

/** Features that predictions go by. */
export interface Features {
  readonly structure: string;
  readonly variables: number;
  /** Products over those there could be. */
  readonly density: number;
  readonly rows: number;
  /** Rows that fix how many of some variables are 1. */
  readonly groups: number;
}

/** The features of a problem. */
export function featuresOf(problem: QuadraticProblem): Features {
  const { variableCount: variables, objective, constraints } = problem;
  const { count, shapes } = constraints;
  const pairs = Math.max(1, (variables * (variables - 1)) / 2);
  return {
    structure: detectStructure(problem).kind,
    variables,
    density: objective.columns.length / pairs,
    rows: count,
    groups: shapes.filter((shape) => shape !== SHAPE.general).length,
  };
}
