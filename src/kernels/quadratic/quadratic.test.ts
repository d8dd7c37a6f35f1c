/**
 * The exact kernels of small quadratic problems, against all samples, tried by an oracle here.
 */
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream, shuffle } from "#foundation";
import { eliminate, type Factor } from "./eliminate.ts";
import { enumerate } from "./enumerate.ts";
import { leastOfTerms, type QuadraticInstance, type QuadraticRow } from "./instance.ts";
import { russianDoll } from "./russian-doll.ts";

interface Shape {
  readonly size: number;
  readonly valuesMax: number;
  readonly rowCount: number;
  /** Coefficients are multiples of this. */
  readonly step: number;
  readonly softShare: number;
}

function draw(stream: RandomStream, { size, valuesMax, rowCount, step, softShare }: Shape) {
  const bias = () => (stream.below(21) - 10) * step;
  const biases = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const shared = stream.below(3) === 0 ? 0 : bias();
      biases[i * size + j] = shared;
      biases[j * size + i] = shared;
    }
  }
  const row = (): QuadraticRow => {
    const columns = Int32Array.from({ length: size }, (_, i) => i).filter(
      () => stream.below(2) > 0,
    );
    const pairs = size > 1 ? stream.below(3) : 0;
    const seconds = Int32Array.from({ length: pairs }, () => stream.below(size));
    const rightSide = bias();
    return {
      columns,
      biases: Float64Array.from(columns, bias),
      firsts: seconds.map((second) => stream.below(second + 1)),
      seconds,
      pairBiases: Float64Array.from(seconds, bias),
      lower: stream.below(3) === 0 ? rightSide : -Infinity,
      upper: stream.below(4) === 0 ? Infinity : rightSide,
      weight: stream.unit() < softShare ? 1 + stream.below(5) : Infinity,
      isSquared: stream.below(2) === 0,
      tolerance: 1e-9,
    };
  };
  const instance: QuadraticInstance = {
    size,
    lower: Int32Array.from({ length: size }, () => stream.below(5) - 3),
    step: Int32Array.from({ length: size }, () => 1 + stream.below(2)),
    counts: Int32Array.from({ length: size }, () => 1 + stream.below(valuesMax)),
    linear: Float64Array.from({ length: size }, bias),
    square: Float64Array.from({ length: size }, bias),
    biases,
    rows: Array.from({ length: rowCount }, row),
    margin: step === 1 ? 0.5 : 1e-9,
  };
  return instance;
}

/** The objective from the definition; `undefined` where a row that must hold does not. */
function judged(instance: QuadraticInstance, x: ArrayLike<number>): number | undefined {
  let value = 0;
  for (let i = 0; i < instance.size; i += 1) {
    value += x[i] * (instance.linear[i] + instance.square[i] * x[i]);
    for (let j = 0; j < i; j += 1) value += instance.biases[i * instance.size + j] * x[i] * x[j];
  }
  for (const row of instance.rows) {
    let left = 0;
    row.columns.forEach((column, k) => {
      left += row.biases[k] * x[column];
    });
    row.firsts.forEach((first, k) => {
      left += row.pairBiases[k] * x[first] * x[row.seconds[k]];
    });
    const violation = Math.max(left - row.upper, row.lower - left);
    if (violation <= row.tolerance) continue;
    if (row.weight === Infinity) return undefined;
    value += row.weight * (row.isSquared ? violation * violation : violation);
  }
  return value;
}

function* everySample({ size, lower, step, counts }: QuadraticInstance): Generator<Int32Array> {
  const total = counts.reduce((product, count) => product * count, 1);
  for (let index = 0; index < total; index += 1) {
    const values = new Int32Array(size);
    let rest = index;
    for (let i = 0; i < size; i += 1) {
      values[i] = lower[i] + step[i] * (rest % counts[i]);
      rest = Math.floor(rest / counts[i]);
    }
    yield values;
  }
}

const optimumOf = (instance: QuadraticInstance) =>
  Math.min(Infinity, ...[...everySample(instance)].map((x) => judged(instance, x) ?? Infinity));

const small: Shape = { size: 5, valuesMax: 4, rowCount: 2, step: 1, softShare: 0.4 };
const shapes: readonly (readonly [remark: string, shape: Shape])[] = [
  ["a bit of everything", small],
  ["no rows", { ...small, rowCount: 0 }],
  ["rows that clash", { ...small, rowCount: 6, softShare: 0 }],
  ["soft rows only", { ...small, rowCount: 4, softShare: 1 }],
  ["fractions", { ...small, step: 0.1 }],
  ["two values each", { ...small, size: 9, valuesMax: 2 }],
  ["one variable", { ...small, size: 1 }],
  ["one value each", { ...small, valuesMax: 1 }],
  ["nothing at all", { ...small, size: 0, rowCount: 1 }],
];

const kernels = {
  enumeration: (instance: QuadraticInstance, spend: () => boolean) => {
    let best = Infinity;
    const judge = (values: Int32Array) => {
      const objective = judged(instance, values);
      best = Math.min(best, objective ?? Infinity);
      return objective;
    };
    return { isComplete: enumerate(instance, { judge, spend }), best: () => best };
  },
  "nested sub-problems": (instance: QuadraticInstance, spend: () => boolean) => {
    let best = Infinity;
    const judge = (values: Int32Array) => {
      const objective = judged(instance, values);
      best = Math.min(best, objective ?? Infinity);
      return objective;
    };
    const { isComplete, bound } = russianDoll(instance, { judge, spend });
    return { isComplete, bound, best: () => best };
  },
};

describe.each(Object.entries(kernels))("%s", (_name, kernel) => {
  test.each(shapes)("finds the optimum: %s", (remark, shape) => {
    for (let seed = 0; seed < 60; seed += 1) {
      const instance = draw(randomStream(seed, remark), shape);
      const { isComplete, best } = kernel(instance, () => false);
      expect(isComplete).toBe(true);
      const optimum = optimumOf(instance);
      if (optimum === Infinity) expect(best()).toBe(Infinity);
      else expect(best()).toBeCloseTo(optimum, 6);
    }
  });
});

test("nested sub-problems stopped anywhere still give a bound", () => {
  const shape: Shape = { size: 14, valuesMax: 2, rowCount: 1, step: 1, softShare: 1 };
  const unfinished = new Set<boolean>();
  for (let seed = 0; seed < 20; seed += 1) {
    const instance = draw(randomStream(seed, "stopped"), shape);
    const optimum = optimumOf(instance);
    expect(leastOfTerms(instance, instance.size)).toBeLessThanOrEqual(optimum);
    for (const reports of [0, 1, 2, 4]) {
      let left = reports;
      const spend = () => {
        left -= 1;
        return left < 0;
      };
      const judge = (values: Int32Array) => judged(instance, values);
      const { isComplete, bound } = russianDoll(instance, { judge, spend });
      unfinished.add(isComplete);
      expect(bound).toBeLessThanOrEqual(optimum);
    }
  }
  expect(unfinished.has(false)).toBe(true);
});

/** A sum of random tables over at most three variables each. */
function drawFactors(stream: RandomStream, size: number) {
  const counts = Int32Array.from({ length: size }, () => 2 + stream.below(3));
  const factors = Array.from({ length: size === 0 ? 1 : size * 2 }, (): Factor => {
    const scope = [...new Set([0, 1, 2].map(() => stream.below(Math.max(1, size))))];
    const members = Int32Array.from(size === 0 ? [] : scope.slice(0, stream.below(4)));
    const length = members.reduce((product, member) => product * counts[member], 1);
    const cost = () => (stream.below(12) === 0 ? Infinity : stream.below(41) - 20);
    return { scope: members, costs: Float64Array.from({ length }, cost) };
  });
  return { counts, factors };
}

function costOf(factors: readonly Factor[], counts: Int32Array, digits: Int32Array): number {
  return factors.reduce((sum, { scope, costs }) => {
    const place = scope.reduceRight((rest, member) => rest * counts[member] + digits[member], 0);
    return sum + costs[place];
  }, 0);
}

describe("variable elimination", () => {
  test("finds the optimum in any order, and says when there is none", () => {
    let impossible = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const stream = randomStream(seed, "factors");
      const size = seed % 7;
      const { counts, factors } = drawFactors(stream, size);
      const order = Array.from({ length: size }, (_, index) => index);
      shuffle(order, stream);
      const { bound, digits } = eliminate(counts, factors, Int32Array.from(order), () => false);
      const ones = new Int32Array(size).fill(1);
      const all = everySample({
        ...draw(stream, { ...small, size }),
        lower: ones,
        step: ones,
        counts,
      });
      const tried = [...all].map((values) =>
        costOf(
          factors,
          counts,
          values.map((v) => v - 1),
        ),
      );
      const optimum = Math.min(...tried);
      expect(bound).toBe(optimum);
      if (digits === undefined) impossible += 1;
      else expect(costOf(factors, counts, digits)).toBe(optimum);
      expect(digits === undefined).toBe(optimum === Infinity);
    }
    expect(impossible).toBeGreaterThan(5);
  });

  test("stopped early leaves a bound and no sample", () => {
    const { counts, factors } = drawFactors(randomStream(3, "factors"), 6);
    const order = Int32Array.of(0, 1, 2, 3, 4, 5);
    const { bound } = eliminate(counts, factors, order, () => false);
    for (let reports = 0; reports < 6; reports += 1) {
      let left = reports;
      const spend = () => {
        left -= 1;
        return left < 0;
      };
      const early = eliminate(counts, factors, order, spend);
      expect(early.digits).toBeUndefined();
      expect(early.bound).toBeLessThanOrEqual(bound);
    }
  });
});
