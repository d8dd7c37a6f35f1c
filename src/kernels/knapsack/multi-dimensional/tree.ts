/**
 * Branch and bound on the linear relaxation, depth first. Items whose reduced cost already exceeds
 * the gap leave the dictionary on the way down, so deep nodes are small: the core of the problem
 * finds itself.
 */
import type { Incumbent } from "../../incumbent.ts";
import type { MultiKnapsack } from "./instance.ts";
import { type Drive, drivesOf, resolve, rootTableau, substitute } from "./relaxation.ts";
import { newTableau, type Tableau } from "./tableau.ts";
import type { Walk } from "./walk.ts";

const INTEGRAL = 1e-6;
/** Share of all work spent on local search beside the tree. */
const WALK_SHARE = 0.25;

/** One search; the relaxation of the root is solved at once. */
export class Tree {
  private readonly root: Tableau;
  private readonly problem: MultiKnapsack;
  private readonly incumbent: Incumbent<Uint8Array>;
  private readonly levels: Tableau[];
  /** Value of each item taken out of the dictionary on the path to the current node. */
  private readonly fixed: Uint8Array;
  private readonly work = { done: 0 };
  private reported = 0;
  private readonly toZero: Drive = { cost: 0, column: -1 };
  private readonly toOne: Drive = { cost: 0, column: -1 };

  constructor(problem: MultiKnapsack, incumbent: Incumbent<Uint8Array>) {
    this.problem = problem;
    this.incumbent = incumbent;
    this.root = rootTableau(problem);
    resolve(this.root, problem.items, Number.NEGATIVE_INFINITY, this.work);
    this.levels = [this.root];
    this.fixed = new Uint8Array(problem.items);
  }

  /** Searches everything, or until the budget ends; returns the bound of what was not searched. */
  search(walk: Walk): number {
    return this.descend(0, Number.POSITIVE_INFINITY, walk);
  }

  private descend(level: number, parentBound: number, walk: Walk): number {
    const { incumbent, problem, work } = this;
    const tableau = this.levels[level];
    const end = resolve(tableau, problem.items, incumbent.floor, work);
    work.done += tableau.columns;
    const bound = Math.min(parentBound, objectiveOf(tableau));
    const goOn = incumbent.spend(work.done - this.reported);
    this.reported = work.done;
    if (end !== "optimal") return Number.NEGATIVE_INFINITY;
    if (!goOn) return bound;
    if (walk.work < WALK_SHARE * work.done) walk.run(1);
    const kept = this.keepOpen(tableau);
    const branching = this.chooseRow(tableau);
    if (branching.row < 0) {
      walk.tryPacking(this.packingOf(tableau));
      return Number.NEGATIVE_INFINITY;
    }
    return this.branch(level, branching, kept, walk);
  }

  private branch(level: number, branching: Branching, kept: Int32Array, walk: Walk): number {
    const { incumbent, problem } = this;
    const tableau = this.levels[level];
    const { row, zero, one } = branching;
    const item = tableau.basic[row];
    const flipped = tableau.flipped[item];
    const bound = objectiveOf(tableau);
    if (this.levels.length === level + 1) {
      this.levels.push(newTableau(problem.rows, problem.items));
    }
    let open = Number.NEGATIVE_INFINITY;
    for (const target of zero.cost <= one.cost ? [0, 1] : [1, 0]) {
      const drive = target === 0 ? zero : one;
      if (drive.column < 0 || incumbent.isCutOff(bound - drive.cost)) continue;
      this.fixed[item] = target ^ flipped;
      const columns = kept.filter((column) => column !== drive.column);
      substitute(tableau, row, drive.column, target, this.levels[level + 1], columns);
      open = Math.max(open, this.descend(level + 1, bound - drive.cost, walk));
    }
    return open;
  }

  /** The columns still open; items whose reduced cost decides them are noted at their value. */
  private keepOpen(tableau: Tableau): Int32Array {
    const { rows, columns, entries, nonbasic, flipped } = tableau;
    const { items } = this.problem;
    const costs = rows * (columns + 1);
    const slack = objectiveOf(tableau) - this.incumbent.floor;
    const kept = new Int32Array(columns);
    let count = 0;
    for (let column = 0; column < columns; column += 1) {
      const variable = nonbasic[column];
      if (variable < items && entries[costs + column] >= slack) {
        this.fixed[variable] = flipped[variable];
        continue;
      }
      kept[count] = column;
      count += 1;
    }
    return kept.subarray(0, count);
  }

  /** The fractional item that costs most on both sides, or one that has only one side left. */
  private chooseRow(tableau: Tableau): Branching {
    const { rows, columns, entries, basic } = tableau;
    const { toZero, toOne, incumbent } = this;
    const bound = objectiveOf(tableau);
    let best: Branching = { row: -1, zero: toZero, one: toOne };
    let scoreMax = -1;
    for (let row = 0; row < rows; row += 1) {
      const value = entries[row * (columns + 1) + columns];
      if (basic[row] >= this.problem.items || value < INTEGRAL || value > 1 - INTEGRAL) continue;
      drivesOf(tableau, row, toZero, toOne);
      this.work.done += columns;
      const isForced =
        incumbent.isCutOff(bound - toZero.cost) || incumbent.isCutOff(bound - toOne.cost);
      const score = (toZero.cost + INTEGRAL) * (toOne.cost + INTEGRAL);
      if (!isForced && score <= scoreMax) continue;
      scoreMax = score;
      best = { row, zero: { ...toZero }, one: { ...toOne } };
      if (isForced) break;
    }
    return best;
  }

  /** The node's solution without fractional items; it fits, as no weight is negative. */
  private packingOf(tableau: Tableau): Uint8Array {
    const { rows, columns, entries, basic, nonbasic, flipped } = tableau;
    const { items } = this.problem;
    const packed = this.fixed.slice();
    for (let column = 0; column < columns; column += 1) {
      const item = nonbasic[column];
      if (item < items) packed[item] = flipped[item];
    }
    for (let row = 0; row < rows; row += 1) {
      const item = basic[row];
      if (item >= items) continue;
      const value = entries[row * (columns + 1) + columns];
      packed[item] = (flipped[item] === 1 ? 1 - value : value) > 1 - INTEGRAL ? 1 : 0;
    }
    return packed;
  }

  /** What the relaxation of the root says: the price of each row. */
  rowPrices(): Float64Array {
    const { rows, columns, entries, nonbasic } = this.root;
    const prices = new Float64Array(rows);
    for (let column = 0; column < columns; column += 1) {
      const row = nonbasic[column] - this.problem.items;
      if (row >= 0) prices[row] = entries[rows * (columns + 1) + column];
    }
    return prices;
  }

  /** The bound of the root. */
  get rootBound(): number {
    return objectiveOf(this.root);
  }

  /** The root's solution, fractional items left out. */
  rootPacking(): Uint8Array {
    return this.packingOf(this.root);
  }
}

/** A row to branch on (-1: the node is integral), and what each side costs. */
interface Branching {
  readonly row: number;
  readonly zero: Drive;
  readonly one: Drive;
}

function objectiveOf({ rows, columns, entries }: Tableau): number {
  return entries[rows * (columns + 1) + columns];
}
