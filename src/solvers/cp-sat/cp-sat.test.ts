/**
 * CP-SAT against brute force where it is installed; where it is not, its answer that it is not, and
 * an engine made up of lies: none of what it says may pass.
 */
import { describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import { ProblemBuilder, type QuadraticProblem, type SolveOptions, sum, verify } from "#problem";
import {
  everySample,
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { cpSat } from "./cp-sat.ts";
import { cpSatBy } from "./cp-sat-run.ts";
import { CpSatEngine } from "./engine.ts";
import { packageAddress } from "./package-address.ts";

const options = (more: Partial<SolveOptions> = {}): SolveOptions => {
  return { seed: 1, budget: workBudget(Number.POSITIVE_INFINITY), ...more };
};

/** The best of two items of 3 and 2, of which one fits. */
function knapsack(): QuadraticProblem {
  const builder = new ProblemBuilder();
  const [a, b] = [builder.binary("a"), builder.binary("b")];
  return builder
    .maximise(sum(a.times(3), b.times(2)))
    .require("one", sum(a, b).atMost(1))
    .build();
}

/** A package whose every response is this; `undefined` is told as no response. */
function saying(response: object | null, solutions: readonly object[] = []): CpSatEngine {
  const said = JSON.stringify({ response, solutions });
  const code = `const { response, solutions } = ${said};
    export const CpSat = {
      createModel: async () => new Uint8Array(0),
      solve: async (model, parameters, { onSolution }) => {
        for (const one of solutions) onSolution(one);
        return { response };
      },
    };`;
  return new CpSatEngine(`data:text/javascript,${encodeURIComponent(code)}`);
}

function answerOf(engine: CpSatEngine, problem = knapsack(), more: Partial<SolveOptions> = {}) {
  try {
    return cpSatBy(engine).solve(problem, options(more));
  } finally {
    engine.end();
  }
}

describe("without the package", () => {
  test("every problem is refused with the reason", () => {
    expect(packageAddress("or-tools-wasm-that-nobody-has/cp-sat")).toBeUndefined();
    const solver = cpSatBy(new CpSatEngine(undefined));
    const reason = "or-tools-wasm is not installed";
    expect(solver.supports(knapsack())).toEqual({ kind: "no", reason });
    expect(solver.supports(new ProblemBuilder().build())).toEqual({ kind: "no", reason });
  });

  test("a broken one is a fault each time, and nobody waits for ever", () => {
    const engine = new CpSatEngine("data:text/javascript,throw new Error('broken')");
    const fault = expect.objectContaining({
      row: expect.objectContaining({ code: "cp-sat-failed" }),
    });
    expect(() => answerOf(engine)).toThrow(fault);
    expect(() => answerOf(engine)).toThrow(fault);
  });
});

describe("what the engine says", () => {
  test.each([
    ["no response", null],
    ["an invalid model", { status: "MODEL_INVALID", solutionInfo: "why" }],
    ["a status nobody knows", { status: "PERHAPS" }],
    ["a solution that breaks a row", { status: "FEASIBLE", solution: [1, 1] }],
    ["a value out of bounds", { status: "FEASIBLE", solution: [2, 0] }],
    ["a half", { status: "FEASIBLE", solution: [0.5, 0] }],
    ["too few values", { status: "FEASIBLE", solution: [1] }],
    ["an optimum without a solution", { status: "OPTIMAL" }],
    ["an optimum below its bound", { status: "OPTIMAL", solution: [0, 1], bestObjectiveBound: -3 }],
    ["a bound below a solution", { status: "OPTIMAL", solution: [1, 0], bestObjectiveBound: -2 }],
  ])("%s is a fault", (_remark, response) => {
    const fault = expect.objectContaining({
      row: expect.objectContaining({ code: "cp-sat-failed" }),
    });
    expect(() => answerOf(saying(response))).toThrow(fault);
  });

  test("a solution that does not hold ends the call, and nothing of it is taken later", () => {
    const engine = saying({ status: "UNKNOWN" }, [{ solution: [1, 1] }]);
    const solve = () => cpSatBy(engine).solve(knapsack(), options({ budget: workBudget(0) }));
    expect(solve).toThrow(/breaks a constraint/);
    expect(solve).toThrow(/breaks a constraint/);
    engine.end();
  });

  test("no solution, where one is known, is a fault", () => {
    const start = { values: Int32Array.of(0, 0) };
    expect(() => answerOf(saying({ status: "INFEASIBLE" }), knapsack(), { start })).toThrow(
      /no solution/,
    );
  });

  test("an optimum that holds is taken, and each better sample told once", () => {
    const heard: number[] = [];
    const solutions = [{ solution: [0, 1] }, { solution: [0, 0] }, { solution: [1, 0] }];
    const response = { status: "OPTIMAL", solution: ["1", "0"], bestObjectiveBound: -3 };
    const result = answerOf(saying(response, solutions), knapsack(), {
      onIncumbent: (_sample, objective) => heard.push(objective),
    });
    expect(result).toMatchObject({ status: "optimal", bound: 3, best: { objective: 3 } });
    expect(heard).toEqual([2, 3]);
  });

  test("nothing yet ends with the budget, after slices that double", () => {
    const work: number[] = [];
    const tick = (spent: number) => {
      work.push(spent);
      return work.length < 3 ? ("continue" as const) : ("stop" as const);
    };
    const result = answerOf(saying({ status: "UNKNOWN" }), knapsack(), { budget: { tick } });
    expect(result).toMatchObject({ status: "unknown", bound: undefined, work: 140_000 });
    expect(work).toEqual([20_000, 40_000, 80_000]);
  });
});

describe("what it does not take, with the reason", () => {
  const build = (make: (builder: ProblemBuilder) => ProblemBuilder) =>
    make(new ProblemBuilder()).build();
  const taking = cpSatBy(saying(null));
  test.each([
    ["no upper bound", build((b) => b.minimise(b.integer("x", 0, Infinity))), "bounded variables"],
    [
      "a fraction in the objective",
      build((b) => b.minimise(b.binary("x").times(0.5))),
      "in the objective",
    ],
    [
      "a fraction in a row",
      build((b) => b.require("r", b.binary("x").times(0.5).atMost(1))),
      "r: cp-sat takes whole",
    ],
    [
      "a large row",
      build((b) =>
        b.require(
          "r",
          b
            .binary("x")
            .times(2 ** 53)
            .atMost(1),
        ),
      ),
      "r: cp-sat takes rows up to",
    ],
    [
      "a large objective",
      build((b) => b.minimise(b.binary("x").times(2 ** 60))),
      "objectives up to 2^53",
    ],
    [
      "a penalty by the square",
      build((b) =>
        b.prefer("r", b.integer("x", 0, 5).atMost(2), { weight: 1, penalty: "quadratic" }),
      ),
      "r: cp-sat takes no penalty",
    ],
    [
      "many products",
      build((b) =>
        b.minimise(sum(Array.from({ length: 40 }, (_, at) => b.binary(`${at}`))).squared()),
      ),
      "up to 500 products, got 780",
    ],
  ])("%s", (_remark, problem, reason) => {
    const expected = { kind: "no", reason: expect.stringContaining(reason) };
    expect(taking.supports(problem)).toMatchObject(expected);
  });
});

const families: readonly (readonly [remark: string, shape: Partial<QuadraticShape>])[] = [
  ["products of binaries and spins", { vartypes: ["binary", "spin"] }],
  ["products and squares of integers", { vartypes: ["integer"], integerValues: 4 }],
  ["soft rows", { softShare: 1, rowCount: 1, rowDensity: 1 }],
  ["rows that may clash", { vartypes: ["binary"], rowCount: 7, softShare: 0 }],
  ["no rows", { vartypes: ["spin"], rowCount: 0 }],
  ["no variables", { variableCount: 0 }],
];

const isInstalled = cpSat.supports(knapsack()).kind === "yes";
// or-tools-wasm is an optional peer of 318 MB: skipped where nobody installed it.
describe.skipIf(!isInstalled).each(families)("installed: %s", (remark, change) => {
  test("are solved to the optimum, or refuted, the same each time", () => {
    let solved = 0;
    for (let seed = 0; seed < 25; seed += 1) {
      const problem = quadraticModel(randomStream(seed, remark), {
        ...smallQuadratic,
        step: 2,
        ...change,
      });
      if (cpSat.supports(problem).kind === "no") continue;
      const result = cpSat.solve(problem, options({ seed }));
      let best: number | undefined;
      for (const values of everySample(problem)) {
        const { feasible, objective } = verify(problem, { values });
        const sign = problem.sense === "minimise" ? 1 : -1;
        if (feasible && (best === undefined || sign * objective < sign * best)) best = objective;
      }
      expect([seed, result.status]).toEqual([seed, best === undefined ? "infeasible" : "optimal"]);
      expect(result.best?.objective).toBe(best);
      if (seed % 8 === 0) expect(cpSat.solve(problem, options({ seed }))).toEqual(result);
      solved += 1;
    }
    expect(solved).toBeGreaterThan(5);
  });
});
