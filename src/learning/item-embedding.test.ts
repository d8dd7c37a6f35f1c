/**
 * Embeddings of a shop whose structure is known, and the linear algebra beneath them.
 */
import { describe, expect, it } from "vitest";
import { randomStream, shuffle } from "#foundation";
import { coPurchase } from "./co-purchase.ts";
import { itemEmbedding } from "./item-embedding.ts";
import { multiply, orthonormalise } from "./symmetric-sparse.ts";

const DIMENSION = 4;

/**
 * Three families of eight items; a basket stays within one family. Item 24 is always bought alone.
 */
function families() {
  const together = coPurchase(25);
  const random = randomStream(1, "families");
  for (let basket = 0; basket < 300; basket += 1) {
    const members = Array.from({ length: 8 }, (_, at) => 8 * (basket % 3) + at);
    shuffle(members, random);
    together.observe(basketOf(members.slice(0, 3)));
  }
  together.observe(basketOf([24]));
  return together;
}

function basketOf(items: readonly number[]) {
  const amounts = new Float64Array(items.length);
  return {
    customer: 0,
    atMs: 0,
    items: Int32Array.from(items),
    paidMinor: amounts,
    unitPriceMinor: amounts,
  };
}

function dot(vectors: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let axis = 0; axis < DIMENSION; axis += 1) {
    sum += vectors[a * DIMENSION + axis] * vectors[b * DIMENSION + axis];
  }
  return sum;
}

describe("itemEmbedding", () => {
  const vectors = itemEmbedding(families(), 25, DIMENSION, randomStream(7));

  it("points families apart and their members the same way", () => {
    for (let a = 0; a < 24; a += 1) {
      for (let b = 0; b < 24; b += 1) {
        const same = Math.floor(a / 8) === Math.floor(b / 8);
        if (same) expect(dot(vectors, a, b)).toBeGreaterThan(0.7);
        else expect(dot(vectors, a, b)).toBeLessThan(0.3);
      }
    }
  });

  it("has rows of length 1, and of 0 for an item without companions", () => {
    for (let item = 0; item < 24; item += 1) expect(dot(vectors, item, item)).toBeCloseTo(1, 12);
    expect(dot(vectors, 24, 24)).toBe(0);
  });

  it("repeats with the seed", () => {
    expect(itemEmbedding(families(), 25, DIMENSION, randomStream(7))).toEqual(vectors);
  });

  it("embeds nothing at all, and a shop without pairs as zeros", () => {
    expect(itemEmbedding(coPurchase(0), 0, DIMENSION, randomStream(7))).toHaveLength(0);
    expect([...itemEmbedding(coPurchase(1), 1, DIMENSION, randomStream(7))]).toEqual([0, 0, 0, 0]);
  });
});

describe("symmetric sparse algebra", () => {
  it("multiplies as the dense matrix does", () => {
    // [[0, 2], [2, 1]] * [[1, 10], [3, 30]]
    const matrix = {
      size: 2,
      offsets: Int32Array.of(0, 1, 3),
      others: Int32Array.of(1, 0, 1),
      values: Float64Array.of(2, 2, 1),
    };
    expect([...multiply(matrix, Float64Array.of(1, 10, 3, 30), 2)]).toEqual([6, 60, 5, 50]);
  });

  it("makes columns orthonormal and dependent ones 0", () => {
    const block = Float64Array.of(3, 6, 1, 4, 8, 0);
    orthonormalise(block, 2, 3);
    const column = (at: number) => [block[at], block[3 + at]];
    expect(column(0)[0]).toBeCloseTo(0.6, 12);
    expect(column(0)[1]).toBeCloseTo(0.8, 12);
    expect(Math.hypot(...column(1))).toBe(0);
    const [x, y] = column(2);
    expect(Math.hypot(x, y)).toBeCloseTo(1, 12);
    expect(x * 0.6 + y * 0.8).toBeCloseTo(0, 12);
  });
});
