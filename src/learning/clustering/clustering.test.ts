/**
 * Clusters: groups that are plain are found by every method; what the problem maximises is what
 * trying all answers finds; limits on sizes hold.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssertionError, present, randomStream, workBudget } from "#foundation";
import { type QuadraticProblem, verifyQuadratic } from "#problem";
import { solverNamed } from "#solvers";
import { gaussian } from "../kernels/classical-kernels.ts";
import { gramMatrix } from "../kernels/kernel-function.ts";
import { featureRows } from "../kernels/rows.ts";
import { adjustedRandIndex, likenessWithin } from "./agreement.ts";
import { clusterProblem, clustersOfSample } from "./cluster-problem.ts";
import { kernelKMeans } from "./kernel-k-means.ts";
import { spectralClusters } from "./spectral.ts";

/** Rows around points on a line, three times as far apart as they are wide. */
function groups(seed: number, sizes: readonly number[], gap = 3) {
  const random = randomStream(seed, "groups");
  const known = Int32Array.from(
    sizes.flatMap((size, group) => new Array<number>(size).fill(group)),
  );
  const values = Float64Array.from(known, (group) => gap * group + random.unit());
  return {
    known,
    size: known.length,
    gram: gramMatrix(gaussian(1), featureRows(known.length, 1, values)),
  };
}

function solved(problem: QuadraticProblem, size: number, clusters: number): Int32Array {
  const name = problem.variableCount === size ? "spin-annealing" : "quadratic-annealing";
  const solver = present(solverNamed(name), name);
  const { best } = solver.solve(problem, { seed: 1, budget: workBudget(300_000) });
  const { sample } = present(best, "an answer");
  expect(verifyQuadratic(problem, sample).violations).toEqual([]);
  return clustersOfSample(sample, size, clusters);
}

describe("groups that are plain", () => {
  test.each([
    ["two", [12, 12]],
    ["three", [8, 8, 8]],
    ["of unequal size", [4, 9, 12]],
  ])("%s", (_remark, sizes) => {
    const { known, gram, size } = groups(1, sizes);
    const count = sizes.length;
    const found = [
      kernelKMeans(gram, size, count, randomStream(1)),
      spectralClusters(gram, size, count, randomStream(1)),
      solved(clusterProblem(gram, size, { clusters: count }), size, count),
    ];
    for (const clusters of found) expect(adjustedRandIndex(clusters, known)).toBe(1);
  });

  test("rings, which only the eigenvectors untangle", () => {
    const known = Int32Array.from({ length: 60 }, (_, row) => (row < 20 ? 0 : 1));
    const values = Float64Array.from(known).fill(0);
    const points = new Float64Array(120);
    for (let row = 0; row < 60; row += 1) {
      const [radius, turn] = row < 20 ? [1, row / 20] : [4, (row - 20) / 40];
      points[2 * row] = radius * Math.cos(2 * Math.PI * turn);
      points[2 * row + 1] = radius * Math.sin(2 * Math.PI * turn);
    }
    expect(values).toHaveLength(60);
    const gram = gramMatrix(gaussian(2), featureRows(60, 2, points));
    expect(adjustedRandIndex(spectralClusters(gram, 60, 2, randomStream(1)), known)).toBe(1);
  });
});

describe("clusterProblem", () => {
  test("has the likeness within clusters as its objective, and its best is the best of all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(2, 3), (seed, clusters) => {
        const { gram, size } = groups(seed, [3, 3], 0.5);
        const trace = likenessWithin(
          gram,
          size,
          Int32Array.from({ length: size }, (_, at) => at),
        );
        expect(trace).toBeCloseTo(1, 12);
        const found = solved(clusterProblem(gram, size, { clusters }), size, clusters);
        let most = 0;
        for (let code = 0; code < clusters ** size; code += 1) {
          const all = Int32Array.from(
            { length: size },
            (_, row) => Math.floor(code / clusters ** row) % clusters,
          );
          most = Math.max(most, likenessWithin(gram, size, all));
        }
        expect(likenessWithin(gram, size, found)).toBeCloseTo(most, 9);
      }),
      { numRuns: 10 },
    );
  });

  test("keeps limits that the groups themselves break", () => {
    const { gram, size } = groups(2, [3, 9, 12]);
    const limits = { clusters: 3, rowsMin: 7, rowsMax: 9 };
    const found = solved(clusterProblem(gram, size, limits), size, 3);
    for (const one of [0, 1, 2]) {
      const rows = found.filter((other) => other === one).length;
      expect(rows).toBeGreaterThanOrEqual(7);
      expect(rows).toBeLessThanOrEqual(9);
    }
  });

  test.each([
    ["one cluster", { clusters: 1 }],
    ["more clusters than rows", { clusters: 7 }],
    ["no room", { clusters: 2, rowsMax: 2 }],
    ["too few rows", { clusters: 3, rowsMin: 3 }],
  ])("refuses %s", (_remark, limits) => {
    const { gram, size } = groups(3, [3, 3]);
    expect(() => clusterProblem(gram, size, limits)).toThrow(AssertionError);
  });
});

describe("edges", () => {
  test("as many clusters as rows, and rows that are all the same", () => {
    const { gram, size } = groups(4, [2, 2]);
    expect(new Set(kernelKMeans(gram, size, size, randomStream(1))).size).toBe(size);
    const same = new Float64Array(16).fill(1);
    expect(kernelKMeans(same, 4, 2, randomStream(1))).toHaveLength(4);
    expect(spectralClusters(new Float64Array(16), 4, 2, randomStream(1))).toHaveLength(4);
  });

  test.each([
    ["the same groups by other names", [0, 0, 1, 1], [5, 5, 2, 2], 1],
    ["all in one, twice", [0, 0, 0], [1, 1, 1], 1],
    ["across each other", [0, 0, 1, 1], [0, 1, 0, 1], -0.5],
  ])("adjusted Rand index: %s", (_remark, a, b, expected) => {
    expect(adjustedRandIndex(Int32Array.from(a), Int32Array.from(b))).toBeCloseTo(expected, 12);
  });
});
