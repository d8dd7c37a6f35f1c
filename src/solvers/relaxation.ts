/**
 * An upper bound on what orders of one length can reach. Three things are relaxed, with multipliers
 * that a few steps then make as tight as they can:
 *
 * - rules on counts move into the costs of their members (Lagrange multipliers, at most the penalty
 *   of a soft rule);
 * - spacing is left out, except for the maxima it implies; a soft pin pays out wherever its item is
 *   chosen;
 * - similarity becomes a cost per item (similarity-shares.ts).
 *
 * What remains is an assignment of items to positions with product worth (rank-one-assignment.ts).
 * For any multipliers the result is a bound, so stopping early only makes it less tight.
 */
import { HARD, type SelectionLayout } from "#problem";
import { MAY, RankOneAssignment } from "./rank-one-assignment.ts";
import { type RuleRows, ruleRows } from "./rule-rows.ts";
import { TOLERANCE } from "./search-run.ts";
import { type Shares, SimilarityShares, type Spend } from "./similarity-shares.ts";

/** Steps after which items that cannot be part of anything better are dropped. */
const DROP_AT: readonly number[] = [0, 3, 8];

/**
 * How often it is asked whether further steps are worth their time, and what part of the excess
 * over the target must have gone since the last time: most of what these steps can close they close
 * early, and what they cannot they never do.
 */
const STEPS_BETWEEN_LOOKS = 4;
const WORTHWHILE = 0.1;
const STEPS_MIN = 8;

/** How many cells of the assignment's table count as one move looked at. */
export const CELLS_PER_WORK = 6;

/** Relaxation of the orders of one length, with its current multipliers. */
export class Relaxation {
  readonly layout: SelectionLayout;
  readonly length: number;
  readonly rows: RuleRows;
  /** Items that may fill the positions no hard pin holds: ranks by descending value. */
  candidates: Int32Array;
  values: Float64Array;
  /** Cost of choosing each candidate, by the last evaluation. */
  readonly costs: Float64Array;
  private readonly status: Int8Array;
  /** Ranks held by hard pins, and what they are worth where they are. */
  readonly fixed: Int32Array;
  readonly fixedMerit: number;
  /** Weights of the positions that no hard pin holds. */
  readonly freeWeights: Float64Array;
  readonly multipliers: Float64Array;
  readonly typePrice: Float64Array;
  /** What soft pins pay for an item, by rank. */
  readonly pinGain: Float64Array;
  /** Similarity as it is relaxed now; by vectors to begin with. */
  shares: Shares;
  private readonly vectors: SimilarityShares;
  readonly assignment: RankOneAssignment;
  /** What the bound of the last evaluation holds besides the assignment. */
  constant = 0;
  private readonly surplus: Float64Array;
  /** The lowest bound so far. */
  bound = Number.POSITIVE_INFINITY;

  constructor(layout: SelectionLayout, length: number) {
    const { pins, problem, values } = layout;
    this.layout = layout;
    this.length = length;
    this.rows = ruleRows(layout, length);
    const pinned = new Map<number, number>();
    for (let position = 0; position < length; position += 1) {
      for (let pin = pins.offsets[position]; pin < pins.offsets[position + 1]; pin += 1) {
        if (pins.hard[pin] === 1) pinned.set(position, pins.ranks[pin]);
      }
    }
    this.fixed = Int32Array.from(pinned.values());
    let fixedMerit = 0;
    for (const [position, rank] of pinned) {
      fixedMerit += problem.positionWeights[position] * values[rank];
    }
    this.fixedMerit = fixedMerit;
    this.freeWeights = problem.positionWeights.slice(0, length).filter((_, p) => !pinned.has(p));
    this.candidates = byValue(layout, this.fixed);
    this.values = valuesOf(layout, this.candidates);
    this.costs = new Float64Array(this.candidates.length);
    this.status = new Int8Array(this.candidates.length).fill(MAY);
    this.multipliers = new Float64Array(this.rows.limit.length);
    this.surplus = new Float64Array(this.rows.limit.length);
    this.typePrice = new Float64Array(this.rows.typeCount);
    this.pinGain = softPinGains(layout);
    this.vectors = new SimilarityShares(layout, length);
    this.shares = this.vectors;
    this.assignment = new RankOneAssignment(this.freeWeights, this.candidates.length);
  }

  /**
   * Takes `steps` steps towards better multipliers; ends early once the bound is not above
   * `target`, the objective of a known order, or `spend`, told of the work of a step, says so.
   * Returns the bound; -Infinity when there is no order of this length.
   */
  tighten(target: number, steps: number, spend: Spend): number {
    this.shares = this.vectors;
    let pace = 1;
    let sinceBetter = 0;
    let marked = Number.POSITIVE_INFINITY;
    for (let step = 0; step < steps; step += 1) {
      const merit = this.evaluate();
      sinceBetter = merit < this.bound ? 0 : sinceBetter + 1;
      this.bound = Math.min(this.bound, merit);
      const cells = this.candidates.length * (this.freeWeights.length + 1);
      if (spend(Math.ceil(cells / CELLS_PER_WORK))) break;
      if (merit <= target || merit === Number.NEGATIVE_INFINITY) break;
      if (sinceBetter === 2) {
        pace *= 0.5;
        sinceBetter = 0;
      }
      const excess = target > Number.NEGATIVE_INFINITY ? merit - target : 0.05 * Math.abs(merit);
      const choice = this.choice();
      this.moveMultipliers(choice, pace * excess);
      const alive = [this.candidates, this.fixed];
      if (this.vectors.approach(choice, 2 / (step + 3), alive, spend)) break;
      if (DROP_AT.includes(step)) this.dropHopeless(target, 1);
      if (step % STEPS_BETWEEN_LOOKS !== 0) continue;
      if (step >= STEPS_MIN && marked - this.bound < WORTHWHILE * (this.bound - target)) break;
      marked = this.bound;
    }
    return this.bound;
  }

  /**
   * The bound at the current multipliers and shares; the choice that attains it is in
   * `assignment.chosen`.
   */
  evaluate(): number {
    const { candidates, costs, layout, shares, pinGain, rows, typePrice } = this;
    const constant = this.priceTypes() + this.fixedMerit - layout.pins.softTotal + shares.constant;
    for (let index = 0; index < candidates.length; index += 1) {
      const rank = candidates[index];
      costs[index] = typePrice[rows.typeOf[rank]] + shares.cost(rank) - pinGain[rank];
    }
    let fixedCost = 0;
    for (const rank of this.fixed) {
      fixedCost += typePrice[rows.typeOf[rank]] + shares.cost(rank) - pinGain[rank];
    }
    this.constant = constant - fixedCost;
    const { values, status } = this;
    const merit = this.constant + this.assignment.solve(values, costs, status, candidates.length);
    // Rounding must not put the bound below an order it has to bound.
    return merit + TOLERANCE * layout.hardPrice;
  }

  /**
   * Drops candidates that are in no order better than `target`, by the last evaluation, if at most
   * the part `leftMax` is left then; tells whether it did.
   */
  dropHopeless(target: number, leftMax: number): boolean {
    const { values, costs, status, candidates } = this;
    const floor = target - this.constant - TOLERANCE * this.layout.hardPrice;
    this.assignment.exclude(values, costs, status, candidates.length, floor);
    const left = candidates.filter((_, index) => status[index] === MAY);
    status.fill(MAY);
    if (left.length > leftMax * candidates.length) return false;
    this.candidates = left;
    this.values = valuesOf(this.layout, left);
    return true;
  }

  /** The ranks chosen by the last evaluation. */
  choice(): Int32Array {
    const { chosen } = this.assignment;
    const ranks = new Int32Array(chosen.length + this.fixed.length);
    for (let slot = 0; slot < chosen.length; slot += 1) ranks[slot] = this.candidates[chosen[slot]];
    ranks.set(this.fixed, chosen.length);
    return ranks;
  }

  /** Prices every type at the current multipliers; returns what the rules grant as a whole. */
  private priceTypes(): number {
    const { rows, multipliers, typePrice } = this;
    for (let type = 0; type < rows.typeCount; type += 1) {
      let price = 0;
      for (let at = rows.typeOffsets[type]; at < rows.typeOffsets[type + 1]; at += 1) {
        const rule = rows.typeRules[at];
        price += rows.atLeast[rule] === 1 ? -multipliers[rule] : multipliers[rule];
      }
      typePrice[type] = price;
    }
    let granted = 0;
    for (let rule = 0; rule < multipliers.length; rule += 1) {
      const grant = multipliers[rule] * rows.limit[rule];
      granted += rows.atLeast[rule] === 1 ? -grant : grant;
    }
    return granted;
  }

  /**
   * One subgradient step whose length would close `excess` if all else stayed (B. T. Polyak, 1969).
   */
  moveMultipliers(choice: Int32Array, excess: number): void {
    const { rows, multipliers, surplus } = this;
    for (let rule = 0; rule < surplus.length; rule += 1) surplus[rule] = -rows.limit[rule];
    for (const rank of choice) {
      const type = rows.typeOf[rank];
      for (let at = rows.typeOffsets[type]; at < rows.typeOffsets[type + 1]; at += 1) {
        surplus[rows.typeRules[at]] += 1;
      }
    }
    let square = 0;
    for (let rule = 0; rule < surplus.length; rule += 1) {
      if (rows.atLeast[rule] === 1) surplus[rule] = -surplus[rule];
      // A multiplier that is at 0 and would go below does not lengthen the step.
      if (surplus[rule] > 0 || multipliers[rule] > 0) square += surplus[rule] * surplus[rule];
    }
    if (square === 0) return;
    for (let rule = 0; rule < surplus.length; rule += 1) {
      const moved = multipliers[rule] + (excess / square) * surplus[rule];
      multipliers[rule] = Math.min(rows.penalty[rule], Math.max(0, moved));
    }
  }
}

/** All ranks but the `fixed` ones, by descending value: the leads and the others are sorted so. */
function byValue({ values, leadCount, itemCount }: SelectionLayout, fixed: Int32Array) {
  const merged = new Int32Array(itemCount);
  let lead = 0;
  let other = leadCount;
  for (let at = 0; at < itemCount; at += 1) {
    const isLead = lead < leadCount && (other === itemCount || values[lead] >= values[other]);
    merged[at] = isLead ? lead : other;
    if (isLead) lead += 1;
    else other += 1;
  }
  return fixed.length === 0 ? merged : merged.filter((rank) => !fixed.includes(rank));
}

function valuesOf({ values }: SelectionLayout, ranks: Int32Array): Float64Array {
  const worth = new Float64Array(ranks.length);
  for (let at = 0; at < ranks.length; at += 1) worth[at] = values[ranks[at]];
  return worth;
}

/** What each rank's soft pins pay if all of them hold. */
function softPinGains(layout: SelectionLayout): Float64Array {
  const gains = new Float64Array(layout.itemCount);
  for (const { item, penalty } of layout.problem.pins) {
    if (penalty !== HARD) gains[layout.rankOf[item]] += penalty;
  }
  return gains;
}
