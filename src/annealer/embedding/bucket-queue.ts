/**
 * A queue of entries at whole distances, for shortest paths with small weights (R. B. Dial,
 * Communications of the ACM 12, 1969). Entries go no further than a fixed span ahead, so that
 * buckets can be used in turn.
 */

/** Pairs (search, qubit) by distance. */
export class BucketQueue {
  /** Entries waiting. */
  size = 0;
  /** Of the entry taken last. */
  search = 0;
  qubit = 0;
  readonly #mask: number;
  readonly #heads: Int32Array;
  #next = new Int32Array(1024);
  #searches = new Int32Array(1024);
  #qubits = new Int32Array(1024);
  #used = 0;

  /** Distances in the queue differ by less than `span`, a power of two. */
  constructor(span: number) {
    this.#mask = span - 1;
    this.#heads = new Int32Array(span).fill(-1);
  }

  /** Empties the queue. */
  clear(): void {
    this.#heads.fill(-1);
    this.#used = 0;
    this.size = 0;
  }

  /** Adds an entry at `distance`. */
  push(distance: number, search: number, qubit: number): void {
    if (this.#used === this.#next.length) this.#grow();
    const entry = this.#used++;
    const bucket = distance & this.#mask;
    this.#searches[entry] = search;
    this.#qubits[entry] = qubit;
    this.#next[entry] = this.#heads[bucket];
    this.#heads[bucket] = entry;
    this.size += 1;
  }

  /** Takes an entry at `distance` into `search` and `qubit`; false if there is none. */
  take(distance: number): boolean {
    const bucket = distance & this.#mask;
    const entry = this.#heads[bucket];
    if (entry < 0) return false;
    this.#heads[bucket] = this.#next[entry];
    this.search = this.#searches[entry];
    this.qubit = this.#qubits[entry];
    this.size -= 1;
    return true;
  }

  #grow(): void {
    const length = 2 * this.#next.length;
    const grown = (array: Int32Array<ArrayBuffer>) => {
      const larger = new Int32Array(length);
      larger.set(array);
      return larger;
    };
    this.#next = grown(this.#next);
    this.#searches = grown(this.#searches);
    this.#qubits = grown(this.#qubits);
  }
}
