/**
 * Soft rows with a linear penalty as hard rows that give: a violation of its own variable t >= 0
 * loosens the row and costs its weight. Squaring such a row would charge the square instead.
 */
import { ProblemAssembly } from "../model/assembly.ts";
import { COMPARISON, PENALTY, type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import { HARD } from "../ordered-selection.ts";
import { scaleOf } from "./integral-row.ts";
import { addLike, headOf, itself, substituteObjective, substituteRow } from "./substitution.ts";

/** The same minimisation, with variables for violations behind those there are. */
export function elasticRows(problem: QuadraticProblem): QuadraticProblem {
  const assembly = new ProblemAssembly(problem.sense);
  const forms = Array.from(problem.vartypes, (_, index) =>
    itself(addLike(problem, index, assembly)),
  );
  substituteObjective(problem, forms, assembly);
  const { weights, penalties } = problem.constraints;
  for (let row = 0; row < problem.constraints.count; row += 1) {
    const isElastic = weights[row] !== HARD && penalties[row] === PENALTY.linear;
    if (!isElastic) {
      substituteRow(problem, row, forms, assembly);
      continue;
    }
    const head = { ...headOf(problem, row), weight: HARD };
    const added = substituteRow(problem, row, forms, assembly, head);
    addViolations(problem, row, added, assembly);
  }
  return assembly.finish();
}

function addViolations(
  problem: QuadraticProblem,
  row: number,
  added: number,
  assembly: ProblemAssembly,
): void {
  const { constraints: rows } = problem;
  const { least, greatest, biases } = extentOf(problem, row);
  const scale = scaleOf([...biases, rows.rightSides[row]], rows.labels[row]);
  const give = (range: number, bias: number) => {
    const units = Math.round(Math.max(0, range) * scale);
    if (units === 0) return;
    const violation = assembly.addVariable();
    assembly.restrict(violation, VARTYPE.integer, 0, units);
    assembly.addLinear(violation, rows.weights[row] / scale);
    assembly.addRowLinear(added, violation, bias / scale);
  };
  const comparison = rows.comparisons[row];
  if (comparison !== COMPARISON.atLeast) give(greatest - rows.rightSides[row], -1);
  if (comparison !== COMPARISON.atMost) give(rows.rightSides[row] - least, 1);
}

/** The least and greatest its left side can be, term by term. */
function extentOf(problem: QuadraticProblem, row: number) {
  const { constraints: rows, lowerBounds: low, upperBounds: high } = problem;
  let [least, greatest] = [0, 0];
  const add = (...ends: readonly number[]) => {
    least += Math.min(...ends);
    greatest += Math.max(...ends);
  };
  const biases: number[] = [];
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const [bias, x] = [rows.biases[entry], rows.columns[entry]];
    biases.push(bias);
    add(bias * low[x], bias * high[x]);
  }
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    const [bias, x, y] = [rows.pairBiases[entry], rows.pairFirsts[entry], rows.pairSeconds[entry]];
    biases.push(bias);
    add(...[low[x], high[x]].flatMap((a) => [bias * a * low[y], bias * a * high[y]]));
  }
  return { least, greatest, biases };
}
