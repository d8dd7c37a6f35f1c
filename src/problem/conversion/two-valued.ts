/**
 * Changes of vartype and of sense: binary to spin by x = (1 + s) / 2, spin to binary by s = 2x - 1,
 * maximise to minimise by negation. All exact, unless halving a bias four times underflows.
 */
import { ProblemAssembly } from "../model/assembly.ts";
import { type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import type { Sample } from "../problem.ts";
import {
  type AffineForm,
  addLike,
  itself,
  substituteObjective,
  substituteRow,
} from "./substitution.ts";

/** A problem restated, and the way back. */
export interface Restatement {
  readonly problem: QuadraticProblem;
  /** The sample of the original problem that a sample of the restated one stands for. */
  readonly lift: (sample: Sample) => Sample;
}

/** Every binary variable as a spin; integer ones stay. */
export function toSpin(problem: QuadraticProblem): Restatement {
  return restate(problem, VARTYPE.binary, VARTYPE.spin, (variable) => ({
    offset: 0.5,
    terms: [[variable, 0.5]],
  }));
}

/** Every spin variable as a binary; integer ones stay. */
export function toBinary(problem: QuadraticProblem): Restatement {
  return restate(problem, VARTYPE.spin, VARTYPE.binary, (variable) => ({
    offset: -1,
    terms: [[variable, 2]],
  }));
}

/**
 * The same problem as a minimisation: what is maximised is negated, and energies change sign with
 * it. Soft penalties worsen either objective and stay as they are.
 */
export function asMinimisation(problem: QuadraticProblem): QuadraticProblem {
  if (problem.sense === "minimise") return problem;
  const { offset, linear, biases, ...places } = problem.objective;
  return Object.freeze({
    ...problem,
    sense: "minimise",
    objective: Object.freeze({
      ...places,
      offset: 0 - offset,
      linear: linear.map((bias) => 0 - bias),
      biases: biases.map((bias) => 0 - bias),
    }),
  });
}

function restate(
  problem: QuadraticProblem,
  from: 0 | 1,
  to: 0 | 1,
  formOf: (variable: number) => AffineForm,
): Restatement {
  const assembly = new ProblemAssembly(problem.sense);
  const forms = Array.from(problem.vartypes, (vartype, index) => {
    const variable = addLike(problem, index, assembly);
    if (vartype !== VARTYPE.integer) assembly.restrict(variable, to);
    return vartype === from ? formOf(variable) : itself(variable);
  });
  substituteObjective(problem, forms, assembly);
  for (let row = 0; row < problem.constraints.count; row += 1) {
    substituteRow(problem, row, forms, assembly);
  }
  const back = from === VARTYPE.binary ? toBit : toSign;
  const lift = ({ values }: Sample): Sample => ({
    values: values.map((value, index) => (problem.vartypes[index] === from ? back(value) : value)),
  });
  return { problem: assembly.finish(), lift };
}

function toBit(spin: number): number {
  return (1 + spin) / 2;
}

function toSign(bit: number): number {
  return 2 * bit - 1;
}
