/**
 * Which variables rest after a move, and until when: lists by the move that ends their rest, so
 * that a search never looks through all variables for those whose time has come.
 */

/** Variables at rest; each is in one list at most. */
export class Resting {
  /** By move, as long as the longest rest: the first variable whose rest ends with it, or -1. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;

  /** For `size` variables that rest for at most `movesMax` moves. */
  constructor(size: number, movesMax: number) {
    this.#heads = new Int32Array(movesMax + 1).fill(-1);
    this.#next = new Int32Array(size);
  }

  /** Lets `variable` rest until `moves` more have been made after move number `move`. */
  put(variable: number, move: number, moves: number): void {
    const slot = (move + moves) % this.#heads.length;
    this.#next[variable] = this.#heads[slot];
    this.#heads[slot] = variable;
  }

  /** Takes out a variable whose rest ends with move number `move`; -1 when none is left. */
  take(move: number): number {
    const slot = move % this.#heads.length;
    const variable = this.#heads[slot];
    if (variable >= 0) this.#heads[slot] = this.#next[variable];
    return variable;
  }

  /** Forgets all. */
  clear(): void {
    this.#heads.fill(-1);
  }
}
