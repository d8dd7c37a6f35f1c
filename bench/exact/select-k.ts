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

const ITEMS = 40;
const CHOSEN = 10;
const SEEDS = 3;
/** Greatest value of an item, and greatest penalty of a pair. */
const MIXES = Object.freeze([
  [100, 20],
  [100, 60],
  [100, 100],
  [30, 100],
  [0, 100],
] as const);
const PEER_CPU_SECONDS_MAX = 19;

function selection(valueMax: number, penaltyMax: number, seed: number): QuadraticProblem {
  const stream = randomStream(seed, "selection", valueMax, penaltyMax);
  const builder = new ProblemBuilder();
  const items = Array.from({ length: ITEMS }, (_, item) => builder.binary(`item ${item}`));
  const values = items.map((item) => item.times(stream.below(valueMax + 1)));
  const penalties = items.flatMap((item, index) =>
    items.slice(0, index).map((other) => item.times(other).times(-1 - stream.below(penaltyMax))),
  );
  builder.maximise(sum(values, penalties));
  return builder.cardinality("ten of forty", items, "exactly", CHOSEN).build();
}

/** Figure 5. */
export async function measureSelection({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const seeds = Array.from({ length: isQuick ? 1 : SEEDS }, (_, seed) => seed + 1);
  const runs: MeasuredRun[] = [];
  for (const [valueMax, penaltyMax] of MIXES) {
    for (const seed of seeds) {
      const run = measured(selection(valueMax, penaltyMax, seed), { cpuSecondsMax: 20 });
      runs.push(run);
      const text = `values to ${valueMax}, penalties to ${penaltyMax}: ${run.objective}`;
      process.stderr.write(`  ${text}, ${run.status}, ${run.cpuSeconds.toFixed(2)} CPU-s\n`);
    }
  }
  const times = runs.map(({ cpuSeconds }) => cpuSeconds);
  const proved = runs.filter(({ status }) => status === "optimal");
  return [
    {
      what: "10 of 40 with 780 pair penalties, to proof",
      goal: "below 1 CPU-s",
      reached: `${proved.length} of ${runs.length} proved, to ${shown(Math.max(...times))} CPU-s`,
      spread: `${runs.length} problems in ${MIXES.length} mixes, ${range(times, "CPU-s")}`,
      isMet: proved.length === runs.length && Math.max(...times) < 1,
    },
    ...(isQuick ? [] : [await linearised()]),
  ];
}

/** What HiGHS makes of the linearised problem. */
async function linearised(): Promise<Reading> {
  await prepareSolvers(true);
  const problem = selection(100, 60, 1);
  const own = measured(problem, { cpuSecondsMax: 20 });
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
