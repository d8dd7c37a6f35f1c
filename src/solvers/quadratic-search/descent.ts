/**
 * Descent: from a first answer made in one pass, the best change of each variable in turn, and
 * exchanges within groups, until neither helps; rows that are then still broken weigh more, and it
 * goes on. Where every other search begins, and a baseline on its own: deterministic, the seed is
 * not used.
 */
import {
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  solverOf,
  VARTYPE,
  verify,
} from "#problem";
import { unprepared } from "../best-sample.ts";
import { layOutWithin } from "../quadratic-layout.ts";
import { construct, isUnrestricted } from "./construct.ts";
import { QuadraticRun } from "./quadratic-run.ts";
import { repair } from "./repair.ts";
import { firstWeights } from "./row-weights.ts";
import { QuadraticState } from "./state.ts";

/** Rounds in which broken rows may gain weight before a descent gives up. */
const ROUNDS_MAX = 24;
const PASSES_MAX = 400;
/** Pairs of one group looked at in a pass. */
const PAIRS_MAX = 40_000;

/** Ends by itself in a local optimum. */
export const descent = solverOf("quadratic", {
  name: "descent",
  version: 4,
  guarantee: "heuristic",
  supports: () => ({ kind: "yes" }),
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const isOpen = options.start === undefined && isUnrestricted(problem);
  const first = isOpen ? firstAnswer(problem, options) : undefined;
  if (first?.isStopped) return first.result;
  const layout = layOutWithin(problem, options);
  if (layout === undefined) return first?.result ?? unprepared(problem, options);
  const state = new QuadraticState(layout);
  const run = new QuadraticRun(options, state, first?.result);
  firstWeights(state);
  begin(state, run, { ...options, start: first?.result.best?.sample ?? options.start });
  const isEnded = repair(state, run);
  run.offer();
  if (!isEnded) descendToFeasible(state, run);
  return run.result();
}

/** An answer before anything is laid out, announced at once. */
function firstAnswer(problem: QuadraticProblem, { budget, onIncumbent }: SolveOptions) {
  let work = 0;
  let isStopped = false;
  const values = construct(problem, (spent) => {
    work += spent;
    isStopped = budget.tick(spent) === "stop";
    return isStopped;
  });
  const sample = { values };
  const { objective } = verify(problem, sample);
  onIncumbent?.(sample, objective);
  const best = Object.freeze({ sample, objective });
  const result: SolveResult = Object.freeze({ status: "feasible", best, bound: undefined, work });
  return { result, isStopped };
}

/** Takes the start over where there is one, and offers whatever is feasible as it stands. */
export function begin(state: QuadraticState, run: QuadraticRun, { start }: SolveOptions): void {
  if (start !== undefined) state.load(start);
  run.offer();
}

/**
 * Descends; while rows remain broken, doubles what they weigh and descends on. Leaves the weights
 * as they were. True once the run has to end.
 */
export function descendToFeasible(state: QuadraticState, run: QuadraticRun): boolean {
  const weights = state.weights.slice();
  const ended = descendDoubling(state, run);
  run.offer();
  state.weights.set(weights);
  return ended;
}

function descendDoubling(state: QuadraticState, run: QuadraticRun): boolean {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    if (descend(state, run)) return true;
    if (state.brokenCount === 0) return false;
    for (let row = 0; row < state.weights.length; row += 1) {
      if (state.isHard(row) && !state.holds(row)) state.weights[row] *= 2;
    }
  }
  return false;
}

/** True once the run has to end. */
function descend(state: QuadraticState, run: QuadraticRun): boolean {
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    let improved = false;
    for (const variable of state.layout.free) {
      improved = improveAlone(state, run, variable) || improved;
      if (run.spend()) return true;
    }
    if (improved) continue;
    for (let group = 0; group < state.groups.rows.length; group += 1) {
      improved = improveGroup(state, run, group) || improved;
      if (run.stopped) return true;
    }
    if (!improved) return false;
  }
  return false;
}

/** Makes the best change of one variable if that helps. */
function improveAlone(state: QuadraticState, run: QuadraticRun, variable: number): boolean {
  const { layout, values } = state;
  const value = values[variable];
  let change = -run.margin;
  let step = 0;
  const consider = (candidate: number) => {
    state.first(variable, candidate);
    const judged = state.judge();
    if (judged >= change) return;
    change = judged;
    step = candidate;
  };
  const isSpin = layout.problem.vartypes[variable] === VARTYPE.spin;
  if (isSpin) consider(-2 * value);
  else {
    const up = layout.upper[variable] - value;
    const down = value - layout.lower[variable];
    for (let size = 1; size < 2 * up; size *= 2) consider(Math.min(size, up));
    for (let size = 1; size < 2 * down; size *= 2) consider(-Math.min(size, down));
  }
  if (step === 0) return false;
  state.first(variable, step);
  state.judge();
  state.make();
  return true;
}

/** Makes every exchange between a 1 and a 0 of the group that helps. */
function improveGroup(state: QuadraticState, run: QuadraticRun, group: number): boolean {
  const { groups } = state;
  const isLarge = groups.countOf(group, 1) * groups.countOf(group, 0) > PAIRS_MAX;
  if (isLarge) return false;
  let improved = false;
  for (let one = 0; one < groups.countOf(group, 1); one += 1) {
    for (let zero = 0; zero < groups.countOf(group, 0); zero += 1) {
      const leaver = groups.member(group, 1, one);
      const comer = groups.member(group, 0, zero);
      if (!state.isFree(leaver) || !state.isFree(comer)) continue;
      state.first(leaver, -1);
      state.also(comer, 1);
      if (state.judge() < -run.margin) {
        state.make();
        improved = true;
      }
      if (run.spend()) return improved;
    }
  }
  return improved;
}
