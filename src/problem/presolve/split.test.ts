/** Parts: what rows and interactions join stays together; the best of each is the best of all. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { joinParts, ProblemBuilder, splitApart, sum, verifyQuadratic } from "#problem";
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

  test("has one part where everything hangs together, and few where nothing does", () => {
    const pose = (count: number, isTied: boolean) => {
      const builder = new ProblemBuilder();
      const all = Array.from({ length: count }, (_, index) => builder.binary(`x${index}`));
      builder.minimise(sum(...all));
      return isTied ? builder.require("all", sum(...all).atMost(3)).build() : builder.build();
    };
    const sizes = splitApart(pose(40, false)).map(({ variables }) => variables.length);
    expect(sizes).toEqual([...new Array<number>(15).fill(1), 25]);
    expect(splitApart(pose(40, true)).length).toBe(1);
    expect(splitApart(new ProblemBuilder().build()).length).toBe(1);
  });
});
