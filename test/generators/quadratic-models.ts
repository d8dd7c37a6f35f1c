/**
 * Random quadratic problems over all vartypes, senses, comparisons and penalties, small enough to
 * try every sample, for tests and benchmarks. A problem is a pure function of stream and shape.
 */
import type { RandomStream } from "#foundation";
import {
  COMPARISON,
  isBetterObjective,
  PENALTY,
  ProblemAssembly,
  type QuadraticProblem,
  type Sample,
  VARTYPE,
  verify,
} from "#problem";

/** What to draw. Counts are exact; shares are probabilities. */
export interface QuadraticShape {
  readonly variableCount: number;
  /** Which vartypes occur. */
  readonly vartypes: readonly (keyof typeof VARTYPE)[];
  /** Integer variables take this many values. */
  readonly integerValues: number;
  /** Chance that two variables interact in the objective. */
  readonly density: number;
  readonly rowCount: number;
  /** Chance that a variable is in a row. */
  readonly rowDensity: number;
  /** Chance that a row has one product of two variables. */
  readonly quadraticRowShare: number;
  readonly softShare: number;
  /** Chance that a row is a sum of binary variables with unit biases. */
  readonly groupShare: number;
  /** Biases are multiples of this; 1 makes the problem integral. */
  readonly step: number;
  readonly labelled: boolean;
}

/** A shape with a bit of everything; tests change what they care about. */
export const smallQuadratic: QuadraticShape = Object.freeze({
  variableCount: 6,
  vartypes: ["binary", "spin", "integer"] as const,
  integerValues: 4,
  density: 0.5,
  rowCount: 3,
  rowDensity: 0.5,
  quadraticRowShare: 0.2,
  softShare: 0.3,
  groupShare: 0.4,
  step: 1,
  labelled: true,
});

/** Draws one problem. Hard rows may clash. */
export function quadraticModel(stream: RandomStream, shape: QuadraticShape): QuadraticProblem {
  const assembly = new ProblemAssembly(stream.below(2) === 0 ? "minimise" : "maximise");
  const bias = () => (stream.below(21) - 10) * shape.step;
  for (let variable = 0; variable < shape.variableCount; variable += 1) {
    assembly.addVariable(shape.labelled ? `v${variable}` : undefined);
    const vartype = shape.vartypes[stream.below(shape.vartypes.length)];
    const lower = stream.below(5) - 2;
    assembly.restrict(variable, VARTYPE[vartype], lower, lower + shape.integerValues - 1);
    assembly.addLinear(variable, bias());
  }
  assembly.addOffset(bias());
  for (let first = 0; first < shape.variableCount; first += 1) {
    for (let second = first; second < shape.variableCount; second += 1) {
      if (stream.unit() < shape.density) assembly.addQuadratic(first, second, bias());
    }
  }
  for (let row = 0; row < shape.rowCount; row += 1) drawRow(stream, shape, assembly, bias);
  return assembly.finish();
}

function drawRow(
  stream: RandomStream,
  shape: QuadraticShape,
  assembly: ProblemAssembly,
  bias: () => number,
): void {
  const isGroup = stream.unit() < shape.groupShare;
  const isSoft = stream.unit() < shape.softShare;
  const comparisons = Object.values(COMPARISON);
  const row = assembly.addRow({
    comparison: comparisons[stream.below(comparisons.length)],
    rightSide: isGroup ? 1 + stream.below(2) : bias() / 2,
    weight: isSoft ? (1 + stream.below(4)) * shape.step : undefined,
    penalty: stream.below(2) === 0 ? PENALTY.linear : PENALTY.quadratic,
  });
  for (let variable = 0; variable < shape.variableCount; variable += 1) {
    const isMember = stream.unit() < shape.rowDensity;
    if (isMember) assembly.addRowLinear(row, variable, isGroup ? 1 : bias());
  }
  if (!isGroup && shape.variableCount > 0 && stream.unit() < shape.quadraticRowShare) {
    const first = stream.below(shape.variableCount);
    assembly.addRowQuadratic(row, first, stream.below(shape.variableCount), bias());
  }
}

/** Every sample of a problem with bounded variables, in lexicographic order. */
export function* everySample(problem: QuadraticProblem): Generator<Int32Array> {
  const { variableCount, lowerBounds, upperBounds, vartypes } = problem;
  const values = Int32Array.from(lowerBounds);
  for (;;) {
    yield values.slice();
    let last = variableCount - 1;
    while (last >= 0 && values[last] === upperBounds[last]) {
      values[last] = lowerBounds[last];
      last -= 1;
    }
    if (last < 0) return;
    values[last] += vartypes[last] === VARTYPE.spin ? 2 : 1;
  }
}

/** The best feasible sample of a small problem and what it is worth, by trying every sample. */
export function bestByTrying(
  problem: QuadraticProblem,
): { readonly sample: Sample; readonly objective: number } | undefined {
  let best: { readonly sample: Sample; readonly objective: number } | undefined;
  for (const values of everySample(problem)) {
    const { feasible, objective } = verify(problem, { values });
    if (!feasible) continue;
    const isBetter =
      best === undefined || isBetterObjective(problem.sense, objective, best.objective);
    if (isBetter) best = { sample: { values }, objective };
  }
  return best;
}
