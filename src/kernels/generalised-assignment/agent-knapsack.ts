/**
 * One agent's choice among open tasks at given prices: a 0/1 knapsack by dynamic programming over
 * whole levels of capacity. Uses are rounded down to levels, so the value is never too small.
 */

/** Finest division of the largest capacity where uses are not small whole numbers. */
const LEVELS_MAX = 4096;
/** Far above the error of a division, far below one level. */
const ROUNDING = 1e-6;

/** A knapsack filled by its owner: `count` entries of value (above 0), level and task. */
export class AgentKnapsack {
  readonly values: Float64Array;
  readonly levels: Int32Array;
  readonly tasks: Int32Array;
  count = 0;
  /** Capacity in levels of the entries now in it. */
  capacity = 0;
  /** Best value of each capacity, after `solve`. */
  readonly best: Float64Array;
  private readonly stride: number;
  private readonly isTaken: Uint8Array;
  private readonly prefix: Float64Array;
  private readonly suffix: Float64Array;

  constructor(tasks: number, levelsMax: number) {
    this.stride = levelsMax + 1;
    this.values = new Float64Array(tasks);
    this.levels = new Int32Array(tasks);
    this.tasks = new Int32Array(tasks);
    this.best = new Float64Array(this.stride);
    this.isTaken = new Uint8Array(tasks * this.stride);
    this.prefix = new Float64Array((tasks + 1) * this.stride);
    this.suffix = new Float64Array((tasks + 1) * this.stride);
  }

  /** Fills `best` and returns the value of the whole capacity; work is count times capacity. */
  solve(): number {
    const { best, values, levels, isTaken, stride, count, capacity } = this;
    best.fill(0, 0, capacity + 1);
    for (let entry = 0; entry < count; entry += 1) {
      const value = values[entry];
      const level = levels[entry];
      const row = entry * stride;
      isTaken.fill(0, row, row + capacity + 1);
      for (let at = capacity; at >= level; at -= 1) {
        const within = best[at - level] + value;
        if (within <= best[at]) continue;
        best[at] = within;
        isTaken[row + at] = 1;
      }
    }
    return best[capacity];
  }

  /** Calls `take` with each entry of the best choice found by `solve`. */
  eachTaken(take: (entry: number) => void): void {
    let left = this.capacity;
    for (let entry = this.count - 1; entry >= 0; entry -= 1) {
      if (this.isTaken[entry * this.stride + left] === 0) continue;
      take(entry);
      left -= this.levels[entry];
    }
  }

  /** Prepares `without` for all entries. */
  solveBothWays(): void {
    const { prefix, suffix, values, levels, stride, count, capacity } = this;
    prefix.fill(0, 0, capacity + 1);
    for (let entry = 0; entry < count; entry += 1) {
      extend(prefix, entry * stride, (entry + 1) * stride, values[entry], levels[entry], capacity);
    }
    suffix.fill(0, count * stride, count * stride + capacity + 1);
    for (let entry = count - 1; entry >= 0; entry -= 1) {
      extend(suffix, (entry + 1) * stride, entry * stride, values[entry], levels[entry], capacity);
    }
  }

  /** Best value without `entry` under `capacity` levels. */
  without(entry: number, capacity: number): number {
    const { prefix, suffix, stride } = this;
    const before = entry * stride;
    const after = (entry + 1) * stride + capacity;
    let best = 0;
    for (let at = 0; at <= capacity; at += 1) {
      const value = prefix[before + at] + suffix[after - at];
      if (value > best) best = value;
    }
    return best;
  }
}

/** How much of a capacity one level stands for: 1 where whole numbers are small enough. */
export function levelUnit(uses: Float64Array, capacities: Float64Array): number {
  const largest = capacities.reduce((most, each) => Math.max(most, each), 0);
  return uses.every(Number.isInteger) && largest <= LEVELS_MAX ? 1 : largest / LEVELS_MAX;
}

/** Levels of a use, never too many. */
export function levelsUsed(use: number, unit: number): number {
  return unit === 1 ? use : Math.max(0, Math.floor(use / unit - ROUNDING));
}

/** Levels of a capacity, never too few. */
export function levelsLeft(room: number, unit: number): number {
  return unit === 1 ? Math.floor(room) : Math.floor(room / unit + ROUNDING);
}

function extend(
  rows: Float64Array,
  from: number,
  to: number,
  value: number,
  level: number,
  capacity: number,
): void {
  for (let at = 0; at <= capacity; at += 1) {
    const without = rows[from + at];
    const within = at >= level ? rows[from + at - level] + value : 0;
    rows[to + at] = within > without ? within : without;
  }
}
