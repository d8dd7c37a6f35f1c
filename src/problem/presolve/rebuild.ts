/**
 * The problem that is left of a draft: fixed variables put in as numbers, removed rows left out,
 * and which of the draft's variables and rows are in it.
 */
import {
  type AffineForm,
  addLike,
  itself,
  substituteObjective,
  substituteRow,
} from "../conversion/substitution.ts";
import { ProblemAssembly } from "../model/assembly.ts";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import type { Draft } from "./draft.ts";

/** A rebuilt problem, and which of the draft's variables and rows are in it. */
export interface Rebuilt {
  readonly problem: QuadraticProblem;
  readonly variables: Int32Array;
  readonly rows: Int32Array;
}

/** Rebuilds; every variable that is left keeps its label, and every row its own. */
export function rebuild(draft: Draft): Rebuilt {
  const problem = rewritten(draft);
  const assembly = new ProblemAssembly(problem.sense);
  const variables: number[] = [];
  const forms = Array.from(problem.vartypes, (_, variable): AffineForm => {
    const [lower, upper] = [draft.lower[variable], draft.upper[variable]];
    if (lower === upper) return { offset: lower, terms: [] };
    variables.push(variable);
    return itself(addLike(problem, variable, assembly, { lower, upper }));
  });
  substituteObjective(problem, forms, assembly);
  const rows: number[] = [];
  for (let row = 0; row < problem.constraints.count; row += 1) {
    if (draft.stands[row] === 0) continue;
    rows.push(row);
    substituteRow(problem, row, forms, assembly);
  }
  return {
    problem: assembly.finish(),
    variables: Int32Array.from(variables),
    rows: Int32Array.from(rows),
  };
}

/** The draft's problem with its rows as the draft says them, and without what it drops. */
function rewritten(draft: Draft): QuadraticProblem {
  const { objective, constraints } = draft.problem;
  const kept = objective.biases.slice();
  for (const entry of draft.dropped) kept[entry] = 0;
  const { biases, pairBiases, rightSides, comparisons } = draft;
  return {
    ...draft.problem,
    objective: { ...objective, biases: kept },
    constraints: { ...constraints, biases, pairBiases, rightSides, comparisons },
  };
}
