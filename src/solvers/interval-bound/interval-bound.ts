/**
 * The bound that every quadratic problem has, in one pass over its terms: half of each interaction
 * goes to either of its variables, each variable takes the value that is best for its share, and
 * what it interacts with does the same; of the members of a one-hot row only one counts (P. Gilmore
 * 1962 and E. Lawler 1963 for assignments). Weak, but there at once, whatever the structure.
 */
import {
  COMPARISON,
  HARD,
  objectiveTolerance,
  type QuadraticProblem,
  SHAPE,
  type SolveOptions,
  type SolveResult,
  solverOf,
  VARTYPE,
  verify,
} from "#problem";
import { layOutQuadratic, type QuadraticLayout } from "../quadratic-layout.ts";

/** Terms looked at between two ticks. */
const TICK_WORK = 20_000;

/** Ends by itself; its best is the start, where that is feasible. */
export const intervalBound = solverOf("quadratic", {
  name: "interval-bound",
  version: 1,
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
  const shares = new Shares(layOutQuadratic(problem));
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
  return Object.freeze({ status, best, bound: shares.bound(), method: METHOD, work });
}

const METHOD = "the best value of each variable's share of the objective";

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
    const at = (value: number) =>
      value === 0 ? 0 : value * linear[variable] + this.#interactions(variable, value) / 2;
    const block = this.#blockOf[variable];
    if (block >= 0) {
      // A member that bounds keep at 0 is none.
      const share = high === 0 ? Number.POSITIVE_INFINITY : at(1) + square;
      this.#blockLeast[block] = Math.min(this.#blockLeast[block], share);
    } else {
      const isSpin = problem.vartypes[variable] === VARTYPE.spin;
      const isAcrossZero = low < 0 && high > 0 && !isSpin;
      const least = Math.min(at(low), at(high), isAcrossZero ? 0 : Number.POSITIVE_INFINITY);
      this.#alone += least + leastSquare(square, low, high, isAcrossZero);
    }
    return 1 + 2 * (starts[variable + 1] - starts[variable]);
  }

  /** No feasible sample is better; `undefined` where nothing can be said. */
  bound(): number | undefined {
    const { sign, problem, isIntegral } = this.#layout;
    let sum = sign * problem.objective.offset + this.#alone;
    for (const least of this.#blockLeast) sum += least;
    if (!Number.isFinite(sum)) return undefined;
    const least = isIntegral ? Math.ceil(sum) : sum - objectiveTolerance(problem);
    return sign * least + 0; // A plain zero, whatever the sign.
  }

  /** The least that `value` times its interactions with all others can be. */
  #interactions(variable: number, value: number): number {
    const { starts, neighbours, biases, lower, upper } = this.#layout;
    let sum = 0;
    let metCount = 0;
    for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
      const other = neighbours[entry];
      const product = biases[entry] * value;
      const block = this.#blockOf[other];
      if (block < 0) {
        sum += Math.min(product * lower[other], product * upper[other]);
      } else if (block !== this.#blockOf[variable]) {
        if (this.#met[block] === 0) {
          this.#metBlocks[metCount] = block;
          metCount += 1;
          this.#least[block] = Number.POSITIVE_INFINITY;
        }
        this.#met[block] += 1;
        this.#least[block] = Math.min(this.#least[block], product);
      }
    }
    for (let index = 0; index < metCount; index += 1) {
      const block = this.#metBlocks[index];
      const hasOthers = this.#met[block] < this.#blockSizes[block];
      sum += hasOthers ? Math.min(0, this.#least[block]) : this.#least[block];
      this.#met[block] = 0;
    }
    return sum;
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
    if (rows.shapes[row] !== SHAPE.oneHot || rows.comparisons[row] !== COMPARISON.equal) continue;
    if (rows.weights[row] !== HARD) continue;
    const columns = rows.columns.subarray(rows.starts[row], rows.starts[row + 1]);
    if (columns.some((column) => blockOf[column] >= 0)) continue;
    for (const column of columns) blockOf[column] = sizes.length;
    sizes.push(columns.length);
  }
  return { blockOf, sizes: Int32Array.from(sizes) };
}
