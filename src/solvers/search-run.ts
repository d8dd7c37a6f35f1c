/**
 * One run of a search: its budget, its best answer, and what it hears of other solvers. A search
 * reports work in small amounts; they are gathered into ticks, so that being asked to stop takes
 * effect soon but costs little.
 */
import type { TickReply } from "#foundation";
import type { Sample, SelectionState, SolveOptions, SolveResult, SolveStatus } from "#problem";

/** Moves looked at between two ticks: some microseconds to some tens of microseconds. */
const TICK_WORK = 1_500;

/**
 * How much better, relative to the price of a hard rule, counts as better: above what rounding
 * gathers.
 */
export const TOLERANCE = 1e-13;

/** Budget and incumbent of one run. */
export class SearchRun {
  /** The best feasible order found, by rank; only `bestLength` entries count. */
  readonly bestOrder: Int32Array;
  /** -1 until something feasible was found. */
  bestLength = -1;
  bestObjective = Number.NEGATIVE_INFINITY;
  stopped = false;
  work = 0;
  /** A sample of another solver that came with the last tick. */
  private received: Sample | undefined;
  private pending = 0;
  private readonly options: SolveOptions;

  constructor(options: SolveOptions, lengthMax: number) {
    this.options = options;
    this.bestOrder = new Int32Array(lengthMax);
  }

  /**
   * Counts `work` moves looked at, and one more so that every loop advances. True once the run has
   * to end.
   */
  spend(work: number): boolean {
    this.work += work + 1;
    this.pending += work + 1;
    if (this.pending < TICK_WORK || this.stopped) return this.stopped;
    const reply: TickReply = this.options.budget.tick(this.pending);
    this.pending = 0;
    this.stopped = reply === "stop";
    if (!this.stopped) this.received = this.options.exchange?.() ?? this.received;
    return this.stopped;
  }

  /** The sample received since the last call, if any. */
  takeReceived(): Sample | undefined {
    const sample = this.received;
    this.received = undefined;
    return sample;
  }

  /** Makes the state's order the best one if it is feasible and better, and announces it. */
  offer(state: SelectionState): boolean {
    if (!this.take(state)) return false;
    this.options.onIncumbent?.(state.sample(), this.bestObjective);
    return true;
  }

  /** The same without announcing: for samples that others found. */
  take(state: SelectionState): boolean {
    if (state.hardCount > 0 || state.length < this.bestLength) return false;
    const margin = TOLERANCE * state.layout.hardPrice;
    if (state.length === this.bestLength && state.objective <= this.bestObjective + margin) {
      return false;
    }
    const objective = state.freshObjective();
    if (state.length === this.bestLength && objective <= this.bestObjective) return false;
    this.bestLength = state.length;
    this.bestObjective = objective;
    this.bestOrder.set(state.order.subarray(0, state.length));
    return true;
  }

  /** Puts the state back to the best order. */
  restore(state: SelectionState): void {
    state.load(this.bestOrder, this.bestLength);
  }

  /** Closes the run. */
  result(status: SolveStatus, state: SelectionState, bound?: number): SolveResult {
    const { itemAt } = state.layout;
    const ranks = this.bestOrder.subarray(0, Math.max(0, this.bestLength));
    const sample = { values: ranks.map((rank) => itemAt[rank]) };
    const best =
      this.bestLength < 0 ? undefined : Object.freeze({ sample, objective: this.bestObjective });
    return Object.freeze({ status, best, bound, work: this.work });
  }
}
