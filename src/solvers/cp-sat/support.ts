/** Which problems CP-SAT takes: bounded, and whole throughout, so that nothing is ever rounded. */
import {
  HARD,
  PENALTY,
  type QuadraticProblem,
  quadraticScale,
  type Support,
  VALUE_MAX,
} from "#problem";

/** Each product is a variable and a constraint of its own. */
const PRODUCTS_MAX = 500;
/** Variables and coefficients together. */
const SIZE_MAX = 500_000;

/** Whether the problem can be posed to CP-SAT without rounding. */
export function supportsModel(problem: QuadraticProblem): Support {
  const reason =
    tooLarge(problem) ?? unbounded(problem) ?? oddObjective(problem) ?? oddRow(problem);
  return reason === undefined ? { kind: "yes" } : { kind: "no", reason };
}

function tooLarge({ variableCount, constraints, objective }: QuadraticProblem): string | undefined {
  const size = variableCount + constraints.biases.length;
  if (size > SIZE_MAX) return `cp-sat takes up to ${SIZE_MAX} coefficients, got ${size}`;
  const products = objective.biases.length + constraints.pairBiases.length;
  if (products <= PRODUCTS_MAX) return undefined;
  return `cp-sat takes up to ${PRODUCTS_MAX} products, got ${products}`;
}

function unbounded({ lowerBounds: lower, upperBounds: upper }: QuadraticProblem) {
  const isOdd = (bound: number) => Math.abs(bound) > VALUE_MAX;
  const index = lower.findIndex((bound, variable) => isOdd(bound) || isOdd(upper[variable]));
  return index < 0 ? undefined : `variable ${index}: cp-sat takes bounded variables only`;
}

function oddObjective(problem: QuadraticProblem): string | undefined {
  const { isIntegral, magnitude } = quadraticScale(problem);
  if (!isIntegral) return "cp-sat takes whole coefficients in the objective only";
  if (magnitude <= Number.MAX_SAFE_INTEGER) return undefined;
  return `cp-sat takes objectives up to 2^53 in size, got ${magnitude}`;
}

function oddRow({ constraints: rows, lowerBounds, upperBounds }: QuadraticProblem) {
  const reach = lowerBounds.map((one, at) => Math.max(Math.abs(one), Math.abs(upperBounds[at])));
  for (let row = 0; row < rows.count; row += 1) {
    if (rows.weights[row] !== HARD && rows.penalties[row] === PENALTY.quadratic) {
      return `${rows.labels[row]}: cp-sat takes no penalty by the square`;
    }
    let isWhole = Number.isInteger(rows.rightSides[row]);
    let magnitude = Math.abs(rows.rightSides[row]);
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      isWhole &&= Number.isInteger(rows.biases[entry]);
      magnitude += Math.abs(rows.biases[entry]) * reach[rows.columns[entry]];
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      const size = reach[rows.pairFirsts[entry]] * reach[rows.pairSeconds[entry]];
      isWhole &&= Number.isInteger(rows.pairBiases[entry]);
      magnitude += Math.abs(rows.pairBiases[entry]) * size;
    }
    if (!isWhole) return `${rows.labels[row]}: cp-sat takes whole coefficients only`;
    if (magnitude > Number.MAX_SAFE_INTEGER) {
      return `${rows.labels[row]}: cp-sat takes rows up to 2^53 in size, got ${magnitude}`;
    }
  }
  return undefined;
}
