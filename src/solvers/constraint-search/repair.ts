/**
 * The way back to where every hard row holds: a broken row is drawn, and the best fix of it made
 * that there is; where none helps, the rows that are broken weigh more from then on (feasibility
 * jump, B. Luteberget and G. Sartor, Mathematical Programming Computation 15, 2023).
 */
import type { Draws } from "./draws.ts";
import type { Fixes } from "./fixes.ts";
import type { RowRun } from "./row-run.ts";
import type { RowState } from "./state.ts";
import type { RowWeights } from "./weights.ts";

/** Variables of a row looked at, and changes that may make up for the first. */
const LOOKS = 24;
const DEPTHS: readonly number[] = [1, 2, 4];

/** How hard a repair tries. */
export interface Effort {
  /** For each variable that has a choice. */
  readonly stepsPerVariable: number;
  /** Of the steps that help nothing, those made all the same. */
  readonly uphillShare: number;
}

/** Repairs a state. */
export class Repair {
  readonly #state: RowState;
  readonly #run: RowRun;
  readonly #draws: Draws;
  readonly #fixes: Fixes;
  readonly #weights: RowWeights;

  constructor(
    state: RowState,
    parts: { run: RowRun; draws: Draws; fixes: Fixes; weights: RowWeights },
  ) {
    this.#state = state;
    this.#run = parts.run;
    this.#draws = parts.draws;
    this.#fixes = parts.fixes;
    this.#weights = parts.weights;
  }

  /** Goes on until all rows hold, or as long as it may. Leaves the weights as they were. */
  mend({ stepsPerVariable, uphillShare }: Effort): void {
    const { broken, layout } = this.#state;
    const steps = stepsPerVariable * layout.free.length;
    for (let step = 0; step < steps && broken.count > 0 && !this.#run.isOver(); step += 1) {
      this.#step(uphillShare);
    }
    this.#run.look();
    this.#weights.restore();
  }

  #step(uphillShare: number): void {
    const state = this.#state;
    const row = state.broken.at(this.#draws.below(state.broken.count));
    if (!this.#fixes.mend(row, LOOKS)) {
      state.work += 1;
      this.#weights.raise();
      return;
    }
    this.#fixes.chain(DEPTHS[this.#draws.below(DEPTHS.length)], LOOKS);
    const isBetter = state.change < 0;
    if (isBetter || this.#draws.happens(uphillShare)) state.keep();
    else state.undo();
    if (!isBetter) this.#weights.raise();
  }
}
