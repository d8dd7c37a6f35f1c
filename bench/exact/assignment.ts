/**
 * Figure 1: linear assignment. Problems are drawn as matrices of costs, stated row by row as anyone
 * would, and go through the recogniser; reading off the structure is part of the time.
 */
import { randomStream } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { solveWithHighs, warmHighs } from "./highs-peer.ts";
import { measured } from "./measured.ts";
import { solveWithProgramme } from "./programme-peer.ts";
import { mean, median, range, shown } from "./statistics.ts";

const SEEDS = 5;
const COST_MAX = 1000;
/** HiGHS is warm, and so are we: compiled code needs some rounds to become what it stays. */
const WARM_ROUNDS = 30;
/** A run of a few milliseconds is too short to be timed alone. */
const REPEATS = 10;

/** Draws one problem of `size` tasks and agents. */
function assignmentProblem(size: number, seed: number): QuadraticProblem {
  const stream = randomStream(seed, "assignment", size);
  const assembly = new ProblemAssembly("minimise");
  for (let variable = 0; variable < size * size; variable += 1) {
    assembly.addVariable(undefined);
    assembly.restrict(variable, VARTYPE.binary, 0, 1);
    assembly.addLinear(variable, 1 + stream.below(COST_MAX));
  }
  for (let line = 0; line < size; line += 1) {
    for (const isTask of [true, false]) {
      const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
      for (let other = 0; other < size; other += 1) {
        assembly.addRowLinear(row, isTask ? line * size + other : other * size + line, 1);
      }
    }
  }
  return assembly.finish();
}

/** Figure 1. */
export async function measureAssignment({
  isQuick,
  peers,
}: FigureOptions): Promise<readonly Reading[]> {
  const seeds = Array.from({ length: isQuick ? 1 : SEEDS }, (_, seed) => seed);
  const throwAway = assignmentProblem(100, 99);
  const highs = await warmHighs(throwAway);
  for (let round = 0; round < WARM_ROUNDS; round += 1) measured(throwAway, { cpuSecondsMax: 10 });
  let equal = 0;
  const ratios: number[] = [];
  const times: number[] = [];
  for (const seed of seeds) {
    const problem = assignmentProblem(100, seed);
    const peer = solveWithHighs(highs, problem, 60);
    const runs = Array.from({ length: REPEATS }, () => measured(problem, { cpuSecondsMax: 10 }));
    if (runs.every((own) => own.status === "optimal" && own.objective === peer.objective)) {
      equal += 1;
    }
    const own = mean(runs.map((run) => run.cpuSeconds));
    ratios.push(peer.cpuSeconds / own);
    times.push(own * 1000);
  }
  const small = Array.from({ length: isQuick ? 5 : 60 }, (_, seed) => seed);
  for (const seed of small) {
    const problem = assignmentProblem(2 + (seed % 20), seed);
    const { objective } = solveWithHighs(highs, problem, 60);
    if (measured(problem, { cpuSecondsMax: 10 }).objective === objective) equal += 1;
  }
  const large = (isQuick ? [] : seeds).map((seed) => {
    return measured(assignmentProblem(1000, seed), { cpuSecondsMax: 60 });
  });
  const largeTimes = large.map((run) => run.cpuSeconds);
  const cases = seeds.length + small.length;
  return [
    {
      what: "100 x 100, CPU time of warm HiGHS over ours",
      goal: "at least 20",
      reached: `${shown(median(ratios))} (ours ${shown(median(times))} ms)`,
      spread: `${seeds.length} problems, ${range(ratios, "times")}`,
      isMet: Math.min(...ratios) >= 20,
    },
    {
      what: "optima equal to those of HiGHS, 2 x 2 to 100 x 100",
      goal: "all",
      reached: `${equal} of ${cases}`,
      spread: `${cases} problems`,
      isMet: equal === cases,
    },
    {
      what: "1000 x 1000, recognised and solved, to proof",
      goal: "below 0.5 CPU-s",
      reached: `${shown(median(largeTimes))} CPU-s`,
      spread: `${large.length} problems, ${range(largeTimes, "CPU-s")}`,
      isMet: isQuick
        ? null
        : large.every((run) => run.status === "optimal" && run.cpuSeconds < 0.5),
    },
    ...(await readPeers(peers, seeds, median(times))),
  ];
}

/** Each named program on the same problems; nothing is promised about them. */
async function readPeers(
  peers: FigureOptions["peers"],
  seeds: readonly number[],
  ourMs: number,
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (const [name, program] of Object.entries(peers)) {
    const ratios: number[] = [];
    let equal = 0;
    for (const seed of seeds) {
      const problem = assignmentProblem(100, seed);
      const { cpuMs, objective } = await solveWithProgramme(program, problem);
      if (measured(problem, { cpuSecondsMax: 10 }).objective === objective) equal += 1;
      ratios.push(cpuMs / ourMs);
    }
    readings.push({
      what: `100 x 100, CPU time of ${name}, its start and reading included, over ours`,
      goal: "-",
      reached: `${shown(median(ratios))}; ${equal} of ${seeds.length} optima equal`,
      spread: `${seeds.length} problems, ${range(ratios, "times")}`,
      isMet: null,
    });
  }
  return readings;
}
