/** One-flip search: gains against the definition, and samples against trying every one. */
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream, workBudget } from "#foundation";
import type { BinaryQuadratic } from "./instance.ts";
import { pathRelinking } from "./path-relinking.ts";
import { OneFlipState } from "./state.ts";

interface Shape {
  readonly size: number;
  readonly density: number;
  /** Biases are whole multiples of this, up to 100 of them. */
  readonly unit: number;
}

function drawn(stream: RandomStream, { size, density, unit }: Shape): BinaryQuadratic {
  const bias = () => unit * (stream.below(201) - 100);
  const starts = new Int32Array(size + 1);
  const columns: number[] = [];
  for (let first = 0; first < size; first += 1) {
    for (let second = first + 1; second < size; second += 1) {
      if (stream.unit() < density) columns.push(second);
    }
    starts[first + 1] = columns.length;
  }
  const linear = Float64Array.from({ length: size }, bias);
  const biases = Float64Array.from(columns, bias);
  return { size, linear, starts, columns: Int32Array.from(columns), biases };
}

function worthOf(instance: BinaryQuadratic, values: ArrayLike<number>): number {
  const { size, linear, starts, columns, biases } = instance;
  let value = 0;
  for (let first = 0; first < size; first += 1) {
    if (values[first] === 0) continue;
    value += linear[first];
    for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
      if (values[columns[entry]] === 1) value += biases[entry];
    }
  }
  return value;
}

function leastByTrying(instance: BinaryQuadratic): number {
  let least = Number.POSITIVE_INFINITY;
  for (let code = 0; code < 2 ** instance.size; code += 1) {
    const values = Array.from({ length: instance.size }, (_, bit) => (code >> bit) & 1);
    least = Math.min(least, worthOf(instance, values));
  }
  return least;
}

const shapes: readonly (readonly [remark: string, shape: Shape])[] = [
  ["integers", { size: 21, density: 1, unit: 1 }],
  ["a whole number of steps", { size: 16, density: 0.5, unit: 1 }],
  ["entries beyond 16 bits", { size: 13, density: 0.7, unit: 2 ** 20 }],
  ["fractions", { size: 19, density: 0.6, unit: 0.1 }],
  ["one variable", { size: 1, density: 1, unit: 1 }],
  ["two variables", { size: 2, density: 1, unit: 1 }],
  ["no interactions", { size: 9, density: 0, unit: 1 }],
];

describe.each(shapes)("%s", (remark, shape) => {
  test("gains are what a flip changes the value by, and the least of them is found", () => {
    const stream = randomStream(1, remark);
    const instance = drawn(stream, shape);
    const state = new OneFlipState(instance);
    const values = new Uint8Array(shape.size);
    const barred = new Set<number>();
    for (let step = 0; step < 60; step += 1) {
      const variable = stream.below(shape.size);
      if (stream.below(2) === 0) {
        state.bar(variable);
        barred.add(variable);
      } else {
        state.admit(variable);
        barred.delete(variable);
      }
      const flipped = stream.below(shape.size);
      state.flip(flipped);
      values[flipped] ^= 1;
      expect(state.value).toBeCloseTo(worthOf(instance, values), 6);
      const exact = Array.from(values, (_, one) => {
        const turned = values.slice();
        turned[one] ^= 1;
        return worthOf(instance, turned) - worthOf(instance, values);
      });
      for (const [one, gain] of exact.entries()) expect(state.gains[one]).toBeCloseTo(gain, 6);
      // What pads the rows counts among any, with a gain of 0.
      expect(Math.min(0, state.leastAny)).toBeCloseTo(Math.min(0, ...exact), 6);
      const admitted = exact.filter((_, one) => !barred.has(one));
      if (admitted.length === 0) continue;
      expect(state.leastAdmitted).toBeCloseTo(Math.min(...admitted), 6);
      const found = state.admittedFrom(stream.below(shape.size));
      expect(barred.has(found)).toBe(false);
      expect(state.gains[found]).toBe(state.leastAdmitted);
    }
  });

  test("finds what trying every sample finds", () => {
    const instance = drawn(randomStream(2, remark), { ...shape, size: Math.min(12, shape.size) });
    const heard: number[] = [];
    const { values, value } = pathRelinking(instance, randomStream(3), workBudget(200_000), {
      onBetter: (better) => heard.push(worthOf(instance, better)),
    });
    expect(worthOf(instance, values)).toBeCloseTo(value, 6);
    expect(value).toBeCloseTo(leastByTrying(instance), 6);
    expect(heard).toEqual(heard.toSorted((a, b) => b - a));
  });
});

test("no variables: nothing to do", () => {
  const nothing = drawn(randomStream(1), { size: 0, density: 1, unit: 1 });
  expect(pathRelinking(nothing, randomStream(1))).toEqual({ values: new Uint8Array(0), value: 0 });
});

test("a start is never lost, and the same stream and budget give the same sample", () => {
  const instance = drawn(randomStream(5), { size: 60, density: 1, unit: 1 });
  const run = (work: number, start?: Uint8Array) =>
    pathRelinking(instance, randomStream(6), workBudget(work), { start });
  const good = run(3_000_000);
  expect(run(3_000_000)).toEqual(good);
  expect(run(1, good.values)).toEqual(good);
});

test("who is told of an answer may do with it as they like", () => {
  const instance = drawn(randomStream(11), { size: 30, density: 1, unit: 1 });
  const run = (onBetter?: (better: Uint8Array) => void) =>
    pathRelinking(instance, randomStream(12), workBudget(200_000), { onBetter });
  expect(run((better) => better.fill(1))).toEqual(run());
});

test.each([
  ["a variable too few", new Uint8Array(299)],
  ["a variable too many", new Uint8Array(301)],
  ["a value there is not", new Uint8Array(300).fill(2)],
])("a start that does not fit is passed over: %s", (_, misfit) => {
  const instance = drawn(randomStream(9), { size: 300, density: 1, unit: 1 });
  const heardFrom = (start: Uint8Array | undefined) => {
    const heard: number[] = [];
    const onBetter = (better: Uint8Array) => heard.push(worthOf(instance, better));
    pathRelinking(instance, randomStream(10), workBudget(1), { start, onBetter });
    return heard;
  };
  expect(heardFrom(misfit)).toEqual(heardFrom(undefined));
});

test("a run that is told to stop does no more work", () => {
  const instance = drawn(randomStream(7), { size: 200, density: 1, unit: 1 });
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    return ticks === 3 ? ("stop" as const) : ("continue" as const);
  };
  pathRelinking(instance, randomStream(8), { tick });
  expect(ticks).toBe(3);
});
