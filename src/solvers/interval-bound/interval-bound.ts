/**
 * The bounds that every quadratic problem has, in two passes over its terms, the better of which
 * counts. By shares: half of each interaction goes to either of its variables, each variable takes
 * the value that is best for its share, and what it interacts with does the same; of the members of
 * a one-hot row only one counts. By the centred form: the value in the middle of all bounds, less
 * what every term can change (R. Moore, Interval Analysis, 1966). Weak, but there at once, whatever
 * the structure. Nothing is claimed that rests on values beyond 32 bits: to a bound, they have no
 * end.
 */
import {
  HARD,
  objectiveTolerance,
  type QuadraticProblem,
  SHAPE,
  type SolveOptions,
  type SolveResult,
  solverOf,
  VALUE_MAX,
  VARTYPE,
  verify,
} from "#problem";
import { layOutQuadratic, type QuadraticLayout } from "../quadratic-layout.ts";

/** Terms looked at between two ticks. */
const TICK_WORK = 20_000;

/** Ends by itself; its best is the start, where that is feasible. */
export const intervalBound = solverOf("quadratic", {
  name: "interval-bound",
  version: 2,
  guarantee: "bounded",
  supports: () => ({ kind: "yes" }),
  solve,
});

function solve(problem: QuadraticProblem, { start, budget }: SolveOptions): SolveResult {
  const verdict = start === undefined ? undefined : verify(problem, start);
  const best =
    start !== undefined && verdict?.feasible === true
      ? Object.freeze({ sample: start, objective: verdict.objective })
      : undefined;
  const status = best === undefined ? "unknown" : "feasible";
  const layout = withoutEnd(layOutQuadratic(problem));
  const shares = new Shares(layout);
  let work = 0;
  let pending = 0;
  for (let variable = 0; variable < problem.variableCount; variable += 1) {
    const spent = shares.add(variable);
    work += spent;
    pending += spent;
    if (pending < TICK_WORK) continue;
    if (budget.tick(pending) === "stop") {
      return Object.freeze({ status, best, bound: undefined, work });
    }
    pending = 0;
  }
  const claims = [shares.sum(), centredLeast(layout)].filter(Number.isFinite);
  const least = Math.max(...claims);
  return Object.freeze({ status, best, bound: boundOf(layout, least), method: METHOD, work });
}

const METHOD = "intervals of the objective's terms";

/** The layout with bounds that are the problem's own, infinite where samples do not reach them. */
function withoutEnd(layout: QuadraticLayout): QuadraticLayout {
  const { lowerBounds, upperBounds } = layout.problem;
  const isReached = (bound: number) => Math.abs(bound) <= VALUE_MAX;
  return {
    ...layout,
    lower: lowerBounds.map((bound) => (isReached(bound) ? bound : Number.NEGATIVE_INFINITY)),
    upper: upperBounds.map((bound) => (isReached(bound) ? bound : Number.POSITIVE_INFINITY)),
  };
}

/** No feasible sample is better; `undefined` where nothing can be said. */
function boundOf({ sign, problem, isIntegral }: QuadraticLayout, least: number) {
  if (!Number.isFinite(least)) return undefined;
  const sure = least - objectiveTolerance(problem);
  const rounded = isIntegral ? Math.ceil(sure) : sure;
  return sign * rounded + 0; // A plain zero, whatever the sign.
}

/**
 * The objective with every variable between its bounds, less what its terms can change; not finite
 * where a variable in it has no end.
 */
function centredLeast(layout: QuadraticLayout): number {
  const { problem, sign, linear, squares, lower, upper, starts, neighbours, biases } = layout;
  const middle = lower.map((low, variable) => (low + upper[variable]) / 2);
  const radius = lower.map((low, variable) => (upper[variable] - low) / 2);
  let least = sign * problem.objective.offset;
  for (let variable = 0; variable < layout.variableCount; variable += 1) {
    let pull = 0;
    let sway = 0;
    for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
      pull += biases[entry] * middle[neighbours[entry]];
      sway += Math.abs(biases[entry]) * radius[neighbours[entry]];
    }
    const [at, by, square] = [middle[variable], radius[variable], squares[variable]];
    const isAbsent = linear[variable] === 0 && square === 0 && pull === 0 && sway === 0;
    if (isAbsent) continue;
    least += at * (linear[variable] + pull / 2 + square * at);
    least -= by * (Math.abs(linear[variable] + pull + 2 * square * at) + sway / 2);
    least += Math.min(0, square) * by * by;
  }
  return least;
}

/** What each variable's share of the objective costs at least, summed up. */
class Shares {
  readonly #layout: QuadraticLayout;
  /** The one-hot row each variable is counted in; -1 for those by themselves. */
  readonly #blockOf: Int32Array;
  readonly #blockSizes: Int32Array;
  /** The least share of each block's members so far. */
  readonly #blockLeast: Float64Array;
  #alone = 0;
  /** Of the variable at hand: the least interaction with each block, and with how many members. */
  readonly #least: Float64Array;
  readonly #met: Int32Array;
  readonly #metBlocks: Int32Array;
  #metCount = 0;

  constructor(layout: QuadraticLayout) {
    const { blockOf, sizes } = disjointOneHots(layout.problem);
    this.#layout = layout;
    this.#blockOf = blockOf;
    this.#blockSizes = sizes;
    this.#blockLeast = new Float64Array(sizes.length).fill(Number.POSITIVE_INFINITY);
    this.#least = new Float64Array(sizes.length);
    this.#met = new Int32Array(sizes.length);
    this.#metBlocks = new Int32Array(sizes.length);
  }

  /** Counts the share of a variable; answers how many terms that took. */
  add(variable: number): number {
    const { linear, squares, lower, upper, starts, problem } = this.#layout;
    const [low, high] = [lower[variable], upper[variable]];
    const square = squares[variable];
    const termCount = 1 + 2 * (starts[variable + 1] - starts[variable]);
    const at = (value: number): number => {
      if (value === 0) return 0;
      if (Number.isFinite(value)) {
        return value * linear[variable] + this.#interactions(variable, value) / 2;
      }
      // Without end a share grows as it begins, and one that is 0 stays so.
      const slope = at(Math.sign(value));
      return slope === 0 ? 0 : slope * Number.POSITIVE_INFINITY;
    };
    const block = this.#blockOf[variable];
    if (block >= 0) {
      // A member that bounds keep at 0 is none.
      const share = high === 0 ? Number.POSITIVE_INFINITY : at(1) + square;
      this.#blockLeast[block] = Math.min(this.#blockLeast[block], share);
      return termCount;
    }
    const isSpin = problem.vartypes[variable] === VARTYPE.spin;
    const isAcrossZero = low < 0 && high > 0 && !isSpin;
    const least = Math.min(at(low), at(high), isAcrossZero ? 0 : Number.POSITIVE_INFINITY);
    this.#alone += least + leastSquare(square, low, high, isAcrossZero);
    return termCount;
  }

  /** What the objective is at least. */
  sum(): number {
    const { sign, problem } = this.#layout;
    let sum = sign * problem.objective.offset + this.#alone;
    for (const least of this.#blockLeast) sum += least;
    return sum;
  }

  /** The least that `value` times its interactions with all others can be. */
  #interactions(variable: number, value: number): number {
    const { starts, neighbours, biases, lower, upper } = this.#layout;
    let sum = 0;
    for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
      const other = neighbours[entry];
      const product = biases[entry] * value;
      const block = this.#blockOf[other];
      if (block < 0) {
        if (product === 0) continue;
        sum += Math.min(product * lower[other], product * upper[other]);
        continue;
      }
      // Another member of its own row is 0 where it is 1.
      if (block === this.#blockOf[variable]) continue;
      this.#meet(block);
      this.#least[block] = Math.min(this.#least[block], product);
    }
    for (let index = 0; index < this.#metCount; index += 1) {
      const block = this.#metBlocks[index];
      const hasOthers = this.#met[block] < this.#blockSizes[block];
      sum += hasOthers ? Math.min(0, this.#least[block]) : this.#least[block];
      this.#met[block] = 0;
    }
    this.#metCount = 0;
    return sum;
  }

  /** Counts one more member of a block that has had its say. */
  #meet(block: number): void {
    if (this.#met[block] === 0) {
      this.#metBlocks[this.#metCount] = block;
      this.#metCount += 1;
      this.#least[block] = Number.POSITIVE_INFINITY;
    }
    this.#met[block] += 1;
  }
}

/** The least of `square` times a value's square between two bounds. */
function leastSquare(square: number, low: number, high: number, isAcrossZero: boolean): number {
  const largest = Math.max(low * low, high * high);
  const smallest = isAcrossZero ? 0 : Math.min(low * low, high * high);
  return square === 0 ? 0 : square * (square > 0 ? smallest : largest);
}

/** One-hot rows without a variable in common, first come first served. */
function disjointOneHots({ constraints: rows, variableCount }: QuadraticProblem): {
  readonly blockOf: Int32Array;
  readonly sizes: Int32Array;
} {
  const blockOf = new Int32Array(variableCount).fill(-1);
  const sizes: number[] = [];
  for (let row = 0; row < rows.count; row += 1) {
    if (rows.shapes[row] !== SHAPE.oneHot || rows.weights[row] !== HARD) continue;
    const columns = rows.columns.subarray(rows.starts[row], rows.starts[row + 1]);
    if (columns.some((column) => blockOf[column] >= 0)) continue;
    for (const column of columns) blockOf[column] = sizes.length;
    sizes.push(columns.length);
  }
  return { blockOf, sizes: Int32Array.from(sizes) };
}
