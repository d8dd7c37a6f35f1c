/**
 * The annealer twin: what it takes and why it refuses, that it finds what there is, and what its
 * noise, precision and chains do to what is read.
 */
import { describe, expect, test } from "vitest";
import { perfectGraph } from "#annealer";
import { present, randomStream, workBudget } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE, verify } from "#problem";
import { ADVANTAGE, annealerTwin, solverNamed, type TwinDevice } from "#solvers";
import { bestByTrying, quadraticModel, smallQuadratic } from "../generators/quadratic-models.ts";

const parts = {
  sampler: present(solverNamed("quadratic-annealing"), "the sampler"),
  polisher: present(solverNamed("descent"), "the polisher"),
};
const pegasus = perfectGraph({ kind: "pegasus", m: 4, isFabricOnly: true });
const cell = perfectGraph({ kind: "chimera", m: 1, n: 1, t: 4 });

function twin(changes: Partial<TwinDevice> = {}) {
  return annealerTwin({ ...ADVANTAGE, graph: () => pegasus, ...changes }, parts);
}

/** A complete graph of spins with couplings of -1 and +1. */
function spinGlass(size: number, seed: number): QuadraticProblem {
  const random = randomStream(seed, "spin glass");
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let second = 0; second < size; second += 1) {
    assembly.restrict(second, VARTYPE.spin);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, 2 * random.below(2) - 1);
    }
  }
  return assembly.finish();
}

/** The share of broken chains a run tells of. */
function breaksOf(method: string | undefined): number {
  return Number(/([\d.]+) % of chains broken/.exec(method ?? "")?.[1]);
}

const WORK = 350_000;
const run = (problem: QuadraticProblem, changes: Partial<TwinDevice> = {}, work = WORK) =>
  twin(changes).solve(problem, { seed: 1, budget: workBudget(work) });

test("finds the optimum of small constrained problems of every kind, and tells how", () => {
  let optimal = 0;
  let solved = 0;
  for (let seed = 0; seed < 6; seed += 1) {
    const problem = quadraticModel(randomStream(seed, "twin"), { ...smallQuadratic, rowCount: 1 });
    const optimum = bestByTrying(problem);
    if (optimum === undefined || twin().supports(problem).kind === "no") continue;
    const { best, method } = run(problem);
    expect(method).toMatch(/embedded into Pegasus P4 .* reads at chain strength/);
    solved += 1;
    if (best === undefined) continue;
    expect(verify(problem, best.sample)).toMatchObject({ feasible: true });
    if (Math.abs(best.objective - optimum.objective) < 1e-9) optimal += 1;
  }
  expect(solved).toBeGreaterThan(3);
  expect(optimal).toBeGreaterThanOrEqual(0.8 * solved);
});

test("the same seed and budget tell the same story", () => {
  const problem = spinGlass(12, 2);
  expect(run(problem)).toEqual(run(problem));
});

describe("chains", () => {
  const problem = spinGlass(12, 1);
  const strength = (value: number) => ({ kind: "fixed", strength: value }) as const;

  test("break where they are weak, and the run says so", () => {
    const weak = run(problem, { chainStrength: strength(0.1) });
    const strong = run(problem, { chainStrength: strength(8) });
    expect(breaksOf(weak.method)).toBeGreaterThan(10);
    expect(weak.method).toContain("which a greater strength would mend");
    expect(breaksOf(strong.method)).toBeLessThan(2);
    expect(strong.method).not.toContain("mend");
  });

  test("are read by every method; discarding drops reads", () => {
    for (const unembedding of ["majority-vote", "weighted-random", "minimise-energy"] as const) {
      const { method } = run(problem, { chainStrength: strength(0.1), unembedding });
      expect(method).not.toContain("dropped");
    }
    const discarding = { chainStrength: strength(0.1), unembedding: "discard" } as const;
    expect(run(problem, discarding).method).toMatch(/[1-9]\d* reads dropped/);
  });

  test("without precision nothing is left of the problem but chance", () => {
    const noise = { fieldSigma: 0, couplingSigma: 5, fieldStep: 0, couplingStep: 0 };
    const exact = { ...noise, couplingSigma: 0 };
    const read = (method: string | undefined) =>
      Number(/(?:improved|polished:) (-?[\d.]+)/.exec(method ?? "")?.[1]);
    const [clear, drowned] = [exact, noise].map((one) => run(problem, { noise: one }).method);
    expect(read(clear)).toBeLessThan(read(drowned));
  });
});

describe("what it cannot take", () => {
  test("is refused with the reason", () => {
    const separable = new ProblemAssembly("minimise");
    separable.addVariables(3);
    separable.addLinear(0, 1);
    const unbounded = new ProblemAssembly("minimise");
    unbounded.addVariables(2);
    unbounded.restrict(0, VARTYPE.integer);
    unbounded.addQuadratic(0, 1, 1);
    unbounded.addQuadratic(0, 0, 1);
    const cases = [
      [separable.finish(), "structure separable"],
      [unbounded.finish(), "expected finite bounds"],
      [spinGlass(9, 1), "the device 8 qubits and 16 couplers"],
    ] as const;
    for (const [problem, reason] of cases) {
      const support = twin({ graph: () => cell }).supports(problem);
      expect(support).toMatchObject({ kind: "no", reason: expect.stringContaining(reason) });
    }
    expect(twin().supports(spinGlass(9, 1))).toEqual({ kind: "yes" });
  });

  test("shows only in the search ends unknown, or with the start", () => {
    const problem = spinGlass(6, 1);
    const small = { graph: () => cell };
    expect(run(problem, small)).toMatchObject({
      status: "unknown",
      method: expect.stringContaining("not embedded into Chimera C1,1,4"),
    });
    const start = { values: new Int32Array(6).fill(1) };
    const begun = twin(small).solve(problem, { seed: 1, budget: workBudget(WORK), start });
    expect(begun).toMatchObject({ status: "feasible", best: { sample: start } });
  });

  test("no variables at all are answered at once", () => {
    const nothing = new ProblemAssembly("minimise").finish();
    expect(run(nothing)).toMatchObject({ status: "feasible", best: { objective: 0 } });
  });
});
