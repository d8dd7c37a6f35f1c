/**
 * Judging moves. Every move takes out the item at one position (or none) and puts an item into a
 * slot of what remains: replacing, inserting and moving an item are all this one move, each
 * candidate judged at its best slot.
 *
 * `open` prepares a position in O(L). A scan then walks the ranks and leaves off as soon as no
 * later value can beat the best move found, which is usually after a few dozen items. Nothing is
 * allocated per move.
 */
import { exchangeGain } from "./exchange.ts";
import { OpenOrder } from "./slots.ts";
import type { SelectionState } from "./state.ts";

/**
 * A single proposal costs as much as several of the moves a scan looks at, most of which it need
 * not judge.
 */
const WORK_PER_PROPOSAL = 12;
const WORK_PER_OPENING = 15;

/**
 * Judges the moves of one state. The best move since `reset` is in the public fields; merits as in
 * the state.
 */
export class MoveScan {
  readonly state: SelectionState;
  /** Merit of the state after the best move; the floor when there is none. */
  merit = Number.NEGATIVE_INFINITY;
  /** The position opened by the best move; -1 when there is none. */
  position = -1;
  /** The item that comes in; -1 for none. */
  rank = -1;
  slot = -1;
  /** The position that `position` is exchanged with; -1 unless the move is an exchange. */
  partner = -1;

  private readonly rest: OpenOrder;
  private opened = 0;
  private out = -1;
  private looked = 0;
  private outRow: Float64Array;
  private readonly noRow: Float64Array;
  /** Cost of one unit of similarity once an item is in, and summed similarity of what remains. */
  private scale = 0;
  private restPairSum = 0;
  /**
   * Cost of the count rules over what remains, the most one item can win back of it, and each
   * type's share.
   */
  private restSoft = 0;
  private restHard = 0;
  private repairMax = 0;
  private readonly lifted: Int32Array;
  private readonly typeSoft: Float64Array;
  private readonly typeHard: Int32Array;
  private readonly typePrice: Float64Array;
  private readonly typeStamp: Int32Array;
  private stamp = 0;

  constructor(state: SelectionState) {
    const { typeCount, itemCount } = state.layout;
    this.state = state;
    this.rest = new OpenOrder(state);
    this.lifted = new Int32Array(state.present.length);
    this.typeSoft = new Float64Array(typeCount);
    this.typeHard = new Int32Array(typeCount);
    this.typePrice = new Float64Array(typeCount);
    this.typeStamp = new Int32Array(typeCount);
    this.noRow = new Float64Array(itemCount);
    this.outRow = this.noRow;
  }

  /** Forgets the best move; from now on only moves with more than `floor` count. */
  reset(floor: number): void {
    this.merit = floor;
    this.position = -1;
    this.rank = -1;
    this.partner = -1;
  }

  /** Work since the last call, in moves looked at. */
  takeWork(): number {
    const work = this.looked + this.state.rows.takeWork();
    this.looked = 0;
    return work;
  }

  /** Applies the best move found. */
  apply(): void {
    if (this.partner >= 0) this.state.exchange(this.position, this.partner);
    else this.state.change(this.position, this.rank, this.slot);
  }

  /**
   * Prepares moves that take out the item at `position`; none is taken out if that is the state's
   * length.
   */
  open(position: number): void {
    const { state } = this;
    const taken = position < state.length;
    this.opened = position;
    this.out = taken ? state.order[position] : -1;
    this.rest.open(position);
    this.scale = state.pairScale(this.rest.length + 1);
    this.restPairSum = taken ? state.pairSum - state.similaritySum[this.out] : state.pairSum;
    const similar = taken && state.layout.similar;
    this.outRow = similar ? state.rows.hold(this.out, state.reach) : this.noRow;
    this.liftCounts();
    this.looked += WORK_PER_OPENING;
  }

  /**
   * Looks at every item that could come in for the opened one and keeps the best. Where either of
   * the two has `tabuUntil` above `now`, the move must beat `aspiration`.
   */
  scan(tabuUntil: Int32Array, now: number, aspiration: number): void {
    const { state, scale, rest } = this;
    const { chosen, similaritySum } = state;
    const { values, leadCount, itemCount, typeOf } = state.layout;
    const base = this.setMerit(0, 0, 0);
    const floor = this.out >= 0 && tabuUntil[this.out] > now ? aspiration : this.merit;
    let best = Math.max(this.merit, floor);
    let ceiling = Number.POSITIVE_INFINITY;
    let rank = 0;
    for (; rank < itemCount; rank += 1) {
      if (chosen[rank] === 1) continue;
      const type = typeOf[rank];
      if (this.typeStamp[type] !== this.stamp) this.priceType(type);
      if (rank >= leadCount) {
        if (base + this.repairMax + ceiling <= best) break;
        if (base - this.typePrice[type] + ceiling <= best) continue;
      }
      if (rank >= state.reach) this.extend(rank);
      const similarity = similaritySum[rank] - this.outRow[rank];
      const floorHere = tabuUntil[rank] > now ? Math.max(best, aspiration) : best;
      if (rank >= leadCount) {
        const set = base - this.typePrice[type] - scale * similarity;
        if (set + ceiling <= floorHere) continue;
        ceiling = rest.ceiling(values[rank]);
        if (set + ceiling <= floorHere) continue;
      }
      const merit = this.judge(rank, similarity, -1);
      if (merit <= floorHere) continue;
      best = merit;
      this.keep(merit, rank);
    }
    this.looked += rank;
  }

  /** Looks at putting the opened item back in another slot; it must beat `threshold`. */
  scanReinsertion(threshold: number): void {
    if (this.out < 0 || this.rest.length === 0) return;
    const merit = this.judge(this.out, this.state.similaritySum[this.out], this.opened);
    if (merit > this.merit && merit > threshold) this.keep(merit, this.out);
    this.looked += 1;
  }

  /** Looks at exchanging `first` with every later position; the exchange must beat `threshold`. */
  scanExchanges(first: number, threshold: number): void {
    const { merit, length } = this.state;
    for (let second = first + 1; second < length; second += 1) {
      const after = merit + exchangeGain(this.state, first, second);
      if (after <= this.merit || after <= threshold) continue;
      this.merit = after;
      this.position = first;
      this.partner = second;
    }
    this.looked += 4 * (length - first);
  }

  /**
   * Judges putting in `rank`, which is not chosen; the result is kept as the best move, whatever
   * came before.
   */
  consider(rank: number): void {
    if (rank >= this.state.reach) this.extend(rank);
    this.keep(this.judge(rank, this.state.similaritySum[rank] - this.outRow[rank], -1), rank);
    this.looked += WORK_PER_PROPOSAL;
  }

  private judge(rank: number, similarity: number, barredSlot: number): number {
    const type = this.state.layout.typeOf[rank];
    if (this.typeStamp[type] !== this.stamp) this.priceType(type);
    const set = this.setMerit(similarity, this.typeSoft[type], this.typeHard[type]);
    return set + this.rest.place(rank, barredSlot);
  }

  /**
   * Worth of what remains plus an item of this similarity to it and these costs under the count
   * rules.
   */
  private setMerit(similarity: number, soft: number, hard: number): number {
    return (
      -this.scale * (this.restPairSum + similarity) -
      (this.restSoft + soft) -
      this.state.layout.hardPrice * (this.restHard + hard)
    );
  }

  private keep(merit: number, rank: number): void {
    this.merit = merit;
    this.position = this.opened;
    this.rank = rank;
    this.slot = this.rest.slot;
    this.partner = -1;
  }

  private extend(rank: number): void {
    const { state } = this;
    state.extendReach(rank + 1);
    if (this.out >= 0) this.outRow = state.rows.hold(this.out, state.reach);
  }

  /** The count rules without the item taken out. */
  private liftCounts(): void {
    const { counts, typeOf, typeOffsets, typeRules, minima, hardPrice } = this.state.layout;
    const { lifted } = this;
    lifted.set(this.state.present);
    this.stamp += 1;
    this.restSoft = this.state.countSoft;
    this.restHard = this.state.countHard;
    if (this.out >= 0) {
      const type = typeOf[this.out];
      for (let entry = typeOffsets[type]; entry < typeOffsets[type + 1]; entry += 1) {
        lifted[typeRules[entry]] -= 1;
      }
      this.priceType(type);
      this.restSoft -= this.typeSoft[type];
      this.restHard -= this.typeHard[type];
    }
    this.repairMax = 0;
    for (const rule of minima) {
      if (lifted[rule] >= counts.limit[rule]) continue;
      this.repairMax += counts.hard[rule] === 1 ? hardPrice : counts.penalty[rule];
    }
  }

  /** What one more item of `type` changes under the count rules. */
  private priceType(type: number): void {
    const { counts, typeOffsets, typeRules, hardPrice } = this.state.layout;
    let soft = 0;
    let hard = 0;
    for (let entry = typeOffsets[type]; entry < typeOffsets[type + 1]; entry += 1) {
      const rule = typeRules[entry];
      const missing = this.lifted[rule] < counts.limit[rule];
      const change = counts.atLeast[rule] === 1 ? (missing ? -1 : 0) : missing ? 0 : 1;
      soft += change * counts.penalty[rule];
      hard += change * counts.hard[rule];
    }
    this.typeSoft[type] = soft;
    this.typeHard[type] = hard;
    this.typePrice[type] = soft + hardPrice * hard;
    this.typeStamp[type] = this.stamp;
  }
}
