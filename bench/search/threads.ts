/**
 * Figure 8: how much sooner two threads are through a batch than one. The batch is searched under a
 * work limit, which gives the same answers on both; elapsed time, so only a quiet machine tells.
 */
import { systemClock } from "#foundation";
import type { QuadraticProblem } from "#problem";
import { openSolverPool, type SolverPool, solveBare } from "#runtime";
import { solverCatalogue } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { median, range, shown } from "../exact/statistics.ts";
import { generatedInstances } from "./selector/instances.ts";

/** Families of which nothing is proved in passing, and what each attempt may spend. */
const FAMILIES: readonly (readonly [family: string, workLimit: number])[] = [
  ["cuts", 30_000_000],
  ["products", 300_000_000],
  ["placements", 100_000_000],
  ["groups", 30_000_000],
];
const ROUNDS = 5;
const RATIO_MIN = 1.7;
const TIME_MS_MAX = 1e9;

/** Figure 8. */
export async function measureThreads({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const one = openSolverPool(1, { warm: true });
  const two = openSolverPool(2, { warm: true });
  try {
    await Promise.all([one.ready(), two.ready()]);
    const ratios: number[] = [];
    const differing: string[] = [];
    for (let round = 0; round < (isQuick ? 1 : ROUNDS); round += 1) {
      const [alone, together] = [await batch(one, isQuick), await batch(two, isQuick)];
      ratios.push(alone.ms / together.ms);
      for (const [name, answer] of alone.answers) {
        if (together.answers.get(name) !== answer) differing.push(name);
      }
      process.stderr.write(`  round ${round + 1}: ${shown(alone.ms)}, ${shown(together.ms)} ms\n`);
    }
    const ratio = median(ratios);
    return [
      {
        what: "the batch on two threads beside one, elapsed time",
        goal: `at least ${RATIO_MIN} times as fast`,
        reached: `${shown(ratio)} times`,
        spread: `${ratios.length} rounds, ${range(ratios, "times")}`,
        isMet: ratio >= RATIO_MIN,
      },
      {
        what: "answers of the batch, the same on one and two threads",
        goal: "all",
        reached: differing.length === 0 ? "all" : `not ${differing.join(", ")}`,
        spread: `${ratios.length} rounds`,
        isMet: differing.length === 0,
      },
    ];
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}

/** One problem after the other; the samples as text. */
async function batch(pool: SolverPool, isQuick: boolean) {
  const answers = new Map<string, string>();
  let ms = 0;
  for (const [family, workLimit] of FAMILIES) {
    const instances = generatedInstances().filter((one) => one.family === family);
    for (const { name, read } of instances.slice(2, isQuick ? 3 : 5)) {
      const problem = await read();
      const begunMs = systemClock.monotonicMs();
      const values = await answer(problem, pool, isQuick ? workLimit / 10 : workLimit);
      ms += systemClock.monotonicMs() - begunMs;
      answers.set(name, values?.join(" ") ?? "");
    }
  }
  return { ms, answers };
}

async function answer(problem: QuadraticProblem, pool: SolverPool, workLimit: number) {
  const untilMs = systemClock.monotonicMs() + TIME_MS_MAX;
  const report = await solveBare(
    {
      problem,
      choice: { kind: "auto", solvers: solverCatalogue },
      threads: pool.threadCount,
      workLimit,
      isRepeatable: true,
      seed: 1,
      budget: { searchUntilMs: untilMs, abandonAtMs: untilMs },
    },
    { pool, clock: systemClock },
  );
  return report.best?.sample.values;
}
