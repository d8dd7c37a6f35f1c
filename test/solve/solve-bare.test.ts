/**
 * Whole solves of small problems, against trying every sample: whatever presolve, detector,
 * portfolio and lift do between them, the answer is the best there is, and proved.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RandomStream, randomStream, systemClock } from "#foundation";
import {
  COMPARISON,
  type Expression,
  objectiveTolerance,
  ProblemAssembly,
  ProblemBuilder,
  type QuadraticProblem,
  sum,
  verify,
} from "#problem";
import { type BareReport, openSolverPool, type SolverPool, solveBare } from "#runtime";
import { solverCatalogue } from "#solvers";
import { bestByTrying, quadraticModel, smallQuadratic } from "../generators/quadratic-models.ts";
import { structuredModels } from "../generators/structured-models.ts";

let pool: SolverPool;
beforeAll(async () => {
  pool = openSolverPool(2);
  await pool.ready();
});
afterAll(() => pool.close());

function solved(problem: QuadraticProblem, seed = 1): Promise<BareReport> {
  const nowMs = systemClock.monotonicMs();
  const budget = { searchUntilMs: nowMs + 60_000, abandonAtMs: nowMs + 65_000 };
  const choice = { kind: "auto", solvers: solverCatalogue } as const;
  const request = { problem, choice, threads: 2, workLimit: 5_000_000, seed, budget };
  return solveBare({ ...request, signal: undefined }, { pool, clock: systemClock });
}

const shapes = [
  ["a bit of everything", smallQuadratic],
  ["fractions", { ...smallQuadratic, step: 0.1 }],
  ["binary without rows", { ...smallQuadratic, vartypes: ["binary"] as const, rowCount: 0 }],
  ["linear", { ...smallQuadratic, density: 0, quadraticRowShare: 0 }],
  ["rows that may clash", { ...smallQuadratic, rowCount: 7, softShare: 0 }],
] as const;

const problems: readonly (readonly [string, QuadraticProblem])[] = [
  ...shapes.flatMap(([name, shape]) =>
    [0, 1, 2, 3].map((seed) => {
      return [`${name} ${seed}`, quadraticModel(randomStream(seed, name), shape)] as const;
    }),
  ),
  ...Object.entries(structuredModels).flatMap(([name, generator]) =>
    [0, 1].map((seed) => [`${name} ${seed}`, generator(randomStream(seed, name))] as const),
  ),
];

type Row = readonly [biases: readonly number[], comparison: "atMost" | "atLeast", right: number];

/** As many as the rows allow of binary variables, one for each bias. */
function most(...rows: readonly Row[]): QuadraticProblem {
  const builder = new ProblemBuilder();
  const all = rows[0][0].map((_, at) => builder.binary(`x${at}`));
  builder.maximise(sum(...all));
  for (const [at, [biases, comparison, right]] of rows.entries()) {
    const left = sum(...all.map((one, index) => one.times(biases[index])));
    builder.require(`row ${at}`, left[comparison](right));
  }
  return builder.build();
}

/** Rows whose own sums swallow one of their terms. */
const farApart: readonly (readonly [string, QuadraticProblem])[] = [
  ["a row that only seems to hold whatever is chosen", most([[1e16, 1], "atMost", 1e16])],
  ["the same, far larger", most([[1e140, 1], "atMost", 1e140])],
  ["what only seems a flow", most([[1e16, 1, 1], "atMost", 1e16], [[1, 1, 1], "atLeast", 2])],
  ["a number below the rounding of a quotient", most([[1e15, 1, 1], "atMost", 1e15])],
  ["a knapsack in whose sums 1 is lost", most([[9e15, 1, 1], "atMost", 9e15])],
];

test.each([...problems, ...farApart])("%s", async (_name, problem) => {
  const optimum = bestByTrying(problem)?.objective;
  const { status, best, bound, attempts } = await solved(problem);
  expect(attempts.map(({ fault }) => fault).filter((fault) => fault?.includes("reject"))).toEqual(
    [],
  );
  expect(status).toBe(optimum === undefined ? "infeasible" : "optimal");
  if (optimum === undefined || best === undefined) return;
  const tolerance = objectiveTolerance(problem);
  expect(verify(problem, best.sample)).toMatchObject({ feasible: true, objective: best.objective });
  expect(Math.abs(best.objective - optimum)).toBeLessThanOrEqual(tolerance);
  expect(Math.abs((bound ?? Number.NaN) - optimum)).toBeLessThanOrEqual(tolerance);
});

describe("a problem of several that have nothing to do with each other", () => {
  /** Fourteen spins that pull at each other, none with a way of its own: nothing for presolve. */
  function glass(builder: ProblemBuilder, stream: RandomStream, name: string): Expression {
    const all = Array.from({ length: 14 }, (_, index) => builder.spin(`${name}${index}`));
    const pulls = all.flatMap((one, index) =>
      all.slice(index + 1).map((other) => one.times(other).times(1 + stream.below(20))),
    );
    return sum(...pulls);
  }

  test("is solved part by part, to proof", async () => {
    const alone = ["a", "b", "c"].map((name, seed) => {
      const builder = new ProblemBuilder();
      return builder.minimise(glass(builder, randomStream(seed, "apart"), name)).build();
    });
    const builder = new ProblemBuilder();
    const glasses = ["a", "b", "c"].map((name, seed) =>
      glass(builder, randomStream(seed, "apart"), name),
    );
    const whole = builder.minimise(sum(...glasses, 5)).build();
    const { status, best, bound, approach } = await solved(whole);
    expect(approach.parts?.map(({ variables }) => variables.length)).toEqual([14, 14, 14]);
    const expected = alone.reduce(
      (total, one) => total + (bestByTrying(one)?.objective ?? Number.NaN),
      5,
    );
    expect({ status, objective: best?.objective, bound }).toEqual({
      status: "optimal",
      objective: expected,
      bound: expected,
    });
    expect(best && verify(whole, best.sample).objective).toBe(expected);
  });

  test("is taken apart although the whole has a method, where that is slow", async () => {
    const stream = randomStream(5, "knapsacks");
    const builder = new ProblemBuilder();
    const all = Array.from({ length: 20 }, (_, sack) =>
      Array.from({ length: 15 }, (_, index) => builder.binary(`x${sack}/${index}`)),
    );
    for (const [sack, items] of all.entries()) {
      const weights = items.map((one) => one.times(100 + stream.below(900)));
      builder.require(`row ${sack}`, sum(...weights).atMost(3800));
    }
    const values = all.flat().map((one) => one.times(100 + stream.below(900)));
    const problem = builder.maximise(sum(...values)).build();
    const { status, approach } = await solved(problem);
    expect(approach.structure?.kind).toBe("multi-knapsack");
    expect(approach.parts?.map(({ structure }) => structure)).toEqual(
      new Array<string>(20).fill("knapsack"),
    );
    expect(status).toBe("optimal");
  });

  test("keeps what is proved of a part when there is no time for the others", async () => {
    const builder = new ProblemBuilder();
    const glasses = ["a", "b"].map((name, seed) => glass(builder, randomStream(seed), name));
    const problem = builder.minimise(sum(...glasses)).build();
    let isOver = false;
    const link = { pool, clock: { ...systemClock, monotonicMs: () => (isOver ? 1e12 : 0) } };
    const own: SolverPool = {
      ...pool,
      threadCount: pool.threadCount,
      run: (task, orders) => {
        const run = pool.run(task, orders);
        const isPart =
          task.problem.kind === "quadratic" && task.problem.variableCount < problem.variableCount;
        void run.outcome.then(() => {
          isOver ||= isPart;
        });
        return run;
      },
    };
    const budget = { searchUntilMs: 1e9, abandonAtMs: 2e9 };
    const choice = { kind: "auto", solvers: solverCatalogue } as const;
    const { status, best, bound, approach } = await solveBare(
      { problem, choice, threads: 1, workLimit: 5_000_000, seed: 1, budget },
      { ...link, pool: own },
    );
    const [first, second] = approach.parts ?? [];
    expect(first.report?.status).toBe("optimal");
    expect(second.report).toBeUndefined();
    expect(status).toBe("feasible");
    expect(best?.objective).toBeGreaterThanOrEqual(bound ?? Number.NaN);
    expect(bound).toBeGreaterThan((first.report?.bound ?? Number.NaN) - 14 * 14 * 20);
  });

  test("has no answer where one of them has none", async () => {
    const builder = new ProblemBuilder();
    const glasses = ["a", "b"].map((name, seed) => glass(builder, randomStream(seed), name));
    const [x, y, z] = ["x", "y", "z"].map((name) => builder.integer(name, 0, 5));
    builder.minimise(sum(...glasses));
    builder.require(
      "odd",
      sum(x.times(y), x.times(z)).times(2).plus(y.times(z).times(4)).equals(7),
    );
    expect(await solved(builder.build())).toMatchObject({ status: "infeasible", best: undefined });
  });
});

describe("odd ends", () => {
  test("a problem of nothing has its offset for an answer", async () => {
    const problem = new ProblemBuilder().minimise(7).build();
    expect(await solved(problem)).toMatchObject({ status: "optimal", best: { objective: 7 } });
  });

  test("a problem that presolve solves keeps its variables", async () => {
    const builder = new ProblemBuilder();
    const [x, y] = [builder.binary("x"), builder.integer("y", 3, 9)];
    const problem = builder.maximise(x.minus(y)).build();
    const { status, best } = await solved(problem);
    expect(status).toBe("optimal");
    expect([...(best?.sample.values ?? [])]).toEqual([1, 3]);
  });

  test("a contradiction names its rows", async () => {
    const builder = new ProblemBuilder();
    const x = builder.integer("x", 0, 9);
    builder.require("low", x.atMost(3)).require("high", x.atLeast(5));
    const problem = builder.require("idle", x.atMost(8)).build();
    const { status, conflict, best } = await solved(problem);
    expect({ status, best }).toEqual({ status: "infeasible", best: undefined });
    expect(conflict).toEqual(expect.arrayContaining(["high", "low"]));
  });

  test.each([
    ["at the lower bounds", (x: Expression, y: Expression) => x.plus(y).atMost(9), [3, 0]],
    ["else at the upper", (x: Expression, y: Expression) => x.plus(y).atLeast(9), [9, 9]],
    ["else unknown", (x: Expression, y: Expression) => x.plus(y).equals(9), undefined],
  ])("nobody finds anything: %s", async (_remark, pose, expected) => {
    const builder = new ProblemBuilder();
    const [x, y] = [builder.integer("x", 3, 9), builder.integer("y", 0, 9)];
    builder.require("row", pose(x, y)).minimise(x.times(y));
    const problem = builder.build();
    const nowMs = systemClock.monotonicMs();
    const budget = { searchUntilMs: nowMs + 60_000, abandonAtMs: nowMs + 65_000 };
    const choice = { kind: "auto", solvers: [] } as const;
    const { status, best } = await solveBare(
      { problem, choice, threads: 1, workLimit: 1, presolveWorkLimit: 1, seed: 1, budget },
      { pool, clock: systemClock },
    );
    expect(best && [...best.sample.values]).toEqual(expected);
    expect(status).toBe(expected === undefined ? "unknown" : "feasible");
  });

  test("who leaves at once still gets a report", async () => {
    const shape = { ...smallQuadratic, variableCount: 300, vartypes: ["binary"] as const };
    const problem = quadraticModel(randomStream(1), { ...shape, rowCount: 0 });
    const nowMs = systemClock.monotonicMs();
    const budget = { searchUntilMs: nowMs + 60_000, abandonAtMs: nowMs + 65_000 };
    const choice = { kind: "auto", solvers: solverCatalogue } as const;
    const report = await solveBare(
      {
        problem,
        choice,
        threads: 2,
        workLimit: 1e15,
        seed: 1,
        budget,
        signal: AbortSignal.abort(),
      },
      { pool, clock: systemClock },
    );
    expect(["feasible", "unknown"]).toContain(report.status);
    expect(systemClock.monotonicMs() - nowMs).toBeLessThan(30_000);
  });
});

describe("large problems", () => {
  /** Products of two, or costs and rows of five that ask for two. */
  function large(count: number, rowCount: number): QuadraticProblem {
    const stream = randomStream(count, "large");
    const assembly = new ProblemAssembly("minimise");
    for (let index = 0; index < count; index += 1) {
      assembly.addLinear(assembly.addVariable(undefined), rowCount === 0 ? 0 : 1 + stream.below(9));
    }
    for (let index = 0; rowCount === 0 && index < 2 * count; index += 1) {
      const [one, other] = [stream.below(count), stream.below(count)];
      if (one !== other) assembly.addQuadratic(one, other, 2 * stream.below(2) - 1);
    }
    for (let index = 0; index < rowCount; index += 1) {
      const row = assembly.addRow({ comparison: COMPARISON.atLeast, rightSide: 2 });
      for (const bias of [1, 1, 2, 2, 3]) assembly.addRowLinear(row, stream.below(count), bias);
    }
    return assembly.finish();
  }

  const names = ["descent", "interval-bound"];

  test.each([
    ["without rows", large(12_000, 0)],
    ["with rows that all at 0 would break", large(12_000, 9000)],
  ])("have an answer that was looked for before anything else: %s", async (_remark, problem) => {
    const nowMs = systemClock.monotonicMs();
    const budget = { searchUntilMs: nowMs + 60_000, abandonAtMs: nowMs + 65_000 };
    const solvers = solverCatalogue.filter(({ name }) => names.includes(name));
    const choice = { kind: "auto", solvers } as const;
    const limits = { workLimit: 400_000, presolveWorkLimit: 1 };
    const { best, attempts } = await solveBare(
      { problem, choice, threads: 1, ...limits, seed: 1, budget },
      { pool, clock: systemClock },
    );
    expect(attempts.slice(0, 2).map(({ solver }) => solver)).toEqual(names);
    expect(attempts.length).toBeGreaterThan(2);
    const { feasible, objective } = verify(problem, best?.sample ?? { values: new Int32Array(0) });
    expect(feasible).toBe(true);
    for (const bounds of [problem.lowerBounds, problem.upperBounds]) {
      const atBounds = verify(problem, { values: Int32Array.from(bounds) });
      if (atBounds.feasible) expect(objective).toBeLessThan(atBounds.objective);
    }
  });

  test("are solved by presolve alone where nothing ties their variables", async () => {
    const assembly = new ProblemAssembly("maximise");
    for (let index = 0; index < 100_000; index += 1) assembly.addVariable(undefined);
    assembly.addLinear(77_777, 3);
    expect(await solved(assembly.finish())).toMatchObject({
      status: "optimal",
      bound: 3,
      best: { objective: 3, solver: "presolve" },
      attempts: [],
    });
  });
});
