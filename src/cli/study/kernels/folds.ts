/**
 * Which rows are learnt from and which are held out: always in the shares the classes have.
 */
import { type RandomStream, shuffle } from "#foundation";

/** Indices of `classes` in random order, each stretch with about the share of every class. */
export function mixedOrder(classes: Int32Array, random: RandomStream): Int32Array {
  const members = new Map<number, number[]>();
  for (const [row, one] of classes.entries()) {
    const those = members.get(one);
    if (those === undefined) members.set(one, [row]);
    else those.push(row);
  }
  const places: { readonly row: number; readonly place: number }[] = [];
  for (const one of [...members.keys()].sort((a, b) => a - b)) {
    const those = members.get(one) ?? [];
    shuffle(those, random);
    // Spread evenly over [0, 1), each class from a start of its own.
    const start = random.unit();
    for (const [rank, row] of those.entries()) {
      places.push({ row, place: (rank + start) / those.length });
    }
  }
  places.sort((a, b) => a.place - b.place || a.row - b.row);
  return Int32Array.from(places, ({ row }) => row);
}

/** One division of rows. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Every row held out once: fold f holds out the f-th of every `count` rows in `order`. */
export function foldsOf(order: Int32Array, classes: Int32Array, count: number): readonly Fold[] {
  const seen = new Map<number, number>();
  // Dealt class by class, so that no fold goes without one.
  const dealt = Int32Array.from(order, (row) => {
    const turn = seen.get(classes[row]) ?? 0;
    seen.set(classes[row], turn + 1);
    return turn % count;
  });
  return Array.from({ length: count }, (_, fold) => ({
    train: order.filter((_row, at) => dealt[at] !== fold),
    test: order.filter((_row, at) => dealt[at] === fold),
  }));
}

/**
 * The mean over classes of the share of their rows that are recognised: 0.5 for guessing one of two
 * classes, however rare the other.
 */
export function balancedAccuracy(
  classes: Int32Array,
  told: Int32Array,
  classCount: number,
): number {
  const counts = new Int32Array(classCount);
  const right = new Int32Array(classCount);
  for (const [row, one] of classes.entries()) {
    counts[one] += 1;
    if (told[row] === one) right[one] += 1;
  }
  let [sum, present] = [0, 0];
  for (let one = 0; one < classCount; one += 1) {
    if (counts[one] === 0) continue;
    sum += right[one] / counts[one];
    present += 1;
  }
  return sum / present;
}
