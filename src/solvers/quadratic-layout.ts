/**
 * Layout of a quadratic problem for searching: the same numbers, turned round so that everything a
 * change of one variable touches lies together. The objective is turned into one to be made small.
 */
import { atOnce, everyRow, inSteps, STEP_TERMS, type Steps } from "#kernels";
import {
  COMPARISON,
  type ConstraintRows,
  HARD,
  type ObjectiveScale,
  type QuadraticProblem,
  quadraticScale,
  type SolveOptions,
  VALUE_MAX,
} from "#problem";

/** A problem prepared for searching. Every array is made once and never changed. */
export interface QuadraticLayout {
  readonly problem: QuadraticProblem;
  readonly variableCount: number;
  /** Variables that have a choice. */
  readonly free: Int32Array;
  /** Least and greatest value, unbounded ones cut off at 32 bits. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1 to minimise, -1 to maximise: what the objective's biases are multiplied by. */
  readonly sign: 1 | -1;
  readonly linear: Float64Array;
  /** Bias of a variable's square. */
  readonly squares: Float64Array;
  /**
   * Neighbours of variable i: entries `starts[i]` up to but excluding `starts[i + 1]`, ascending.
   */
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  readonly biases: Float64Array;
  readonly touches: Touches;
  /** Whether every sum over the problem's numbers is exact: its biases are integers. */
  readonly isIntegral: boolean;
}

/**
 * The rows each variable is in. Touch t of variable i (`starts[i]` up to but excluding `starts[i +
 * 1]`) has a linear bias and the pairs `pairStarts[t]` up to but excluding `pairStarts[t + 1]`.
 */
export interface Touches {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly biases: Float64Array;
  readonly pairStarts: Int32Array;
  readonly pairOthers: Int32Array;
  readonly pairBiases: Float64Array;
}

/** Prepares `problem`; linear in its terms. */
export function layOutQuadratic(problem: QuadraticProblem): QuadraticLayout {
  return atOnce(layOutSteps(problem));
}

/** The same with ticks meanwhile; `undefined` once told to stop. */
export function layOutWithin(
  problem: QuadraticProblem,
  { budget }: Pick<SolveOptions, "budget">,
): QuadraticLayout | undefined {
  return inSteps(layOutSteps(problem), budget);
}

function* layOutSteps(problem: QuadraticProblem): Steps<QuadraticLayout> {
  const { variableCount, objective, lowerBounds, upperBounds } = problem;
  const sign = problem.sense === "minimise" ? 1 : -1;
  const lower = lowerBounds.map((bound) => Math.max(bound, -VALUE_MAX));
  const upper = upperBounds.map((bound) => Math.min(bound, VALUE_MAX));
  const indices = Int32Array.from({ length: variableCount }, (_, variable) => variable);
  const neighbours = yield* neighboursOf(problem, sign);
  const touches = touchesOf(problem);
  if (problem.constraints.columns.length > STEP_TERMS) yield;
  return Object.freeze({
    problem,
    variableCount,
    free: indices.filter((variable) => lower[variable] < upper[variable]),
    lower,
    upper,
    sign,
    linear: objective.linear.map((bias) => sign * bias),
    ...neighbours,
    touches,
    isIntegral: isIntegral(problem, quadraticScale(problem)),
  });
}

type Neighbours = Pick<QuadraticLayout, "squares" | "starts" | "neighbours" | "biases">;

/** Every pair at both of its variables. */
function* neighboursOf(
  { variableCount, objective }: QuadraticProblem,
  sign: number,
): Steps<Neighbours> {
  const { columns } = objective;
  const starts = new Int32Array(variableCount + 1);
  const squares = new Float64Array(variableCount);
  yield* everyRow(objective.starts, (first, from, end) => {
    for (let entry = from; entry < end; entry += 1) {
      const second = columns[entry];
      if (first === second) continue;
      starts[first + 1] += 1;
      starts[second + 1] += 1;
    }
  });
  for (let variable = 0; variable < variableCount; variable += 1) {
    starts[variable + 1] += starts[variable];
  }
  const ends = starts.slice();
  const neighbours = new Int32Array(starts[variableCount]);
  const biases = new Float64Array(starts[variableCount]);
  const put = (variable: number, neighbour: number, bias: number) => {
    neighbours[ends[variable]] = neighbour;
    biases[ends[variable]] = bias;
    ends[variable] += 1;
  };
  // By ascending first, a variable hears of its lesser neighbours before its greater ones.
  yield* everyRow(objective.starts, (first, from, end) => {
    for (let entry = from; entry < end; entry += 1) {
      const bias = sign * objective.biases[entry];
      if (first === columns[entry]) squares[first] = bias;
      else put(columns[entry], first, bias);
    }
  });
  yield* everyRow(objective.starts, (first, from, end) => {
    for (let entry = from; entry < end; entry += 1) {
      if (first !== columns[entry]) put(first, columns[entry], sign * objective.biases[entry]);
    }
  });
  return { squares, starts, neighbours, biases };
}

/** Three passes over the rows: count the touches, count their pairs, put the pairs in. */
function touchesOf({ variableCount, constraints }: QuadraticProblem): Touches {
  const rows = constraints;
  const places = new TouchPlaces(variableCount);
  forEachEntry(rows, (row, variable) => places.count(row, variable));
  const starts = places.close();
  const touchCount = starts[variableCount];
  const touchRows = new Int32Array(touchCount);
  const biases = new Float64Array(touchCount);
  const pairStarts = new Int32Array(touchCount + 1);
  forEachEntry(rows, (row, variable, other, bias) => {
    const touch = places.of(row, variable);
    touchRows[touch] = row;
    if (other < 0) biases[touch] += bias;
    else pairStarts[touch + 1] += 1;
  });
  for (let touch = 0; touch < touchCount; touch += 1) pairStarts[touch + 1] += pairStarts[touch];
  const ends = pairStarts.slice();
  const pairOthers = new Int32Array(pairStarts[touchCount]);
  const pairBiases = new Float64Array(pairStarts[touchCount]);
  places.rewind();
  forEachEntry(rows, (row, variable, other, bias) => {
    if (other < 0) return void places.of(row, variable);
    const end = ends[places.of(row, variable)]++;
    pairOthers[end] = other;
    pairBiases[end] = bias;
  });
  return { starts, rows: touchRows, biases, pairStarts, pairOthers, pairBiases };
}

/** Every entry at each of its variables, row by row; `other` is -1 for linear ones. */
function forEachEntry(
  rows: ConstraintRows,
  visit: (row: number, variable: number, other: number, bias: number) => void,
): void {
  for (let row = 0; row < rows.count; row += 1) {
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      visit(row, rows.columns[entry], -1, rows.biases[entry]);
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      const first = rows.pairFirsts[entry];
      const second = rows.pairSeconds[entry];
      visit(row, first, second, rows.pairBiases[entry]);
      if (first !== second) visit(row, second, first, rows.pairBiases[entry]);
    }
  }
}

/** Where the touches of each variable lie, found by going through the rows in order. */
class TouchPlaces {
  readonly #starts: Int32Array;
  readonly #next: Int32Array;
  readonly #lastRow: Int32Array;

  constructor(variableCount: number) {
    this.#starts = new Int32Array(variableCount + 1);
    this.#next = new Int32Array(variableCount);
    this.#lastRow = new Int32Array(variableCount).fill(-1);
  }

  count(row: number, variable: number): void {
    if (this.#lastRow[variable] === row) return;
    this.#lastRow[variable] = row;
    this.#starts[variable + 1] += 1;
  }

  /** Ends the counting; the result belongs to the caller too. */
  close(): Int32Array {
    const starts = this.#starts;
    for (let variable = 0; variable + 1 < starts.length; variable += 1) {
      starts[variable + 1] += starts[variable];
    }
    this.rewind();
    return starts;
  }

  rewind(): void {
    this.#next.set(this.#starts.subarray(0, this.#next.length));
    this.#lastRow.fill(-1);
  }

  /** The touch of a variable in the row that is being gone through. */
  of(row: number, variable: number): number {
    if (this.#lastRow[variable] !== row) {
      this.#lastRow[variable] = row;
      this.#next[variable] += 1;
    }
    return this.#next[variable] - 1;
  }
}

function isIntegral({ constraints: rows }: QuadraticProblem, scale: ObjectiveScale): boolean {
  return (
    scale.isIntegral &&
    scale.magnitude <= Number.MAX_SAFE_INTEGER &&
    [rows.rightSides, rows.biases, rows.pairBiases].every((part) => part.every(Number.isInteger))
  );
}

/** How far a row's left side is from what the row allows, given how far it is above its right. */
export function distance(comparison: number, excess: number): number {
  if (comparison === COMPARISON.equal) return Math.abs(excess);
  return Math.max(0, comparison === COMPARISON.atMost ? excess : -excess);
}

/** An equation weighs so many times what an inequality does. */
const EQUATION_FACTOR = 4;
/**
 * Of the mean pull, what a row's variables pull at least: breaking it by variables that cost
 * nothing may save what others cost.
 */
const LEAST_PULL = 0.5;

/** An integer variable counts with at most this many steps of its range. */
const REACH_MAX = 16;

/**
 * What a unit by which each row is broken weighs at the beginning of a search: of hard rows in
 * proportion to what their variables pull, of soft ones their own weight.
 */
export function firstRowWeights(layout: QuadraticLayout): Float64Array {
  const rows = layout.problem.constraints;
  const pulls = pullsOf(layout);
  const pullMean = pulls.reduce((sum, pull) => sum + pull, 0) / Math.max(1, pulls.length);
  return rows.weights.map((own, row) => {
    if (own !== HARD) return own;
    let pull = 0;
    let bias = 0;
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      pull += pulls[rows.columns[entry]];
      bias += Math.abs(rows.biases[entry]);
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      pull += pulls[rows.pairFirsts[entry]];
      bias += Math.abs(rows.pairBiases[entry]);
    }
    const entries = rows.starts[row + 1] - rows.starts[row];
    const weight = bias === 0 ? 0 : Math.max(pull, LEAST_PULL * pullMean * entries) / bias;
    const isKept = rows.comparisons[row] === COMPARISON.equal;
    return (weight > 0 ? weight : 1) * (isKept ? EQUATION_FACTOR : 1);
  });
}

/** How much a unit of each variable typically changes the objective. */
function pullsOf(layout: QuadraticLayout): Float64Array {
  return layout.linear.map((linear, variable) => {
    let squares = 0;
    for (let entry = layout.starts[variable]; entry < layout.starts[variable + 1]; entry += 1) {
      const other = layout.neighbours[entry];
      const reach = Math.max(Math.abs(layout.lower[other]), Math.abs(layout.upper[other]));
      const pull = layout.biases[entry] * Math.min(reach, REACH_MAX);
      squares += pull * pull;
    }
    return Math.abs(linear) + Math.abs(layout.squares[variable]) + Math.sqrt(squares);
  });
}
