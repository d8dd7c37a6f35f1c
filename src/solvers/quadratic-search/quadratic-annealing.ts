/**
 * Simulated annealing for any quadratic problem (S. Kirkpatrick, C. Gelatt and M. Vecchi, Science
 * 220, 1983): rounds of sweeps with a temperature that falls linearly, each round twice as long as
 * the one before, so that it answers early and goes on improving. Moves keep one-hot and
 * cardinality rows; what they break weighs as adaptive weights say.
 */
import { type RandomStream, randomStream } from "#foundation";
import { exp } from "#kernels";
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { unprepared } from "../best-sample.ts";
import { layOutWithin } from "../quadratic-layout.ts";
import { begin, descendToFeasible } from "./descent.ts";
import { MoveChooser } from "./moves.ts";
import { QuadraticRun } from "./quadratic-run.ts";
import { adaptWeights, firstWeights } from "./row-weights.ts";
import { QuadraticState } from "./state.ts";

const SWEEPS_MIN = 32;
const SWEEPS_MAX = 16_384;
/** The last temperature, of the first. */
const COLD_SHARE = 0.02;
/** Rounds that begin with the best sample are this hot, of a full one. */
const WARM_SHARE = 0.3;
/** Below this share of the first temperature, weights adapt. */
const ADAPT_BELOW = 0.5;
/** exp(-40) is never drawn. */
const REFUSED_BEYOND = 40;
/** Moves looked at to find the first temperature. */
const LOOKS_MAX = 4000;

/** Runs until its budget ends, or until there is nothing to move. */
export const quadraticAnnealing = solverOf("quadratic", {
  name: "quadratic-annealing",
  version: 3,
  guarantee: "heuristic",
  supports: () => ({ kind: "yes" }),
  solve,
});

interface Search {
  readonly state: QuadraticState;
  readonly run: QuadraticRun;
  readonly random: RandomStream;
  readonly moves: MoveChooser;
  readonly weights: Float64Array;
}

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const layout = layOutWithin(problem, options);
  if (layout === undefined) return unprepared(problem, options);
  const state = new QuadraticState(layout);
  const run = new QuadraticRun(options, state);
  const random = randomStream(options.seed, "quadratic-annealing");
  const moves = new MoveChooser(state, random);
  const search = { state, run, random, moves, weights: firstWeights(state) };
  begin(state, run, options);
  if (descendToFeasible(state, run) || state.layout.free.length === 0) return run.result();
  const hot = typicalChange(search);
  let sweeps = SWEEPS_MIN;
  for (let round = 0; !run.stopped; round += 1) {
    const received = run.takeReceived();
    const isWarm = received !== undefined || (round % 3 === 2 && run.best !== undefined);
    const from = received ?? run.best?.sample;
    if (isWarm && from !== undefined) state.load(from);
    anneal(search, isWarm ? WARM_SHARE * hot : hot, sweeps);
    if (run.stopped || descendToFeasible(state, run)) break;
    sweeps = Math.min(SWEEPS_MAX, sweeps * 2);
  }
  run.offer();
  return run.result();
}

/** Cools from `hot` to a share of it within `sweeps` sweeps, or until the run has to end. */
function anneal(search: Search, hot: number, sweeps: number): void {
  const { state, weights } = search;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const fallen = 1 - sweep / sweeps;
    if (sweepOnce(search, hot * (COLD_SHARE + (1 - COLD_SHARE) * fallen))) return;
    if (fallen < ADAPT_BELOW && state.weights.length > 0) adaptWeights(state, weights);
  }
}

/** One move for each variable that has a choice. True once the run has to end. */
function sweepOnce({ state, run, random, moves }: Search, temperature: number): boolean {
  for (const variable of state.layout.free) {
    moves.choose(variable);
    const change = state.judge();
    if (change > 0) {
      const chance = change / temperature;
      if (chance > REFUSED_BEYOND || random.unit() >= exp(-chance)) {
        if (run.spend()) return true;
        continue;
      }
      run.offer();
    }
    state.make();
    if (run.spend()) return true;
  }
  run.offer();
  return false;
}

/**
 * The mean size of what a move that breaks nothing further changes, at a random place: what the
 * first temperature goes by.
 */
function typicalChange({ state, random, moves }: Search): number {
  const { free } = state.layout;
  let sum = 0;
  let count = 0;
  let weighted = 0;
  const looks = Math.min(LOOKS_MAX, 4 * free.length);
  for (let look = 0; look < looks; look += 1) {
    moves.choose(free[random.below(free.length)]);
    const change = state.judge();
    weighted += Math.abs(change) / looks;
    if (change > state.judgedObjective) continue;
    if (state.judgedObjective !== 0) count += 1;
    sum += Math.abs(state.judgedObjective);
    if (look < looks / 2) state.make();
  }
  return count > 0 ? sum / count : weighted || 1;
}
