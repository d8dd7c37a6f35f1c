/**
 * Cuts of shipped problems: an answer to a cut is worth what it is worth in the whole with nothing
 * else chosen.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type QuadraticProblem, readProblem, verifyQuadratic } from "#problem";
import { hasShipped, shippedPath } from "../../bench/exact/shipped.ts";
import { CUTS, tourOf } from "../../bench/quantum/ledger-cuts.ts";

const read = async (text: string, fileName: string): Promise<QuadraticProblem> =>
  (await readProblem([Buffer.from(text)], { fileName })).problem;

const objective = (problem: QuadraticProblem, values: readonly number[]) =>
  verifyQuadratic(problem, { values: Int32Array.from(values) }).objective;

// Without the instances beside the project there is nothing to cut.
describe.skipIf(!hasShipped())("of a shipped file", () => {
  test.each([
    ["bqp-gka", "gka7c.sparse", 14],
    ["max-diversity", "SOM-b_1_n100_m10.txt", 12],
    ["quadratic-knapsack", "jeu_100_25_1.txt", 8],
    ["multidim-knapsack", "mknapcb1.txt", 6],
  ])("%s", async (family, name, size) => {
    const text = readFileSync(shippedPath(family, name), "utf8");
    const [cut] = CUTS[family];
    const [whole, part] = [await read(text, name), await read(cut(text, size), name)];
    expect(part.variableCount).toBe(size);
    expect(part.constraints.count).toBe(whole.constraints.count);
    const random = randomStream(1, name);
    for (let draw = 0; draw < 20; draw += 1) {
      const own = Array.from({ length: size }, () => random.below(2));
      const rest = new Array<number>(whole.variableCount - size).fill(0);
      expect(objective(part, own)).toBeCloseTo(objective(whole, [...own, ...rest]), 9);
    }
  });

  test.each([
    ["maxcut-gset", "G11.txt", 14, 14],
    ["generalized-assignment", "chu1997-c05100", 5, 10],
    ["qap", "nug12.qap", 4, 16],
  ])("%s has as many variables as were asked for", async (family, name, size, variables) => {
    const text = readFileSync(shippedPath(family, name), "utf8");
    const [cut] = CUTS[family];
    expect((await read(cut(text, size), name)).variableCount).toBe(variables);
  });
});

test("a tour around a rectangle is as long as its sides", async () => {
  const cities = "1 0 0\n2 3 0\n3 3 4\n4 0 4\n";
  const problem = await read(tourOf(`TYPE: TSP\nNODE_COORD_SECTION\n${cities}EOF\n`), "a.qap");
  const inTurn = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const crossed = [1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
  expect([objective(problem, inTurn), objective(problem, crossed)]).toEqual([14, 5 + 4 + 5 + 4]);
});
