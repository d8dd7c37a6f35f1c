/** Figure 3: knapsacks of several capacities, on the shipped files of thirty problems each. */
import type { FigureOptions, MeasureFigure } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { solveWithHighs, warmHighs } from "./highs-peer.ts";
import { listedBest } from "./shipped.ts";
import {
  absentReading,
  readShipped,
  runShipped,
  type ShippedInstance,
  type ShippedRun,
  truthReading,
} from "./shipped-run.ts";
import { mean, range, shown } from "./statistics.ts";

const FAMILY = "multidim-knapsack";
const PROBLEMS = 30;
const RACED = 10;
/** For HiGHS until it has proved ten; from then on the time of the tenth. */
const PEER_CPU_SECONDS_MAX = 20;

/** Figure 3, the file of 100 items under 5 capacities: to proof, beside HiGHS. */
export async function measureProofs({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const absent = absentReading("knapsacks of several capacities");
  if (absent !== undefined) return absent;
  const numbers = Array.from({ length: isQuick ? 2 : PROBLEMS }, (_, index) => index + 1);
  const instances = numbers.map((number) => instanceOf("mknapcb1.txt", "5.100", number));
  const runs = await runAll(instances, 10);
  const race = isQuick ? [] : [await raceHighs(instances, runs)];
  return [...optimaReadings(runs), ...race, truthReading(runs)];
}

/** Figure 3, a file too hard to prove: how near the listed values, where there are any. */
export function measureGaps(file: string, prefix: string): MeasureFigure {
  return async ({ isQuick }) => {
    const absent = absentReading("knapsacks of several capacities");
    if (absent !== undefined) return absent;
    const all = Array.from({ length: PROBLEMS }, (_, index) => instanceOf(file, prefix, index + 1));
    const listed = all.filter(({ problem }) => listedBest(file, problem.name) !== undefined);
    const runs = await runAll(isQuick ? listed.slice(0, 1) : listed, 20);
    return [gapReading(file, runs), truthReading(runs)];
  };
}

function instanceOf(file: string, prefix: string, number: number) {
  const name = `${prefix}-${String(number - 1).padStart(2, "0")}`;
  return { family: FAMILY, file, problem: { number, name } } satisfies ShippedInstance;
}

async function runAll(
  instances: readonly ShippedInstance[],
  cpuSecondsMax: number,
): Promise<readonly ShippedRun[]> {
  const runs: ShippedRun[] = [];
  for (const instance of instances) runs.push(await runShipped(instance, { cpuSecondsMax }));
  return runs;
}

function optimaReadings(runs: readonly ShippedRun[]): readonly Reading[] {
  const listed = runs.filter((run) => run.listed !== undefined);
  const reached = listed.filter(({ gap }) => gap === 0);
  const proved = runs.filter(({ status }) => status === "optimal");
  const times = runs.map((run) => run.cpuSeconds);
  return [
    {
      what: "mknapcb1 at the listed optimum within 10 CPU-s",
      goal: "all that are listed",
      reached: `${reached.length} of ${listed.length}`,
      spread: `${runs.length} problems, one seed`,
      isMet: reached.length === listed.length,
    },
    {
      what: "mknapcb1 at its optimum, shown by proof, within 10 CPU-s",
      goal: "all 30",
      reached: `${proved.length} of ${runs.length}`,
      spread: `mean ${shown(mean(times))}, ${range(times, "CPU-s")}`,
      isMet: proved.length === runs.length,
    },
  ];
}

function gapReading(file: string, runs: readonly ShippedRun[]): Reading {
  // Above the listed value is no gap: it is a value found by a genetic algorithm.
  const gaps = runs.map(({ objective, listed = 0 }) => (100 * (listed - objective)) / listed);
  return {
    what: `${file}, mean gap to the listed value at 20 CPU-s`,
    goal: "at most 0.1 %",
    reached: `${shown(mean(gaps))} %`,
    spread: `${runs.length} problems, ${range(gaps, "%")}`,
    isMet: mean(gaps) <= 0.1,
  };
}

/** Time to proof beside warm HiGHS, over the problems HiGHS proves fastest. */
async function raceHighs(
  instances: readonly ShippedInstance[],
  own: readonly ShippedRun[],
): Promise<Reading> {
  const highs = await warmHighs((await readShipped(instances[0])).problem);
  const pairs: { readonly peer: number; readonly own: number }[] = [];
  for (const [index, instance] of instances.entries()) {
    const { problem } = await readShipped(instance);
    const tenth = pairs.sort((a, b) => a.peer - b.peer)[RACED - 1]?.peer ?? PEER_CPU_SECONDS_MAX;
    const peer = solveWithHighs(highs, problem, tenth);
    process.stderr.write(`  HiGHS on ${instance.problem?.name}: ${JSON.stringify(peer)}\n`);
    if (!peer.isProved) continue;
    const { status, cpuSeconds } = own[index];
    pairs.push({ peer: peer.cpuSeconds, own: status === "optimal" ? cpuSeconds : Infinity });
  }
  const fastest = pairs.sort((a, b) => a.peer - b.peer).slice(0, RACED);
  const ratio = mean(fastest.map((pair) => pair.own)) / mean(fastest.map((pair) => pair.peer));
  const ratios = fastest.map((pair) => pair.own / pair.peer);
  return {
    what: `mean time to proof over that of warm HiGHS, its ${RACED} fastest`,
    goal: "at most 0.5",
    reached: shown(ratio),
    spread: `${fastest.length} problems, ${range(ratios, "times")}`,
    isMet: fastest.length === RACED ? ratio <= 0.5 : null,
  };
}
