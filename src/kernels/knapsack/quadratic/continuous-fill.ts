/**
 * The continuous knapsack: fill the capacity with the densest items, the last one in part. Found by
 * partition as in quickselect, in linear time on average, because bounds ask for it very often.
 */

/** A fill in progress; the arrays are the caller's and are reordered together. */
export interface Fill {
  /** Value per unit of weight, then the item it belongs to; `count` of them are in use. */
  readonly densities: Float64Array;
  readonly items: Int32Array;
  count: number;
  /** Set by the fill: items[0, full) are packed whole, items[full] takes up `room`. */
  full: number;
  room: number;
}

/** A fill for at most `size` items. */
export function newFill(size: number): Fill {
  return {
    densities: new Float64Array(size),
    items: new Int32Array(size),
    count: 0,
    full: 0,
    room: 0,
  };
}

/** Fills `capacity` (0 or more) with the first `count` entries, densest first. */
export function fillContinuously(fill: Fill, weights: Float64Array, capacity: number): void {
  const { densities, items } = fill;
  let room = capacity;
  let low = 0;
  let high = fill.count;
  while (low < high) {
    const pivot = medianOfThree(densities, low, high);
    // Three ways: [low, above) denser than the pivot, [above, at) as dense, [tail, high) less.
    let above = low;
    let at = low;
    let tail = high;
    let aboveWeight = 0;
    while (at < tail) {
      const density = densities[at];
      if (density > pivot) {
        aboveWeight += weights[items[at]];
        exchange(densities, items, above, at);
        above += 1;
        at += 1;
      } else if (density < pivot) {
        tail -= 1;
        exchange(densities, items, at, tail);
      } else at += 1;
    }
    if (aboveWeight > room) {
      high = above;
      continue;
    }
    room -= aboveWeight;
    low = above;
    while (low < tail && weights[items[low]] <= room) {
      room -= weights[items[low]];
      low += 1;
    }
    if (low < tail) break;
  }
  fill.full = low;
  fill.room = room;
}

function medianOfThree(densities: Float64Array, low: number, high: number): number {
  const first = densities[low];
  const middle = densities[(low + high) >> 1];
  const last = densities[high - 1];
  if (first < middle) return middle < last ? middle : Math.max(first, last);
  return first < last ? first : Math.max(middle, last);
}

function exchange(densities: Float64Array, items: Int32Array, one: number, other: number): void {
  const density = densities[one];
  densities[one] = densities[other];
  densities[other] = density;
  const item = items[one];
  items[one] = items[other];
  items[other] = item;
}
