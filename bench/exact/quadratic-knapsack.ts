/** Figure 4: quadratic knapsacks, on the shipped instances. */
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { shippedNames } from "./shipped.ts";
import { absentReading, runShipped, type ShippedRun, truthReading } from "./shipped-run.ts";
import { range, shown } from "./statistics.ts";

const FAMILY = "quadratic-knapsack";

/** Figure 4. */
export async function measureQuadraticKnapsack({
  isQuick,
}: FigureOptions): Promise<readonly Reading[]> {
  const absent = absentReading("quadratic knapsacks");
  if (absent !== undefined) return absent;
  const runs: ShippedRun[] = [];
  for (const file of shippedNames(FAMILY)) {
    const isSmall = file.includes("_100_") && file.startsWith("jeu_100");
    if (isQuick && !isSmall) continue;
    runs.push(await runShipped({ family: FAMILY, file }, { cpuSecondsMax: isSmall ? 60 : 5 }));
  }
  const small = runs.filter(({ name }) => name.startsWith("jeu_100"));
  const proved = small.filter(({ status }) => status === "optimal");
  const reached = runs.filter(({ gap, targetCpuSeconds }) => gap === 0 && targetCpuSeconds <= 5);
  const missed = runs.filter((run) => !reached.includes(run)).map(({ name }) => name);
  return [
    {
      what: "all instances to n = 300 at the listed optimum within 5 CPU-s",
      goal: "all",
      reached: `${reached.length} of ${runs.length}`,
      spread: missed.length === 0 ? timesOf(runs, "targetCpuSeconds") : `not: ${missed.join(", ")}`,
      isMet: missed.length === 0,
    },
    {
      what: "n = 100 proved within 60 CPU-s",
      goal: "all",
      reached: `${proved.length} of ${small.length}`,
      spread: timesOf(small, "cpuSeconds"),
      isMet: proved.length === small.length,
    },
    {
      what: "n = 200 and 300 proved in the same 5 CPU-s",
      goal: "",
      reached: shown(runs.filter(({ status }) => status === "optimal").length - proved.length),
      spread: `${runs.length - small.length} instances`,
      isMet: null,
    },
    truthReading(runs),
  ];
}

function timesOf(runs: readonly ShippedRun[], time: "cpuSeconds" | "targetCpuSeconds"): string {
  return `${runs.length} instances, one seed, ${range(
    runs.map((run) => run[time]),
    "CPU-s",
  )}`;
}
