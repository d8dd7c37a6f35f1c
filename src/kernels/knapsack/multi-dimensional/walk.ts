/** Iterated local search over feasible packings, beside the tree and on its account. */
import type { RandomStream } from "#foundation";
import type { Incumbent } from "../../incumbent.ts";
import type { MultiKnapsack } from "./instance.ts";
import { Packing } from "./packing.ts";

/** How far below the best the walk may go, as a share of the gap, and how often it then returns. */
const FALL_MAX = 0.4;
const RETURN_EVERY = 50;

/** One walk; it can be resumed. */
export class Walk {
  private readonly packing: Packing;
  private readonly incumbent: Incumbent<Uint8Array>;
  private readonly stream: RandomStream;
  private readonly bound: number;
  private here: Uint8Array;

  /** `prices` and `bound` are those of the root's relaxation. */
  constructor(
    problem: MultiKnapsack,
    prices: Float64Array,
    bound: number,
    incumbent: Incumbent<Uint8Array>,
    stream: RandomStream,
  ) {
    this.packing = new Packing(problem, prices);
    this.incumbent = incumbent;
    this.stream = stream;
    this.bound = bound;
    this.here = new Uint8Array(problem.items);
  }

  /** Work done so far. */
  get work(): number {
    return this.packing.work;
  }

  /** Takes `count` more steps, or fewer if the budget ends. */
  run(count: number): void {
    for (let step = 0; step < count && !this.incumbent.isStopped; step += 1) {
      this.packing.load(this.here);
      this.packing.shake(this.stream);
      this.settle();
    }
  }

  /** Improves `packed`, which has to fit. */
  tryPacking(packed: Uint8Array): void {
    this.packing.load(packed);
    this.settle();
  }

  private settle(): void {
    const { packing, incumbent } = this;
    const before = packing.work;
    packing.improve();
    incumbent.spend(packing.work - before);
    incumbent.offer(packing.packed, packing.profit);
    const fall = incumbent.value - packing.profit;
    if (fall <= FALL_MAX * (this.bound - incumbent.value)) this.here = packing.packed.slice();
    else if (this.stream.below(RETURN_EVERY) === 0) {
      this.here = incumbent.answer ?? this.here;
    }
  }
}
