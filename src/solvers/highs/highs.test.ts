/** HiGHS against brute force, and its odd answers: none may pass for another. */
import { beforeAll, describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import {
  ProblemBuilder,
  type QuadraticProblem,
  type SolveOptions,
  sum,
  verifyQuadratic,
} from "#problem";
import {
  everySample,
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { highs, highsLinearised } from "./highs.ts";
import { engine } from "./thread-engine.ts";

beforeAll(() => engine.prepare(true));

const options = (more: Partial<SolveOptions> = {}): SolveOptions => {
  return { seed: 1, budget: workBudget(Number.POSITIVE_INFINITY), ...more };
};

function optimum(problem: QuadraticProblem): number | undefined {
  let best: number | undefined;
  for (const values of everySample(problem)) {
    const { feasible, objective } = verifyQuadratic(problem, { values });
    const isBetter = problem.sense === "minimise" ? objective < (best ?? Infinity) : true;
    const isBest = problem.sense === "maximise" ? objective > (best ?? -Infinity) : isBetter;
    if (feasible && isBest) best = objective;
  }
  return best;
}

const families: readonly (readonly [remark: string, shape: Partial<QuadraticShape>])[] = [
  ["products of binaries and spins", { vartypes: ["binary", "spin"], integerValues: 2 }],
  ["products with integers", { density: 0.15, quadraticRowShare: 0 }],
  ["linear, of integers", { vartypes: ["integer"], density: 0, quadraticRowShare: 0 }],
  ["soft rows", { vartypes: ["binary", "spin"], softShare: 1, rowCount: 2 }],
  ["coefficients that are no whole numbers", { vartypes: ["binary"], step: 0.37 }],
  ["no rows", { vartypes: ["spin"], rowCount: 0 }],
];

describe.each(families)("%s", (remark, change) => {
  test("are solved to the optimum, or refuted", () => {
    let solved = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const problem = quadraticModel(randomStream(seed, remark), { ...smallQuadratic, ...change });
      if (highsLinearised.supports(problem).kind === "no") continue;
      const best = optimum(problem);
      const result = highsLinearised.solve(problem, options({ seed }));
      expect([seed, result.status]).toEqual([seed, best === undefined ? "infeasible" : "optimal"]);
      if (best !== undefined) expect(result.best?.objective).toBeCloseTo(best, 9);
      solved += 1;
    }
    expect(solved).toBeGreaterThan(10);
  });
});

/** A knapsack of several rows, hard enough for a tree. */
function knapsack(itemCount: number, rowCount: number): QuadraticProblem {
  const stream = randomStream(7, "knapsack");
  const builder = new ProblemBuilder();
  const items = Array.from({ length: itemCount }, (_, item) => builder.binary(`${item}`));
  const weighted = () => sum(items.map((item) => item.times(1 + stream.below(1000))));
  builder.maximise(weighted());
  for (let row = 0; row < rowCount; row += 1) {
    builder.require(`row ${row}`, weighted().atMost(itemCount * 200));
  }
  return builder.build();
}

describe("a run", () => {
  test("stopped at its first tick has no answer, or one with a bound", () => {
    const problem = knapsack(40, 4);
    const { status, best, bound } = highs.solve(problem, options({ budget: workBudget(0) }));
    expect(["unknown", "feasible"]).toContain(status);
    if (best !== undefined && bound !== undefined) expect(bound).toBeGreaterThan(best.objective);
  });

  test("stopped later says how far it got: incumbents, each better, and a bound", () => {
    const problem = knapsack(60, 5);
    const heard: number[] = [];
    const stopped = options({
      budget: workBudget(4000),
      onIncumbent: (sample, objective) => {
        expect(verifyQuadratic(problem, sample)).toMatchObject({ feasible: true, objective });
        heard.push(objective);
      },
    });
    const { status, best, bound } = highs.solve(problem, stopped);
    expect(status).toBe("feasible");
    expect(heard.length).toBeGreaterThan(0);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(best?.objective).toBe(heard.at(-1));
    expect(bound).toBeGreaterThanOrEqual(best?.objective ?? Infinity);
  });

  test("is the same for the same ticks, and takes up its start", () => {
    const problem = knapsack(40, 4);
    const run = () => highs.solve(problem, options({ budget: workBudget(900) }));
    expect(run()).toEqual(run());
    const start = highs.solve(problem, options()).best?.sample;
    const from = highs.solve(problem, options({ start, budget: workBudget(0) }));
    expect(from.best?.sample).toEqual(start);
  });

  test("hears where it does not call back, and ends alike however often it is run", () => {
    const problem = knapsack(60, 5);
    const stoppedAt = (last: number) => {
      let ticks = 0;
      let silent = 0;
      const tick = (work: number) => {
        ticks += 1;
        if (work === 0) silent += 1;
        return ticks < last ? ("continue" as const) : ("stop" as const);
      };
      const { status, best, bound } = highs.solve(problem, options({ budget: { tick } }));
      return { status, best, bound, ticks, silent };
    };
    for (const last of [1, 10, 100, 1000, 3000]) {
      const run = stoppedAt(last);
      expect(run).toEqual(stoppedAt(last));
      expect(run.ticks).toBe(last);
      expect(run.silent).toBeGreaterThan(last / 2);
      if (run.best !== undefined) expect(run.bound).toBeGreaterThanOrEqual(run.best.objective);
    }
  });

  test("hands on what a tick throws, and leaves the engine whole", () => {
    const problem = knapsack(40, 4);
    let ticks = 0;
    const tick = () => {
      ticks += 1;
      if (ticks === 50) throw new RangeError("no more");
      return "continue" as const;
    };
    expect(() => highs.solve(problem, options({ budget: { tick } }))).toThrow("no more");
    expect(ticks).toBe(50);
    expect(highs.solve(problem, options()).status).toBe("optimal");
  });

  test("refuses an objective without end, and knows one with contradicting rows from it", () => {
    const build = (isContradiction: boolean) => {
      const builder = new ProblemBuilder();
      const x = builder.integer("x", 0, Infinity);
      const y = builder.integer("y", 0, Infinity);
      builder.maximise(x).require("close", sum(x, y.times(-1)).atMost(3));
      if (isContradiction) builder.require("odd", sum(x.times(2), y.times(-2)).equals(1));
      return builder.build();
    };
    expect(() => highs.solve(build(false), options())).toThrow(
      expect.objectContaining({ row: expect.objectContaining({ code: "problem-unbounded" }) }),
    );
    const { status } = highs.solve(build(true), options());
    expect(status).toBe("infeasible");
  });

  test("answers without variables from the rows alone", () => {
    const empty = new ProblemBuilder().minimise(4);
    expect(highs.solve(empty.build(), options())).toMatchObject({ status: "optimal", bound: 4 });
    const broken = new ProblemBuilder().require("never", sum(0).atLeast(1));
    expect(highs.solve(broken.build(), options()).status).toBe("infeasible");
  });
});

/** A covering problem with costs and an offset of this size. */
function covering(costs: readonly number[], offset = 0): QuadraticProblem {
  const builder = new ProblemBuilder();
  const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((name) => builder.binary(name));
  builder.minimise(sum(...[a, b, c, d, e].map((one, at) => one.times(costs[at])), offset));
  const weighted = [a.times(3), b.times(5), c.times(2), d.times(2), e.times(6)];
  builder.require("first", sum(...weighted).atLeast(7));
  builder.require("second", sum(a, b, c.times(-1), d).atLeast(1));
  return builder.require("third", sum(b, c, e).atLeast(2)).build();
}

describe("an objective beside the engine's absolute tolerances", () => {
  const small = [5e-8, 7e-8, 4e-8, 3e-8, 9e-8];
  test.each([
    ["small costs", small, 0],
    ["tiny costs", small.map((cost) => cost * 2 ** -900), 0],
    ["small differences", [0.5, 0.5, 0.5, 0.5, 0.5].map((cost, at) => cost + at * 1e-7), 0],
    ["small beside an offset", [0.05, 0.07, 0.04, 0.03, 0.09], 1e9],
    ["no costs", [0, 0, 0, 0, 0], 0.5],
  ])("%s: nothing is claimed that is not so", (_remark, costs, offset) => {
    const problem = covering(costs, offset);
    const { status, best } = highs.solve(problem, options());
    expect(status).toBe("optimal");
    expect(best?.objective).toBe(optimum(problem));
  });
});

describe("what it does not take, with the reason", () => {
  const square = () => {
    const builder = new ProblemBuilder();
    return builder.minimise(builder.integer("x", 0, 5).squared()).build();
  };
  const squaredPenalty = () => {
    const builder = new ProblemBuilder();
    const x = builder.integer("x", 0, 5);
    return builder.prefer("few", x.atMost(2), { weight: 1, penalty: "quadratic" }).build();
  };
  const manyProducts = () => {
    const builder = new ProblemBuilder();
    const all = Array.from({ length: 30 }, (_, index) => builder.binary(`${index}`));
    return builder.minimise(sum(all).squared()).build();
  };
  const tinyBias = () => {
    const builder = new ProblemBuilder();
    return builder.require("tiny", builder.binary("x").times(1e-10).atMost(0)).build();
  };
  test.each([
    ["a square", square, "a product of two integers is not linear"],
    ["a squared penalty", squaredPenalty, "a penalty by the square is not linear"],
    ["many products", manyProducts, "linearising pays up to 200 products, got 435"],
    ["costs next to the least double", () => covering([5e-320, 1, 1, 1, 1]), "between 1e-280"],
    ["a coefficient it would drop", tinyBias, "row coefficients between"],
  ])("%s", (_remark, build, reason) => {
    const support = highs.supports(build());
    expect(support).toMatchObject({ kind: "no", reason: expect.stringContaining(reason) });
  });
});
