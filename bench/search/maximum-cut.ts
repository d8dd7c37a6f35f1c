/**
 * Figure 1: maximum cuts of the G-set by `--solver auto`, one thread, CPU time, five seeds each.
 * Every cut is judged by the independent evaluator from the graph's file alone.
 */
import { solutionOf } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { hasShipped, listedBest, shippedEvaluator, shippedPath } from "../exact/shipped.ts";
import { readShipped } from "../exact/shipped-run.ts";
import { median } from "../exact/statistics.ts";
import { solveInCpuTime } from "./cpu-race.ts";

const FAMILY = "maxcut-gset";
const SEEDS: readonly number[] = [1, 2, 3, 4, 5];

interface Goal {
  readonly graph: string;
  readonly cpuSeconds: number;
  /** What the median has to reach. */
  readonly median: number;
  /** A cut that some seeds have to reach. */
  readonly some?: { readonly seeds: number; readonly cut: number };
}

const GOALS: readonly Goal[] = [
  { graph: "G1", cpuSeconds: 0.2, median: 11_624 },
  { graph: "G43", cpuSeconds: 0.2, median: 6660 },
  { graph: "G48", cpuSeconds: 0.2, median: 6000 },
  { graph: "G14", cpuSeconds: 10, median: 3063 },
  { graph: "G22", cpuSeconds: 10, median: 13_358, some: { seeds: 2, cut: 13_359 } },
  { graph: "G55", cpuSeconds: 10, median: 10_290 },
  { graph: "G60", cpuSeconds: 10, median: 14_176 },
  { graph: "G70", cpuSeconds: 10, median: 9570 },
];

/** Solved first, and not counted: what follows finds its code compiled. */
const WARM_UP_GRAPH = "G51.txt";

/** Figure 1. */
export async function measureMaximumCut({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  if (!hasShipped()) throw new Error("expected the shipped instances beside the project");
  const readings: Reading[] = [];
  await cutOf(WARM_UP_GRAPH, 1, 1);
  for (const goal of isQuick ? GOALS.slice(0, 2) : GOALS) {
    readings.push(await measureGoal(goal, isQuick ? SEEDS.slice(0, 1) : SEEDS));
  }
  return readings;
}

async function measureGoal(goal: Goal, seeds: readonly number[]): Promise<Reading> {
  const { graph, cpuSeconds } = goal;
  const cuts: number[] = [];
  for (const seed of seeds) cuts.push(await cutOf(`${graph}.txt`, cpuSeconds, seed));
  process.stderr.write(`  ${graph}: ${cuts.join(" ")}\n`);
  const middle = median(cuts);
  const isSome =
    goal.some === undefined ||
    cuts.filter((cut) => cut >= (goal.some?.cut ?? Infinity)).length >= goal.some.seeds;
  const rest = goal.some === undefined ? "" : `, ${goal.some.cut} on ${goal.some.seeds} seeds`;
  return {
    what: `${graph}, ${cpuSeconds} CPU-s (best known ${listedBest(`${graph}.txt`) ?? "-"})`,
    goal: `at least ${goal.median}${rest}`,
    reached: `${middle}`,
    spread: `seeds 1 to ${seeds.length}: ${cuts.join(", ")}`,
    isMet: middle >= goal.median && isSome,
  };
}

/** The cut that one run finds, by the evaluator. */
async function cutOf(file: string, cpuSeconds: number, seed: number): Promise<number> {
  const { problem, layout } = await readShipped({ family: FAMILY, file });
  const { best } = await solveInCpuTime(problem, { cpuSeconds, seed });
  if (best === undefined) return Number.NaN;
  const evaluate = await shippedEvaluator();
  const judged = evaluate(shippedPath(FAMILY, file), solutionOf(layout, best.sample), {});
  if (judged.objective !== best.objective) throw new Error(`${file}: ${best.objective} is untrue`);
  return judged.objective;
}
