/** Figure 4, second part: clique templates of perfect graphs, the first time and again. */
import {
  cliqueEmbedding,
  perfectGraph,
  sourceGraph,
  type Topology,
  topologyName,
  verifyEmbedding,
} from "#annealer";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { cpuSeconds } from "../exact/measured.ts";
import { median, range, shown } from "../exact/statistics.ts";

const COLD_MS_MAX = 50;
const WARM_MS_MAX = 10;
const REPEATS = 9;

const CASES: readonly (readonly [Topology, size: number])[] = [
  [{ kind: "pegasus", m: 16, isFabricOnly: true }, 180],
  [{ kind: "zephyr", m: 12, t: 4 }, 184],
];

/** The native cliques of two processors. */
export function measureTemplates(): readonly Reading[] {
  return CASES.flatMap(([topology, size]) => {
    const graph = perfectGraph(topology);
    const [cold, chains = []] = timed(() => cliqueEmbedding(graph, size));
    const [remembered] = timed(() => cliqueEmbedding(graph, size));
    const warm = Array.from({ length: REPEATS }, () => {
      const again = perfectGraph(topology);
      return timed(() => cliqueEmbedding(again, size))[0];
    });
    const flaws = verifyEmbedding(complete(size), graph, chains);
    const longest = Math.max(...chains.map(({ length }) => length));
    const what = `K_${size} on ${topologyName(topology)}`;
    const qubits = chains.reduce((sum, { length }) => sum + length, 0);
    return [
      {
        what: `${what}, the first of the process`,
        goal: `valid, below ${COLD_MS_MAX} ms`,
        reached: `${shown(cold)} CPU-ms, ${flaws.length} flaws`,
        spread: `longest chain ${longest}, ${qubits} qubits`,
        isMet: flaws.length === 0 && cold < COLD_MS_MAX,
      },
      {
        what: `${what}, on other graphs of the kind once the code is warm`,
        goal: `below ${WARM_MS_MAX} ms`,
        reached: `${shown(median(warm))} CPU-ms`,
        spread: `${range(warm, "CPU-ms")}; on the same graph ${shown(remembered)}`,
        isMet: median(warm) < WARM_MS_MAX,
      },
    ];
  });
}

function timed<Result>(action: () => Result): readonly [milliseconds: number, Result] {
  const begin = cpuSeconds();
  const result = action();
  return [1000 * (cpuSeconds() - begin), result];
}

function complete(size: number) {
  const variables = Array.from({ length: size }, (_, variable) => variable);
  return sourceGraph(
    size,
    variables.flatMap((a) => variables.slice(a + 1).map((b) => [a, b] as const)),
  );
}
