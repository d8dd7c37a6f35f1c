/**
 * The online learner against data whose probabilities are known.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { onlineLogistic } from "./online-logistic.ts";

const TRUE_WEIGHTS = [-1, 2, -0.5];
const START = { weights: [0, 0, 0], ridge: 1, memory: 1 };

/** `count` rows (bias and two normal-ish features) with labels drawn from the true model. */
function drawn(seed: number, count: number) {
  const random = randomStream(seed, "logistic");
  const rows = new Float64Array(count * 3);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    const features = [1, random.unit() * 4 - 2, random.unit() * 4 - 2];
    rows.set(features, row * 3);
    const logit = features.reduce((sum, x, at) => sum + x * TRUE_WEIGHTS[at], 0);
    labels[row] = random.unit() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  }
  return { rows, labels };
}

describe("onlineLogistic", () => {
  it("finds the weights that made the data, batch by batch", () => {
    const learner = onlineLogistic(START);
    for (let batch = 0; batch < 200; batch += 1) {
      const { rows, labels } = drawn(batch, 100);
      learner.learn(rows, 100, labels);
    }
    for (const [at, weight] of learner.weights().entries()) {
      expect(Math.abs(weight - TRUE_WEIGHTS[at])).toBeLessThan(0.12);
    }
  });

  it("predicts probabilities that hold on average", () => {
    const learner = onlineLogistic(START);
    for (let batch = 0; batch < 100; batch += 1) {
      const { rows, labels } = drawn(batch, 100);
      learner.learn(rows, 100, labels);
    }
    const { rows, labels } = drawn(1000, 5000);
    const predicted = new Float64Array(5000);
    learner.predict(rows, 5000, predicted);
    const mean = (numbers: ArrayLike<number>) =>
      Array.from(numbers).reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(Math.abs(mean(predicted) - mean(labels))).toBeLessThan(0.02);
  });

  it("keeps its weights on an empty batch and survives a feature that never varies", () => {
    const learner = onlineLogistic({ weights: [0.5, 0], ridge: 1, memory: 0.9 });
    learner.learn(new Float64Array(0), 0, new Uint8Array(0));
    expect([...learner.weights()]).toEqual([0.5, 0]);
    for (let batch = 0; batch < 500; batch += 1)
      learner.learn(Float64Array.of(1, 0), 1, Uint8Array.of(1));
    for (const weight of learner.weights()) expect(Number.isFinite(weight)).toBe(true);
  });

  it.each([
    ["a feature of which nothing is left", [1, 0, 2]],
    ["features that say the same", [1, 1, 2]],
    ["features that nearly do", [1, 1 + 2e-16, 3]],
  ])("goes on learning with %s", (_, row) => {
    const learner = onlineLogistic({ weights: [0, 0, 0], ridge: 1e-9, memory: 0.5 });
    const rows = Float64Array.from([...row, -row[0], -row[1], -row[2]]);
    for (let batch = 0; batch < 1200; batch += 1) learner.learn(rows, 2, Uint8Array.of(1, 0));
    const predicted = new Float64Array(2);
    learner.predict(rows, 2, predicted);
    expect(predicted[0]).toBeGreaterThan(0.9);
    expect(predicted[1]).toBeLessThan(0.1);
  });

  it("refuses a memory outside (0, 1]", () => {
    expect(() => onlineLogistic({ ...START, memory: 0 })).toThrow("memory in (0, 1]");
  });
});
