/**
 * Figure 4, third part: random graphs on broken hardware, all to be embedded; and a grid of
 * Erdos-Renyi graphs beside minorminer, where a program around it is named (`--peer
 * minorminer=PATH`). That program reads `H labels couplers` and the couplers of the hardware, then
 * `S variables interactions seed seconds` and the interactions of one graph after the other, all
 * numbers in decimal between blanks, and answers each graph by a line of JSON: `found`, `cpuMs`,
 * `chains`.
 */
import { execFileSync } from "node:child_process";
import { z } from "zod";
import {
  couplersOf,
  findEmbedding,
  type HardwareGraph,
  perfectGraph,
  qubitsOf,
  sourceGraph,
  timeBudget,
  topologyName,
  verifyEmbedding,
  withDefects,
} from "#annealer";
import { randomStream, systemClock } from "#foundation";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { CAMPAIGN_TOPOLOGIES, runCampaign } from "../../test/annealer/embedding-campaign.ts";
import { cpuSeconds } from "../exact/measured.ts";
import { mean, shown } from "../exact/statistics.ts";

const GRAPHS = 1000;
const SIZES = Object.freeze([16, 32, 48]);
const DENSITIES = Object.freeze([0.1, 0.3, 0.5]);
const REPEATS = 2;
const LIMIT_SECONDS = 300;
const DEFECT_SHARE = 0.01;

/** One graph to embed. */
interface Task {
  readonly variableCount: number;
  readonly pairs: readonly (readonly [number, number])[];
  readonly seed: number;
}

/** How one search for it went; chains count only if they are valid. */
interface Outcome {
  readonly longestChain: number;
  readonly qubitCount: number;
  readonly cpuMs: number;
}

/** Random graphs on random defects. */
export function measureRandomGraphs({ isQuick }: FigureOptions): readonly Reading[] {
  const count = isQuick ? 5 : GRAPHS;
  return CAMPAIGN_TOPOLOGIES.map((topology) => {
    const { valid, origins } = runCampaign(topology, count);
    const ways = Object.entries(origins).map(([origin, times]) => `${times} ${origin}`);
    return {
      what: `random graphs of up to 24 variables on ${topologyName(topology)}, up to 5 % broken`,
      goal: "all embedded, all valid",
      reached: `${valid} of ${count}`,
      spread: ways.join(", "),
      isMet: valid === count,
    };
  });
}

/** The grid, on Pegasus and Zephyr. */
export function measureGrid({ isQuick, peers }: FigureOptions): readonly Reading[] {
  const { minorminer } = peers;
  const topologies = [
    { kind: "pegasus", m: 16, isFabricOnly: true },
    { kind: "zephyr", m: 12, t: 4 },
  ] as const;
  return topologies.flatMap((topology) => {
    const random = randomStream(1, "embedding-grid");
    const perfect = perfectGraph(topology);
    const graph = withDefects(perfect, {
      qubits: qubitsOf(perfect).filter(() => random.unit() < DEFECT_SHARE),
    });
    const tasks = gridOf(isQuick);
    const ours = tasks.map((task) => embedded(graph, task));
    const theirs = minorminer === undefined ? undefined : embeddedBy(minorminer, graph, tasks);
    return readingsOf(topologyName(topology), ours, theirs);
  });
}

function gridOf(isQuick: boolean): readonly Task[] {
  const repeats = isQuick ? 1 : REPEATS;
  const sizes = isQuick ? SIZES.slice(0, 2) : SIZES;
  return sizes.flatMap((variableCount) =>
    DENSITIES.flatMap((density) =>
      Array.from({ length: repeats }, (_, seed) => {
        const random = randomStream(seed, variableCount, density);
        const pairs: (readonly [number, number])[] = [];
        for (let first = 0; first < variableCount; first += 1) {
          for (let second = first + 1; second < variableCount; second += 1) {
            if (random.unit() < density) pairs.push([first, second]);
          }
        }
        return { variableCount, pairs, seed };
      }),
    ),
  );
}

function embedded(graph: HardwareGraph, task: Task): Outcome | undefined {
  const begin = cpuSeconds();
  const budget = timeBudget(systemClock, 1000 * LIMIT_SECONDS);
  const source = sourceGraph(task.variableCount, task.pairs);
  const search = findEmbedding(source, graph, { seed: task.seed, budget });
  const cpuMs = 1000 * (cpuSeconds() - begin);
  return search.kind === "found" ? judged(graph, task, search.chains, cpuMs) : undefined;
}

const answerSchema = z.object({
  found: z.boolean(),
  cpuMs: z.number(),
  chains: z.array(z.array(z.number())),
});

function embeddedBy(
  program: string,
  graph: HardwareGraph,
  tasks: readonly Task[],
): readonly (Outcome | undefined)[] {
  const couplers = [...couplersOf(graph)];
  const block = (head: readonly number[], pairs: readonly (readonly number[])[]) =>
    [head, ...pairs].map((numbers) => numbers.join(" ")).join("\n");
  const input = [
    `H ${block([graph.labelCount, couplers.length], couplers)}`,
    ...tasks.map(({ variableCount, pairs, seed }) => {
      return `S ${block([variableCount, pairs.length, seed, LIMIT_SECONDS], pairs)}`;
    }),
  ].join("\n");
  const lines = execFileSync(program, { input, maxBuffer: 2 ** 28, encoding: "utf8" }).trim();
  return lines.split("\n").map((line, index) => {
    const { found, cpuMs, chains } = answerSchema.parse(JSON.parse(line));
    return found ? judged(graph, tasks[index], chains, cpuMs) : undefined;
  });
}

function judged(
  graph: HardwareGraph,
  { variableCount, pairs }: Task,
  chains: readonly ArrayLike<number>[],
  cpuMs: number,
): Outcome | undefined {
  if (verifyEmbedding(sourceGraph(variableCount, pairs), graph, chains).length > 0) {
    return undefined;
  }
  const lengths = chains.map(({ length }) => length);
  const qubitCount = lengths.reduce((sum, length) => sum + length, 0);
  return { longestChain: Math.max(...lengths), qubitCount, cpuMs };
}

function readingsOf(
  name: string,
  ours: readonly (Outcome | undefined)[],
  theirs: readonly (Outcome | undefined)[] | undefined,
): readonly Reading[] {
  const [own, other] = [figuresOf(ours), theirs && figuresOf(theirs)];
  const grid = `${SIZES.join(", ")} variables, densities ${DENSITIES.join(", ")}`;
  const what = `random graphs of ${grid} on ${name}, 1 % broken`;
  const reading = (
    quantity: string,
    goal: string,
    of: (figures: Figures) => number,
    isGood: (mine: number, peer: number) => boolean,
  ): Reading => ({
    what: `${what}: ${quantity}`,
    goal,
    reached: shown(of(own)),
    spread:
      other === undefined
        ? `${ours.length} graphs, no peer`
        : `${ours.length} graphs; minorminer ${shown(of(other))}`,
    isMet: other === undefined ? null : isGood(of(own), of(other)),
  });
  const noMore = (mine: number, peer: number) => mine <= peer;
  return [
    reading(
      "share embedded",
      "no less than minorminer",
      ({ share }) => share,
      (a, b) => a >= b,
    ),
    reading("mean longest chain", "no more than minorminer", ({ longest }) => longest, noMore),
    reading("95th percentile of CPU-ms", "below minorminer", ({ p95 }) => p95, noMore),
    { ...reading("mean qubits", "", ({ qubits }) => qubits, noMore), isMet: null },
    { ...reading("median CPU-ms", "", ({ median }) => median, noMore), isMet: null },
  ];
}

interface Figures {
  readonly share: number;
  readonly longest: number;
  readonly qubits: number;
  readonly median: number;
  readonly p95: number;
}

function figuresOf(outcomes: readonly (Outcome | undefined)[]): Figures {
  const found = outcomes.filter((outcome) => outcome !== undefined);
  const times = found.map(({ cpuMs }) => cpuMs).sort((a, b) => a - b);
  return {
    share: found.length / outcomes.length,
    longest: mean(found.map(({ longestChain }) => longestChain)),
    qubits: mean(found.map(({ qubitCount }) => qubitCount)),
    median: times[times.length >> 1] ?? Number.NaN,
    p95: times[Math.floor(0.95 * times.length)] ?? Number.NaN,
  };
}
