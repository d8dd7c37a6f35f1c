/**
 * Simulated quantum annealing beside simulated annealing: maximum cuts, and pairs of clusters made
 * so that the way down leads through a barrier that is tall and narrow.
 */
import { randomStream } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { absentReading, readShipped } from "../exact/shipped-run.ts";
import { readContest } from "./equal-time.ts";

const SOLVERS = ["path-integral-annealing", "spin-annealing"];

/** Spins of a cluster, half of them coupled to all of the other half. */
const CLUSTER = 8;
const COUPLING = 100;
/** A weak cluster is pulled the other way by less than half as much as its strong partner. */
const WEAK_BIAS = 44;
/** Strong clusters are coupled at random, this many couplings for each. */
const LINKS_PER_PAIR = 1.5;

/** The figure. */
export async function measurePathIntegral({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const limits = { cpuSeconds: isQuick ? 0.5 : 2, seeds: isQuick ? [1] : [1, 2, 3, 4, 5] };
  const readings: Reading[] = [];
  for (const pairs of isQuick ? [20] : [60, 200]) {
    const what = `${pairs} pairs of a strong and a weak cluster`;
    const problem = clusterPairs(pairs, 60);
    readings.push(readContest({ what, problem, solvers: SOLVERS, ...limits }));
  }
  const family = "maxcut-gset";
  const absent = absentReading(family);
  if (absent !== undefined) return [...readings, ...absent];
  for (const graph of isQuick ? ["G43"] : ["G14", "G22", "G57"]) {
    const { problem } = await readShipped({ family, file: `${graph}.txt` });
    readings.push(readContest({ what: graph, problem, solvers: SOLVERS, ...limits }));
  }
  return readings;
}

/**
 * Pairs after V. Denchev et al. (Physical Review X 6, 031015, 2016): in its first minimum a weak
 * cluster follows its own bias, in the best answer its strong partner, and eight spins have to turn
 * at once between the two.
 */
function clusterPairs(pairs: number, seed: number): QuadraticProblem {
  const stream = randomStream(seed, "cluster pairs");
  const assembly = new ProblemAssembly("minimise");
  const spinOf = (pair: number, isWeak: boolean, member: number) =>
    (2 * pair + (isWeak ? 1 : 0)) * CLUSTER + member;
  const half = CLUSTER / 2;
  for (let spin = 0; spin < 2 * CLUSTER * pairs; spin += 1) {
    assembly.addVariable();
    assembly.restrict(spin, VARTYPE.spin);
    assembly.addLinear(spin, Math.floor(spin / CLUSTER) % 2 === 0 ? COUPLING : -WEAK_BIAS);
  }
  for (let pair = 0; pair < pairs; pair += 1) {
    for (let one = 0; one < half; one += 1) {
      for (let other = half; other < CLUSTER; other += 1) {
        for (const isWeak of [false, true]) {
          const [first, second] = [spinOf(pair, isWeak, one), spinOf(pair, isWeak, other)];
          assembly.addQuadratic(first, second, -COUPLING);
        }
      }
      const [strong, weak] = [spinOf(pair, false, half + one), spinOf(pair, true, one)];
      assembly.addQuadratic(strong, weak, -COUPLING);
    }
  }
  for (let link = 0; link < LINKS_PER_PAIR * pairs; link += 1) {
    const [one, other] = [stream.below(pairs), stream.below(pairs)];
    const coupling = stream.below(2) === 0 ? COUPLING : -COUPLING;
    if (one === other) continue;
    for (let member = 0; member < half; member += 1) {
      assembly.addQuadratic(spinOf(one, false, member), spinOf(other, false, member), coupling);
    }
  }
  return assembly.finish();
}
