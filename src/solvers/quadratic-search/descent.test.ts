/**
 * Descent on problems that are too large for its time: what it has by its first ticks.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, VARTYPE, verify } from "#problem";
import { descent } from "./descent.ts";

const COUNT = 40_000;

type Pose = (assembly: ProblemAssembly, draw: (below: number) => number) => void;

function posed(pose: Pose): QuadraticProblem {
  const stream = randomStream(3, "descent");
  const assembly = new ProblemAssembly("minimise");
  for (let index = 0; index < COUNT; index += 1) assembly.addVariable(undefined);
  pose(assembly, (below) => stream.below(below));
  return assembly.finish();
}

/** Every variable with the next, pulled together or apart. */
const path: Pose = (assembly, draw) => {
  for (let index = 1; index < COUNT; index += 1) {
    assembly.addQuadratic(index - 1, index, 18 * draw(2) - 9);
  }
};

const rows = (pose: (assembly: ProblemAssembly, row: number, first: number) => void): Pose => {
  return (assembly, draw) => {
    for (let index = 0; index < COUNT; index += 1) assembly.addLinear(index, 1 + draw(9));
    for (let first = 0; first + 4 <= COUNT; first += 4) {
      const comparison = first % 8 === 0 ? COMPARISON.equal : COMPARISON.atLeast;
      pose(assembly, assembly.addRow({ comparison, rightSide: 5 }), first);
    }
  };
};

const ROWS: readonly (readonly [remark: string, pose: Pose, objectiveEachMax: number])[] = [
  ["a path of products", path, -2.5],
  [
    "spins",
    (assembly, draw) => {
      for (let index = 0; index < COUNT; index += 1) assembly.restrict(index, VARTYPE.spin);
      path(assembly, draw);
    },
    -8,
  ],
  [
    "rows that all at 0 would break",
    rows((assembly, row, first) => {
      for (const [step, bias] of [2, 3, 5, 7].entries()) {
        assembly.addRowLinear(row, first + step, bias);
      }
    }),
    5,
  ],
];

describe("descent told to stop at its first tick", () => {
  test.each(ROWS)("%s", (_remark, pose, objectiveEachMax) => {
    const problem = posed(pose);
    let ticks = 0;
    const tick = () => {
      ticks += 1;
      return "stop" as const;
    };
    const { best } = descent.solve(problem, { seed: 1, budget: { tick } });
    expect(ticks).toBe(1);
    const verdict = verify(problem, best?.sample ?? { values: new Int32Array(0) });
    expect(verdict).toMatchObject({ feasible: true, objective: best?.objective });
    expect(verdict.objective / COUNT).toBeLessThan(objectiveEachMax);
  });
});

test("a variable alone begins at its best value, squares and bounds included", () => {
  const assembly = new ProblemAssembly("maximise");
  const reach: readonly (readonly [
    lower: number,
    upper: number,
    linear: number,
    square: number,
  ])[] = [
    [-9, 9, 7, -1],
    [-9, 2, 7, -1],
    [-9, 9, 0, 1],
    [4, 9, -1, 0],
    [-3, Number.POSITIVE_INFINITY, 6, -2],
  ];
  for (const [index, [lower, upper, linear, square]] of reach.entries()) {
    assembly.addVariable(undefined);
    assembly.restrict(index, VARTYPE.integer, lower, upper);
    assembly.addLinear(index, linear);
    assembly.addQuadratic(index, index, square);
  }
  const problem = assembly.finish();
  const { best } = descent.solve(problem, { seed: 1, budget: { tick: () => "stop" } });
  expect(best?.objective).toBe(12 + 10 + 81 - 4 + 4);
});
