/**
 * Figure 2: what default simulated annealing of dwave-samplers reaches, reached by `--solver auto`
 * in a fifth of its CPU time; medians of five seeds.
 */
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { shippedPath } from "../exact/shipped.ts";
import { readShipped } from "../exact/shipped-run.ts";
import { median } from "../exact/statistics.ts";
import { annealByDefault } from "./annealing-peer.ts";
import { solveInCpuTime } from "./cpu-race.ts";

const FAMILY = "maxcut-gset";
const SEEDS: readonly number[] = [1, 2, 3, 4, 5];
const PEER_CPU_SECONDS = 10;
const SHARE = 1 / 5;

/** The peer after ten CPU seconds on such a machine, one seed, from an earlier day. */
const EARLIER: Readonly<Record<string, number>> = { G14: 3061, G22: 13_358, G55: 10_267 };

/** Figure 2. */
export async function measureQuality({
  isQuick,
  peers,
}: FigureOptions): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  const seeds = isQuick ? SEEDS.slice(0, 1) : SEEDS;
  const peerCpuSeconds = isQuick ? 0.5 : PEER_CPU_SECONDS;
  for (const graph of isQuick ? ["G14"] : ["G14", "G22", "G55", "G60"]) {
    const file = `${graph}.txt`;
    const path = shippedPath(FAMILY, file);
    const { problem } = await readShipped({ family: FAMILY, file });
    const cuts: number[] = [];
    for (const seed of seeds) {
      const { best } = await solveInCpuTime(problem, { cpuSeconds: SHARE * peerCpuSeconds, seed });
      cuts.push(best?.objective ?? Number.NaN);
    }
    const theirs = seeds.map((seed) =>
      peers.dwave === undefined
        ? (EARLIER[graph] ?? Number.NaN)
        : annealByDefault(peers.dwave, path, { cpuSeconds: peerCpuSeconds, seed }),
    );
    readings.push(reading(graph, cuts, theirs, peers.dwave !== undefined));
  }
  return readings;
}

function reading(
  graph: string,
  ours: readonly number[],
  theirs: readonly number[],
  isBeside: boolean,
): Reading {
  const [mine, other] = [median(ours), median(theirs)];
  const origin = isBeside ? `theirs ${theirs.join(", ")}` : "theirs is of an earlier day, one seed";
  return {
    what: `${graph}, cut after ${SHARE * PEER_CPU_SECONDS} CPU-s`,
    goal: `at least dwave-samplers after ${PEER_CPU_SECONDS} CPU-s`,
    reached: Number.isNaN(other) ? `${mine}` : `${mine} against ${other}`,
    spread: `ours ${ours.join(", ")}; ${origin}`,
    isMet: isBeside ? mine >= other : null,
  };
}
