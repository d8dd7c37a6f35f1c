/**
 * The partial packings of the dynamic programme: sorted by weight, profits rising, so that none is
 * both heavier and worth less than another.
 */

/** A list of states; grows as needed. */
export class StateList {
  weights = new Float64Array(64);
  profits = new Float64Array(64);
  /** The last deviation from the base choice on each state's path, an entry of `History`. */
  entries = new Int32Array(64);
  count = 0;

  /** Appends a state at least as heavy as the last, unless it is dominated. */
  append(weight: number, profit: number, entry: number): void {
    const last = this.count - 1;
    if (last >= 0 && profit <= this.profits[last]) return;
    // Of equally heavy states only the better one stays.
    const at = last >= 0 && weight === this.weights[last] ? last : this.count;
    if (at === this.weights.length) this.grow();
    this.weights[at] = weight;
    this.profits[at] = profit;
    this.entries[at] = entry;
    this.count = at + 1;
  }

  private grow(): void {
    const { weights, profits, entries } = this;
    this.weights = new Float64Array(2 * weights.length);
    this.profits = new Float64Array(2 * weights.length);
    this.entries = new Int32Array(2 * weights.length);
    this.weights.set(weights);
    this.profits.set(profits);
    this.entries.set(entries);
  }
}

/** Which options paths took instead of the base choice, each entry pointing to the one before. */
export class History {
  private options = new Int32Array(64);
  private previous = new Int32Array(64);
  private count = 0;

  /** Adds a deviation after `previous` (-1: the first). */
  add(option: number, previous: number): number {
    if (this.count === this.options.length) {
      const { options, previous: before } = this;
      this.options = new Int32Array(2 * options.length);
      this.previous = new Int32Array(2 * options.length);
      this.options.set(options);
      this.previous.set(before);
    }
    this.options[this.count] = option;
    this.previous[this.count] = previous;
    this.count += 1;
    return this.count - 1;
  }

  /** The options on the path that ends in `entry`. */
  path(entry: number): readonly number[] {
    const path: number[] = [];
    for (let at = entry; at >= 0; at = this.previous[at]) path.push(this.options[at]);
    return path;
  }
}
