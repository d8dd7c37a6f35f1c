/**
 * The rank-2 relaxation beside simulated annealing: graphs like planar ones, on which it is known
 * to be strong, and others.
 */
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { absentReading, readShipped } from "../exact/shipped-run.ts";
import { readContest } from "./equal-time.ts";

const SOLVERS = ["rank-two", "spin-annealing"];

/** The figure. */
export async function measureRankTwo({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const family = "maxcut-gset";
  const absent = absentReading(family);
  if (absent !== undefined) return absent;
  const limits = { cpuSeconds: isQuick ? 0.5 : 2, seeds: isQuick ? [1] : [1, 2, 3, 4, 5] };
  const readings: Reading[] = [];
  for (const graph of isQuick ? ["G14"] : ["G14", "G51", "G22", "G57"]) {
    const { problem } = await readShipped({ family, file: `${graph}.txt` });
    readings.push(readContest({ what: graph, problem, solvers: SOLVERS, ...limits }));
  }
  return readings;
}
