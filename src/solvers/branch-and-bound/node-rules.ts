/**
 * The count rules at one node of the tree: how many members are chosen, and what each type of item
 * costs from here on.
 */
import type { Relaxation } from "../relaxation.ts";

/** Rules at the current node, changed in place. */
export class NodeRules {
  /** Cost of one more item of each type; Infinity where none may come. */
  readonly typePrice: Float64Array;
  /** What the rules add to the bound as a whole. */
  granted = 0;
  private readonly relaxation: Relaxation;
  private readonly present: Int32Array;
  private readonly rulePrice: Float64Array;
  /** The types among the candidates: no other is ever asked for. */
  private readonly types: Int32Array;

  constructor(relaxation: Relaxation) {
    this.relaxation = relaxation;
    this.typePrice = new Float64Array(relaxation.rows.typeCount);
    this.present = new Int32Array(relaxation.rows.limit.length);
    this.rulePrice = new Float64Array(relaxation.rows.limit.length);
    const { typeOf } = relaxation.rows;
    this.types = Int32Array.from(new Set(relaxation.candidates.map((rank) => typeOf[rank])));
  }

  /** Counts `rank` in (1) or out (-1). */
  count(rank: number, step: 1 | -1): void {
    const { typeOf, typeOffsets, typeRules } = this.relaxation.rows;
    const type = typeOf[rank];
    for (let at = typeOffsets[type]; at < typeOffsets[type + 1]; at += 1) {
      this.present[typeRules[at]] += step;
    }
  }

  /** What soft rules cost as they stand. */
  softCost(): number {
    const { atLeast, limit, penalty } = this.relaxation.rows;
    let cost = 0;
    for (let rule = 0; rule < limit.length; rule += 1) {
      const over = this.present[rule] - limit[rule];
      const excess = Math.max(0, atLeast[rule] === 1 ? -over : over);
      if (excess > 0 && penalty[rule] < Number.POSITIVE_INFINITY) cost += excess * penalty[rule];
    }
    return cost;
  }

  /**
   * Prices rules and types while `missing` items are to come. False if the hard rules cannot hold
   * any more.
   */
  price(missing: number): boolean {
    const { rows, multipliers } = this.relaxation;
    const { atLeast, limit, penalty, typeOffsets, typeRules } = rows;
    let closing = false;
    this.granted = missing === 0 ? -this.softCost() : 0;
    for (let rule = 0; rule < limit.length; rule += 1) {
      const room = limit[rule] - this.present[rule];
      const hard = penalty[rule] === Number.POSITIVE_INFINITY;
      if (hard && (atLeast[rule] === 1 ? room > missing : room < 0)) return false;
      let price = room > 0 ? multipliers[rule] : 0;
      if (atLeast[rule] === 0 && room <= 0) price = penalty[rule];
      this.rulePrice[rule] = price;
      closing ||= hard && atLeast[rule] === 1 && room === missing;
      if (missing > 0 && !(hard && room <= 0)) {
        this.granted += atLeast[rule] === 1 ? -price * room : price * room;
      }
    }
    for (const type of this.types) {
      let price = 0;
      for (let at = typeOffsets[type]; at < typeOffsets[type + 1]; at += 1) {
        const rule = typeRules[at];
        price += atLeast[rule] === 1 ? -this.rulePrice[rule] : this.rulePrice[rule];
      }
      this.typePrice[type] = price;
    }
    if (closing && missing > 0) this.closeOutsiders(missing);
    return true;
  }

  /** Closes the types outside a minimum that needs every item to come. */
  private closeOutsiders(missing: number): void {
    const { atLeast, limit, penalty, typeOffsets, typeRules } = this.relaxation.rows;
    const tight = (rule: number) =>
      atLeast[rule] === 1 &&
      penalty[rule] === Number.POSITIVE_INFINITY &&
      limit[rule] - this.present[rule] === missing;
    let wanted = 0;
    for (let rule = 0; rule < limit.length; rule += 1) if (tight(rule)) wanted += 1;
    for (const type of this.types) {
      let met = 0;
      for (let at = typeOffsets[type]; at < typeOffsets[type + 1]; at += 1) {
        if (tight(typeRules[at])) met += 1;
      }
      if (met < wanted) this.typePrice[type] = Number.POSITIVE_INFINITY;
    }
  }
}
