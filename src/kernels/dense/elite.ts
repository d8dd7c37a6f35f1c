/**
 * The samples that a search over many keeps: good ones, all different, and the pairs of them that
 * have not been combined yet.
 */
import type { RandomStream } from "#foundation";

/** A sample and its value, to be made small. */
export interface BinarySample {
  readonly values: Uint8Array;
  readonly value: number;
}

/** Two samples to be combined. */
export type SamplePair = readonly [BinarySample, BinarySample];

/** A bounded set of samples. */
export class Elite {
  #sizeMax: number;
  #samples: readonly BinarySample[] = [];
  #pairs: SamplePair[] = [];

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  /** Whether another sample would have to be better than the worst one. */
  get isFull(): boolean {
    return this.#samples.length === this.#sizeMax;
  }

  /** Takes a sample in if it is new and there is room, or if it is better than the worst one. */
  add(sample: BinarySample): void {
    if (this.#samples.some((known) => isSame(known, sample))) return;
    if (this.isFull) {
      const worst = this.#samples.reduce((a, b) => (b.value >= a.value ? b : a));
      if (sample.value >= worst.value) return;
      this.#samples = this.#samples.filter((known) => known !== worst);
      this.#pairs = this.#pairs.filter((pair) => !pair.includes(worst));
    }
    for (const known of this.#samples) this.#pairs.push([known, sample]);
    this.#samples = [...this.#samples, sample];
  }

  /** A pair at random that was not taken before; `undefined` when none is left. */
  takePair(stream: RandomStream): SamplePair | undefined {
    if (this.#pairs.length === 0) return undefined;
    return this.#pairs.splice(stream.below(this.#pairs.length), 1)[0];
  }

  /** Lets go of all but the best, and makes room for `sizeMax`. */
  reduce(sizeMax = this.#sizeMax): void {
    this.#sizeMax = sizeMax;
    this.#pairs = [];
    if (this.#samples.length === 0) return;
    this.#samples = [this.#samples.reduce((a, b) => (b.value < a.value ? b : a))];
  }
}

function isSame(a: BinarySample, b: BinarySample): boolean {
  return a.value === b.value && a.values.every((value, variable) => value === b.values[variable]);
}
