/**
 * From any spins down to a local minimum of one-flip moves: what ends a replica of a search that
 * does not stop in minima by itself.
 */
import type { SpinGlass } from "#kernels";
import type { SpinRun } from "./spin-run.ts";

/** Terms looked at that take as long as a vector operation. */
const OPERATIONS_PER_TERM = 4;

/** Descends for one run, spins by spins. */
export class OneFlipDescent {
  /** Of the minimum fallen into last. */
  energy = Number.POSITIVE_INFINITY;
  readonly #glass: SpinGlass;
  readonly #run: SpinRun;
  readonly #fields: Float64Array;

  constructor(glass: SpinGlass, run: SpinRun) {
    this.#glass = glass;
    this.#run = run;
    this.#fields = new Float64Array(glass.spinCount);
  }

  /** Falls from `spins`, changing them, and offers the minimum; true once the run has to end. */
  fall(spins: Int8Array): boolean {
    if (this.#addUp(spins)) return true;
    let flips = 1;
    while (flips > 0 && !this.#run.isStopped) flips = this.#sweep(spins);
    // What was reached is worth a look even when time is over.
    this.energy = this.#energyOf(spins);
    this.#run.offer(spins, this.energy);
    return this.#run.isStopped;
  }

  #addUp(spins: Int8Array): boolean {
    const { spinCount, biases, starts, neighbours, couplings } = this.#glass;
    for (let spin = 0; spin < spinCount; spin += 1) {
      let field = biases[spin];
      for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
        field += couplings[entry] * spins[neighbours[entry]];
      }
      this.#fields[spin] = field;
      if (this.#spend(spin)) return true;
    }
    return false;
  }

  /** Flips what gains; how many flipped. */
  #sweep(spins: Int8Array): number {
    const { spinCount, starts, neighbours, couplings } = this.#glass;
    let flips = 0;
    for (let spin = 0; spin < spinCount && !this.#run.isStopped; spin += 1) {
      if (spins[spin] * this.#fields[spin] <= 0) continue;
      flips += 1;
      const step = 2 * spins[spin];
      spins[spin] = -spins[spin];
      for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
        this.#fields[neighbours[entry]] -= step * couplings[entry];
      }
      this.#spend(spin);
    }
    this.#run.spend(spinCount);
    return flips;
  }

  /** Counts the neighbours of a spin. */
  #spend(spin: number): boolean {
    const { starts } = this.#glass;
    return this.#run.spend(OPERATIONS_PER_TERM * (1 + starts[spin + 1] - starts[spin]));
  }

  #energyOf(spins: Int8Array): number {
    const { biases } = this.#glass;
    let doubled = 0;
    for (let spin = 0; spin < spins.length; spin += 1) {
      doubled += spins[spin] * (this.#fields[spin] + biases[spin]);
    }
    return doubled / 2;
  }
}
