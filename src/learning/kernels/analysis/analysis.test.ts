/**
 * Matrices taken apart and judged: checked by putting them together again, by closed forms and by
 * matrices whose answer is plain.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssertionError, randomStream } from "#foundation";
import { gaussian } from "../classical-kernels.ts";
import { crossMatrix, gramMatrix } from "../kernel-function.ts";
import { featureRows, takeRows } from "../rows.ts";
import { choleskyFactor, solveLower, solveUpper } from "./cholesky.ts";
import {
  concentration,
  geometricDifference,
  modelComplexity,
  targetAlignment,
} from "./diagnosis.ts";
import { nystromKernel } from "./nystrom.ts";
import { measuredGram, nearestSemidefinite } from "./semidefinite.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

const seeds = fc.integer({ min: 0, max: 1e6 });
const sizes = fc.integer({ min: 1, max: 12 });

function symmetric(seed: number, size: number): Float64Array {
  const random = randomStream(seed, "matrix");
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      // A third are 0, so that blocks fall apart.
      const value = random.below(3) === 0 ? 0 : 2 * random.unit() - 1;
      matrix[row * size + column] = value;
      matrix[column * size + row] = value;
    }
  }
  return matrix;
}

function drawnRows(seed: number, count: number) {
  const random = randomStream(seed, "rows");
  return featureRows(
    count,
    2,
    Float64Array.from({ length: 2 * count }, () => 3 * random.unit()),
  );
}

function gaussianGram(seed: number, size: number, width = 1): Float64Array {
  const kernel = gaussian(width);
  return gramMatrix(kernel, kernel.embed(drawnRows(seed, size)));
}

function worstGap(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - b[at])), 0);
}

describe("symmetricEigen", () => {
  test("gives vectors of length 1 across each other, from which the matrix comes back", () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, size) => {
        const matrix = symmetric(seed, size);
        const { values, vectors } = symmetricEigen(matrix, size);
        const rebuilt = new Float64Array(size * size);
        const products = new Float64Array(size * size);
        const identity = new Float64Array(size * size);
        for (let a = 0; a < size; a += 1) {
          identity[a * size + a] = 1;
          for (let b = 0; b < size; b += 1) {
            for (let k = 0; k < size; k += 1) {
              rebuilt[a * size + b] += values[k] * vectors[k * size + a] * vectors[k * size + b];
              products[a * size + b] += vectors[a * size + k] * vectors[b * size + k];
            }
          }
        }
        expect(worstGap(rebuilt, matrix)).toBeLessThan(1e-12 * size);
        expect(worstGap(products, identity)).toBeLessThan(1e-12 * size);
        expect([...values]).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });

  test.each([
    ["nothing", [], []],
    ["one number", [3], [3]],
    ["zero", [0, 0, 0, 0], [0, 0]],
    ["a diagonal", [2, 0, 0, -1], [-1, 2]],
    ["a pair", [0, 1, 1, 0], [-1, 1]],
    ["all ones", new Array(9).fill(1), [0, 0, 3]],
  ])("of %s", (_remark, matrix, expected) => {
    const { values } = symmetricEigen(Float64Array.from(matrix), Math.sqrt(matrix.length));
    expect(worstGap(values, Float64Array.from(expected))).toBeLessThan(1e-14);
  });

  test("of low rank, where most entries of the tridiagonal form are rounding", () => {
    for (const width of [1e-4, 0.01, 0.1, 1]) {
      const { values } = symmetricEigen(gaussianGram(9, 100, width), 100);
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(100, 9);
      expect(values[0]).toBeGreaterThan(-1e-12);
    }
  });

  test("knows the eigenvalues of a chain, 2 - 2 cos(pi k / (n + 1))", () => {
    const size = 100;
    const matrix = new Float64Array(size * size);
    for (let at = 0; at < size; at += 1) {
      matrix[at * size + at] = 2;
      if (at > 0) matrix[at * size + at - 1] = -1;
    }
    const expected = Float64Array.from(
      { length: size },
      (_, k) => 2 - 2 * Math.cos((Math.PI * (k + 1)) / (size + 1)),
    );
    expect(worstGap(symmetricEigen(matrix, size).values, expected)).toBeLessThan(1e-12);
  });
});

test("what a Cholesky factor solves fits", () => {
  const gram = gaussianGram(3, 6);
  const right = Float64Array.of(1, -2, 3, 0, 5, 1);
  const solution = right.slice();
  const factor = choleskyFactor(gram, 6, 0.5);
  solveLower(factor, 6, solution);
  solveUpper(factor, 6, solution);
  const image = right.map((_, row) =>
    solution.reduce(
      (sum, x, column) => sum + x * (gram[row * 6 + column] + (row === column ? 0.5 : 0)),
      0,
    ),
  );
  expect(worstGap(image, right)).toBeLessThan(1e-12);
  expect(() => choleskyFactor(Float64Array.of(-1), 1, 0.5)).toThrow(AssertionError);
});

describe("nearestSemidefinite", () => {
  test("clips what is below 0 and nothing else", () => {
    const { matrix, clipped, least } = nearestSemidefinite(Float64Array.of(0, 1, 1, 0), 2);
    expect(worstGap(matrix, Float64Array.of(0.5, 0.5, 0.5, 0.5))).toBeLessThan(1e-12);
    expect(clipped).toBe(1);
    expect(least).toBeCloseTo(-1, 12);
    const gram = gaussianGram(1, 8);
    expect(worstGap(nearestSemidefinite(gram, 8).matrix, gram)).toBeLessThan(1e-10);
    expect(nearestSemidefinite(new Float64Array(0), 0)).toMatchObject({ clipped: 0, least: 0 });
  });

  test("mends what few shots have torn", () => {
    const gram = gaussianGram(2, 20, 0.05);
    const torn = measuredGram(gram, 20, 20, randomStream(1, "shots"));
    const repaired = nearestSemidefinite(torn, 20);
    expect(repaired.clipped).toBeGreaterThan(0);
    expect(symmetricEigen(repaired.matrix, 20).values[0]).toBeGreaterThan(-1e-12);
    const many = measuredGram(gram, 20, 10_000, randomStream(1, "shots"));
    expect(worstGap(many, gram)).toBeLessThan(0.025);
  });
});

describe("nystromKernel", () => {
  const kernel = gaussian(1);
  const rows = drawnRows(4, 12);
  const exact = gramMatrix(kernel, kernel.embed(rows));
  const approximation = (landmarks: number) => {
    const picked = takeRows(
      rows,
      Int32Array.from({ length: landmarks }, (_, at) => at),
    );
    const near = nystromKernel(kernel, picked);
    const embedded = near.embed(rows);
    return { embedded, matrix: crossMatrix(near, embedded, embedded) };
  };

  test("is the kernel where every row is a landmark", () => {
    expect(worstGap(approximation(12).matrix, exact)).toBeLessThan(1e-6);
  });

  test("is never above the kernel on the diagonal and exact between landmarks", () => {
    const { embedded, matrix } = approximation(5);
    expect(embedded.width).toBeLessThanOrEqual(5);
    for (let row = 0; row < 12; row += 1) {
      expect(matrix[row * 13]).toBeLessThanOrEqual(1 + 1e-9);
      if (row < 5) expect(matrix[row * 12]).toBeCloseTo(exact[row * 12], 8);
    }
  });
});

describe("diagnosis", () => {
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const ones = new Float64Array(9).fill(1);

  test("a kernel that tells nothing apart, and one that tells everything apart", () => {
    expect(concentration(ones, 3)).toMatchObject({ mean: 1, variance: 0, effectiveRank: 1 });
    expect(concentration(identity, 3)).toMatchObject({ mean: 0, variance: 0, effectiveRank: 3 });
    expect(concentration(identity, 3).shotsMin).toBe(Number.POSITIVE_INFINITY);
  });

  test("the spread of values, and the shots that would show it", () => {
    const gram = Float64Array.of(1, 0.5, 0.1, 0.5, 1, 0.3, 0.1, 0.3, 1);
    const { mean, variance, shotsMin } = concentration(gram, 3);
    expect(mean).toBeCloseTo(0.3, 12);
    expect(variance).toBeCloseTo(0.08 / 3, 12);
    expect(shotsMin).toBeCloseTo((0.25 + 0.09 + 0.21) / 0.08, 10);
  });

  test("alignment is 1 with the classes themselves, and 0 where there is nothing to align", () => {
    const same = Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 1);
    expect(targetAlignment(same, 3, Int32Array.of(0, 0, 1))).toBeCloseTo(1, 12);
    // The centred matrices are outer products of (1, 1, -2) and (1, -2, 1).
    expect(targetAlignment(same, 3, Int32Array.of(0, 1, 0))).toBeCloseTo(9 / 36, 12);
    expect(targetAlignment(ones, 3, Int32Array.of(0, 0, 1))).toBe(0);
    expect(targetAlignment(same, 3, Int32Array.of(2, 2, 2))).toBe(0);
  });

  test("geometric difference as the eigenvalues of both say it", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [quantum, classical] = [gaussianGram(seed, 6, 2), gaussianGram(seed, 6, 0.3)];
        expect(geometricDifference(quantum, quantum, 6, 1e-9)).toBeCloseTo(1, 4);
        const got = geometricDifference(quantum, classical, 6, 0.01);
        expect(got).toBeCloseTo(byEigenvalues(quantum, classical, 6, 0.01), 5);
      }),
      { numRuns: 30 },
    );
  });

  test("labels of one kind are simple, labels against the kernel are not", () => {
    const [plain, mixed] = [Float64Array.of(1, 1, 1), Float64Array.of(1, -1, 1)];
    expect(modelComplexity(identity, 3, plain, 0)).toBeCloseTo(3, 12);
    expect(modelComplexity(ones, 3, plain, 0.1)).toBeCloseTo(3 / 3.1, 10);
    expect(modelComplexity(ones, 3, mixed, 0.1)).toBeGreaterThan(20);
  });
});

/** sqrt of the norm of sqrt(Q) (C + ridge)^-1 sqrt(Q), all by eigenvalues. */
function byEigenvalues(q: Float64Array, c: Float64Array, size: number, ridge: number): number {
  const power = (matrix: Float64Array, change: (value: number) => number) => {
    const { values, vectors } = symmetricEigen(matrix, size);
    return matrix.map((_, at) => {
      const [row, column] = [Math.floor(at / size), at % size];
      let sum = 0;
      for (let k = 0; k < size; k += 1) {
        sum += change(values[k]) * vectors[k * size + row] * vectors[k * size + column];
      }
      return sum;
    });
  };
  const root = power(q, (value) => Math.sqrt(Math.max(0, value)));
  const inverse = power(c, (value) => 1 / (value + ridge));
  const product = (a: Float64Array, b: Float64Array) =>
    a.map((_, at) => {
      let sum = 0;
      for (let k = 0; k < size; k += 1) {
        sum += a[Math.floor(at / size) * size + k] * b[k * size + (at % size)];
      }
      return sum;
    });
  const whole = product(product(root, inverse), root);
  return Math.sqrt(symmetricEigen(whole, size).values[size - 1]);
}
