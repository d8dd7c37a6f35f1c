/**
 * Products in constraints: squaring a quadratic row would give degree four, so each product x y in
 * a row is given a variable z of its own, held to it by the penalty xy - 2xz - 2yz + 3z, which is 0
 * where z = xy and at least 1 elsewhere (I. Rosenberg, 1975).
 */
import { ProblemAssembly } from "../model/assembly.ts";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import type { Polynomial } from "./polynomial.ts";
import { headOf, itself, substituteObjective } from "./substitution.ts";

/** A problem whose rows are linear, and what holds the new variables to their products. */
export interface LinearRows {
  readonly problem: QuadraticProblem;
  readonly penalties: readonly Polynomial[];
}

/** Gives every product in a row of an all-binary problem a variable, behind those there are. */
export function linearRows(problem: QuadraticProblem): LinearRows {
  const assembly = new ProblemAssembly(problem.sense);
  assembly.addVariables(problem.variableCount);
  const forms = Array.from({ length: problem.variableCount }, (_, index) => itself(index));
  substituteObjective(problem, forms, assembly);
  const penalties: Polynomial[] = [];
  const products = new Map<string, number>();
  const productOf = (x: number, y: number) => {
    const key = `${x} ${y}`;
    const known = products.get(key);
    if (known !== undefined) return known;
    const z = assembly.addVariable();
    products.set(key, z);
    const quadratic = [[x, y, 1] as const, [x, z, -2] as const, [y, z, -2] as const];
    penalties.push({ offset: 0, linear: [[z, 3]], quadratic });
    return z;
  };
  const { constraints: rows } = problem;
  for (let row = 0; row < rows.count; row += 1) {
    const added = assembly.addRow(headOf(problem, row));
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      assembly.addRowLinear(added, rows.columns[entry], rows.biases[entry]);
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      const z = productOf(rows.pairFirsts[entry], rows.pairSeconds[entry]);
      assembly.addRowLinear(added, z, rows.pairBiases[entry]);
    }
  }
  return { problem: assembly.finish(), penalties };
}
