/**
 * Simulated bifurcation beside annealing and path relinking, where everything is coupled
 * and where little is. Parameters were chosen on other problems of the first and third kind.
 */
import { randomStream } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { absentReading, readShipped } from "../exact/shipped-run.ts";
import { palubeckis } from "./dense.ts";
import { readContest } from "./equal-time.ts";

const BOTH = ["simulated-bifurcation", "spin-annealing"];

/** The figure. */
export async function measureBifurcation({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const limits = { cpuSeconds: isQuick ? 0.5 : 5, seeds: isQuick ? [1] : [1, 2, 3, 4, 5] };
  const family = "maxcut-gset";
  const absent = absentReading(family);
  const dense = [...BOTH, "path-relinking"];
  const size = isQuick ? 500 : 2000;
  const units = fullyCoupled(size, 2000);
  const readings = [
    readContest({
      what: `${size} spins, all coupled by 1 or -1`,
      problem: units,
      solvers: dense,
      ...limits,
    }),
  ];
  if (absent !== undefined) readings.push(...absent);
  else {
    const { problem } = await readShipped({ family, file: "G22.txt" });
    readings.push(readContest({ what: "G22", problem, solvers: BOTH, ...limits }));
  }
  if (isQuick) return readings;
  const quadratic = { what: "p3000.1", problem: palubeckis(), solvers: dense, ...limits };
  return [...readings, readContest(quadratic)];
}

/** As K2000 is drawn: every pair of spins coupled by +1 or -1, the cut to be made large. */
function fullyCoupled(size: number, seed: number): QuadraticProblem {
  const stream = randomStream(seed, "fully coupled");
  const assembly = new ProblemAssembly("maximise");
  for (let spin = 0; spin < size; spin += 1) {
    assembly.addVariable();
    assembly.restrict(spin, VARTYPE.spin);
    for (let other = 0; other < spin; other += 1) {
      assembly.addQuadratic(other, spin, 2 * stream.below(2) - 1);
    }
  }
  return assembly.finish();
}
