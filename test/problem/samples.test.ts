/**
 * The samples of every format: what is in them, that they are read alike however they arrive, and
 * that what is written is read back as the same problem.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import {
  FORMATS,
  quadraticDigest,
  readProblem,
  readProblemFile,
  SHAPE,
  sampleOf,
  solutionOf,
  verifyQuadratic,
  writeProblem,
} from "#problem";
import { BENCHMARK_ORACLES } from "./benchmark-oracle.ts";
import { drawSolution } from "./solutions.ts";

const FOLDER = new URL("samples/", import.meta.url).pathname;
const FILES = ["", "dimod/"].flatMap((folder) =>
  readdirSync(FOLDER + folder)
    .filter((name) => name.includes(".") && !name.endsWith(".md"))
    .map((name) => folder + name),
);

interface Known {
  readonly file: string;
  readonly format: string;
  readonly variables: number;
  readonly rows: number;
  /** A solution in the file's own order, worked out by hand, and what it is worth. */
  readonly solution: readonly number[];
  readonly objective: number;
  readonly feasible: boolean;
}

function known(
  file: string,
  format: string,
  [variables, rows]: readonly [number, number],
  solution: readonly number[],
  objective: number,
  feasible = true,
): Known {
  return { file, format, variables, rows, solution, objective, feasible };
}

const KNOWN: readonly Known[] = [
  known("ring.gset", "gset", [5, 0], [1, 0, 0, 1, 0], 1 + 2 + 1 + 1.5),
  known("ring-packed.gset.gz", "gset", [5, 0], [0, 0, 0, 0, 1], 1 + 1.5 - 3),
  known("four.sparse", "biqmac", [4, 0], [1, 1, 0, 1], -5 - 3 - 6 + 2 * 4),
  known("chain.coo", "qubo", [4, 0], [1, -1, -1, 1], -1 - 1.5 - 2 - 0.25 - 0.5),
  known("four.qubo", "qubo", [4, 0], [1, 1, 1, 0], -1 + 3 + 2 - 4),
  known("five.mdp", "mdp", [5, 1], [0, 0, 0, 1, 1], 9.125),
  known("five.mdp", "mdp", [5, 1], [1, 0, 0, 1, 1], 2 + 7.25 + 9.125, false),
  known("three-tasks.gap", "gap", [6, 5], [1, 0, 1], 2 + 1 + 2),
  known("three-tasks.gap", "gap", [6, 5], [0, 1, 0], 4 + 5 + 3, false),
  known("two-problems.gap", "gap", [6, 5], [1, 0, 1], 2 + 1 + 2),
  known("two-problems.mknap", "mknap", [3, 2], [1, 1, 0], 16),
  known("four-items.qkp", "qkp", [4, 1], [1, 0, 1, 1], 5 + 7 + 2 + 0 + 4 + 2),
  known("three.qap", "qaplib", [9, 6], [2, 0, 1], 3 + 5 * 7 + 2 * 2 + 3 * 8 + 4 * 13 + 6 * 9 + 2),
  known("blend.lp", "lp", [5, 5], [1, 0, 1, 0, -2], 3 - 1 - 1 + 10),
  known("blend.lp", "lp", [5, 5], [1, 1, 3, 0, 0], 3 + 2 - 3 + 2 - 9 + 10, false),
  known("blend.mps", "mps", [4, 4], [1, 0, 0, 1], 3 - 1 - 1 + 10),
  known("three.bqm", "bqm", [3, 0], [1, -1, 1], -2 + 0.5),
  known("three.bqm.json", "bqm-json", [3, 0], [0, 1, 1], 1 - 4 + 0.5),
  known("blend.cqm", "cqm", [3, 3], [1, -1, 4], 2 - 16 - 1 + 3 + 2.5 * 1, false),
  known("blend.cqm.json", "cqm-json", [3, 3], [0, 1, 3], -9 + 3 - 2.5 * 4 - 1),
  known("dimod/soft-v2.0.cqm", "cqm", [3, 2], [1, 1, 1], 2 * 1.5 * 1.5 + 3 * 2),
  known("dimod/5x5-v1.bqm", "bqm", [5, 0], [1, 1, 1, 0, 0], 0 + 6 + 12 + 1 + 2 + 7),
];

describe("a sample", () => {
  test.each(KNOWN)("$file is what it says", async (expected) => {
    const file = await readProblemFile(FOLDER + expected.file);
    expect(file.format.name).toBe(expected.format);
    expect(file.problem.variableCount).toBe(expected.variables);
    expect(file.problem.constraints.count).toBe(expected.rows);
    const sample = sampleOf(file.layout, expected.variables, expected.solution);
    expect(solutionOf(file.layout, sample)).toEqual(expected.solution);
    const { objective, feasible } = verifyQuadratic(file.problem, sample);
    expect({ objective, feasible }).toEqual({
      objective: expected.objective,
      feasible: expected.feasible,
    });
  });

  test.each(FILES)("%s is written and read back as the same problem", async (name) => {
    const file = await readProblemFile(FOLDER + name);
    const again = await readProblem(writeProblem(file, file.format.name), { fileName: name });
    expect(again.format).toBe(file.format);
    expect(again.layout).toEqual(file.layout);
    expect(withoutNames(again.problem)).toEqual(withoutNames(file.problem));
  });

  test.each(FILES)("%s is read alike in pieces of one byte", async (name) => {
    const bytes = readFileSync(FOLDER + name);
    const pieces = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
    const whole = await readProblem([bytes], { fileName: name });
    const split = await readProblem(pieces, { fileName: name });
    expect(quadraticDigest(split.problem)).toBe(quadraticDigest(whole.problem));
  });

  test.each(FILES)("%s agrees with a second reading, where there is one", async (name) => {
    const file = await readProblemFile(FOLDER + name);
    const judge = BENCHMARK_ORACLES[file.format.name];
    if (judge === undefined || name.endsWith(".gz")) return;
    const text = readFileSync(FOLDER + name, "utf8");
    const stream = randomStream(1, name);
    for (let round = 0; round < 30; round += 1) {
      const solution = drawSolution(file, stream);
      const sample = sampleOf(file.layout, file.problem.variableCount, solution);
      const { objective, feasible } = verifyQuadratic(file.problem, sample);
      expect({ objective, feasible }).toEqual(judge(text, solution));
    }
  });

  test("exists for every format", () => {
    const formats = new Set(KNOWN.map(({ format }) => format));
    expect([...formats].sort()).toEqual(FORMATS.map(({ name }) => name).sort());
  });
});

test("the second problem of a file is read by its number", async () => {
  const gap = await readProblemFile(`${FOLDER}two-problems.gap`, { problem: 2 });
  expect([...gap.problem.objective.linear]).toEqual([7, 8]);
  const mknap = await readProblemFile(`${FOLDER}two-problems.mknap`, { problem: 2 });
  expect([...mknap.problem.objective.linear]).toEqual([5, 4]);
});

test("dimod's discrete constraint is a one-hot group", async () => {
  const { problem } = await readProblemFile(`${FOLDER}dimod/discrete-v2.0.cqm`);
  const { labels, shapes } = problem.constraints;
  expect(labels.filter((_, row) => shapes[row] === SHAPE.oneHot)).toEqual(["discrete"]);
});

/** Names that a format does not keep are those of variables that had none. */
function withoutNames<P extends { readonly labels: unknown }>({ labels: _labels, ...rest }: P) {
  return rest;
}
