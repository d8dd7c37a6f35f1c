/**
 * The two forms a model takes in a study: one that looks at the rows, one that looks at their
 * likeness. What does not depend on the rows learnt from - quantum states, Gram matrices - is made
 * once for all folds within a fold.
 */
import {
  crossMatrix,
  type DualScore,
  type FeatureRows,
  gramMatrix,
  type KernelFunction,
  takeRows,
} from "#learning";

/** Rows to be told a side of. */
export interface Cases {
  readonly rows: FeatureRows;
  /** Their likeness to all training rows, row by row; empty for models that look at rows. */
  readonly likeness: Float64Array;
}

/** What has been learnt of two sides. */
export interface Machine {
  scores(cases: Cases): Float64Array;
  /** How many training rows a prediction looks at. */
  readonly rowsUsed: number;
}

/** A model over some training rows. */
export interface Learner {
  /** Learns from the training rows at `members`; `level` is one of the model's strengths. */
  learn(members: Int32Array, sides: Float64Array, level: number): Machine;
  /** Training rows as cases. */
  known(members: Int32Array): Cases;
  /** Rows not seen before as cases. */
  fresh(rows: FeatureRows): Cases;
  /** For models of likeness, that of all training rows. */
  readonly gram: Float64Array | undefined;
}

/** How a kernel model learns: Gram matrix, its size, sides, strength. */
export type FitDual = (
  gram: Float64Array,
  size: number,
  sides: Float64Array,
  level: number,
) => DualScore;

const NOTHING = new Float64Array(0);

/** A model of likeness. */
export function kernelLearner(kernel: KernelFunction, train: FeatureRows, model: FitDual): Learner {
  const embedded = kernel.embed(train);
  const gram = gramMatrix(kernel, embedded);
  const { count } = train;
  return {
    gram,
    learn: (members, sides, level) => {
      const { weights, bias } = model(
        part(gram, count, members, members),
        members.length,
        sides,
        level,
      );
      const used = [...weights.keys()].filter((at) => weights[at] !== 0);
      return {
        rowsUsed: used.length,
        scores: ({ rows, likeness }) =>
          Float64Array.from({ length: rows.count }, (_, row) => {
            let score = bias;
            for (const at of used) score += weights[at] * likeness[row * count + members[at]];
            return score;
          }),
      };
    },
    known: (members) => {
      const everyone = Int32Array.from({ length: count }, (_, row) => row);
      return { rows: takeRows(train, members), likeness: part(gram, count, members, everyone) };
    },
    fresh: (rows) => ({ rows, likeness: crossMatrix(kernel, kernel.embed(rows), embedded) }),
  };
}

/** How a model of rows learns; answers how it scores others. */
export type FitRows = (
  rows: FeatureRows,
  sides: Float64Array,
  level: number,
) => (rows: FeatureRows) => Float64Array;

/** A model of rows. */
export function rowLearner(train: FeatureRows, model: FitRows): Learner {
  return {
    gram: undefined,
    learn: (members, sides, level) => {
      const score = model(takeRows(train, members), sides, level);
      return { rowsUsed: 0, scores: ({ rows }) => score(rows) };
    },
    known: (members) => ({ rows: takeRows(train, members), likeness: NOTHING }),
    fresh: (rows) => ({ rows, likeness: NOTHING }),
  };
}

/** The entries of a matrix with `width` columns at some rows and columns. */
function part(matrix: Float64Array, width: number, rows: Int32Array, columns: Int32Array) {
  const taken = new Float64Array(rows.length * columns.length);
  for (let row = 0; row < rows.length; row += 1) {
    const from = rows[row] * width;
    for (let column = 0; column < columns.length; column += 1) {
      taken[row * columns.length + column] = matrix[from + columns[column]];
    }
  }
  return taken;
}
