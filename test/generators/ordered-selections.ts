/**
 * Random ordered selections over all kinds of rules, hard and soft, for tests and benchmarks. A
 * problem is a pure function of the stream and the shape. With `planted`, an order is drawn first
 * and every hard rule is loosened until that order keeps it, so the problem is feasible at that
 * order's length; without, hard rules may clash.
 */
import { type RandomStream, shuffle } from "#foundation";
import { type CountRule, HARD, type OrderedSelection, type Pin } from "#problem";

/** What to draw. Counts are exact; shares are probabilities. */
export interface SelectionShape {
  readonly itemCount: number;
  readonly positionCount: number;
  /** Length of the items' vectors; 0 for none. */
  readonly dimension: number;
  readonly groupCount: number;
  readonly caps: number;
  readonly minima: number;
  readonly pins: number;
  /** Chance that there is a spacing rule. */
  readonly spacingShare: number;
  /** Chance that a rule must hold. */
  readonly hardShare: number;
  /** Chance that a pair of items has a similarity of its own, per item. */
  readonly overrideShare: number;
  /** Chance that a value is negative. */
  readonly negativeShare: number;
  readonly diversityWeight: number;
  readonly weights: "discounted" | "equal" | "zero-tail";
  readonly planted: boolean;
}

/** A shape with a bit of everything; tests and benchmarks change what they care about. */
export const mixedShape: SelectionShape = Object.freeze({
  itemCount: 30,
  positionCount: 6,
  dimension: 8,
  groupCount: 6,
  caps: 3,
  minima: 2,
  pins: 1,
  spacingShare: 0.5,
  hardShare: 0.6,
  overrideShare: 0.3,
  negativeShare: 0.05,
  diversityWeight: 0.3,
  weights: "discounted",
  planted: true,
});

/** Draws one problem. */
export function orderedSelection(stream: RandomStream, shape: SelectionShape): OrderedSelection {
  const { itemCount, positionCount } = shape;
  const topics = Array.from({ length: itemCount }, () => stream.below(shape.groupCount));
  const groups = topics.map((topic) => groupsOf(stream, topic, shape.groupCount));
  const planted = shape.planted ? plant(stream, groups, positionCount) : undefined;
  const spacing = stream.unit() < shape.spacingShare;
  return {
    kind: "ordered-selection",
    sense: "maximise",
    itemCount,
    positionCount,
    values: Float64Array.from({ length: itemCount }, () => drawValue(stream, shape.negativeShare)),
    positionWeights: positionWeights(shape.weights, positionCount),
    diversityWeight: shape.diversityWeight,
    similarity: {
      dimension: shape.dimension,
      unitVectors: clusteredVectors(stream, topics, shape.dimension, shape.groupCount),
      ...drawOverrides(stream, itemCount, shape.overrideShare),
    },
    counts: drawCounts(stream, shape, groups, planted),
    pins: drawPins(stream, shape, planted),
    spacing: spacing
      ? { rule: "spacing", ...flatten(groups), penalty: price(stream, shape) }
      : undefined,
  };
}

/** Skewed as click and purchase probabilities are: many small values, few large ones. */
function drawValue(stream: RandomStream, negativeShare: number): number {
  const unit = stream.unit();
  const value = 0.02 * unit + 0.3 * unit ** 6;
  return stream.unit() < negativeShare ? -value : value;
}

function positionWeights(kind: SelectionShape["weights"], count: number): Float64Array {
  const raw = Array.from({ length: count }, (_, position) => {
    if (kind === "equal") return 1;
    if (kind === "zero-tail" && position >= count / 2) return 0;
    return 1 / Math.log2(2 + position);
  });
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return Float64Array.from(raw, (weight) => weight / total);
}

function groupsOf(stream: RandomStream, topic: number, groupCount: number): number[] {
  const second = stream.below(groupCount * 2);
  if (stream.below(10) === 0) return [];
  return second < groupCount && second !== topic ? [topic, second].sort((a, b) => a - b) : [topic];
}

/**
 * A random order in which no two neighbours share a group; shorter than asked for when none is left
 * to add.
 */
function plant(stream: RandomStream, groups: readonly (readonly number[])[], length: number) {
  const rest = groups.map((_, item) => item);
  shuffle(rest, stream);
  const order: number[] = [];
  while (order.length < length) {
    const before = groups[order[order.length - 1]] ?? [];
    const next = rest.findIndex((item) => !groups[item].some((group) => before.includes(group)));
    if (next < 0) break;
    order.push(...rest.splice(next, 1));
  }
  return order;
}

function clusteredVectors(
  stream: RandomStream,
  topics: readonly number[],
  dimension: number,
  groupCount: number,
): Float64Array {
  const centres = Array.from({ length: groupCount }, () => drawVector(stream, dimension));
  const vectors = new Float64Array(topics.length * dimension);
  for (const [item, topic] of topics.entries()) {
    if (stream.below(20) === 0) continue;
    const noise = drawVector(stream, dimension);
    const mixed = noise.map((x, axis) => 0.9 * x + centres[topic][axis]);
    const length = Math.sqrt(mixed.reduce((sum, x) => sum + x * x, 0));
    vectors.set(
      mixed.map((x) => x / length),
      item * dimension,
    );
  }
  return vectors;
}

/**
 * Mostly positive, as embeddings learned from counts are; sums of uniform draws stand in for a
 * normal law.
 */
function drawVector(stream: RandomStream, dimension: number): number[] {
  return Array.from(
    { length: dimension },
    () => stream.unit() + stream.unit() + stream.unit() - 1.2,
  );
}

function drawOverrides(stream: RandomStream, itemCount: number, share: number) {
  const entries = Array.from({ length: itemCount }, () => new Map<number, number>());
  for (let a = 0; a < itemCount; a += 1) {
    if (itemCount < 2 || stream.unit() >= share) continue;
    const b = (a + 1 + stream.below(itemCount - 1)) % itemCount;
    const value = stream.unit();
    entries[a].set(b, value);
    entries[b].set(a, value);
  }
  const offsets = new Int32Array(itemCount + 1);
  for (const [item, map] of entries.entries()) offsets[item + 1] = offsets[item] + map.size;
  return {
    offsets,
    others: Int32Array.from(entries.flatMap((map) => [...map.keys()])),
    values: Float64Array.from(entries.flatMap((map) => [...map.values()])),
  };
}

function drawCounts(
  stream: RandomStream,
  shape: SelectionShape,
  groups: readonly (readonly number[])[],
  planted: readonly number[] | undefined,
): CountRule[] {
  const kinds = [
    ...Array.from({ length: shape.caps }, () => "at-most" as const),
    ...Array.from({ length: shape.minima }, () => "at-least" as const),
  ];
  return kinds.map((bound, index) => {
    const group = stream.below(shape.groupCount);
    const members = groups.flatMap((own, item) => (own.includes(group) ? [item] : []));
    const penalty = price(stream, shape);
    const drawn =
      stream.below(Math.max(1, Math.ceil(shape.positionCount / 2))) +
      (bound === "at-least" ? 1 : 0);
    const kept = planted?.filter((item) => members.includes(item)).length ?? drawn;
    const loosened = bound === "at-most" ? Math.max(drawn, kept) : Math.min(drawn, kept);
    return {
      rule: `${bound === "at-most" ? "maxPerGroup" : "minPerGroup"}:${group}#${index}`,
      bound,
      count: penalty === HARD ? loosened : drawn,
      members: Int32Array.from(members),
      penalty,
    };
  });
}

function drawPins(
  stream: RandomStream,
  shape: SelectionShape,
  planted: readonly number[] | undefined,
): Pin[] {
  if (shape.itemCount === 0 || shape.positionCount === 0) return [];
  return Array.from({ length: shape.pins }, (_, index) => {
    const penalty = price(stream, shape);
    const drawn = {
      item: stream.below(shape.itemCount),
      position: stream.below(shape.positionCount),
    };
    const kept = penalty === HARD && planted !== undefined;
    if (kept && planted.length === 0) return { rule: `pinned#${index}`, ...drawn, penalty: 0.01 };
    const position = kept ? drawn.position % planted.length : drawn.position;
    const item = kept ? planted[position] : drawn.item;
    return { rule: `pinned#${index}`, item, position, penalty };
  });
}

function flatten(groups: readonly (readonly number[])[]) {
  const offsets = new Int32Array(groups.length + 1);
  for (const [item, own] of groups.entries()) offsets[item + 1] = offsets[item] + own.length;
  return { offsets, groups: Int32Array.from(groups.flat()) };
}

function price(stream: RandomStream, shape: SelectionShape): number {
  return stream.unit() < shape.hardShare ? HARD : 0.002 + 0.03 * stream.unit();
}
