/**
 * Search that keeps rows by its moves, and mends those it broke: rounds of simulated annealing with
 * exchanges in groups and ejection chains, under weights that adapt to what breaks, each followed
 * by a repair. Best is what is best of the feasible; what is not feasible is never told.
 */
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { layOutQuadratic } from "../quadratic-layout.ts";
import { Draws } from "./draws.ts";
import { Fixes } from "./fixes.ts";
import { Moves } from "./moves.ts";
import { Repair } from "./repair.ts";
import { RowRun } from "./row-run.ts";
import { Schedule } from "./schedule.ts";
import { RowState } from "./state.ts";
import { RowWeights } from "./weights.ts";

/** The last temperature, of the first. */
const COLD_SHARE = 0.02;
/** Below this share of the first temperature, weights adapt. */
const ADAPT_BELOW = 0.5;
/** Moves looked at to find the first temperature. */
const LOOKS_MAX = 4000;
/** Repairs while nothing was feasible: long, and seldom uphill. */
const FIRST_REPAIR = Object.freeze({ stepsPerVariable: 64, uphillShare: 0.1 });
/** Repairs between rounds: short, for the next round to begin elsewhere. */
const LATER_REPAIR = Object.freeze({ stepsPerVariable: 8, uphillShare: 0.3 });

/** Runs until its budget ends, or until there is nothing to move. */
export const constraintSearch = solverOf("quadratic", {
  name: "constraint-search",
  version: 1,
  guarantee: "heuristic",
  supports: ({ constraints }) => {
    if (constraints.count > 0) return { kind: "yes" };
    return { kind: "no", reason: "the problem has no constraints" };
  },
  solve,
});

interface Search {
  readonly state: RowState;
  readonly run: RowRun;
  readonly draws: Draws;
  readonly moves: Moves;
  readonly weights: RowWeights;
  readonly repair: Repair;
}

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const state = new RowState(layOutQuadratic(problem));
  const run = new RowRun(options, state);
  const draws = new Draws(options.seed, "constraint-search");
  const fixes = new Fixes(state, draws);
  const weights = new RowWeights(state);
  const moves = new Moves(state, draws, fixes);
  const repair = new Repair(state, { run, draws, fixes, weights });
  const search = { state, run, draws, moves, weights, repair };
  if (options.start !== undefined) state.load(options.start.values);
  run.look();
  if (state.layout.free.length === 0) return run.result();
  mend(search);
  const schedule = new Schedule(...typicalChanges(search));
  while (!run.isOver()) {
    const { temperature, sweeps, isWarm } = schedule.next();
    const received = run.takeReceived();
    const from = received ?? (isWarm ? run.best?.sample : undefined);
    state.load(from?.values ?? state.values);
    run.beginRound();
    anneal(search, temperature, sweeps);
    mend(search);
    schedule.learn(run.roundBest);
  }
  return run.result();
}

/** Goes back to where all rows hold, unless that takes too long; tells of what was found. */
function mend({ run, repair }: Search): void {
  run.tell();
  repair.mend(run.best === undefined ? FIRST_REPAIR : LATER_REPAIR);
  run.tell();
}

/** Cools from `hot` to a share of it within `sweeps` sweeps, or until the run has to end. */
function anneal(search: Search, hot: number, sweeps: number): void {
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const fallen = 1 - sweep / sweeps;
    if (sweepOnce(search, hot * (COLD_SHARE + (1 - COLD_SHARE) * fallen))) return;
    if (fallen < ADAPT_BELOW) search.weights.adapt();
  }
}

/** One move for each variable that has a choice. True once the run has to end. */
function sweepOnce({ state, run, draws, moves }: Search, temperature: number): boolean {
  for (const variable of state.layout.free) {
    const change = moves.open(variable);
    if (change <= 0 || change < temperature * draws.threshold()) {
      if (!state.isGain) run.leave();
      state.keep();
      run.look();
    } else {
      state.undo();
    }
    if (run.isOver()) return true;
  }
  return false;
}

/**
 * The mean size of what a move that breaks nothing further changes, at a random place: what the
 * first temperature goes by.
 */
function typicalChanges({ state, run, draws, moves }: Search): readonly [number, number] {
  const { free } = state.layout;
  let sum = 0;
  let count = 0;
  let weighted = 0;
  const looks = Math.min(LOOKS_MAX, 4 * free.length);
  for (let look = 0; look < looks; look += 1) {
    const change = moves.open(free[draws.below(free.length)]);
    weighted += Math.abs(change) / looks;
    if (change > state.openObjective + 1e-9 * Math.abs(change)) state.undo();
    else {
      if (state.openObjective !== 0) count += 1;
      sum += Math.abs(state.openObjective);
      if (look < looks / 2) state.keep();
      else state.undo();
    }
    if (run.isOver()) break;
  }
  return [count > 0 ? sum / count : weighted || 1, weighted || 1];
}
