/**
 * Figure 6: quantum kernels against dense matrices, how long a thousand rows take, what measuring
 * them instead of computing them would do, and how soon they concentrate. What they are good for is
 * asked by `tandem study kernels`.
 */
import { randomStream } from "#foundation";
import {
  concentration,
  crossMatrix,
  FEATURE_MAPS,
  type FeatureMapName,
  type FeatureRows,
  featureMap,
  featureRows,
  fidelityKernel,
  fourierKernel,
  gaussian,
  geometricDifference,
  gramMatrix,
  measuredGram,
  medianSquaredDistance,
  modelComplexity,
  nearestSemidefinite,
  nystromKernel,
  productKernel,
  projectedKernel,
  qubitState,
  takeRows,
  targetAlignment,
} from "#learning";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { column, denseState, innerProduct } from "../../test/learning/dense-states.ts";
import { cpuSeconds } from "../exact/measured.ts";
import { median, range, shown } from "../exact/statistics.ts";

const GAP_MAX = 1e-10;
const SECONDS_MAX = 5;
const ROWS = 1000;
const REPEATS = 5;
const SHOTS = 1000;
const RIDGE = 0.01;

/** All readings of the figure. */
export function measureKernels({ isQuick }: FigureOptions): readonly Reading[] {
  const rows = isQuick ? 60 : ROWS;
  return [
    ...FEATURE_MAPS.map((map) => agreement(map, isQuick ? 5 : 100)),
    ...KERNELS.map((one) => speed(one, rows)),
    measured(isQuick ? 20 : 100),
    landmarks(rows),
    ...[2, 6, 10].map((features) => diagnosed(features, isQuick ? 30 : 200)),
  ];
}

/** Fidelities of two rows of 1 to 4 features and any bandwidth up to 2. */
function agreement(map: FeatureMapName, pairs: number): Reading {
  const random = randomStream(1, "kernels", map);
  let worst = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const featureCount = 1 + random.below(4);
    const options = { map, featureCount, bandwidth: 0.05 + 1.95 * random.unit(), random };
    const rows = normalRows(random.fork(pair), 2, featureCount);
    const found = featureMap(options);
    const start = qubitState(found.qubitCount);
    found.write(new Float64Array(featureCount), 0, start);
    const [a, b] = [0, featureCount].map((from) =>
      denseState(
        map,
        [...rows.values.subarray(from, from + featureCount)],
        options.bandwidth,
        column(start.re, start.im),
      ),
    );
    const [re, im] = innerProduct(a, b);
    const kernel = fidelityKernel(options);
    const value = kernel.compare(kernel.embed(rows), 0, kernel.embed(rows), 1);
    worst = Math.max(worst, Math.abs(value - re * re - im * im));
  }
  return {
    what: `${map} map, fidelities from dense matrices`,
    goal: `within ${GAP_MAX}`,
    reached: worst.toExponential(1),
    spread: `worst of ${pairs} pairs of rows`,
    isMet: worst <= GAP_MAX,
  };
}

/** What a thousand rows of ten features are compared by; the first has a goal. */
const KERNELS = Object.freeze([
  { what: "projected ZZ", open: () => projectedKernel(tenQubits(), 1) },
  { what: "fidelity ZZ", open: () => fidelityKernel(tenQubits()) },
  { what: "product", open: () => productKernel(0.5) },
  {
    what: "200 random Fourier features",
    open: () => fourierKernel({ ...tenQubits(), width: 0.1, cosines: 200 }),
  },
  { what: "Gaussian", open: () => gaussian(0.1) },
]);

function tenQubits() {
  return { map: "zz", featureCount: 10, bandwidth: 0.5, random: randomStream(6) } as const;
}

function speed({ what, open }: (typeof KERNELS)[number], count: number): Reading {
  const rows = normalRows(randomStream(2, "kernels"), count, 10);
  const kernel = open();
  const seconds: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const from = cpuSeconds();
    gramMatrix(kernel, kernel.embed(rows));
    seconds.push(cpuSeconds() - from);
  }
  const isGoal = what === KERNELS[0].what;
  return {
    what: `${what}, ${count} rows of 10 features`,
    goal: isGoal ? `below ${SECONDS_MAX} s on 2 cores` : "",
    reached: `${shown(median(seconds))} CPU-s on one thread, embedding included`,
    spread: range(seconds, "CPU-s"),
    isMet: isGoal ? median(seconds) < SECONDS_MAX : null,
  };
}

/** A Gram matrix as a device would measure it, before and after the repair. */
function measured(count: number): Reading {
  const random = randomStream(3, "kernels");
  const kernel = fidelityKernel({ map: "zz", featureCount: 6, bandwidth: 0.05, random });
  const gram = gramMatrix(kernel, kernel.embed(normalRows(random, count, 6)));
  const torn = measuredGram(gram, count, SHOTS, random.fork("shots"));
  const { matrix, clipped, least } = nearestSemidefinite(torn, count);
  const after = nearestSemidefinite(matrix, count).least;
  const root = (other: Float64Array) =>
    Math.sqrt(gram.reduce((sum, value, at) => sum + (value - other[at]) ** 2, 0)) / count;
  return {
    what: `${count} rows measured with ${SHOTS} shots a pair, repaired`,
    goal: "no negative eigenvalue left",
    reached: `${clipped} below 0, least ${shown(least)}; then least ${after.toExponential(0)}`,
    spread: `root mean square error ${shown(root(torn))} before, ${shown(root(matrix))} after`,
    isMet: after > -1e-9,
  };
}

function landmarks(count: number): Reading {
  const random = randomStream(4, "kernels");
  const rows = normalRows(random, count, 4);
  const options = { map: "zz", featureCount: 4, bandwidth: 0.2, random } as const;
  const kernel = projectedKernel(options, 0.2);
  const exact = gramMatrix(kernel, kernel.embed(rows));
  const [few, many] = [count / 20, count / 5].map((size) => {
    const near = nystromKernel(kernel, takeRows(rows, Int32Array.from(Array(size).keys())));
    const embedded = near.embed(rows);
    const matrix = crossMatrix(near, embedded, embedded);
    return matrix.reduce((worst, value, at) => Math.max(worst, Math.abs(value - exact[at])), 0);
  });
  return {
    what: `Nyström approximation of the projected ZZ kernel, ${count} rows`,
    goal: "",
    reached: `worst error ${shown(few)} with ${count / 20} landmarks`,
    spread: `${shown(many)} with ${count / 5}`,
    isMet: null,
  };
}

/** Rows of independent normal features at bandwidth 1: no structure, so this is the worst case. */
function diagnosed(featureCount: number, count: number): Reading {
  const random = randomStream(5, "kernels", featureCount);
  const rows = normalRows(random, count, featureCount);
  const kernel = fidelityKernel({ map: "zz", featureCount, bandwidth: 1, random });
  const gram = gramMatrix(kernel, kernel.embed(rows));
  const classical = gramMatrix(gaussian(1 / medianSquaredDistance(rows)), rows);
  const sides = Float64Array.from({ length: count }, (_, row) =>
    rows.values[row * featureCount] > 0 ? 1 : -1,
  );
  const { shotsMin, effectiveRank } = concentration(gram, count);
  const complexity = (of: Float64Array) => shown(modelComplexity(of, count, sides, RIDGE) / count);
  const classes = Int32Array.from(sides);
  const alignment = (of: Float64Array) => shown(targetAlignment(of, count, classes));
  return {
    what: `ZZ fidelities of ${count} rows, ${featureCount} qubits, bandwidth 1`,
    goal: "",
    reached:
      `${shown(shotsMin)} shots a pair before noise is less than their spread; ` +
      `effective rank ${shown(effectiveRank)}`,
    spread:
      `geometric difference ${shown(geometricDifference(gram, classical, count, RIDGE))} of ` +
      `${shown(Math.sqrt(count))}; a linear label: alignment ${alignment(gram)}, Gaussian ` +
      `${alignment(classical)}; complexity ${complexity(gram)}, Gaussian ${complexity(classical)}`,
    isMet: null,
  };
}

function normalRows(
  random: ReturnType<typeof randomStream>,
  count: number,
  width: number,
): FeatureRows {
  // Irwin and Hall: twelve uniform numbers make a normal one, near enough for a table to look at.
  const values = Float64Array.from({ length: count * width }, () => {
    let sum = -6;
    for (let draw = 0; draw < 12; draw += 1) sum += random.unit();
    return sum;
  });
  return featureRows(count, width, values);
}
