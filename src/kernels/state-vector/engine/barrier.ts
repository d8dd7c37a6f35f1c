/**
 * Where the threads of a crew meet, and where helpers wait for orders: three words of shared
 * memory.
 */
const ORDERS = 0;
const ARRIVED = 1;
const ROUND = 2;

/**
 * How often to look before going to sleep: some tens of microseconds, less than a wake-up takes.
 */
const LOOKS = 20_000;

/** One thread's view of the meeting place. */
export class Barrier {
  readonly #words: Int32Array;
  readonly #threadCount: number;

  constructor(words: SharedArrayBuffer, threadCount: number) {
    this.#words = new Int32Array(words);
    this.#threadCount = threadCount;
  }

  /** Memory for one meeting place. */
  static words(): SharedArrayBuffer {
    return new SharedArrayBuffer(3 * 4);
  }

  /** Tells waiting helpers that there is an order. */
  static wake(buffer: SharedArrayBuffer): void {
    const words = new Int32Array(buffer);
    Atomics.add(words, ORDERS, 1);
    Atomics.notify(words, ORDERS);
  }

  /** How many orders there have been. */
  get orders(): number {
    return Atomics.load(this.#words, ORDERS);
  }

  /** Returns once there have been more than `seen` orders. */
  awaitOrder(seen: number): void {
    this.#leave(ORDERS, seen);
  }

  /** Returns once all threads have called it. */
  meet(): void {
    const round = Atomics.load(this.#words, ROUND);
    if (Atomics.add(this.#words, ARRIVED, 1) + 1 === this.#threadCount) {
      Atomics.store(this.#words, ARRIVED, 0);
      Atomics.add(this.#words, ROUND, 1);
      Atomics.notify(this.#words, ROUND);
      return;
    }
    this.#leave(ROUND, round);
  }

  /** Waits, first awake and then asleep, until the word is no longer `value`. */
  #leave(word: number, value: number): void {
    for (let look = 0; look < LOOKS; look += 1) {
      if (Atomics.load(this.#words, word) !== value) return;
    }
    while (Atomics.load(this.#words, word) === value) Atomics.wait(this.#words, word, value);
  }
}
