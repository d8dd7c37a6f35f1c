/**
 * Figure 5: the ten best of forty under all 780 pair penalties, as a ranking with diversity asks
 * for. The linearised problem given to HiGHS shows what the structure is worth.
 */
import { randomStream } from "#foundation";
import { ProblemBuilder, type QuadraticProblem, sum } from "#problem";
import { prepareSolvers, solverNamed } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { type MeasuredRun, measured } from "./measured.ts";
import { range, shown } from "./statistics.ts";

/** How many items there are, and how many of them are chosen. */
type Size = readonly [items: number, chosen: number];
const GOAL_SIZE: Size = [40, 10];
const OTHER_SIZES: readonly Size[] = [
  [30, 5],
  [30, 15],
  [40, 5],
  [40, 15],
  [50, 5],
  [50, 10],
];
const SEEDS = 10;
/** Greatest value of an item, and greatest penalty of a pair. */
const MIXES = Object.freeze([
  [100, 20],
  [100, 60],
  [100, 100],
  [30, 100],
  [0, 100],
] as const);
type Mix = (typeof MIXES)[number];
const CPU_SECONDS_MAX = 20;
const PEER_CPU_SECONDS_MAX = 19;

function selection(
  [itemCount, chosenCount]: Size,
  [valueMax, penaltyMax]: Mix,
  seed: number,
): QuadraticProblem {
  const stream = randomStream(seed, "selection", valueMax, penaltyMax);
  const builder = new ProblemBuilder();
  const items = Array.from({ length: itemCount }, (_, item) => builder.binary(`item ${item}`));
  const values = items.map((item) => item.times(stream.below(valueMax + 1)));
  const penalties = items.flatMap((item, index) =>
    items.slice(0, index).map((other) => item.times(other).times(-1 - stream.below(penaltyMax))),
  );
  builder.maximise(sum(values, penalties));
  return builder.cardinality("chosen", items, "exactly", chosenCount).build();
}

/** Figure 5. */
export async function measureSelection({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const runs = runsOf(GOAL_SIZE, isQuick ? 1 : SEEDS);
  const reading = {
    what: "10 of 40 with 780 pair penalties, to proof",
    goal: "below 1 CPU-s",
    ...told(runs),
    isMet: runs.every(({ status, cpuSeconds }) => status === "optimal" && cpuSeconds < 1),
  };
  if (isQuick) return [reading];
  const others = OTHER_SIZES.map((size) => ({
    what: `${size[1]} of ${size[0]}, to proof`,
    goal: "",
    ...told(runsOf(size, 1)),
    isMet: null,
  }));
  return [reading, ...others, await linearised()];
}

/** One run per mix and seed. */
function runsOf(size: Size, seedCount: number): readonly MeasuredRun[] {
  const seeds = Array.from({ length: seedCount }, (_, seed) => seed + 1);
  return MIXES.flatMap((mix) =>
    seeds.map((seed) => {
      const run = measured(selection(size, mix, seed), { cpuSecondsMax: CPU_SECONDS_MAX });
      const text = `${size[1]} of ${size[0]}, values to ${mix[0]}, penalties to ${mix[1]}`;
      const { objective, status } = run;
      process.stderr.write(`  ${text}: ${objective}, ${status}, ${shown(run.cpuSeconds)} CPU-s\n`);
      return run;
    }),
  );
}

function told(runs: readonly MeasuredRun[]): Pick<Reading, "reached" | "spread"> {
  const times = runs.map(({ cpuSeconds }) => cpuSeconds);
  const proved = runs.filter(({ status }) => status === "optimal");
  return {
    reached: `${proved.length} of ${runs.length} proved, to ${shown(Math.max(...times))} CPU-s`,
    spread: `${runs.length} problems in ${MIXES.length} mixes, ${range(times, "CPU-s")}`,
  };
}

/** What HiGHS makes of the linearised problem. */
async function linearised(): Promise<Reading> {
  await prepareSolvers(true);
  const problem = selection(GOAL_SIZE, [100, 60], 1);
  const own = measured(problem, { cpuSecondsMax: CPU_SECONDS_MAX });
  const solver = solverNamed("highs-linearised");
  if (solver === undefined) throw new Error("no solver is called highs-linearised");
  const peer = measured(problem, { cpuSecondsMax: PEER_CPU_SECONDS_MAX, solver });
  return {
    what: `the same linearised for HiGHS, ${PEER_CPU_SECONDS_MAX} CPU-s`,
    goal: "",
    reached: `${peer.objective} under a bound of ${shown(peer.bound)} (optimum ${own.objective})`,
    spread: `one problem, ours ${own.cpuSeconds.toFixed(2)} CPU-s`,
    isMet: null,
  };
}
