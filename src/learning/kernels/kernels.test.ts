/**
 * Kernels against dense matrices, against closed forms and against what every kernel keeps.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssertionError, randomStream } from "#foundation";
import {
  column,
  type DenseMatrix,
  denseState,
  innerProduct,
  operator,
  times,
} from "../../../test/learning/dense-states.ts";
import {
  fourierKernel,
  gaussian,
  medianSquaredDistance,
  productKernel,
} from "./classical-kernels.ts";
import { FEATURE_MAPS, type FeatureMapName, featureMap } from "./feature-maps/feature-maps.ts";
import { qubitState } from "./feature-maps/qubit-state.ts";
import { crossMatrix, gramMatrix, type KernelFunction } from "./kernel-function.ts";
import { fidelityKernel, projectedKernel } from "./quantum-kernels.ts";
import { type FeatureRows, featureRows, takeRows } from "./rows.ts";

const random = () => randomStream(7, "test");

function rowsOf(rows: readonly (readonly number[])[]): FeatureRows {
  return featureRows(rows.length, rows[0].length, Float64Array.from(rows.flat()));
}

function drawnRows(seed: number, count: number, width: number): number[][] {
  const stream = randomStream(seed, "rows");
  return Array.from({ length: count }, () =>
    Array.from({ length: width }, () => 4 * stream.unit() - 2),
  );
}

/** Where the Hamiltonian map starts: what it makes of a row of zeros. */
function startOf(map: FeatureMapName, featureCount: number): DenseMatrix {
  const found = featureMap({ map, featureCount, bandwidth: 1, random: random() });
  const state = qubitState(found.qubitCount);
  found.write(new Float64Array(featureCount), 0, state);
  return column(state.re, state.im);
}

/** X, Y and Z of each qubit, from whole matrices. */
function blochVectors(state: DenseMatrix): number[] {
  const qubits = Math.log2(state.size);
  return Array.from({ length: qubits }, (_, qubit) =>
    (["X", "Y", "Z"] as const).map(
      (pauli) => innerProduct(state, times(operator(qubits, { [qubit]: pauli }), state))[0],
    ),
  ).flat();
}

describe("against dense matrices", () => {
  test.each(
    FEATURE_MAPS.flatMap((map) =>
      [1, 2, 3, 4].flatMap((width) => [0.3, 1].map((bandwidth) => ({ map, width, bandwidth }))),
    ),
  )("$map of $width features, bandwidth $bandwidth", ({ map, width, bandwidth }) => {
    const rows = drawnRows(width, 4, width);
    const options = { map, featureCount: width, bandwidth, random: random() };
    const start = startOf(map, width);
    const states = rows.map((row) => denseState(map, row, bandwidth, start));
    const fidelities = states.flatMap((a) =>
      states.map((b) => {
        const [re, im] = innerProduct(a, b);
        return re * re + im * im;
      }),
    );
    const vectors = states.map(blochVectors);
    const projections = vectors.flatMap((a) =>
      vectors.map((b) => Math.exp(-0.7 * a.reduce((sum, x, at) => sum + (x - b[at]) ** 2, 0))),
    );
    closeTo(gramOf(fidelityKernel(options), rows), fidelities);
    closeTo(gramOf(projectedKernel(options, 0.7), rows), projections);
  });

  test("the Hamiltonian map starts in a product of pure states", () => {
    const vectors = blochVectors(startOf("hamiltonian", 4));
    for (let at = 0; at < vectors.length; at += 3) {
      expect(Math.hypot(...vectors.slice(at, at + 3))).toBeCloseTo(1, 12);
    }
    expect(Math.abs(vectors[0] - vectors[3])).toBeGreaterThan(1e-3);
  });
});

describe("closed forms", () => {
  test("the product kernel is the fidelity of one rotation for each feature", () => {
    const rows = drawnRows(3, 4, 3);
    const angle = 0.6;
    const states = rows.map((row) => rotated(row.map((x) => angle * x)));
    const expected = states.flatMap((a) =>
      states.map((b) => a.reduce((sum, value, at) => sum + value * b[at], 0) ** 2),
    );
    closeTo(gramOf(productKernel(angle), rows), expected);
  });

  test("many Fourier features come close to their Gaussian", () => {
    const rows = drawnRows(5, 8, 3);
    const options = { featureCount: 3, width: 0.2, random: random() };
    const near = gramOf(fourierKernel({ ...options, cosines: 4000 }), rows);
    const exact = gramOf(gaussian(0.2), rows);
    const worst = Math.max(...near.map((value, at) => Math.abs(value - exact[at])));
    expect(worst).toBeLessThan(0.08);
    expect(worst).toBeGreaterThan(0);
  });

  test("the median distance is that of the middle pair, and 1 where all rows are one", () => {
    expect(medianSquaredDistance(rowsOf([[0], [1], [3]]))).toBe(4);
    expect(medianSquaredDistance(rowsOf([[2], [2], [2]]))).toBe(1);
    expect(medianSquaredDistance(rowsOf([[2]]))).toBe(1);
  });
});

describe("every kernel", () => {
  const kernels = (width: number): readonly KernelFunction[] => [
    gaussian(0.5),
    productKernel(0.5),
    ...FEATURE_MAPS.flatMap((map) => {
      const options = { map, featureCount: width, bandwidth: 0.5, random: random() };
      return [fidelityKernel(options), projectedKernel(options, 1)];
    }),
  ];

  test("is symmetric, 1 with itself, at most 1, and the same seen from another table", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, width) => {
          const rows = rowsOf(drawnRows(seed, 5, width));
          const picked = takeRows(rows, Int32Array.of(3, 0));
          for (const kernel of kernels(width)) {
            const embedded = kernel.embed(rows);
            const gram = gramMatrix(kernel, embedded);
            const cross = crossMatrix(kernel, kernel.embed(picked), embedded);
            closeTo([...gram.filter((_, at) => at % 6 === 0)], [1, 1, 1, 1, 1]);
            expect(Math.max(...gram)).toBeLessThanOrEqual(1 + 1e-12);
            closeTo([...cross], [...gram.subarray(15, 20), ...gram.subarray(0, 5)]);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test("has an empty matrix of no rows", () => {
    for (const kernel of kernels(2)) {
      expect(gramMatrix(kernel, kernel.embed(featureRows(0, 2, new Float64Array(0))))).toHaveLength(
        0,
      );
    }
  });
});

test.each([
  ["no feature", () => featureMap({ map: "zz", featureCount: 0, bandwidth: 1, random: random() })],
  [
    "one qubit too many",
    () => featureMap({ map: "hamiltonian", featureCount: 12, bandwidth: 1, random: random() }),
  ],
  [
    "no bandwidth",
    () => featureMap({ map: "iqp", featureCount: 2, bandwidth: 0, random: random() }),
  ],
  ["no width", () => gaussian(0)],
  ["too few numbers", () => featureRows(2, 2, new Float64Array(3))],
])("refuses %s", (_remark, open) => {
  expect(open).toThrow(AssertionError);
});

function gramOf(kernel: KernelFunction, rows: readonly (readonly number[])[]): number[] {
  return [...gramMatrix(kernel, kernel.embed(rowsOf(rows)))];
}

/** The product over qubits of cos(a)|0> + sin(a)|1>. */
function rotated(angles: readonly number[]): number[] {
  return angles.reduce<number[]>(
    (state, angle) => [
      ...state.map((value) => value * Math.cos(angle)),
      ...state.map((value) => value * Math.sin(angle)),
    ],
    [1],
  );
}

function closeTo(got: readonly number[], expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  for (const [at, value] of got.entries()) {
    expect(Math.abs(value - expected[at]), `entry ${at}`).toBeLessThan(1e-10);
  }
}
