/**
 * What is done to the rows before any model sees them, the same for all: features brought to mean 0
 * and deviation 1, and reduced to as many principal components as there are qubits. Learnt from the
 * training rows alone.
 */
import { type FeatureRows, featureRows, symmetricEigen } from "#learning";

/** Brings rows into the form that was learnt. */
export type Preparation = (rows: FeatureRows) => FeatureRows;

/** Standardises each feature; one that never changes becomes 0. */
export function standardisation({ count, width, values }: FeatureRows): Preparation {
  const means = new Float64Array(width);
  const scales = new Float64Array(width);
  for (let at = 0; at < values.length; at += 1) means[at % width] += values[at] / count;
  for (let at = 0; at < values.length; at += 1) {
    scales[at % width] += (values[at] - means[at % width]) ** 2 / count;
  }
  for (let feature = 0; feature < width; feature += 1) {
    scales[feature] = scales[feature] > 0 ? 1 / Math.sqrt(scales[feature]) : 0;
  }
  return (rows) =>
    featureRows(
      rows.count,
      width,
      rows.values.map((value, at) => (value - means[at % width]) * scales[at % width]),
    );
}

/**
 * The first `kept` principal components of standardised rows, scaled by one factor so that their
 * mean variance is 1; rows that are no wider stay as they are.
 */
export function reduction(rows: FeatureRows, kept: number): Preparation {
  const { count, width, values } = rows;
  if (width <= kept) return (others) => others;
  const covariance = new Float64Array(width * width);
  for (let row = 0; row < count; row += 1) {
    for (let a = 0; a < width; a += 1) {
      const scaled = values[row * width + a] / count;
      for (let b = 0; b <= a; b += 1) {
        covariance[a * width + b] += scaled * values[row * width + b];
      }
    }
  }
  const { values: variances, vectors } = symmetricEigen(covariance, width);
  const first = width - kept;
  const total = variances.subarray(first).reduce((sum, variance) => sum + variance, 0);
  const scale = total > 0 ? Math.sqrt(kept / total) : 1;
  return (others) => {
    const reduced = new Float64Array(others.count * kept);
    for (let row = 0; row < others.count; row += 1) {
      for (let component = 0; component < kept; component += 1) {
        const from = (width - 1 - component) * width;
        let sum = 0;
        for (let at = 0; at < width; at += 1) {
          sum += others.values[row * width + at] * vectors[from + at];
        }
        reduced[row * kept + component] = scale * sum;
      }
    }
    return featureRows(others.count, kept, reduced);
  };
}
