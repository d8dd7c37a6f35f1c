/**
 * `tandem solve` on one shipped instance of every family, judged by the independent evaluator from
 * the document alone. The instances are not part of the project; without them these tests are
 * skipped.
 */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runHere } from "../cli/run-here.ts";

const SHARED = new URL("../../../shared/", import.meta.url);
const EVALUATOR = new URL("tools/evaluate.mjs", SHARED);

type Evaluate = (
  file: string,
  solution: readonly number[],
  options: { readonly problem?: number },
) => { readonly objective: number; readonly feasible: boolean; readonly sense: string };

const instances: readonly (readonly [file: string, problem: number, isProved: boolean])[] = [
  ["maxcut-gset/G48.txt", 1, false],
  ["bqp-beasley/bqp50-1.sparse", 1, true],
  ["bqp-gka/gka1c.sparse", 1, false],
  ["bqp-anonymous-1000/bqp1000-2.sparse.gz", 1, false],
  ["quadratic-knapsack/jeu_100_25_1.txt", 1, false],
  ["multidim-knapsack/mknapcb1.txt", 2, false],
  ["generalized-assignment/chu1997-a05100", 1, true],
  ["generalized-assignment/yagiura2004-e05100", 1, false],
  ["qap/nug12.qap", 1, false],
  ["max-diversity/GKD-b_6_n25_m7.txt", 1, true],
  ["max-diversity/SOM-b_11_n300_m90.txt.gz", 1, false],
];

// The instances lie beside the project where it is developed, and nowhere else.
describe.skipIf(!existsSync(EVALUATOR))("shipped instances", () => {
  test.each(instances)("%s, problem %i", async (file, problem, isProved) => {
    const tools: { readonly evaluate: Evaluate } = await import(EVALUATOR.href);
    const path = new URL(`instances/${file}`, SHARED).pathname;
    // What is to be proved has all the time it takes; the others show what a moment gives.
    const limit = isProved ? ["--work-limit", "1000000000"] : ["--time-limit-ms", "600"];
    const document = await solved(path, ["--problem", String(problem), ...limit]);
    const judged = tools.evaluate(path, document.solution, { problem });
    expect(judged).toMatchObject({ feasible: true, sense: document.sense });
    expect(document.objective).toBeCloseTo(judged.objective, 6);
    expect(document.feasible).toBe(true);
    if (isProved) expect(document.status).toBe("optimal");
    if (document.bound !== null) {
      const room = document.bound - document.objective;
      expect(document.sense === "minimise" ? -room : room).toBeGreaterThanOrEqual(0);
    }
  });
});

async function solved(path: string, options: readonly string[]) {
  const { code, out } = await runHere(["solve", path, ...options, "--threads", "2", "--json"]);
  expect(code).toBe(0);
  return JSON.parse(out);
}
