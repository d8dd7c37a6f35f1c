/**
 * Which problems HiGHS takes. Products are linearised, and that pays only while they are few: with
 * many, the relaxation says next to nothing and the search has nothing to hold on to.
 */
import { HARD, PENALTY, type QuadraticProblem, type Support, VARTYPE } from "#problem";

/** Columns and coefficients together; more would not fit the engine's memory while it searches. */
const SIZE_MAX = 3_000_000;
/** Row coefficients outside are dropped by the engine, or refused. */
const ROW_BIAS_MIN = 1e-9;
const ROW_BIAS_MAX = 1e15;
/** The engine takes greater costs for infinite; smaller ones cannot be scaled to its tolerances. */
const COST_MAX = 1e15;
const COST_MIN = 1e-280;

/** Whether the problem can be posed with at most `productCountMax` products. */
export function supportsProgramme(problem: QuadraticProblem, productCountMax: number): Support {
  const reason = tooLarge(problem) ?? oddRow(problem) ?? oddProduct(problem, productCountMax);
  return reason === undefined ? { kind: "yes" } : { kind: "no", reason };
}

function tooLarge({ variableCount, constraints, objective }: QuadraticProblem): string | undefined {
  const size = variableCount + constraints.biases.length + 5 * objective.biases.length;
  if (size > SIZE_MAX) return `HiGHS takes up to ${SIZE_MAX} coefficients, got ${size}`;
  const isCost = (bias: number) =>
    bias === 0 || (Math.abs(bias) > COST_MIN && Math.abs(bias) < COST_MAX);
  if (objective.linear.every(isCost) && objective.biases.every(isCost)) return undefined;
  return `HiGHS takes objective coefficients between ${COST_MIN} and ${COST_MAX}`;
}

function oddRow({ constraints: rows }: QuadraticProblem): string | undefined {
  for (let row = 0; row < rows.count; row += 1) {
    if (rows.weights[row] === HARD || rows.penalties[row] === PENALTY.linear) continue;
    return `${rows.labels[row]}: a penalty by the square is not linear`;
  }
  const isUsable = (bias: number) => Math.abs(bias) > ROW_BIAS_MIN && Math.abs(bias) < ROW_BIAS_MAX;
  if (rows.biases.every(isUsable) && rows.pairBiases.every(isUsable)) return undefined;
  return `HiGHS takes row coefficients between ${ROW_BIAS_MIN} and ${ROW_BIAS_MAX}`;
}

function oddProduct(problem: QuadraticProblem, productCountMax: number): string | undefined {
  const { objective, constraints: rows, variableCount } = problem;
  const count = objective.biases.length + rows.pairBiases.length;
  if (count > productCountMax) {
    return `linearising pays up to ${productCountMax} products, got ${count}`;
  }
  for (let first = 0; first < variableCount; first += 1) {
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      const reason = oddPair(problem, first, objective.columns[entry]);
      if (reason !== undefined) return reason;
    }
  }
  for (let entry = 0; entry < rows.pairBiases.length; entry += 1) {
    const reason = oddPair(problem, rows.pairFirsts[entry], rows.pairSeconds[entry]);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** A product is linear in disguise when one factor has two values and the other has bounds. */
function oddPair(problem: QuadraticProblem, first: number, second: number): string | undefined {
  const { lowerBounds: lower, upperBounds: upper, vartypes } = problem;
  const isTwoValued = (one: number) =>
    vartypes[one] === VARTYPE.spin || (lower[one] === 0 && upper[one] === 1);
  const isBounded = (one: number) => upper[one] - lower[one] < Infinity;
  const isFine =
    first === second
      ? isTwoValued(first)
      : (isTwoValued(first) && isBounded(second)) || (isTwoValued(second) && isBounded(first));
  if (isFine) return undefined;
  return `variables ${first} and ${second}: a product of two integers is not linear`;
}
