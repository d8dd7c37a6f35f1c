/**
 * Random source graphs on random working graphs of the three topologies: an embedding is to be
 * found each time, and to pass the independent judgement. As a program: `npx node
 * test/annealer/embedding-campaign.ts [graphs per topology]`.
 */
import {
  couplersOf,
  findEmbedding,
  type HardwareGraph,
  perfectGraph,
  qubitsOf,
  type SourceGraph,
  sourceGraph,
  type Topology,
  topologyName,
  verifyEmbedding,
  withDefects,
} from "#annealer";
import { type RandomStream, randomStream, workBudget } from "#foundation";

/** What of one topology's graphs was found, and how. */
export interface CampaignResult {
  readonly topology: Topology;
  readonly graphs: number;
  readonly found: number;
  readonly valid: number;
  readonly origins: Readonly<Record<string, number>>;
  /** Seeds of what was not found or not valid. */
  readonly failures: readonly number[];
}

const VARIABLES_MAX = 24;
const DEFECTS_MAX = 0.05;
const WORK_MAX = 20_000_000;

/** Hardware on which the largest of the source graphs fit despite their defects. */
export const CAMPAIGN_TOPOLOGIES: readonly Topology[] = Object.freeze([
  { kind: "chimera", m: 12, n: 12, t: 4 },
  { kind: "pegasus", m: 6, isFabricOnly: true },
  { kind: "zephyr", m: 4, t: 4 },
]);

/** Embeds `count` random graphs on `topology`, from seed 0 on. */
export function runCampaign(topology: Topology, count: number): CampaignResult {
  const perfect = perfectGraph(topology);
  const origins: Record<string, number> = {};
  const failures: number[] = [];
  let [found, valid] = [0, 0];
  for (let seed = 0; seed < count; seed += 1) {
    const random = randomStream(seed, topology.kind);
    const graph = randomlyBroken(perfect, random);
    const source = randomSource(random);
    const search = findEmbedding(source, graph, { seed, budget: workBudget(WORK_MAX) });
    if (search.kind === "found") {
      found += 1;
      origins[search.origin] = (origins[search.origin] ?? 0) + 1;
    }
    const isValid =
      search.kind === "found" && verifyEmbedding(source, graph, search.chains).length === 0;
    if (isValid) valid += 1;
    else failures.push(seed);
  }
  return { topology, graphs: count, found, valid, origins, failures };
}

function randomlyBroken(perfect: HardwareGraph, random: RandomStream): HardwareGraph {
  const share = DEFECTS_MAX * random.unit();
  return withDefects(perfect, {
    qubits: qubitsOf(perfect).filter(() => random.unit() < share),
    couplers: [...couplersOf(perfect)].filter(() => random.unit() < share / 5),
  });
}

/** Of any size and density, the empty and the complete ones among them. */
function randomSource(random: RandomStream): SourceGraph {
  const variableCount = random.below(VARIABLES_MAX + 1);
  const density = random.below(11) / 10;
  const pairs: (readonly [number, number])[] = [];
  for (let second = 1; second < variableCount; second += 1) {
    for (let first = 0; first < second; first += 1) {
      if (random.unit() < density) pairs.push([first, second]);
    }
  }
  return sourceGraph(variableCount, pairs);
}

if (import.meta.main) {
  const count = Number(process.argv[2] ?? 1000);
  for (const topology of CAMPAIGN_TOPOLOGIES) {
    const { found, valid, origins, failures } = runCampaign(topology, count);
    const spent = process.cpuUsage();
    process.stdout.write(
      `${topologyName(topology)}: ${valid} valid and ${found} found of ${count}; ` +
        `${JSON.stringify(origins)}; failures ${JSON.stringify(failures)}; ` +
        `${((spent.user + spent.system) / 1e6).toFixed(0)} CPU-s so far\n`,
    );
  }
}
