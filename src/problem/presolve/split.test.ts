/** Parts: what rows and interactions join stays together; the best of each is the best of all. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { joinParts, ProblemBuilder, SHAPE, splitApart, sum, verifyQuadratic } from "#problem";
import {
  bestByTrying,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";

describe("a problem taken apart", () => {
  test("into what interactions and rows join", () => {
    const builder = new ProblemBuilder();
    const [a, b, c, d, e, f] = [..."abcdef"].map((label) => builder.binary(label));
    builder.minimise(sum(a.times(d), f.times(e), 7));
    builder.require("pair", b.times(f).atMost(0));
    builder.require("lone", c.atMost(1));
    const parts = splitApart(builder.build());
    expect(parts.map(({ problem }) => problem.labels)).toEqual([
      ["c"],
      ["a", "d"],
      ["b", "e", "f"],
    ]);
    expect(parts.map(({ problem }) => problem.constraints.labels)).toEqual([
      ["lone"],
      [],
      ["pair"],
    ]);
    expect(parts.reduce((offset, { problem }) => offset + problem.objective.offset, 0)).toBe(7);
  });

  test("has its optimum in the optima of its parts, and none where one has none", () => {
    const shape = { ...smallQuadratic, density: 0.12, rowCount: 2, rowDensity: 0.25 };
    let apart = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const problem = quadraticModel(randomStream(seed, "split"), shape);
        const parts = splitApart(problem);
        if (parts.length > 1) apart += 1;
        const found = parts.map((part) => bestByTrying(part.problem));
        const samples = found.flatMap((one) => (one === undefined ? [] : [one.sample]));
        const optimum = bestByTrying(problem);
        if (samples.length < parts.length) {
          expect(optimum).toBeUndefined();
          return;
        }
        const joined = verifyQuadratic(problem, joinParts(parts, samples));
        expect(joined.feasible).toBe(true);
        expect(joined.objective).toBeCloseTo(optimum?.objective ?? Number.NaN, 9);
        const total = found.reduce((objective, one) => objective + (one?.objective ?? 0), 0);
        expect(total).toBeCloseTo(joined.objective, 9);
      }),
      { numRuns: 150 },
    );
    expect(apart).toBeGreaterThan(20);
  });

  test("has one part where everything hangs together, and few where nothing at all does", () => {
    const pose = (count: number, isTied: boolean) => {
      const builder = new ProblemBuilder();
      const all = Array.from({ length: count }, (_, index) => builder.binary(`x${index}`));
      return isTied ? builder.require("all", sum(...all).atMost(3)).build() : builder.build();
    };
    const sizes = (count: number) =>
      splitApart(pose(count, false)).map(({ variables }) => variables.length);
    expect(sizes(40)).toEqual(new Array<number>(40).fill(1));
    expect(sizes(4000)).toEqual([4000]);
    expect(sizes(110_000)).toEqual([10_000, 100_000]);
    expect(splitApart(pose(40, true)).length).toBe(1);
    expect(splitApart(new ProblemBuilder().build()).length).toBe(1);
  });

  test("has a part for each component with many combinations, up to a thousand", () => {
    const sizesOf = (components: number, pairs: number, reach: number) => {
      const builder = new ProblemBuilder();
      const terms = [];
      for (let index = 0; index < components + pairs; index += 1) {
        const most = index < components ? reach : 1;
        const one = builder.integer(`x${index}`, 0, most);
        terms.push(one.times(builder.integer(`y${index}`, 0, most)));
      }
      const parts = splitApart(builder.minimise(sum(...terms)).build());
      return parts.map(({ variables }) => variables.length);
    };
    const twos = (count: number) => new Array<number>(count).fill(2);
    expect(sizesOf(20, 0, 99)).toEqual(twos(20));
    expect(sizesOf(20, 100, 99)).toEqual([...twos(20), 200]);
    expect(sizesOf(1010, 0, 99)).toEqual([...twos(1000), 20]);
    expect(sizesOf(3, 0, Number.POSITIVE_INFINITY)).toEqual(twos(3));
  });

  test("keeps every number, label and shape of a piece", () => {
    const builder = new ProblemBuilder();
    const [a, b, c, d] = [..."abcd"].map((label) => builder.binary(label));
    const [s, i] = [builder.spin("s"), builder.integer("i", -3, 7)];
    builder.maximise(sum(a.times(2), c.times(d).times(3), s.times(i).times(0.5), 1));
    builder.require("one", c.plus(d).equals(1));
    builder.require("pair", a.times(b).plus(a).atLeast(1));
    const [first, second, third] = splitApart(builder.build()).map(({ problem }) => problem);
    const { constraints: rows } = second;
    expect([first.labels, second.labels, third.labels]).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["s", "i"],
    ]);
    expect([...rows.shapes, ...rows.rightSides, ...rows.biases]).toEqual([SHAPE.oneHot, 1, 1, 1]);
    expect([...first.constraints.pairBiases, first.objective.linear[0]]).toEqual([1, 2]);
    expect([third.sense, third.lowerBounds[1], third.objective.biases[0]]).toEqual([
      "maximise",
      -3,
      0.5,
    ]);
  });
});
