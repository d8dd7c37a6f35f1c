/**
 * A linear support vector machine with squared hinge loss by dual coordinate descent (C.-J. Hsieh
 * et al., ICML 2008): each step solves for one example exactly, and only examples near the border
 * move; those far from it rest meanwhile (shrinking). One against the rest for each class.
 */
import { type RandomStream, shuffle, type WorkBudget } from "#foundation";
import type { SparseRow } from "./text-features.ts";

/** Examples and the class of each; -1 belongs to none. */
export interface LabelledRows {
  readonly rows: readonly SparseRow[];
  readonly classes: Int32Array;
  readonly classCount: number;
  readonly dimension: number;
}

/** Weights of all classes, place by place: those of place p begin at p * classCount. */
export interface LinearScores {
  readonly classCount: number;
  readonly weights: Float32Array;
  readonly biases: Float64Array;
}

/** The price of an example on the wrong side of its margin. */
const ERROR_PRICE = 1;
const SWEEPS_MAX = 30;
/** A sweep whose greatest projected gradient is below this was the last. */
const GRADIENT_MIN = 0.05;

/** Learns; work is counted in features looked at. Nothing comes of it when it is stopped. */
export function learnLinearSvm(
  data: LabelledRows,
  stream: RandomStream,
  budget: WorkBudget,
): LinearScores | undefined {
  const { classCount, dimension } = data;
  const weights = new Float32Array(dimension * classCount);
  const biases = new Float64Array(classCount);
  const ofClass = new Float64Array(dimension);
  const squares = Float64Array.from(data.rows, ({ values }) =>
    values.reduce((sum, value) => sum + value * value, 1),
  );
  for (let one = 0; one < classCount; one += 1) {
    const bias = learnOne(data, one, { weights: ofClass.fill(0), squares, stream, budget });
    if (bias === undefined) return undefined;
    biases[one] = bias;
    for (let place = 0; place < dimension; place += 1) {
      weights[place * classCount + one] = ofClass[place];
    }
  }
  return { classCount, weights, biases };
}

/** The score of each class. */
export function scoresOf(
  { classCount, weights, biases }: LinearScores,
  { places, values }: SparseRow,
): Float64Array {
  const scores = biases.slice();
  for (let at = 0; at < places.length; at += 1) {
    const offset = places[at] * classCount;
    for (let one = 0; one < classCount; one += 1) scores[one] += weights[offset + one] * values[at];
  }
  return scores;
}

/** Learns one class into `weights`; answers its bias, or nothing when stopped. */
function learnOne(
  { rows, classes }: LabelledRows,
  one: number,
  means: {
    readonly weights: Float64Array;
    readonly squares: Float64Array;
    readonly stream: RandomStream;
    readonly budget: WorkBudget;
  },
): number | undefined {
  const { weights, squares, stream, budget } = means;
  const duals = new Float64Array(rows.length);
  const everyone = Array.from(rows, (_, index) => index);
  const ridge = 1 / (2 * ERROR_PRICE);
  let active = everyone.slice();
  let restThreshold = Number.POSITIVE_INFINITY;
  let bias = 0;
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep += 1) {
    shuffle(active, stream);
    const awake: number[] = [];
    let steepest = 0;
    let work = 0;
    for (const index of active) {
      const { places, values } = rows[index];
      const side = classes[index] === one ? 1 : -1;
      let score = bias;
      for (let at = 0; at < places.length; at += 1) score += weights[places[at]] * values[at];
      work += places.length;
      const gradient = side * score - 1 + ridge * duals[index];
      if (duals[index] === 0 && gradient > restThreshold) continue;
      awake.push(index);
      if (duals[index] === 0 && gradient >= 0) continue;
      steepest = Math.max(steepest, Math.abs(gradient));
      const next = Math.max(0, duals[index] - gradient / (squares[index] + ridge));
      const step = side * (next - duals[index]);
      duals[index] = next;
      bias += step;
      for (let at = 0; at < places.length; at += 1) weights[places[at]] += step * values[at];
    }
    if (budget.tick(work) === "stop") return undefined;
    if (steepest >= GRADIENT_MIN) {
      active = awake;
      restThreshold = steepest;
    } else if (active.length === everyone.length) {
      break;
    } else {
      // Whoever rests may have woken meanwhile: one more look at all decides.
      active = everyone.slice();
      restThreshold = Number.POSITIVE_INFINITY;
    }
  }
  return bias;
}
