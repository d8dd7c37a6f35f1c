/**
 * Figure 7: what the portfolio loses to the best of its members in hindsight, each by itself with
 * all of the same CPU time, on problems of every shipped family; and the same with lessons learnt
 * from all other families alone.
 */
import { isBetterObjective, type QuadraticProblem } from "#problem";
import { prepareSolvers } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import type { Lessons } from "../../src/runtime/selector/selector.ts";
import { absentReading } from "../exact/shipped-run.ts";
import { mean, median, shown } from "../exact/statistics.ts";
import { solveInCpuTime } from "./cpu-race.ts";
import { type SearchInstance, shippedInstances } from "./selector/instances.ts";
import { learn, lossTo } from "./selector/learn.ts";
import { keptMeasurements, membersFor } from "./selector/measurements.ts";
import { objectiveAfter, profileOf } from "./selector/profile.ts";

const CPU_SECONDS = 1;
const SEEDS: readonly number[] = [1, 2, 3];
const INSTANCES_OF_FAMILY_MAX = 4;

/** On one problem: what was lost with the lessons that ship, and with those of other families. */
interface Regret {
  readonly family: string;
  readonly name: string;
  readonly shipped: number;
  readonly leftOut: number;
}

/** Figure 7. */
export async function measureRegret({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const absent = absentReading("the shipped families");
  if (absent !== undefined) return absent;
  await prepareSolvers(true);
  const regrets: Regret[] = [];
  for (const [family, all] of Map.groupBy(shippedInstances(), (one) => one.family)) {
    const others = learn(keptMeasurements().filter((one) => one.family !== family));
    for (const instance of spread(all, isQuick ? 1 : INSTANCES_OF_FAMILY_MAX)) {
      regrets.push(await regretOn(instance, others, isQuick ? SEEDS.slice(0, 1) : SEEDS));
    }
  }
  const families = [...Map.groupBy(regrets, ({ family }) => family)];
  return [
    reading("all families", regrets, (one) => one.shipped, true),
    ...families.map(([family, own]) => reading(family, own, (one) => one.shipped, false)),
    reading("all, lessons of other families", regrets, (one) => one.leftOut, false),
  ];
}

/** So many of them, evenly. */
function spread(all: readonly SearchInstance[], count: number): readonly SearchInstance[] {
  const step = Math.max(1, all.length / count);
  return all.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
}

async function regretOn(
  instance: SearchInstance,
  others: Lessons,
  seeds: readonly number[],
): Promise<Regret> {
  const problem = await instance.read();
  const { sense } = problem;
  const { listed } = instance;
  const bests = membersFor(problem).map((solver) => {
    const objectives = seeds.map((seed) => {
      const profile = profileOf(problem, solver, { cpuMsMax: 1000 * CPU_SECONDS, seed, listed });
      return objectiveAfter(profile, 1000 * CPU_SECONDS) ?? worst(problem);
    });
    return { name: solver.name, objective: median(objectives) };
  });
  const best = bests.reduce((a, b) => (isBetterObjective(sense, b.objective, a.objective) ? b : a));
  const lost = async (lessons: Lessons | undefined) => {
    const objectives: number[] = [];
    for (const seed of seeds) {
      const report = await solveInCpuTime(problem, { cpuSeconds: CPU_SECONDS, seed, lessons });
      objectives.push(report.best?.objective ?? worst(problem));
    }
    const own = median(objectives);
    return isBetterObjective(sense, best.objective, own) ? lossTo(best.objective, own) : 0;
  };
  const regret = {
    family: instance.family,
    name: instance.name,
    shipped: await lost(undefined),
    leftOut: await lost(others),
  };
  const [own, other] = [regret.shipped, regret.leftOut].map((loss) => shown(100 * loss));
  const told = `best ${best.objective} by ${best.name}, lost ${own} %, left out ${other} %`;
  process.stderr.write(`  ${instance.name}: ${told}\n`);
  return regret;
}

/** What no answer is worse than. */
function worst({ sense }: QuadraticProblem): number {
  return sense === "minimise" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function reading(
  what: string,
  regrets: readonly Regret[],
  lossOf: (regret: Regret) => number,
  isJudged: boolean,
): Reading {
  const losses = regrets.map((one) => 100 * lossOf(one));
  const [average, most] = [mean(losses), Math.max(...losses)];
  const worstOf = regrets[losses.indexOf(most)];
  const none = losses.filter((loss) => loss === 0).length;
  const least = most > 0 ? `; worst ${worstOf.name}` : "";
  return {
    what: `${what}: lost to the best member in hindsight, ${CPU_SECONDS} CPU-s each`,
    goal: isJudged ? "mean at most 0.1 %, worst at most 1 %" : "",
    reached: `mean ${shown(average)} %, worst ${shown(most)} %`,
    spread: `${regrets.length} problems, nothing lost on ${none}${least}`,
    isMet: isJudged ? average <= 0.1 && most <= 1 : null,
  };
}
