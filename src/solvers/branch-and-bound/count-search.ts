/**
 * How many items of each type to take so that every count rule holds: depth-first search that meets
 * the scarcest minimum first, then fills up to the length asked for. Taking one more of a type and
 * never more of it again split the possibilities, so nothing is seen twice.
 */
import type { ItemTypes } from "#problem";
import type { SearchRun } from "../search-run.ts";
import type { HardRules } from "./hard-rules.ts";
import { seat } from "./seating.ts";

/** An order was found (item indices), there is none, or the budget ended first. */
export type Feasibility =
  | { readonly kind: "found"; readonly order: Int32Array }
  | { readonly kind: "none" }
  | { readonly kind: "undecided" };

/** Instead of a minimum: every one is met, or one cannot be met any more. */
const ALL_MET = -1;
const IMPOSSIBLE = -2;

/** One search for an order with between `length.min` and `length.max` items. */
export class CountSearch {
  private readonly types: ItemTypes;
  private readonly groupsFrom: number;
  private readonly seats: Int32Array;
  private readonly lengthMin: number;
  private readonly lengthMax: number;
  private readonly run: SearchRun;
  private readonly ruleCount: number;
  private readonly atLeast: Uint8Array;
  private readonly limit: Int32Array;
  private readonly present: Int32Array;
  /** Items of each type not yet taken, as far as the search may still take them. */
  private readonly left: Int32Array;
  private readonly taken: Int32Array;
  private total = 0;
  private order: Int32Array | undefined;

  constructor(
    types: ItemTypes,
    rules: HardRules,
    seats: Int32Array,
    length: { readonly min: number; readonly max: number },
    run: SearchRun,
  ) {
    this.types = types;
    this.groupsFrom = rules.counts.length;
    this.seats = seats;
    this.lengthMin = Math.max(length.min, seats.findLastIndex((item) => item >= 0) + 1);
    this.lengthMax = length.max;
    this.run = run;
    const groupCount = types.typeRules.reduce((most, rule) => Math.max(most, rule + 1), 0);
    this.ruleCount = Math.max(rules.counts.length, groupCount);
    this.atLeast = new Uint8Array(this.ruleCount);
    // Neighbours share no group, so a group takes at most every second position.
    this.limit = new Int32Array(this.ruleCount).fill(Math.ceil(length.max / 2));
    for (const [index, rule] of rules.counts.entries()) {
      this.atLeast[index] = rule.bound === "at-least" ? 1 : 0;
      this.limit[index] = rule.count;
    }
    this.present = new Int32Array(this.ruleCount);
    this.left = new Int32Array(types.typeCount);
    this.taken = new Int32Array(types.typeCount);
    for (const type of types.typeOf) this.left[type] += 1;
    for (const item of seats) if (item >= 0) this.take(types.typeOf[item], 1);
  }

  /** Searches to the end or until the budget ends. */
  search(): Feasibility {
    const over = this.limit.some(
      (limit, rule) => this.atLeast[rule] === 0 && this.present[rule] > limit,
    );
    const found = !over && this.descend();
    if (found && this.order !== undefined) return { kind: "found", order: this.order };
    return this.run.stopped ? { kind: "undecided" } : { kind: "none" };
  }

  private descend(): boolean {
    if (this.run.spend(this.types.typeCount)) return false;
    const rule = this.scarcestMinimum();
    if (rule === IMPOSSIBLE) return false;
    if (rule === ALL_MET && this.total >= this.lengthMin) return this.seatAll();
    if (rule === ALL_MET && this.capacity(rule) < this.lengthMin - this.total) return false;
    const closed: [number, number][] = [];
    let found = false;
    for (const type of this.openTypes(rule)) {
      this.take(type, 1);
      found = this.descend();
      if (found || this.run.stopped) break;
      this.take(type, -1);
      closed.push([type, this.left[type]]);
      this.left[type] = 0;
    }
    for (const [type, count] of closed) this.left[type] = count;
    return found;
  }

  /**
   * The unmet minimum with the least to spare, ALL_MET, or IMPOSSIBLE if one cannot be met any
   * more.
   */
  private scarcestMinimum(): number {
    const remaining = this.lengthMax - this.total;
    let scarcest = ALL_MET;
    let spareMin = Number.POSITIVE_INFINITY;
    let needs = 0;
    for (let rule = 0; rule < this.ruleCount; rule += 1) {
      const need = this.limit[rule] - this.present[rule];
      if (this.atLeast[rule] === 0 || need <= 0) continue;
      const spare = this.capacity(rule) - need;
      if (spare < 0 || need > remaining) return IMPOSSIBLE;
      needs += need;
      if (spare >= spareMin) continue;
      spareMin = spare;
      scarcest = rule;
    }
    return needs > remaining * this.servedMax() ? IMPOSSIBLE : scarcest;
  }

  /** The most unmet minima that one open item serves. */
  private servedMax(): number {
    let most = 0;
    for (let type = 0; type < this.types.typeCount; type += 1) {
      if (this.room(type) > 0) most = Math.max(most, this.served(type));
    }
    return most;
  }

  private served(type: number): number {
    const { typeOffsets, typeRules } = this.types;
    let served = 0;
    for (let at = typeOffsets[type]; at < typeOffsets[type + 1]; at += 1) {
      const rule = typeRules[at];
      if (this.atLeast[rule] === 1 && this.present[rule] < this.limit[rule]) served += 1;
    }
    return served;
  }

  /**
   * At least as many items as can still be taken from the members of `rule` (of all, for ALL_MET).
   */
  private capacity(rule: number): number {
    const { typeCount } = this.types;
    const byMaximum = new Map<number, number>();
    let free = 0;
    for (let type = 0; type < typeCount; type += 1) {
      if (this.left[type] === 0 || !this.belongs(type, rule)) continue;
      const tightest = this.tightestMaximum(type);
      if (tightest < 0) free += this.left[type];
      else byMaximum.set(tightest, (byMaximum.get(tightest) ?? 0) + this.left[type]);
    }
    for (const [maximum, count] of byMaximum) {
      free += Math.min(count, this.limit[maximum] - this.present[maximum]);
    }
    return free;
  }

  private belongs(type: number, rule: number): boolean {
    const { typeOffsets, typeRules } = this.types;
    if (rule === ALL_MET) return true;
    return typeRules.subarray(typeOffsets[type], typeOffsets[type + 1]).includes(rule);
  }

  /** The maximum over `type` with the least room, -1 for none. */
  private tightestMaximum(type: number): number {
    const { typeOffsets, typeRules } = this.types;
    let tightest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let at = typeOffsets[type]; at < typeOffsets[type + 1]; at += 1) {
      const rule = typeRules[at];
      const room = this.limit[rule] - this.present[rule];
      if (this.atLeast[rule] === 1 || room >= least) continue;
      least = room;
      tightest = rule;
    }
    return tightest;
  }

  /** How many more of `type` may be taken. */
  private room(type: number): number {
    const tightest = this.tightestMaximum(type);
    if (tightest < 0) return this.left[type];
    return Math.min(this.left[type], this.limit[tightest] - this.present[tightest]);
  }

  /** Types to try next, the most useful and least confined first. */
  private openTypes(rule: number): number[] {
    const open: { readonly type: number; readonly served: number; readonly room: number }[] = [];
    for (let type = 0; type < this.types.typeCount; type += 1) {
      const room = this.room(type);
      if (room > 0 && this.belongs(type, rule))
        open.push({ type, served: this.served(type), room });
    }
    open.sort((a, b) => b.served - a.served || b.room - a.room || a.type - b.type);
    return open.map(({ type }) => type);
  }

  private take(type: number, step: 1 | -1): void {
    const { typeOffsets, typeRules } = this.types;
    this.left[type] -= step;
    this.taken[type] += step;
    this.total += step;
    for (let at = typeOffsets[type]; at < typeOffsets[type + 1]; at += 1) {
      this.present[typeRules[at]] += step;
    }
  }

  private seatAll(): boolean {
    const { types, taken, seats, groupsFrom } = this;
    this.order = seat({ types, taken, seats, groupsFrom }, this.run);
    return this.order !== undefined;
  }
}
