/**
 * How threads share the tiles of passes: three words of shared memory, no locks. All tiles ever run
 * are numbered through; a thread takes the next number, waits until the passes before are done,
 * runs the tile and counts it as done. So a thread that the machine stops for a while holds up one
 * tile, not its share of the pass. A number taken beyond the last pass is kept for the next batch.
 *
 * Numbers wrap around after 2^32 tiles; only their differences are looked at.
 */
import type { CompiledPass } from "./compiled-pass.ts";
import type { TileRunner } from "./tile-runner.ts";

const ORDERS = 0;
const TAKEN = 1;
const DONE = 2;

/** How often to look before going to sleep: about as long as a wake-up takes. */
const LOOKS = 20_000;

/** One thread's view of the queue. */
export class TileQueue {
  readonly #words: Int32Array;
  #number: number | undefined;

  constructor(words: SharedArrayBuffer) {
    this.#words = new Int32Array(words);
  }

  /** Memory for one queue. */
  static words(): SharedArrayBuffer {
    return new SharedArrayBuffer(3 * 4);
  }

  /** Tells waiting threads that there is an order. */
  announceOrder(): void {
    Atomics.add(this.#words, ORDERS, 1);
    Atomics.notify(this.#words, ORDERS);
  }

  /** Returns once there have been more than `seen` orders. */
  awaitOrder(seen: number): void {
    this.#awaitMore(ORDERS, seen);
  }

  /**
   * Runs tiles of `passes`, the first of which has the number `start`, until none is left to take.
   */
  run(passes: readonly CompiledPass[], start: number, runner: TileRunner): void {
    let first = start;
    for (const pass of passes) {
      const end = (first + 2 ** pass.outerBits.length) | 0;
      let number = this.#take();
      if (isBefore(number, end)) this.#awaitMore(DONE, (first - 1) | 0);
      while (isBefore(number, end)) {
        const tile = (number - first) | 0;
        runner.run(pass, tile, tile + 1);
        this.#number = undefined;
        if (((Atomics.add(this.#words, DONE, 1) + 1) | 0) === end) {
          Atomics.notify(this.#words, DONE);
        }
        number = this.#take();
      }
      first = end;
    }
  }

  /** Returns once all tiles before `end` are done. */
  awaitDone(end: number): void {
    this.#awaitMore(DONE, (end - 1) | 0);
  }

  /** The number at hand, or the next. */
  #take(): number {
    this.#number ??= Atomics.add(this.#words, TAKEN, 1);
    return this.#number;
  }

  /** Waits, first awake and then asleep, until the word is beyond `value`. */
  #awaitMore(word: number, value: number): void {
    const isBeyond = () => isBefore(value, Atomics.load(this.#words, word));
    for (let look = 0; look < LOOKS; look += 1) {
      if (isBeyond()) return;
    }
    for (;;) {
      const seen = Atomics.load(this.#words, word);
      if (isBefore(value, seen)) return;
      Atomics.wait(this.#words, word, seen);
    }
  }
}

function isBefore(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}
