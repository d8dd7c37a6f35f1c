/**
 * The QAOA solver: what it takes and why it refuses, what it finds, and what it says of the
 * circuit's own share in it.
 */
import { describe, expect, test } from "vitest";
import { present, randomStream, workBudget } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, verify } from "#problem";
import { COMMON_CIRCUIT, type QaoaCircuit, solverNamed, studyCircuit } from "#solvers";
import { bestByTrying } from "../generators/quadratic-models.ts";

const qaoa = present(solverNamed("qaoa"), "the solver");

interface Grouping {
  readonly groups: number;
  readonly size: number;
  readonly ones?: number;
}

/**
 * Groups of variables of which `ones` are 1, with random interactions between all; groups of 1 are
 * free.
 */
function grouped(seed: number, { groups, size, ones = 1 }: Grouping): QuadraticProblem {
  const random = randomStream(seed, "groups");
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(groups * size);
  for (let second = 0; second < groups * size; second += 1) {
    assembly.addLinear(second, random.below(21) - 10);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, random.below(21) - 10);
    }
  }
  for (let group = 0; group < groups && size > 1; group += 1) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: ones });
    for (let member = 0; member < size; member += 1) {
      assembly.addRowLinear(row, group * size + member, 1);
    }
  }
  return assembly.finish();
}

const solve = (problem: QuadraticProblem, work = 1_000_000) =>
  qaoa.solve(problem, { seed: 1, budget: workBudget(work) });

/** The numbers its words give. */
function sharesOf(method: string | undefined) {
  const found =
    /(\d+) of (\d+) measurements feasible; best as measured (\S+), mended ([^\s;]+)/.exec(
      method ?? "",
    );
  return { feasible: found?.[1], shots: found?.[2], measured: found?.[3], mended: found?.[4] };
}

describe("qaoa", () => {
  test.each<readonly [remark: string, grouping: Grouping]>([
    ["none: qubits alone", { groups: 10, size: 1 }],
    ["one of four", { groups: 3, size: 4 }],
    ["two of four", { groups: 3, size: 4, ones: 2 }],
    ["all but one", { groups: 3, size: 4, ones: 3 }],
  ])("finds the optimum by measuring, in groups of %s", (_, grouping) => {
    for (let seed = 0; seed < 4; seed += 1) {
      const drawn = grouped(seed, grouping);
      const { best, method } = solve(drawn);
      const optimum = present(bestByTrying(drawn), "an optimum").objective;
      expect(best?.objective).toBe(optimum);
      const shares = sharesOf(method);
      expect(shares).toEqual({
        ...{ feasible: "256", shots: "256" },
        ...{ measured: String(optimum), mended: String(optimum) },
      });
    }
  });

  test("keeps all of 390,625 states of 8 groups of 5 inside their groups", () => {
    const drawn = grouped(1, { groups: 8, size: 5 });
    const { best, method } = solve(drawn, 20_000_000);
    expect(method).toMatch(/on 8 groups and 0 qubits/);
    expect(sharesOf(method)).toMatchObject({ feasible: "256", shots: "256" });
    expect(best && verify(drawn, best.sample).feasible).toBe(true);
  });

  test("says how few measurements keep rows that are penalties", () => {
    const assembly = new ProblemAssembly("minimise");
    assembly.addVariables(6);
    for (let second = 0; second < 6; second += 1) {
      for (let first = 0; first < second; first += 1) assembly.addQuadratic(first, second, -1);
    }
    const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide: 7 });
    for (let member = 0; member < 6; member += 1) assembly.addRowLinear(row, member, member);
    const problem = assembly.finish();
    const { best, method } = solve(problem);
    expect(best?.objective).toBe(bestByTrying(problem)?.objective);
    expect(Number(sharesOf(method).feasible)).toBeLessThan(256);
  });

  test("leaves a start it cannot better as it is, and tells of none", () => {
    const problem = grouped(2, { groups: 3, size: 3 });
    const start = present(bestByTrying(problem), "an optimum").sample;
    const heard: number[] = [];
    const { best } = qaoa.solve(problem, {
      ...{ seed: 1, budget: workBudget(1_000_000), start },
      onIncumbent: (_, objective) => heard.push(objective),
    });
    expect(best?.objective).toBe(verify(problem, start).objective);
    expect(heard).toEqual([]);
  });

  test("says what it is compared with, and whether the circuit added anything", () => {
    const problem = grouped(3, { groups: 3, size: 4 });
    const { method } = solve(problem);
    expect(method).toMatch(/; 256 uniform draws, mended alike, -?\d+: the circuit added nothing$/);
    const warm = present(solverNamed("qaoa-warm"), "the solver");
    const { sample: optimum, objective } = present(bestByTrying(problem), "an optimum");
    const near = warm.solve(problem, { seed: 1, budget: workBudget(1e6), start: optimum });
    expect(near.method).toContain(`from an incumbent (epsilon 0.4)`);
    expect(near.method).toContain(`; the start ${objective}, mended ${objective}; `);
    expect(near.method).toMatch(/the circuit added nothing$/);
  });

  test("makes an incumbent where it is given none", () => {
    const warm = present(solverNamed("qaoa-warm"), "the solver");
    const problem = grouped(3, { groups: 3, size: 4 });
    const { best, method } = warm.solve(problem, { seed: 1, budget: workBudget(1_000_000) });
    expect(best?.objective).toBe(present(bestByTrying(problem), "an optimum").objective);
    expect(method).toMatch(/; the start -?\d+, mended -?\d+; 256 uniform draws/);
  });

  test("begins evenly, and says so, where there is no incumbent to be had", () => {
    const warm = present(solverNamed("qaoa-warm"), "the solver");
    const assembly = new ProblemAssembly("minimise");
    assembly.addVariables(3);
    assembly.addQuadratic(0, 1, 1);
    for (const rightSide of [1, 3]) {
      const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
      for (let member = 0; member < 3; member += 1) assembly.addRowLinear(row, member, 1);
    }
    const { method, status } = warm.solve(assembly.finish(), { seed: 1, budget: workBudget(1e6) });
    expect(status).toBe("unknown");
    expect(method).not.toContain("incumbent");
    expect(method).toContain("0 of 256 measurements feasible");
  });

  test("says when the budget ended before a measurement", () => {
    const { status, method, work } = solve(grouped(1, { groups: 8, size: 5 }), 1);
    expect(status).toBe("unknown");
    expect(method).toMatch(/the budget ended before a measurement$/);
    expect(work).toBeGreaterThan(1);
  });

  test.each<readonly [remark: string, problem: () => QuadraticProblem, reason: RegExp]>([
    ["too many states", () => grouped(1, { groups: 9, size: 5 }), /1953125 basis states/],
    ["too many variables", () => grouped(1, { groups: 300, size: 1 }), /300 variables/],
    ["a polynomial structure", () => new ProblemAssembly("minimise").finish(), /solved exactly/],
  ])("refuses %s", (_, make, reason) => {
    const support = qaoa.supports(make());
    expect(support.kind === "no" ? support.reason : "").toMatch(reason);
  });
});

describe("studyCircuit", () => {
  const study = (problem: QuadraticProblem, change: Partial<QaoaCircuit>) =>
    studyCircuit(problem, { ...COMMON_CIRCUIT, ...change });

  test("finds the optimum five times as often in groups as with X and penalties", () => {
    for (const size of [3, 4]) {
      const ratios = Array.from({ length: 9 }, (_, seed) => {
        const problem = grouped(seed, { groups: 12 / size, size });
        const inGroups = study(problem, { mixer: "ring" });
        const rivals = (["ramp", "fixed", "transferred"] as const).map((schedule) =>
          study(problem, { mixer: "x", schedule }),
        );
        expect(rivals.map(({ states }) => states)).toEqual([4096, 4096, 4096]);
        expect(inGroups.states).toBe(size ** (12 / size));
        return inGroups.optimumProbability / Math.max(...rivals.map((r) => r.optimumProbability));
      });
      expect(ratios.sort((a, b) => a - b)[4]).toBeGreaterThan(5);
    }
  });

  test("leaves nothing to find where all states are equal", () => {
    const assembly = new ProblemAssembly("minimise");
    assembly.addVariables(3);
    const { optimumProbability, uniformProbability } = study(assembly.finish(), {});
    expect(uniformProbability).toBe(1);
    expect(optimumProbability).toBeCloseTo(1, 12);
  });
});
