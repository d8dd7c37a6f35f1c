/**
 * Branch and bound over packings: at each node the split is improved while that helps, items are
 * fixed whose other value is cut off, and the item on which most depends is branched on.
 */
import type { RandomStream } from "#foundation";
import type { Incumbent } from "../../incumbent.ts";
import type { QuadraticKnapsack } from "./instance.ts";
import { Node } from "./node.ts";
import type { PackingBound } from "./packing-bound.ts";
import { SelectionBound } from "./selection-bound.ts";
import { SplitBound } from "./split-bound.ts";
import { Walk } from "./walk.ts";

const ROOT_STEPS = 400;
/** Steps of the walk before the first bound and before branching; then its share of the work. */
const WALK_FIRST_PER_ITEM = 2;
const WALK_MORE_PER_ITEM = 12;
const WALK_SHARE = 0.2;
/**
 * A search that has gone on for this long is as short of answers as of bounds: from then on the
 * walk gets about half the time.
 */
const LONG_WORK = 1e7;

/** One search. */
export class Tree {
  private readonly problem: QuadraticKnapsack;
  private readonly incumbent: Incumbent<Uint8Array>;
  private readonly node: Node;
  private readonly bounds: PackingBound;
  private readonly walk: Walk;
  /** Work of the tree, the walk left out. */
  private work = 0;

  constructor(problem: QuadraticKnapsack, incumbent: Incumbent<Uint8Array>, stream: RandomStream) {
    this.problem = problem;
    this.incumbent = incumbent;
    this.node = new Node(problem);
    this.bounds = problem.isExact ? new SelectionBound(problem) : new SplitBound(problem);
    this.walk = new Walk(problem, incumbent, stream);
  }

  /** Searches everything, or until the budget ends; returns the bound of what was not searched. */
  search(): number {
    const { problem, incumbent, walk } = this;
    walk.run(problem.size * WALK_FIRST_PER_ITEM + 1);
    const bound = this.tighten(ROOT_STEPS);
    if (!incumbent.isCutOff(bound)) walk.run(problem.size * WALK_MORE_PER_ITEM);
    return this.descend(bound);
  }

  /** The bound of the part of this node's tree left unsearched; minus infinity if none. */
  private descend(parentBound: number): number {
    const { node, incumbent } = this;
    this.walkBeside();
    const depth = node.depth;
    const bound = Math.min(parentBound, this.tighten(this.bounds.nodeSteps));
    let open = Number.NEGATIVE_INFINITY;
    if (!incumbent.isCutOff(bound)) {
      if (incumbent.isStopped) open = bound;
      else if (node.freeCount > 0) open = this.branch(bound);
      else if (node.isComplete) incumbent.offer(node.packed, node.profit);
    }
    node.undoTo(depth);
    return open;
  }

  /** Takes the steps that the walk is due for what the tree has done. */
  private walkBeside(): void {
    const { walk, bounds, incumbent, work } = this;
    const due = WALK_SHARE * work + bounds.walkPerEntry * Math.max(0, work - LONG_WORK);
    while (walk.work < due && !incumbent.isStopped) walk.run(1);
  }

  private branch(bound: number): number {
    const { node, bounds, incumbent } = this;
    const item = this.pivotalItem();
    const packed = Math.min(bound, bounds.packedBound[item]);
    const dropped = Math.min(bound, bounds.droppedBound[item]);
    const depth = node.depth;
    let open = Number.NEGATIVE_INFINITY;
    for (const pack of packed >= dropped ? [true, false] : [false, true]) {
      const sideBound = pack ? packed : dropped;
      if (incumbent.isCutOff(sideBound) || (pack && !node.fits(item))) continue;
      if (pack) node.pack(item);
      else node.drop(item);
      open = Math.max(open, this.descend(sideBound));
      node.undoTo(depth);
    }
    return open;
  }

  /** Lowers the bound of the node and fixes items until neither gets further. */
  private tighten(steps: number): number {
    const { node, incumbent } = this;
    let least = Number.POSITIVE_INFINITY;
    let scale = 1;
    let idle = 0;
    for (let step = 0; step < steps; step += 1) {
      const bound = this.bounds.evaluate(node);
      const work = node.freeCount * node.freeCount;
      this.work += work;
      if (!incumbent.spend(work)) return Math.min(least, bound);
      if (bound < least - 1e-4 * Math.abs(least - incumbent.value)) idle = 0;
      else idle += 1;
      least = Math.min(least, bound);
      if (incumbent.isCutOff(least)) return least;
      if (node.freeCount === 0) return least;
      if (this.fix()) {
        if (incumbent.isCutOff(node.profit) && node.freeCount === 0) return node.profit;
        idle = 0;
      }
      if (idle >= 6) {
        scale /= 2;
        idle = 0;
        if (scale < 0.02) break;
      }
      if (steps === ROOT_STEPS && step % 20 === 19) {
        this.packByValue();
        this.walkBeside();
      }
      const aim = incumbent.answer === undefined ? bound - Math.abs(bound) * 0.05 : incumbent.value;
      this.bounds.step(node, bound, aim, scale);
    }
    return least;
  }

  /** Fixes what the last evaluation settles; whether anything was. */
  private fix(): boolean {
    const { node, bounds, incumbent } = this;
    bounds.boundSides(node);
    let isFixed = false;
    for (let at = node.freeCount - 1; at >= 0; at -= 1) {
      const item = node.free[at];
      if (incumbent.isCutOff(bounds.packedBound[item])) node.drop(item);
      else if (incumbent.isCutOff(bounds.droppedBound[item])) {
        if (!node.fits(item)) continue;
        node.pack(item);
      } else continue;
      isFixed = true;
    }
    return isFixed;
  }

  /** The free item whose worse side has the least bound. */
  private pivotalItem(): number {
    const { node, bounds } = this;
    let pivotal = node.free[0];
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < node.freeCount; at += 1) {
      const item = node.free[at];
      const worse = Math.min(bounds.packedBound[item], bounds.droppedBound[item]);
      if (worse >= least) continue;
      least = worse;
      pivotal = item;
    }
    return pivotal;
  }

  private packByValue(): void {
    const { node, walk } = this;
    const order = node.free
      .slice(0, node.freeCount)
      .sort((one, other) => this.density(other) - this.density(one) || one - other);
    walk.tryOrder(node.packed, order);
  }

  private density(item: number): number {
    return this.bounds.values[item] / Math.max(this.problem.weights[item], Number.MIN_VALUE);
  }
}
