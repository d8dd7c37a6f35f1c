/**
 * Minimisers on functions whose minima are known, within their evaluations, and on nothing.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type Minimum, nelderMead, quasiNewton, spsa } from "#kernels";

/** A curved valley (H. Rosenbrock, 1960); least at (1, 1). */
const valley = ([x, y]: Float64Array) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
const valleySlope = (at: Float64Array) => {
  const [x, y] = at;
  const rise = y - x * x;
  const gradient = Float64Array.of(-400 * x * rise - 2 * (1 - x), 200 * rise);
  return { value: valley(at), gradient };
};

/** A bowl of any dimension; least, and 3, where every coordinate is its index. */
const bowl = (at: Float64Array) => at.reduce((sum, x, index) => sum + (x - index) ** 2, 3);
const bowlSlope = (at: Float64Array) => {
  return { value: bowl(at), gradient: at.map((x, index) => 2 * (x - index)) };
};

type Limits = { readonly evaluationsMax: number; readonly isStopped?: () => boolean };
const methods: readonly (readonly [string, (start: Float64Array, limits: Limits) => Minimum])[] = [
  ["nelderMead", (start, limits) => nelderMead(bowl, start, { step: 0.5, ...limits })],
  ["quasiNewton", (start, limits) => quasiNewton(bowlSlope, start, { step: 0.5, ...limits })],
  [
    "spsa",
    (start, limits) => {
      const stream = randomStream(1);
      return spsa(bowl, start, { step: 0.1, perturbation: 0.1, stream, ...limits });
    },
  ],
];

describe.each(methods)("%s", (name, minimise) => {
  test("finds the bottom of a bowl", () => {
    const { point, value } = minimise(new Float64Array(4), { evaluationsMax: 2000 });
    expect(value).toBeCloseTo(3, name === "spsa" ? 2 : 8);
    expect(bowl(point)).toBe(value);
  });

  test.each([1, 2, 7, 30])(
    "computes at most %i values, the first being that of the start",
    (most) => {
      const start = Float64Array.of(5, 5, 5);
      const { evaluations, value } = minimise(start, { evaluationsMax: most });
      expect(evaluations).toBeLessThanOrEqual(most);
      expect(value).toBeLessThanOrEqual(bowl(start));
      if (most === 1) expect(value).toBe(bowl(start));
    },
  );

  test("stops when told to, with the best so far", () => {
    let asked = 0;
    const isStopped = () => ++asked > 5;
    const { evaluations } = minimise(new Float64Array(3), { evaluationsMax: 1000, isStopped });
    expect(evaluations).toBeLessThan(12);
  });

  test("has the value itself where there is nothing to choose", () => {
    const { value, evaluations } = minimise(new Float64Array(0), { evaluationsMax: 50 });
    expect(value).toBe(3);
    expect(evaluations).toBeGreaterThan(0);
  });
});

test("a curved valley is followed to its end", () => {
  const start = Float64Array.of(-1.2, 1);
  const limits = { evaluationsMax: 500, step: 0.1 };
  expect(quasiNewton(valleySlope, start, limits).value).toBeLessThan(1e-12);
  expect(nelderMead(valley, start, limits).value).toBeLessThan(1e-12);
});

test("values that are no numbers are avoided", () => {
  const holed = (at: Float64Array) => (at[0] < 1 ? Number.NaN : at[0]);
  const { value } = nelderMead(holed, Float64Array.of(2), { evaluationsMax: 200, step: 0.3 });
  expect(value).toBeCloseTo(1, 3);
});
