/**
 * What every search over orders begins with: fill the order greedily, then take the best improving
 * move until there is none. Broken hard rules count by their price, so an infeasible start is
 * worked feasible on the way.
 */
import type { RandomStream } from "#foundation";
import {
  layOut,
  MoveScan,
  type OrderedSelection,
  type Sample,
  type SelectionLayout,
  SelectionState,
  type SolveOptions,
} from "#problem";
import { SearchRun, TOLERANCE } from "./search-run.ts";

/** A state with the tools to move it. */
export interface Search {
  readonly layout: SelectionLayout;
  readonly state: SelectionState;
  readonly scan: MoveScan;
  readonly run: SearchRun;
  /** No item is tabu. */
  readonly free: Int32Array;
}

/** A local search; true once the run has to end. */
export type Descent = (search: Search) => boolean;

/** Opens a search over `problem`, with nothing chosen. */
export function openSearch(problem: OrderedSelection, options: SolveOptions): Search {
  const layout = layOut(problem);
  const state = new SelectionState(layout);
  return {
    layout,
    state,
    scan: new MoveScan(state),
    run: new SearchRun(options, layout.lengthMax),
    free: new Int32Array(layout.itemCount),
  };
}

/** Loads a sample given in items. */
export function loadSample({ layout, state }: Search, sample: Sample): void {
  const ranks = sample.values.slice(0, layout.lengthMax).map((item) => layout.rankOf[item]);
  state.load(ranks, ranks.length);
  if (!layout.ordered) state.sortByValue();
}

/**
 * Takes over a sample of another solver if it is feasible and beats the best one; otherwise leaves
 * all as it was. Tells which.
 */
export function adopt(search: Search, sample: Sample): boolean {
  const { state, run } = search;
  const order = state.order.slice(0, state.length);
  loadSample(search, sample);
  if (run.take(state)) return true;
  state.load(order, order.length);
  return false;
}

/**
 * Removes random items, or inserts those that harm least whatever they break, until the order has
 * `length`.
 */
export function resize({ state, scan, free }: Search, random: RandomStream, length: number): void {
  while (state.length > length) state.change(random.below(state.length), -1, 0);
  while (state.length < length) {
    scan.reset(Number.NEGATIVE_INFINITY);
    scan.open(state.length);
    scan.scan(free, 0, Number.POSITIVE_INFINITY);
    scan.apply();
  }
}

/**
 * Begins with `start`, if there is one, and with nothing otherwise; fills and descends until
 * neither helps. True once the run has to end.
 */
export function begin(search: Search, start: Sample | undefined, descend: Descent): boolean {
  if (start !== undefined) {
    loadSample(search, start);
    search.run.offer(search.state);
  }
  return settle(search, descend);
}

/** Fills and descends until neither helps. True once the run has to end. */
export function settle(search: Search, descend: Descent): boolean {
  const { state, run } = search;
  let length = -1;
  while (length < state.length) {
    length = state.length;
    if (fill(search, search.free, 0)) return true;
    run.offer(state);
    if (descend(search)) return true;
  }
  return false;
}

/**
 * Inserts the best item that is not tabu (`tabuUntil` above `now`), at its best slot, while that
 * breaks no further hard rule. True once the run has to end.
 */
export function fill(search: Search, tabuUntil: Int32Array, now: number): boolean {
  const { layout, state, scan, run } = search;
  while (state.length < layout.lengthMax) {
    const hardBefore = state.hardCount;
    scan.reset(Number.NEGATIVE_INFINITY);
    scan.open(state.length);
    scan.scan(tabuUntil, now, Number.POSITIVE_INFINITY);
    if (run.spend(scan.takeWork())) return true;
    if (scan.position < 0) return false;
    scan.apply();
    if (state.hardCount > hardBefore) {
      state.change(scan.slot, -1, 0);
      return false;
    }
  }
  return false;
}

/**
 * Takes the best improving move over all positions until there is none. True once the run has to
 * end.
 */
export function descendSteepest(search: Search): boolean {
  const { state, scan, run } = search;
  for (;;) {
    scan.reset(improvementFloor(search));
    for (let position = 0; position < state.length; position += 1) {
      scanPosition(search, position);
      if (run.spend(scan.takeWork())) return true;
    }
    if (scan.position < 0) return false;
    scan.apply();
    run.offer(state);
  }
}

/** Takes the best improving move of each position in turn: comes about as far with fewer looks. */
export function descendInTurn(search: Search): boolean {
  const { state, scan, run } = search;
  let idle = 0;
  for (let position = 0; idle < state.length; position += 1) {
    if (position >= state.length) position = 0;
    scan.reset(improvementFloor(search));
    scanPosition(search, position);
    if (run.spend(scan.takeWork())) return true;
    idle += 1;
    if (scan.position < 0) continue;
    scan.apply();
    run.offer(state);
    idle = 0;
  }
  return false;
}

/** What a move must exceed to count as an improvement. */
function improvementFloor({ state, layout }: Search): number {
  return state.merit + TOLERANCE * layout.hardPrice;
}

function scanPosition({ layout, scan, free }: Search, position: number): void {
  const floor = scan.merit;
  scan.open(position);
  scan.scan(free, 0, Number.POSITIVE_INFINITY);
  if (!layout.ordered) return;
  scan.scanReinsertion(floor);
  scan.scanExchanges(position, floor);
}
