/** A solver that hangs costs the answer what it would have found itself, and nothing else. */
import { afterEach, describe, expect, test } from "vitest";
import { present, randomStream, systemClock } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, verify } from "#problem";
import { type BareReport, openSolverPool, type SolverPool, solveBare } from "#runtime";
import { solverCatalogue } from "#solvers";

const HANGING = new URL("./hanging-thread.ts", import.meta.url);
/** Long enough for a lane that stands still to be given up, and for the others. */
const HUNG_MS = 3000;
/** What finds the same without anybody hanging, however busy the machine. */
const WORK = 2_000_000;

/** Dense enough for the solver that hangs to be the likeliest. */
function products(count: number): QuadraticProblem {
  const stream = randomStream(count, "hang");
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(count);
  for (let one = 0; one < count; one += 1) {
    for (let other = one; other < count; other += 1) {
      assembly.addQuadratic(one, other, stream.below(201) - 100);
    }
  }
  return assembly.finish();
}

let pool: SolverPool | undefined;
afterEach(() => pool?.close());

async function solved(
  threads: number,
  run: { readonly program?: URL; readonly searchMs: number; readonly workLimit: number },
): Promise<BareReport> {
  const { program, searchMs, workLimit } = run;
  pool = openSolverPool(threads, { program });
  await pool.ready();
  const nowMs = systemClock.monotonicMs();
  const untilMs = nowMs + searchMs;
  const names = ["descent", "path-relinking", "quadratic-annealing"];
  const solvers = solverCatalogue.filter(({ name }) => names.includes(name));
  const request = {
    problem: products(150),
    choice: { kind: "auto", solvers } as const,
    threads,
    workLimit,
    seed: 1,
    budget: { searchUntilMs: untilMs, abandonAtMs: untilMs + 500 },
  };
  return solveBare(request, { pool, clock: systemClock });
}

describe("a solver that hangs", () => {
  test.each([1, 2])("on %i threads: the others go on where it was", async (threads) => {
    const { best, attempts } = await solved(threads, {
      program: HANGING,
      searchMs: HUNG_MS,
      workLimit: Number.MAX_SAFE_INTEGER,
    });
    const lost = attempts.filter(({ end }) => end === "abandoned");
    expect(lost.length).toBeGreaterThanOrEqual(threads);
    expect(new Set(lost.map(({ solver }) => solver))).toEqual(new Set(["path-relinking"]));
    const after = attempts.filter(({ solver }) => solver === "quadratic-annealing");
    expect(after.length).toBeGreaterThanOrEqual(threads);
    const { feasible, objective } = verify(products(150), present(best, "an answer").sample);
    expect({ feasible, objective }).toEqual({ feasible: true, objective: best?.objective });
    const whole = await solved(threads, { searchMs: 60_000, workLimit: WORK });
    expect(whole.attempts.filter(({ end }) => end === "abandoned")).toEqual([]);
    expect(best?.objective).toBe(whole.best?.objective);
  });
});
