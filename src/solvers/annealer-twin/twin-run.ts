/**
 * One run of a twin: embed once, then program, read and polish until the budget ends.
 */
import {
  chainBreaks,
  chainStrength,
  type EmbeddedIsing,
  type EmbeddingSearch,
  embedIsing,
  findEmbedding,
  type HardwareGraph,
  type Ising,
  isingOf,
  misprogrammed,
  problemOfIsing,
  rangeScale,
  scaled,
  sourceOf,
  type Unembedding,
  unembed,
} from "#annealer";
import { type RandomStream, randomStream } from "#foundation";
import {
  betterOf,
  cqmToBqm,
  type QuadraticProblem,
  type Sample,
  type SolveOptions,
  type SolveResult,
  verifyQuadratic,
} from "#problem";
import { BestSample } from "../best-sample.ts";
import { TwinBudget } from "./twin-budget.ts";
import type { TwinDevice, TwinParts } from "./twin-device.ts";

/** Qubits looked at in search of chains, for each variable and each interaction. */
const EMBEDDING_LOOKS_EACH = 40_000;
/** Sweeps over the embedded problem for one read. */
const READ_SWEEPS = 48;
/** Reads after each programming, which draws the control errors anew. */
const READS_PER_PROGRAMMING = 8;
/** Terms looked at in polishing one read. */
const POLISH_LOOKS_MAX = 2_000_000;

/** What happened on the way. */
export interface TwinReport {
  readonly graph: HardwareGraph;
  readonly search: EmbeddingSearch;
  /** In the units of the problem. */
  readonly chainStrength: number;
  /** The processor's biases are the problem's times this. */
  readonly scale: number;
  readonly reads: number;
  /** Reads that were dropped for a broken chain. */
  readonly dropped: number;
  /** Of the reads, the share in which each chain was broken. */
  readonly breaks: readonly number[];
  /** The best objective read, and after polishing; of feasible samples. */
  readonly readObjective: number | undefined;
  readonly polishedObjective: number | undefined;
}

/** A result with its report. */
export interface TwinRun {
  readonly best: SolveResult["best"];
  readonly work: number;
  readonly report: TwinReport;
}

interface Programme {
  readonly problem: QuadraticProblem;
  readonly lift: (sample: Sample) => Sample;
  readonly ising: Ising;
  readonly embedded: EmbeddedIsing;
  /** In the processor's units. */
  readonly target: Ising;
}

/** Tallies of the reads. */
class Reads {
  count = 0;
  dropped = 0;
  readObjective: number | undefined;
  polishedObjective: number | undefined;
  readonly broken: Float64Array;

  constructor(chainCount: number) {
    this.broken = new Float64Array(chainCount);
  }
}

/** Runs a twin of `device` with `graph` on `problem`. */
export function runTwin(
  problem: QuadraticProblem,
  options: SolveOptions,
  device: TwinDevice & TwinParts,
  graph: HardwareGraph,
): TwinRun {
  const budget = new TwinBudget(options.budget);
  const best = new BestSample(problem, options);
  if (options.start !== undefined) best.begin(options.start);
  const random = randomStream(options.seed, "annealer-twin");
  const { problem: bqm, lift } = cqmToBqm(problem);
  const ising = isingOf(bqm);
  const source = sourceOf(bqm);
  const looks = EMBEDDING_LOOKS_EACH * (source.variableCount + source.interactionCount);
  const search = findEmbedding(source, graph, { seed: options.seed, budget: budget.part(looks) });
  const strength = chainStrength(ising, device.chainStrength);
  const reads = new Reads(ising.spinCount);
  let scale = 1;
  if (search.kind === "found") {
    const embedded = embedIsing(ising, graph, search.chains, strength);
    scale = rangeScale(embedded.ising, device.ranges);
    const target = scaled(embedded.ising, scale);
    const programme = { problem, lift, ising, embedded, target };
    do readBatch(programme, device, budget, random, best, reads);
    while (!budget.stopped && ising.spinCount > 0);
  }
  const report = Object.freeze({
    graph,
    search,
    chainStrength: strength,
    scale,
    reads: reads.count,
    dropped: reads.dropped,
    breaks: Array.from(reads.broken, (count) => (reads.count === 0 ? 0 : count / reads.count)),
    readObjective: reads.readObjective,
    polishedObjective: reads.polishedObjective,
  });
  return { best: best.known, work: budget.work, report };
}

/** Programs the processor once, and reads it some times. */
function readBatch(
  programme: Programme,
  device: TwinDevice & TwinParts,
  budget: TwinBudget,
  random: RandomStream,
  best: BestSample,
  reads: Reads,
): void {
  const { problem, lift, ising, embedded, target } = programme;
  const programmed = problemOfIsing(misprogrammed(target, device.noise, random));
  const looks = READ_SWEEPS * (target.spinCount + 2 * target.couplings.length);
  for (let read = 0; read < READS_PER_PROGRAMMING; read += 1) {
    // Whatever the sampler does, a read costs something, so that the run ends.
    if (budget.tick(target.spinCount + 1) === "stop") return;
    const { best: found } = device.sampler.solve(programmed, {
      seed: random.uint32(),
      budget: budget.part(looks),
    });
    if (found === undefined) continue;
    const qubits = [found.sample.values];
    reads.count += 1;
    for (const [chain, share] of chainBreaks(qubits, embedded.chains).byChain.entries()) {
      reads.broken[chain] += share;
    }
    const { samples } = unembed(qubits, embedded.chains, methodOf(device, ising, random), -1);
    reads.dropped += 1 - samples.length;
    for (const spins of samples) {
      const sample = lift({ values: spins.map((spin) => (1 + spin) / 2) });
      reads.readObjective = betterOf(
        problem.sense,
        reads.readObjective,
        objectiveOf(problem, sample),
      );
      best.take(sample);
      const start = sample;
      const polish = { seed: random.uint32(), budget: budget.part(POLISH_LOOKS_MAX), start };
      const polished = device.polisher.solve(problem, polish).best;
      if (polished === undefined) continue;
      const objective = best.take(polished.sample);
      reads.polishedObjective = betterOf(problem.sense, reads.polishedObjective, objective);
    }
  }
}

function methodOf({ unembedding }: TwinDevice, ising: Ising, random: RandomStream): Unembedding {
  if (unembedding === "weighted-random") return { kind: unembedding, random };
  if (unembedding === "minimise-energy") return { kind: unembedding, ising };
  return { kind: unembedding };
}

function objectiveOf(problem: QuadraticProblem, sample: Sample): number | undefined {
  const { feasible, objective } = verifyQuadratic(problem, sample);
  return feasible ? objective : undefined;
}
