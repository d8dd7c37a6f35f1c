/**
 * Figure 9: constrained problems that are feasible for certain, and shipped ones, by
 * `constraint-search` beside general annealing, HiGHS - products linearised - and the exact method
 * of the structure, each with the same CPU time in the same run.
 */
import { randomStream } from "#foundation";
import type { QuadraticProblem } from "#problem";
import { prepareSolvers } from "#solvers";
import type { FigureOptions } from "../../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../../src/cli/bench/reading.ts";
import { constrainedFamilies } from "../../../test/search/constrained-problems.ts";
import { shippedNames } from "../../exact/shipped.ts";
import { absentReading, readShipped, type ShippedInstance } from "../../exact/shipped-run.ts";
import { mean, shown } from "../../exact/statistics.ts";
import { gapsOf, type RaceRun, race } from "./race.ts";

const OURS = "constraint-search";
const BASELINE = "quadratic-annealing";
const PROGRAMME = "highs-linearised";

const CPU_SECONDS = 0.15;
const CPU_SECONDS_SHIPPED = 0.5;
const PROBLEMS = 52;
/** HiGHS takes far longer than it is given where products are many: every fourth problem. */
const PROGRAMME_EVERY = 4;
const SIZES: readonly number[] = [20, 40, 60, 100, 150];
const TICK_MS_MAX = 20;

/** Figure 9, on problems of ten families. */
export async function measureConstrained({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  await prepareSolvers(true);
  const races: (readonly RaceRun[])[] = [];
  const readings: Reading[] = [];
  for (const [family, generator] of Object.entries(constrainedFamilies)) {
    const own = Array.from({ length: isQuick ? 2 : PROBLEMS }, (_, index) => {
      const problem = generator(randomStream(index + 1, family), SIZES[index % SIZES.length]);
      const rivals = index % PROGRAMME_EVERY === 0 ? [BASELINE, PROGRAMME] : [BASELINE];
      return race(problem, inTurn([OURS, ...rivals], index), {
        cpuSeconds: CPU_SECONDS,
        seed: index + 1,
      });
    });
    races.push(...own);
    readings.push(...readingsOf(family, own));
  }
  return [...readings, overall(races), truth(races), ticks(races)];
}

/** The same on the shipped instances, beside the exact methods of their structures. */
export async function measureShipped({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const absent = absentReading("assignments and knapsacks under capacities");
  if (absent !== undefined) return absent;
  await prepareSolvers(true);
  const races: (readonly RaceRun[])[] = [];
  const readings: Reading[] = [];
  for (const { family, solver, instances } of shippedFamilies()) {
    const own: (readonly RaceRun[])[] = [];
    for (const [index, instance] of instances.slice(0, isQuick ? 1 : undefined).entries()) {
      const { problem } = await readShipped(instance);
      own.push(raceShipped(problem, [OURS, BASELINE, "highs", solver], index));
    }
    races.push(...own);
    readings.push(...readingsOf(family, own));
  }
  return [...readings, truth(races)];
}

function raceShipped(problem: QuadraticProblem, solvers: readonly string[], index: number) {
  return race(problem, inTurn(solvers, index), { cpuSeconds: CPU_SECONDS_SHIPPED, seed: 1 });
}

/** Whoever runs first pays for code that is not warm yet: not always the same one. */
function inTurn(solvers: readonly string[], index: number): readonly string[] {
  const shift = index % solvers.length;
  return [...solvers.slice(shift), ...solvers.slice(0, shift)];
}

function shippedFamilies() {
  const assignments = shippedNames("generalized-assignment").map(
    (file): ShippedInstance => ({ family: "generalized-assignment", file }),
  );
  const knapsacks = ["mknapcb1.txt", "mknapcb5.txt", "mknapcb7.txt"].flatMap((file) =>
    [1, 11, 21].map((number): ShippedInstance => {
      return { family: "multidim-knapsack", file, problem: { number, name: String(number) } };
    }),
  );
  return [
    { family: "shipped GAP", solver: "generalised-assignment", instances: assignments },
    { family: "shipped mknap", solver: "multi-knapsack", instances: knapsacks },
  ];
}

/** Who solved how many, how far behind the best of the race, and ours against the baseline. */
function readingsOf(family: string, races: readonly (readonly RaceRun[])[]): readonly Reading[] {
  const names = [...new Set(races.flatMap((runs) => runs.map(({ solver }) => solver)))].sort();
  process.stderr.write(`  ${family}\n`);
  const gaps = races.map(gapsOf);
  const behind = names.map((name) => {
    const own = gaps.flatMap((gap) => gap.get(name) ?? []);
    const solved = own.filter(Number.isFinite).toSorted((a, b) => a - b);
    const at = (share: number) => percent(solved[Math.floor(share * (solved.length - 1))]);
    const spread = `mean ${percent(mean(solved))}, median ${at(0.5)}, 90 % ${at(0.9)}`;
    return `${name} ${solved.length} of ${own.length} solved: ${spread}`;
  });
  const pairs = gaps.map((gap) => [gap.get(OURS), gap.get(BASELINE)] as const);
  const won = pairs.filter(([mine = 0, other = 0]) => mine < other).length;
  const lost = pairs.filter(([mine = 0, other = 0]) => mine > other).length;
  const both = pairs.filter((pair) => pair.every((gap) => Number.isFinite(gap)));
  const [ours, theirs] = [0, 1].map((place) => mean(both.map((pair) => pair[place] ?? 0)));
  const reached = `${won} better, ${pairs.length - won - lost} alike, ${lost} worse`;
  const isMet = pairs.every(([mine]) => Number.isFinite(mine)) && !(ours > theirs);
  return [
    {
      what: `${family}: beside ${BASELINE}`,
      goal: "all solved, and on average not behind",
      reached: `${reached}; behind the best by ${percent(ours)} against ${percent(theirs)}`,
      spread: behind.join("; "),
      isMet,
    },
  ];
}

/** All generated problems together, and those that HiGHS was given. */
function overall(races: readonly (readonly RaceRun[])[]): Reading {
  const shared = races.filter((runs) => runs.some(({ solver }) => solver === PROGRAMME));
  const solvedBy = (name: string, among: readonly (readonly RaceRun[])[]) => {
    const own = among.flatMap((runs) => runs.filter(({ solver }) => solver === name));
    return own.filter(({ cost }) => Number.isFinite(cost)).length;
  };
  const of = (name: string) => `${name} ${solvedBy(name, races)}`;
  const beside = (name: string) => `${name} ${solvedBy(name, shared)}`;
  return {
    what: `generated problems solved within ${CPU_SECONDS} CPU-s`,
    goal: "all",
    reached: `${solvedBy(OURS, races)} of ${races.length}`,
    spread:
      `${of(BASELINE)}; of the ${shared.length} that HiGHS took: ` +
      `${[OURS, BASELINE, PROGRAMME].map(beside).join(", ")}`,
    isMet: solvedBy(OURS, races) === races.length,
  };
}

function truth(races: readonly (readonly RaceRun[])[]): Reading {
  const answers = races.flat().filter(({ cost }) => Number.isFinite(cost));
  const untrue = answers.filter(({ isTrue }) => !isTrue);
  return {
    what: "answers feasible, with the objective claimed, by the verifier",
    goal: "all",
    reached: `${answers.length - untrue.length} of ${answers.length}`,
    spread: `${races.length} problems, all solvers`,
    isMet: untrue.length === 0,
  };
}

function ticks(races: readonly (readonly RaceRun[])[]): Reading {
  const own = races.flat().filter(({ solver }) => solver === OURS);
  const gaps = own.flatMap(({ gapsMs }) => gapsMs).sort((a, b) => a - b);
  const at = (share: number) => shown(gaps[Math.floor(share * (gaps.length - 1))]);
  return {
    what: `${OURS}: CPU time between ticks`,
    goal: `99 % at most ${TICK_MS_MAX} ms`,
    reached: `median ${at(0.5)}, 99 % at most ${at(0.99)}, longest ${at(1)} CPU-ms`,
    spread: `${gaps.length} ticks of ${own.length} runs, code not always warm`,
    isMet: gaps[Math.floor(0.99 * (gaps.length - 1))] <= TICK_MS_MAX,
  };
}

function percent(share: number): string {
  return `${shown(100 * share)} %`;
}
