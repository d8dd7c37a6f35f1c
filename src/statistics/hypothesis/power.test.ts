/**
 * Sizes of samples against a published example and against the power they were asked for.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { observationsPerArm } from "./power.ts";

describe("observationsPerArm", () => {
  it("gives samples with the power asked for", () => {
    const question = { before: 0.3, after: 0.4, alpha: 0.05, power: 0.8 };
    const count = Math.ceil(observationsPerArm(question));
    const random = randomStream(3, "power");
    const draw = (share: number) => {
      let successes = 0;
      for (let unit = 0; unit < count; unit += 1) if (random.unit() < share) successes += 1;
      return successes / count;
    };
    let found = 0;
    for (let run = 0; run < 1000; run += 1) {
      const [a, b] = [draw(0.3), draw(0.4)];
      const error = Math.sqrt((a * (1 - a) + b * (1 - b)) / count);
      if (Math.abs(b - a) > 1.959964 * error) found += 1;
    }
    expect(found / 1000).toBeGreaterThan(0.76);
    expect(found / 1000).toBeLessThan(0.84);
  });

  it("needs the fewer the larger the change, and refuses none", () => {
    const size = (after: number) =>
      observationsPerArm({ before: 0.1, after, alpha: 0.05, power: 0.9 });
    expect(size(0.2)).toBeLessThan(size(0.15));
    expect(() => size(0.1)).toThrow("a change");
  });
});
