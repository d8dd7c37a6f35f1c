/** Search over placements: gains against the definition, and costs against every permutation. */
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream, workBudget } from "#foundation";
import { type FlowPlacement, type FlowTerm, placementCost } from "./instance.ts";
import { placeFlows } from "./place-flows.ts";
import { PlacementGains } from "./state.ts";

function matrix(stream: RandomStream, size: number, isSymmetric: boolean, unit: number) {
  const made = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const entry = unit * (stream.below(21) - 5);
      made[row * size + column] = entry;
      made[column * size + row] = isSymmetric ? entry : -entry;
    }
  }
  return made;
}

function drawn(
  stream: RandomStream,
  size: number,
  parities: readonly boolean[],
  unit: number,
): FlowPlacement {
  const terms = parities.map((isSymmetric): FlowTerm => {
    const [flows, distances] = [1, 1].map(() => matrix(stream, size, isSymmetric, unit));
    return { isSymmetric, flows, distances };
  });
  const costs = Float64Array.from({ length: size * size }, () => unit * stream.below(30));
  return { size, costs, terms };
}

function leastByTrying(instance: FlowPlacement): number {
  let least = Number.POSITIVE_INFINITY;
  const place = (placed: readonly number[]) => {
    if (placed.length === instance.size) {
      least = Math.min(least, placementCost(instance, placed));
      return;
    }
    for (let location = 0; location < instance.size; location += 1) {
      if (!placed.includes(location)) place([...placed, location]);
    }
  };
  place([]);
  return least;
}

type Row = readonly [remark: string, size: number, parities: readonly boolean[], unit: number];

const cases: readonly Row[] = [
  ["symmetric", 6, [true], 1],
  ["antisymmetric", 6, [false], 1],
  ["both, an odd size", 7, [true, false], 1],
  ["fractions", 5, [true, false], 0.1],
  ["costs of placements alone", 5, [], 1],
  ["two facilities", 2, [true, false], 1],
];

describe.each(cases)("%s", (remark, size, parities, unit) => {
  const instance = drawn(randomStream(1, remark), size, parities, unit);

  test("gains are what an exchange changes the cost by, and the least of them is found", () => {
    const stream = randomStream(2, remark);
    const state = new PlacementGains(instance);
    for (let step = 0; step < 40; step += 1) {
      const one = stream.below(size - 1);
      state.exchange(one, one + 1 + stream.below(size - one - 1));
      expect(state.cost).toBeCloseTo(placementCost(instance, state.locationOf), 6);
      state.rests.fill(Number.POSITIVE_INFINITY);
      for (let first = 0; first < size; first += 1) {
        const admitted: number[] = [];
        const any: number[] = [];
        for (let second = first + 1; second < size; second += 1) {
          const exchanged = state.locationOf.slice();
          exchanged[first] = state.locationOf[second];
          exchanged[second] = state.locationOf[first];
          const gain = placementCost(instance, exchanged) - state.cost;
          expect(state.gains[first * state.width + second]).toBeCloseTo(gain, 6);
          const isBarred = stream.below(2) === 0;
          state.rests[first * state.width + second] = isBarred ? 9 : 8;
          any.push(gain);
          if (!isBarred) admitted.push(gain);
        }
        state.look(8);
        const [even, odd, evenAny, oddAny] = state.least.subarray(4 * first, 4 * first + 4);
        expect(Math.min(even, odd)).toBeCloseTo(Math.min(...admitted), 6);
        expect(Math.min(evenAny, oddAny)).toBeCloseTo(Math.min(...any), 6);
      }
    }
  });

  test("finds what trying every permutation finds", () => {
    const heard: number[] = [];
    const locationOf = placeFlows(instance, randomStream(3), workBudget(200_000), {
      onBetter: (better) => heard.push(placementCost(instance, better)),
    });
    expect([...locationOf].sort()).toEqual(Array.from({ length: size }, (_, at) => at));
    expect(placementCost(instance, locationOf)).toBeCloseTo(leastByTrying(instance), 6);
    expect(heard).toEqual(heard.toSorted((a, b) => b - a));
  });
});

test.each([0, 1])("%i facilities: nothing to do", (size) => {
  const instance = drawn(randomStream(4), size, [true], 1);
  expect([...placeFlows(instance, randomStream(5))]).toEqual(size === 0 ? [] : [0]);
});

test("256 facilities are placed, 257 refused", () => {
  const bare = (size: number): FlowPlacement => {
    return { size, costs: new Float64Array(size * size), terms: [] };
  };
  const placed = placeFlows(bare(256), randomStream(12), workBudget(1));
  expect(new Set(placed).size).toBe(256);
  expect(() => placeFlows(bare(257), randomStream(12), workBudget(1))).toThrow(/256, got 257/);
});

test("a start is never lost, and the same stream and budget give the same placement", () => {
  const instance = drawn(randomStream(6), 21, [true, false], 1);
  const run = (work: number, start?: Int32Array) =>
    placeFlows(instance, randomStream(7), workBudget(work), { start });
  const good = run(2_000_000);
  expect(run(2_000_000)).toEqual(good);
  expect(placementCost(instance, run(1, good))).toBe(placementCost(instance, good));
});

test.each([
  ["all in one place", [0, 0, 0]],
  ["a place there is not", [0, 1, 3]],
  ["a place below the first", [0, 1, -1]],
  ["a facility too few", [1, 0]],
  ["a facility too many", [0, 1, 2, 3]],
])("a start that does not fit is passed over: %s", (_, start) => {
  const instance = drawn(randomStream(10), 3, [true], 1);
  const run = (exchange: { readonly start?: Int32Array }) =>
    placeFlows(instance, randomStream(11), workBudget(1), exchange);
  expect(run({ start: Int32Array.from(start) })).toEqual(run({}));
});

test("a run that is told to stop does no more work", () => {
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    return ticks === 3 ? ("stop" as const) : ("continue" as const);
  };
  placeFlows(drawn(randomStream(8), 30, [true], 1), randomStream(9), { tick });
  expect(ticks).toBe(3);
});
