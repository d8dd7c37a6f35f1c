/**
 * A first answer to a problem that no row restricts, in one pass over its terms: variables are
 * chosen in order, each as is best for those before it, and with those behind it half way between
 * their bounds. Needs no layout, so that even a problem of millions of terms has an answer at once.
 */
import { HARD, type QuadraticProblem, VALUE_MAX, VARTYPE } from "#problem";

/** Terms looked at between two questions. */
const TICK_WORK = 20_000;
/** With no more terms than this the pass is finished even late: it takes hundredths of a second. */
const TERMS_MAX = 2_000_000;

/** Whether no row has to hold. */
export function isUnrestricted({ constraints }: QuadraticProblem): boolean {
  return !constraints.weights.includes(HARD);
}

/**
 * The values; `spend` is told of terms looked at, and once it answers true the variables behind are
 * chosen by their own bias and those before them alone.
 */
export function construct(problem: QuadraticProblem, spend: (work: number) => boolean): Int32Array {
  const { variableCount, objective, sense } = problem;
  const { starts, columns, biases, linear } = objective;
  const sign = sense === "minimise" ? 1 : -1;
  const values = new Int32Array(variableCount);
  const fields = new Float64Array(variableCount);
  const isShort = variableCount + columns.length <= TERMS_MAX;
  let pending = 0;
  let isStopped = false;
  for (let variable = 0; variable < variableCount; variable += 1) {
    const end = isStopped && !isShort ? starts[variable] : starts[variable + 1];
    let slope = linear[variable] + fields[variable];
    let square = 0;
    for (let entry = starts[variable]; entry < end; entry += 1) {
      if (columns[entry] === variable) square = biases[entry];
      else slope += biases[entry] * middleOf(problem, columns[entry]);
    }
    const value = leastAt(problem, variable, sign * slope, sign * square);
    values[variable] = value;
    for (let entry = starts[variable]; entry < end; entry += 1) {
      fields[columns[entry]] += biases[entry] * value;
    }
    pending += 1 + 2 * (end - starts[variable]);
    if (pending < TICK_WORK || isStopped) continue;
    isStopped = spend(pending);
    pending = 0;
  }
  return values;
}

/** Half way between the bounds; 0 for a variable without one of them. */
function middleOf({ lowerBounds, upperBounds }: QuadraticProblem, variable: number): number {
  const middle = (lowerBounds[variable] + upperBounds[variable]) / 2;
  return Number.isFinite(middle) ? middle : 0;
}

/** The value within bounds and 32 bits at which slope * x + square * x * x is least. */
function leastAt(
  { lowerBounds, upperBounds, vartypes }: QuadraticProblem,
  variable: number,
  slope: number,
  square: number,
): number {
  const lower = Math.max(lowerBounds[variable], -VALUE_MAX);
  const upper = Math.min(upperBounds[variable], VALUE_MAX);
  if (vartypes[variable] === VARTYPE.spin) return slope > 0 ? lower : upper;
  const inside = (value: number) => Math.min(Math.max(value, lower), upper);
  const costAt = (value: number) => value * (slope + square * value);
  let best = inside(0);
  const vertex = square > 0 ? Math.floor(inside(-slope / (2 * square))) : best;
  for (const value of [lower, upper, vertex, inside(vertex + 1)]) {
    if (costAt(value) < costAt(best)) best = value;
  }
  return best;
}
