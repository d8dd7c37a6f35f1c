/**
 * What the tree asks of an upper bound: one number for a node, one for each side of each free item,
 * and a step that lowers them. Capacities and exact counts have bounds of their own.
 */
import type { Node } from "./node.ts";

/** The bound of one node after another; what was learnt at one serves at its neighbours. */
export interface PackingBound {
  /** What each free item is worth with its best companions, since the last evaluation. */
  readonly values: Float64Array;
  /** What no completion is worth more than that packs the item, or drops it: see `boundSides`. */
  readonly packedBound: Float64Array;
  readonly droppedBound: Float64Array;
  /** How many steps pay for themselves at a node below the root. */
  readonly nodeSteps: number;
  /** How many entries the walk looks at in the time of one entry of this bound. */
  readonly walkPerEntry: number;
  /** No completion of `node` is worth more; work is the square of the free items. */
  evaluate(node: Node): number;
  /** Sets both bounds of each free item of the node last evaluated. */
  boundSides(node: Node): void;
  /** One subgradient step, of length `scale` times Polyak's for the target `aim`. */
  step(node: Node, bound: number, aim: number, scale: number): void;
}
