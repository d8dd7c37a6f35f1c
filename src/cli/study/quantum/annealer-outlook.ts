/**
 * An annealer's reads by themselves, without polishing: how often one is the best, with control
 * errors of several sizes, and what the device would have to be like.
 */
import { ADVANTAGE_NOISE, type ControlNoise } from "#annealer";
import { present } from "#foundation";
import {
  isBetterObjective,
  type QuadraticProblem,
  type Solver,
  solverOf,
  verifyQuadratic,
} from "#problem";
import { ADVANTAGE, annealerTwin, solverNamed, type TwinDevice } from "#solvers";
import { wilsonInterval } from "#statistics";
import { sampleMsAllowed, samplesNeeded } from "./break-even.ts";
import { runOnce } from "./run.ts";

/** What an Advantage processor takes to be programmed, once. */
export const PROGRAMMING_MS = 14;
/** What it takes for one read: anneal, readout and delay. */
export const READ_MS = 0.16;
/** Control errors, as multiples of what the vendor documents. */
const NOISE_FACTORS: readonly number[] = [0, 1, 2, 4];
const LEVEL = 0.95;

/** Reads at one size of control errors. */
export interface NoisyReads {
  readonly noiseFactor: number;
  readonly reads: number;
  readonly hits: number;
  /** At most, where there was no hit: the upper end of the 95 % interval of the chance. */
  readonly chance: number;
  readonly sampleMsAllowed: number;
  /** The embedding and its chains, in words. */
  readonly words: string;
}

/** What became of an annealer. */
export type AnnealerOutlook =
  | { readonly kind: "not-embedded"; readonly reason: string }
  | {
      readonly kind: "embedded";
      readonly levels: readonly NoisyReads[];
      /** The greatest control errors at which it keeps up, programming included; `null`: never. */
      readonly noiseAllowed: number | null;
    };

/** What to look for. */
export interface AnnealerContest {
  readonly best: number;
  readonly classicalMs: number;
  readonly budgetMs: number;
  readonly seed: number;
  readonly cpuMs: () => number;
}

/** Reads for a budget at each size of errors; no further once no read is the best. */
export function annealerOutlook(
  problem: QuadraticProblem,
  contest: AnnealerContest,
): AnnealerOutlook {
  const support = solverNamed("annealer-twin")?.supports(problem);
  if (support?.kind === "no") return { kind: "not-embedded", reason: support.reason };
  const levels: NoisyReads[] = [];
  const made = ADVANTAGE.graph();
  const graph = () => made;
  for (const noiseFactor of NOISE_FACTORS) {
    const level = readsAt(
      problem,
      { ...ADVANTAGE, graph, noise: scaledNoise(noiseFactor) },
      contest,
    );
    if (level.reads === 0) return { kind: "not-embedded", reason: level.words };
    levels.push({ noiseFactor, ...level });
    if (level.hits === 0) break;
  }
  const { classicalMs } = contest;
  const enough = levels.filter(({ hits, chance }) => {
    return hits > 0 && PROGRAMMING_MS + READ_MS * samplesNeeded(chance) <= classicalMs;
  });
  return { kind: "embedded", levels, noiseAllowed: enough.at(-1)?.noiseFactor ?? null };
}

function readsAt(
  problem: QuadraticProblem,
  device: TwinDevice,
  { best, classicalMs, budgetMs, seed, cpuMs }: AnnealerContest,
): Omit<NoisyReads, "noiseFactor"> {
  const tally = { reads: 0, hits: 0 };
  const observer = readObserver(({ feasible, objective }) => {
    tally.reads += 1;
    if (feasible && !isBetterObjective(problem.sense, best, objective)) tally.hits += 1;
  });
  const sampler = present(solverNamed("quadratic-annealing"), "the sampler of the catalogue");
  const twin = annealerTwin(device, { sampler, polisher: observer });
  const { method = "" } = runOnce(problem, twin, { seed, budgetMs, cpuMs, target: undefined });
  const { reads, hits } = tally;
  const { value, upper } =
    reads === 0 ? { value: 0, upper: 1 } : wilsonInterval(hits, reads, LEVEL);
  const chance = hits === 0 ? upper : value;
  const allowed = sampleMsAllowed(classicalMs, chance);
  return { reads, hits, chance, sampleMsAllowed: allowed, words: method };
}

/** In the place of polishing: looks at each read as it is. */
function readObserver(see: (verdict: ReturnType<typeof verifyQuadratic>) => void): Solver {
  return solverOf("quadratic", {
    name: "read-observer",
    version: 1,
    guarantee: "heuristic",
    supports: () => ({ kind: "yes" }),
    solve: (problem, { start }) => {
      if (start !== undefined) see(verifyQuadratic(problem, start));
      return { status: "unknown", best: undefined, bound: undefined, work: 1 };
    },
  });
}

function scaledNoise(factor: number): ControlNoise {
  const { fieldSigma, couplingSigma, fieldStep, couplingStep } = ADVANTAGE_NOISE;
  return {
    fieldSigma: factor * fieldSigma,
    couplingSigma: factor * couplingSigma,
    fieldStep: factor * fieldStep,
    couplingStep: factor * couplingStep,
  };
}
