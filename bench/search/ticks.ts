/**
 * Beside the goals: how long a search cannot be told to stop. CPU time to the first tick, of a
 * solver that is asked what it supports and then run, and between two ticks after it.
 */
import { present, randomStream } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { solverNamed } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { shown } from "../exact/statistics.ts";
import { cpuMs } from "./cpu-race.ts";
import { palubeckis } from "./dense.ts";

const CPU_MS = 10_000;
const CPU_MS_QUICK = 500;
const SIDE = 1000;
const SIDE_QUICK = 100;

/** How long each of the searches runs between two ticks. */
export async function measureTicks({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const cpuMsMax = isQuick ? CPU_MS_QUICK : CPU_MS;
  const side = isQuick ? SIDE_QUICK : SIDE;
  const dense = isQuick ? [] : [ticksOf("p3000.1", palubeckis(), "path-relinking", cpuMsMax)];
  const sparse = ["spin-annealing", "parallel-tempering"].map((solver) =>
    ticksOf(`${side} x ${side} lattice`, lattice(side), solver, cpuMsMax),
  );
  return [...dense, ...sparse];
}

function ticksOf(what: string, problem: QuadraticProblem, name: string, cpuMsMax: number): Reading {
  const solver = present(solverNamed(name), name);
  const begin = cpuMs();
  solver.supports(problem);
  const asked = cpuMs();
  const gaps: number[] = [];
  let last = asked;
  const tick = () => {
    const now = cpuMs();
    gaps.push(now - last);
    last = now;
    return now - begin > cpuMsMax ? ("stop" as const) : ("continue" as const);
  };
  solver.solve(problem, { seed: 1, budget: { tick } });
  const [first, ...later] = gaps;
  const ascending = later.toSorted((a, b) => a - b);
  const at = (share: number) => shown(ascending[Math.floor(share * (ascending.length - 1))]);
  return {
    what: `${what}, ${name}: CPU time between ticks`,
    goal: "",
    reached: `median ${at(0.5)}, 99 % at most ${at(0.99)}, longest ${at(1)} CPU-ms`,
    spread: `${gaps.length} ticks; asked ${shown(asked - begin)}, first tick ${shown(first)} later`,
    isMet: null,
  };
}

/** A torus of spins, each coupled to four others by +1 or -1. */
export function lattice(side: number): QuadraticProblem {
  const stream = randomStream(1, "lattice");
  const assembly = new ProblemAssembly("minimise");
  for (let cell = 0; cell < side * side; cell += 1) {
    assembly.addVariable();
    assembly.restrict(cell, VARTYPE.spin);
  }
  for (let cell = 0; cell < side * side; cell += 1) {
    const right = cell - (cell % side) + ((cell + 1) % side);
    const below = (cell + side) % (side * side);
    for (const other of [right, below]) {
      assembly.addQuadratic(cell, other, 2 * stream.below(2) - 1);
    }
  }
  return assembly.finish();
}
