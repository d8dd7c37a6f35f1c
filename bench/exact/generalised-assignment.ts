/** Figure 2: generalised assignment, on the shipped instances. */
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { solveWithHighs, warmHighs } from "./highs-peer.ts";
import { measured } from "./measured.ts";
import { shippedNames } from "./shipped.ts";
import {
  absentReading,
  readShipped,
  runShipped,
  type ShippedRun,
  truthReading,
} from "./shipped-run.ts";
import { mean, median, range, shown } from "./statistics.ts";

const FAMILY = "generalized-assignment";
const CPU_SECONDS_MAX = 20;
const RACED = "chu1997-c05100";
const ROUNDS = 3;

/** Figure 2. */
export async function measureGap({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const absent = absentReading("generalised assignment");
  if (absent !== undefined) return absent;
  const runs: ShippedRun[] = [];
  for (const file of shippedNames(FAMILY)) {
    if (isQuick && !/[abc]\d\d100$/.test(file)) continue;
    runs.push(await runShipped({ family: FAMILY, file }, { cpuSecondsMax: CPU_SECONDS_MAX }));
  }
  const named = (pattern: RegExp) => runs.filter(({ name }) => pattern.test(name));
  const proved = named(/(a05100|b10100|c05100)$/).map((run) =>
    reading(run, "proved", run.status === "optimal" && run.gap === 0),
  );
  const best = named(/(c10200|e05100)$/).map((run) => reading(run, "best known", run.gap === 0));
  const close = named(/d05100$/).map((run) => reading(run, "at most 6355", run.objective <= 6355));
  const others = named(/(d10100|d20200|[cde]20400|e10200)$/).map((run) => reading(run, "", null));
  const gaps = named(/d\d{5}$/).map(({ gap }) => gap * 100);
  return [
    ...proved,
    ...best,
    ...close,
    ...others,
    {
      what: "mean gap of class d to the listed best",
      goal: "at most 0.3 %",
      reached: `${shown(mean(gaps))} %`,
      spread: gaps.length === 0 ? "-" : `${gaps.length} instances, ${range(gaps, "%")}`,
      isMet: gaps.length === 0 ? null : mean(gaps) <= 0.3,
    },
    await raceHighs(),
    truthReading(runs),
  ];
}

function reading(run: ShippedRun, goal: string, isMet: boolean | null): Reading {
  const { name, objective, listed, status, bound, cpuSeconds } = run;
  const end = status === "optimal" ? "proved" : `bound ${Math.ceil(bound - 1e-6)}`;
  return {
    what: `${name}, ${CPU_SECONDS_MAX} CPU-s`,
    goal,
    reached: `${objective}, ${end} (listed ${listed ?? "-"})`,
    spread: `one seed, ${cpuSeconds.toFixed(2)} CPU-s`,
    isMet,
  };
}

async function raceHighs(): Promise<Reading> {
  const { problem } = await readShipped({ family: FAMILY, file: RACED });
  const highs = await warmHighs(problem);
  measured(problem, { cpuSecondsMax: CPU_SECONDS_MAX });
  const ratios: number[] = [];
  for (let seed = 1; seed <= ROUNDS; seed += 1) {
    const peer = solveWithHighs(highs, problem, 60);
    const own = measured(problem, { cpuSecondsMax: CPU_SECONDS_MAX, seed });
    ratios.push(own.status === "optimal" ? own.cpuSeconds / peer.cpuSeconds : Infinity);
  }
  return {
    what: `${RACED}, time to proof over that of warm HiGHS`,
    goal: "at most 1.5",
    reached: shown(median(ratios)),
    spread: `${ROUNDS} seeds, in turn, ${range(ratios, "times")}`,
    isMet: median(ratios) <= 1.5,
  };
}
