/**
 * Draws as searches need them by the million: small bounds, chances, and the Metropolis threshold.
 */
import { type RandomStream, randomStream } from "#foundation";
import { log } from "#kernels";

const WORDS = 4_294_967_296;
/** A table of logarithms for this many bits of a word. */
const TABLE_BITS = 12;
const TABLE_SIZE = 1 << TABLE_BITS;

const THRESHOLDS = Float64Array.from(
  { length: TABLE_SIZE },
  (_, step) => -log((step + 0.5) / TABLE_SIZE),
);

/** A stream of draws; a function of the seed and the label. */
export class Draws {
  readonly #stream: RandomStream;

  constructor(seed: number, label: string) {
    this.#stream = randomStream(seed, label);
  }

  /** An integer in [0, bound), each as likely but for one part in 2^32 / bound. */
  below(bound: number): number {
    return Math.floor((this.#stream.uint32() * bound) / WORDS);
  }

  /** Whether something of this chance happens. */
  happens(chance: number): boolean {
    return this.#stream.uint32() < chance * WORDS;
  }

  /** Exponentially distributed with mean 1: a change is accepted below it times the temperature. */
  threshold(): number {
    return THRESHOLDS[this.#stream.uint32() >>> (32 - TABLE_BITS)];
  }
}
