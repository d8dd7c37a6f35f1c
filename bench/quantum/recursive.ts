/**
 * Recursive QAOA beside the best that is known: what it finds before and after mending, and what
 * the same work finds without it. No goal: a figure to choose by.
 */
import { present, randomStream, workBudget } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { solverNamed } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { cpuSeconds } from "../exact/measured.ts";
import { median, range, shown } from "../exact/statistics.ts";

const PROBLEMS = 10;
const REFERENCE_WORK = 5_000_000;

type Draw = (size: number, seed: number) => QuadraticProblem;

/** Sparse and dense spins, at two sizes. */
export function measureRecursive({ isQuick }: FigureOptions): readonly Reading[] {
  const families: readonly (readonly [string, Draw, readonly number[]])[] = [
    ["cubic graphs, maximum cut", cubic, [40, 100]],
    ["complete graphs, couplings of -1 and 1", complete, [40, 80]],
  ];
  return families.flatMap(([name, draw, sizes]) =>
    sizes.map((size) => reading(`${name}, ${size} spins`, draw, isQuick ? size / 4 : size)),
  );
}

function reading(what: string, draw: Draw, size: number): Reading {
  const solver = present(solverNamed("recursive-qaoa"), "the solver");
  const reference = present(solverNamed("quadratic-annealing"), "the reference");
  const shares: Record<"found" | "mended" | "random", number[]> = {
    ...{ found: [], mended: [], random: [] },
  };
  const seconds: number[] = [];
  for (let seed = 0; seed < PROBLEMS; seed += 1) {
    const problem = draw(size, seed);
    const from = cpuSeconds();
    const { method = "" } = solver.solve(problem, { seed, budget: workBudget(1e12) });
    seconds.push(cpuSeconds() - from);
    const { best } = reference.solve(problem, { seed, budget: workBudget(REFERENCE_WORK) });
    const known = present(best, "a reference").objective;
    const words = /as found (\S+), mended ([^\s;]+); \d+ random samples .* work ([^\s:]+)/.exec(
      method,
    );
    const [, found, mended, random] = present(words ?? undefined, "the solver's words").map(Number);
    shares.found.push((100 * found) / known);
    shares.mended.push((100 * mended) / known);
    shares.random.push((100 * random) / known);
  }
  return {
    what,
    goal: "",
    reached:
      `of the best energy known ${shown(median(shares.found))} % as found, ` +
      `${shown(median(shares.mended))} % mended, ` +
      `${shown(median(shares.random))} % by random samples mended with as much work`,
    spread: `as found ${range(shares.found, "%")}; ${shown(median(seconds))} CPU-s each`,
    isMet: null,
  };
}

/** A ring and a random perfect matching: three neighbours but for pairs that meet twice. */
function cubic(size: number, seed: number): QuadraticProblem {
  const random = randomStream(seed, "cubic", size);
  const places = Array.from({ length: size }, (_, at) => at);
  const keys = places.map(() => random.unit());
  const shuffled = places.toSorted((a, b) => keys[a] - keys[b]);
  const assembly = spins(size);
  for (const at of places) assembly.addQuadratic(at, (at + 1) % size, 1);
  for (let at = 0; at + 1 < size; at += 2) assembly.addQuadratic(shuffled[at], shuffled[at + 1], 1);
  return assembly.finish();
}

function complete(size: number, seed: number): QuadraticProblem {
  const random = randomStream(seed, "complete", size);
  const assembly = spins(size);
  for (let second = 0; second < size; second += 1) {
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, 2 * random.below(2) - 1);
    }
  }
  return assembly.finish();
}

function spins(size: number): ProblemAssembly {
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let spin = 0; spin < size; spin += 1) assembly.restrict(spin, VARTYPE.spin);
  return assembly;
}
