/**
 * The order with one place open. After an item is taken out (or none is), the rest closes up and a
 * new item may go into any *slot*: slot s means in front of what is then at s. The worth of the
 * rest is worked out once for every slot, in O(L); from then on an item's best slot is found
 * without touching the order.
 */
import type { SelectionLayout } from "./layout.ts";
import type { SelectionState } from "./state.ts";

/**
 * Orders with one open place. All merits are soft worth less the layout's price of each broken hard
 * rule.
 */
export class OpenOrder {
  /** What remains, by place; `length` of them. */
  readonly remaining: Int32Array;
  length = 0;
  /** Found by the last `place` or `ceiling`. */
  slot = 0;

  private readonly state: SelectionState;
  private readonly layout: SelectionLayout;
  private readonly weights: Float64Array;
  /** Worth of what remains while this slot is kept empty. */
  private readonly restMerit: Float64Array;
  private readonly restHard: Int32Array;
  /** The two above in one number. */
  private readonly rest: Float64Array;
  private readonly clashPrice: number;

  constructor(state: SelectionState) {
    const { lengthMax, problem, spacing, hardPrice } = state.layout;
    this.state = state;
    this.layout = state.layout;
    this.weights = problem.positionWeights;
    this.remaining = new Int32Array(lengthMax);
    this.restMerit = new Float64Array(lengthMax + 1);
    this.restHard = new Int32Array(lengthMax + 1);
    this.rest = new Float64Array(lengthMax + 1);
    this.clashPrice = spacing === undefined ? 0 : spacing.hard ? hardPrice : spacing.penalty;
  }

  /** Takes out the item at `position`; none if that is the state's length. */
  open(position: number): void {
    const { order, length } = this.state;
    this.length = position < length ? length - 1 : length;
    for (let place = 0; place < this.length; place += 1) {
      this.remaining[place] = order[place < position ? place : place + 1];
    }
    this.fillValues();
    if (!this.layout.ordered) {
      this.rest.set(this.restMerit);
      return;
    }
    this.fillPins();
    this.fillSpacing();
    for (let slot = 0; slot <= this.length; slot += 1) {
      this.rest[slot] = this.restMerit[slot] - this.layout.hardPrice * this.restHard[slot];
    }
  }

  /** No item of at most this `value` reaches more in any slot, unless a pin asks for it. */
  ceiling(value: number): number {
    const { rest, weights, length } = this;
    let best = Number.NEGATIVE_INFINITY;
    for (let slot = 0; slot <= length && slot < weights.length; slot += 1) {
      const merit = rest[slot] + weights[slot] * value;
      if (merit > best) {
        best = merit;
        this.slot = slot;
      }
    }
    return best;
  }

  /** Worth of the order with `rank` in its best slot, `barred` excepted (-1 for none). */
  place(rank: number, barred: number): number {
    const { rest, weights, length, layout, remaining, state } = this;
    const value = layout.values[rank];
    if (!layout.ordered && barred < 0) return this.ceiling(value);
    let best = Number.NEGATIVE_INFINITY;
    for (let slot = 0; slot <= length && slot < layout.lengthMax; slot += 1) {
      if (slot === barred) continue;
      let merit = rest[slot] + weights[slot] * value;
      if (layout.pins.offsets[slot] < layout.pins.offsets[slot + 1]) {
        merit += this.pinPrice(slot, rank);
      }
      if (merit <= best) continue;
      if (slot > 0 && state.clash(remaining[slot - 1], rank)) merit -= this.clashPrice;
      if (slot < length && state.clash(rank, remaining[slot])) merit -= this.clashPrice;
      if (merit <= best) continue;
      best = merit;
      this.slot = slot;
    }
    return best;
  }

  private fillValues(): void {
    const { weights, remaining, length, restMerit } = this;
    const { values } = this.layout;
    let merit = 0;
    for (let place = 0; place < length; place += 1) {
      merit += weights[place + 1] * values[remaining[place]];
    }
    restMerit[0] = merit;
    for (let slot = 0; slot < length; slot += 1) {
      merit += (weights[slot] - weights[slot + 1]) * values[remaining[slot]];
      restMerit[slot + 1] = merit;
    }
  }

  private fillPins(): void {
    const { pins } = this.layout;
    const { remaining, length, restMerit, restHard } = this;
    let soft = -pins.softTotal;
    let hard = pins.hardTotal;
    for (let place = 0; place < length; place += 1) {
      soft += this.pinSoft(place + 1, remaining[place]);
      hard -= this.pinHard(place + 1, remaining[place]);
    }
    for (let slot = 0; slot <= length; slot += 1) {
      restMerit[slot] += soft;
      restHard[slot] = hard;
      if (slot === length) break;
      soft += this.pinSoft(slot, remaining[slot]) - this.pinSoft(slot + 1, remaining[slot]);
      hard -= this.pinHard(slot, remaining[slot]) - this.pinHard(slot + 1, remaining[slot]);
    }
  }

  private fillSpacing(): void {
    const { spacing } = this.layout;
    if (spacing === undefined) return;
    const { remaining, length, restMerit, restHard, state } = this;
    let clashes = 0;
    for (let place = 1; place < length; place += 1) {
      if (state.clash(remaining[place - 1], remaining[place])) clashes += 1;
    }
    for (let slot = 0; slot <= length; slot += 1) {
      const inside = slot > 0 && slot < length;
      const parted = inside && state.clash(remaining[slot - 1], remaining[slot]) ? 1 : 0;
      if (spacing.hard) restHard[slot] += clashes - parted;
      else restMerit[slot] -= spacing.penalty * (clashes - parted);
    }
  }

  private pinSoft(position: number, rank: number): number {
    const { offsets, ranks, penalty } = this.layout.pins;
    let sum = 0;
    for (let pin = offsets[position]; pin < offsets[position + 1]; pin += 1) {
      if (ranks[pin] === rank) sum += penalty[pin];
    }
    return sum;
  }

  private pinHard(position: number, rank: number): number {
    const { offsets, ranks, hard } = this.layout.pins;
    let sum = 0;
    for (let pin = offsets[position]; pin < offsets[position + 1]; pin += 1) {
      if (ranks[pin] === rank) sum += hard[pin];
    }
    return sum;
  }

  private pinPrice(position: number, rank: number): number {
    return this.pinSoft(position, rank) + this.layout.hardPrice * this.pinHard(position, rank);
  }
}
