/**
 * From margins to a probability: how likely the class with the highest score is the right one,
 * learnt from examples the scores were not learnt from (J. Platt, 1999, with the runner-up's
 * distance as a second feature), by Newton's method.
 */
import { exp } from "#kernels";

/** How clearly a class won. */
export interface Margins {
  /** The highest score: above 0 where its class would claim the text by itself. */
  readonly best: number;
  /** How far the next score is below. */
  readonly lead: number;
}

/** Weights of 1, `best` and `lead`. */
export type Confidence = readonly [constant: number, best: number, lead: number];

const STEPS = 25;
const RIDGE = 1e-3;

/** The probability that the winner is right. */
export function probabilityRight([constant, best, lead]: Confidence, margins: Margins): number {
  return 1 / (1 + exp(-(constant + best * margins.best + lead * margins.lead)));
}

/** Fits to winners that were right or wrong. */
export function fitConfidence(
  trials: readonly (Margins & { readonly isRight: boolean })[],
): Confidence {
  let weights: Confidence = [0, 1, 1];
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight) => RIDGE * weight);
    const curvature = [RIDGE, 0, 0, 0, RIDGE, 0, 0, 0, RIDGE];
    for (const trial of trials) {
      const features = [1, trial.best, trial.lead];
      const probability = probabilityRight(weights, trial);
      for (const [row, feature] of features.entries()) {
        gradient[row] += (probability - (trial.isRight ? 1 : 0)) * feature;
        for (const [column, other] of features.entries()) {
          curvature[3 * row + column] += probability * (1 - probability) * feature * other;
        }
      }
    }
    const [a, b, c] = solved3(curvature, gradient);
    weights = [weights[0] - a, weights[1] - b, weights[2] - c];
  }
  return weights;
}

/** Solves a positive definite system of three by Cramer's rule. */
function solved3(m: readonly number[], right: readonly number[]): Confidence {
  const determinant = (columns: readonly (readonly number[])[]) => {
    const [a, b, c] = columns;
    return (
      a[0] * (b[1] * c[2] - b[2] * c[1]) -
      b[0] * (a[1] * c[2] - a[2] * c[1]) +
      c[0] * (a[1] * b[2] - a[2] * b[1])
    );
  };
  const columns = [0, 1, 2].map((column) => [m[column], m[3 + column], m[6 + column]]);
  const whole = determinant(columns);
  const part = (replaced: number) =>
    determinant(columns.map((column, index) => (index === replaced ? right : column))) / whole;
  return [part(0), part(1), part(2)];
}
