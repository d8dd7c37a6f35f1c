/**
 * Seeded random streams. A stream is a pure function of its seed and labels, in integer arithmetic
 * only, so it gives the same numbers on every engine and CPU. Generator: sfc32 (C. Doty-Humphrey,
 * PractRand), seeded through the MurmurHash3 finaliser. Not for secrets: keys come from the
 * security room.
 */

/** A stream of pseudo-random numbers. */
export interface RandomStream {
  /** An unsigned 32-bit integer. */
  uint32(): number;
  /** A double in [0, 1) with 53 random bits. */
  unit(): number;
  /** An integer in [0, bound), unbiased; `bound` from 1 to 2^32. */
  below(bound: number): number;
  /** A new stream that shares no state with this one; same labels, same stream. */
  fork(...labels: readonly (string | number)[]): RandomStream;
}

/** Opens the stream of `seed` (a safe integer) under `labels`. */
export function randomStream(seed: number, ...labels: readonly (string | number)[]): RandomStream {
  const key = mix(labels.reduce<Key>(absorb, absorb([0x243f6a88, 0x85a308d3, 0x13198a2e], seed)));
  return streamFrom(key);
}

type Key = readonly [number, number, number];

function streamFrom(key: Key): RandomStream {
  let [a, b, c] = key;
  let counter = 1;
  function uint32(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) uint32();
  return {
    uint32,
    unit: () => ((uint32() >>> 5) * 67_108_864 + (uint32() >>> 6)) / 9_007_199_254_740_992,
    below: (bound) => {
      const span = 4_294_967_296 - (4_294_967_296 % bound);
      let draw = uint32();
      while (draw >= span) draw = uint32();
      return draw % bound;
    },
    fork: (...labels) => streamFrom(mix(labels.reduce<Key>(absorb, key))),
  };
}

/** Shuffles `items` in place by Fisher and Yates. */
export function shuffle<Item>(
  items: { readonly length: number; [index: number]: Item },
  stream: RandomStream,
): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = stream.below(last + 1);
    const held = items[last];
    items[last] = items[other];
    items[other] = held;
  }
}

function absorb(key: Key, label: string | number): Key {
  const text = typeof label === "number" ? `#${label}` : `$${label}`;
  let [a, b, c] = key;
  for (let index = 0; index < text.length; index += 1) {
    a = Math.imul(a ^ text.charCodeAt(index), 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = (Math.imul(b, 0x85ebca6b) + a) | 0;
    c = Math.imul(c ^ b, 0xc2b2ae35);
    c = (c << 16) | (c >>> 16);
  }
  return [finalise(a ^ text.length), finalise(b), finalise(c)];
}

function mix([a, b, c]: Key): Key {
  return [finalise(a ^ finalise(c)), finalise(b ^ finalise(a)), finalise(c ^ finalise(b))];
}

function finalise(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
