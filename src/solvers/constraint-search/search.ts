/**
 * The parts of a search under rows, put together; and a sweep, which is what a round of annealing
 * and a descent consist of.
 */
import type { QuadraticProblem, SolveOptions } from "#problem";
import { layOutWithin } from "../quadratic-layout.ts";
import { Draws } from "./draws.ts";
import { Fixes } from "./fixes.ts";
import { Moves } from "./moves.ts";
import { type Effort, Repair } from "./repair.ts";
import { RowRun } from "./row-run.ts";
import { RowState } from "./state.ts";
import { RowWeights } from "./weights.ts";

/** Repairs while nothing was feasible: long, and seldom uphill. */
const FIRST_REPAIR: Effort = Object.freeze({ stepsPerVariable: 64, uphillShare: 0.1 });
/** Repairs between rounds: short, for the next round to begin elsewhere. */
const LATER_REPAIR: Effort = Object.freeze({ stepsPerVariable: 8, uphillShare: 0.3 });

/** Sweeps without anything better that end a descent: moves are drawn, not tried in turn. */
const IDLE_SWEEPS_MAX = 6;

/** One search. */
export interface Search {
  readonly state: RowState;
  readonly run: RowRun;
  readonly draws: Draws;
  readonly moves: Moves;
  readonly weights: RowWeights;
  readonly repair: Repair;
}

/**
 * Opens a search at the start, where there is one; its draws are a function of seed and label.
 * `undefined` if told to stop before it was prepared.
 */
export function openSearch(
  problem: QuadraticProblem,
  options: SolveOptions,
  label: string,
): Search | undefined {
  const layout = layOutWithin(problem, options);
  if (layout === undefined) return undefined;
  const state = new RowState(layout);
  const run = new RowRun(options, state);
  const draws = new Draws(options.seed, label);
  const fixes = new Fixes(state, draws);
  const weights = new RowWeights(state);
  const moves = new Moves(state, draws, fixes);
  const repair = new Repair(state, { run, draws, fixes, weights });
  if (options.start !== undefined) state.load(options.start.values);
  run.look();
  return { state, run, draws, moves, weights, repair };
}

/** Goes back to where all rows hold, unless that takes too long; tells of what was found. */
export function mend({ run, repair }: Search): void {
  run.tell();
  repair.mend(run.best === undefined ? FIRST_REPAIR : LATER_REPAIR);
  run.tell();
}

/** One move for each variable that has a choice. True once the run has to end. */
export function sweepOnce({ state, run, draws, moves }: Search, temperature: number): boolean {
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
 * Makes moves as long as they help, with rows that weigh so much that none is broken for the
 * objective's sake.
 */
export function descend(search: Search): void {
  const { run, weights } = search;
  weights.stiffen();
  let best = run.roundBest;
  for (let idle = 0; idle < IDLE_SWEEPS_MAX; idle += 1) {
    if (sweepOnce(search, 0)) break;
    if (run.roundBest < best - run.margin) idle = 0;
    best = run.roundBest;
  }
  weights.restore();
}
