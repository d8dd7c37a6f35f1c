/**
 * Beside the goals: how large quadratic problems without any structure can be and still be proved,
 * and how large those can be of which only the dependencies are few.
 */
import { randomStream } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { solverNamed } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { quadraticModel, smallQuadratic } from "../../test/generators/quadratic-models.ts";
import { type MeasuredRun, measured } from "./measured.ts";
import { median, range, shown } from "./statistics.ts";

const SEEDS = 5;
const CPU_SECONDS_MAX = 20;

/** Every variable with every other, biases from -10 to 10. */
function dense(size: number, rowCount: number, seed: number): QuadraticProblem {
  return quadraticModel(randomStream(seed, "dense", size), {
    ...smallQuadratic,
    variableCount: size,
    vartypes: ["binary"],
    density: 1,
    rowCount,
    softShare: 0.5,
  });
}

/** A strip of spins, each coupled to the next and to the one beside it by +1 or -1. */
function strip(width: number, length: number, seed: number): QuadraticProblem {
  const stream = randomStream(seed, "strip");
  const assembly = new ProblemAssembly("minimise");
  const couple = (a: number, b: number) => assembly.addQuadratic(a, b, 2 * stream.below(2) - 1);
  for (let spin = 0; spin < width * length; spin += 1) {
    assembly.addVariable(undefined);
    assembly.restrict(spin, VARTYPE.spin, -1, 1);
    if (spin % width > 0) couple(spin - 1, spin);
    if (spin >= width) couple(spin - width, spin);
  }
  return assembly.finish();
}

/** Figure 9. */
export function measureSmallQuadratic({ isQuick }: FigureOptions): readonly Reading[] {
  const sizes = isQuick ? [30] : [30, 40, 50];
  const seeds = Array.from({ length: isQuick ? 1 : SEEDS }, (_, seed) => seed);
  const proofs = [0, 4].flatMap((rowCount) =>
    sizes.map((size) => {
      const rows = rowCount === 0 ? "without rows" : `${rowCount} rows`;
      const problems = seeds.map((seed) => dense(size, rowCount, seed));
      return reading(`dense, ${size} variables, ${rows}`, "quadratic-branch-and-bound", problems);
    }),
  );
  const enumerated = seeds.map((seed) => dense(24, 4, seed));
  const strips = seeds.map((seed) => strip(8, isQuick ? 10 : 2000, seed));
  return [
    ...proofs,
    reading("dense, 24 variables, 4 rows, every sample", "enumeration", enumerated),
    reading("a strip of 8 x 2,000 spins", "treewidth", strips),
  ];
}

function reading(what: string, name: string, problems: readonly QuadraticProblem[]): Reading {
  const solver = solverNamed(name);
  if (solver === undefined) throw new Error(`no solver is called ${name}`);
  const runs = problems.map((problem): MeasuredRun => {
    return measured(problem, { cpuSecondsMax: CPU_SECONDS_MAX, solver });
  });
  const proved = runs.filter(({ status }) => status === "optimal" || status === "infeasible");
  const times = runs.map(({ cpuSeconds }) => cpuSeconds);
  return {
    what: `${what}: to proof by ${name}`,
    goal: "",
    reached: `${proved.length} of ${runs.length}, median ${shown(median(times))} CPU-s`,
    spread: `${runs.length} problems, ${range(times, "CPU-s")}`,
    isMet: null,
  };
}
