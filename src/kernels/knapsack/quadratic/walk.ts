/**
 * Iterated local search over packings: shake a little, improve, and go on from there unless it is
 * clearly worse than the best; now and then go back to the best.
 */
import type { RandomStream } from "#foundation";
import type { Incumbent } from "../../incumbent.ts";
import type { QuadraticKnapsack } from "./instance.ts";
import { Packing } from "./packing.ts";

const SHAKE_MAX = 3;
/** What the walk may fall below the best, relative to it, and how often it then returns. */
const FALL_MAX = 0.002;
const RETURN_EVERY = 50;

/** One walk; it can be resumed. */
export class Walk {
  /** Work done so far. */
  work = 0;
  private readonly packing: Packing;
  private readonly incumbent: Incumbent<Uint8Array>;
  private readonly stream: RandomStream;
  private here: Uint8Array | undefined;

  constructor(problem: QuadraticKnapsack, incumbent: Incumbent<Uint8Array>, stream: RandomStream) {
    this.packing = new Packing(problem);
    this.incumbent = incumbent;
    this.stream = stream;
  }

  /** Takes `count` more steps, or fewer if the budget ends. */
  run(count: number): void {
    const { packing, stream } = this;
    for (let step = 0; step < count && !this.incumbent.isStopped; step += 1) {
      if (this.here === undefined) packing.clear();
      else {
        packing.load(this.here);
        packing.shake(stream, 1 + stream.below(SHAKE_MAX));
      }
      this.settle();
    }
  }

  /** Starts from `packed`, adds items in the order given while they fit, and improves. */
  tryOrder(packed: Uint8Array, order: Int32Array): void {
    this.packing.load(packed);
    this.packing.packInOrder(order);
    this.settle();
  }

  private settle(): void {
    const { packing, incumbent } = this;
    packing.improve();
    incumbent.spend(packing.work);
    this.work += packing.work;
    packing.work = 0;
    if (!packing.isComplete) return;
    incumbent.offer(packing.packed, packing.profit);
    const fall = incumbent.value - packing.profit;
    if (fall <= FALL_MAX * Math.abs(incumbent.value)) this.here = packing.packed.slice();
    else if (this.stream.below(RETURN_EVERY) === 0) this.here = incumbent.answer;
  }
}
