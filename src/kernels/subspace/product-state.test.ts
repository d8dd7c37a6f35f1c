/**
 * States over sites: what can be said of them without a second simulation. Whole circuits are held
 * against a dense one where they are made.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type Costs, mixingMatrix, ProductState } from "#kernels";

const SIZES = [3, 1, 2, 4];
const UNIFORM = SIZES.map((size) => new Float64Array(size).fill(1 / Math.sqrt(size)));
const costs: Costs = { kind: "real", values: Float64Array.from({ length: 24 }, (_, z) => z % 7) };

/** A state that is neither uniform nor real. */
function mixed(): ProductState {
  const state = new ProductState(UNIFORM, costs);
  state.applyCosts(0.4);
  state.mixProjector(0, UNIFORM[0], 2.1);
  state.mixStart(1.1);
  return state;
}

function completeGraph(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 0 : 1));
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, x, at) => Math.max(most, Math.abs(x - b[at])), 0);
}

function norm({ re, im }: ProductState): number {
  return re.reduce((sum, x, z) => sum + x * x + im[z] * im[z], 0);
}

describe("ProductState", () => {
  test.each([0, 1, 2, 3])("mixes site %i as the exponential of a projector", (site) => {
    const s = Float64Array.from(UNIFORM[site], (_, option) => option + 1);
    const length = Math.sqrt(s.reduce((sum, x) => sum + x * x, 0));
    const unit = s.map((x) => x / length);
    const size = SIZES[site];
    const projector = Float64Array.from(
      { length: size * size },
      (_, at) => unit[Math.floor(at / size)] * unit[at % size],
    );
    const [short, long] = [mixed(), mixed()];
    short.mixProjector(site, unit, 0.83);
    long.mixMatrix(site, mixingMatrix(projector, size, 0.83));
    expect(difference(short.re, long.re)).toBeLessThan(1e-14);
    expect(difference(short.im, long.im)).toBeLessThan(1e-14);
    expect(norm(short)).toBeCloseTo(1, 13);
  });

  test("mixes all sites at once about where it started", () => {
    const starts = [Float64Array.of(0.6, 0.8), Float64Array.of(0, 1, 0)];
    const zeros: Costs = { kind: "real", values: new Float64Array(6) };
    const state = new ProductState(starts, zeros);
    state.mixStart(0.5);
    const expected = [0, 0, 0.6, 0.8, 0, 0];
    expect(
      difference(
        state.re,
        expected.map((x) => x * Math.cos(0.5)),
      ),
    ).toBeLessThan(1e-15);
    expect(
      difference(
        state.im,
        expected.map((x) => -x * Math.sin(0.5)),
      ),
    ).toBeLessThan(1e-15);
  });

  test("looks phases up as it computes them", () => {
    const values = Float64Array.from({ length: 7 }, (_, value) => value);
    const indices = Uint16Array.from({ length: 24 }, (_, z) => z % 7);
    const looked = new ProductState(UNIFORM, { kind: "indexed", indices, values });
    const computed = new ProductState(UNIFORM, costs);
    for (const state of [looked, computed]) state.applyCosts(1.3);
    expect(difference(looked.re, computed.re)).toBe(0);
    expect(difference(looked.im, computed.im)).toBe(0);
    expect(looked.expectedCost()).toBe(computed.expectedCost());
  });

  test("samples by its probabilities, the same for the same stream", () => {
    const state = mixed();
    const shots = 40_000;
    const { outcomes, counts } = state.sample(shots, randomStream(3));
    expect(state.sample(shots, randomStream(3))).toEqual({ outcomes, counts });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(shots);
    for (const [at, z] of outcomes.entries()) {
      const chance = state.re[z] * state.re[z] + state.im[z] * state.im[z];
      const spread = Math.sqrt(chance * (1 - chance) * shots);
      expect(Math.abs(counts[at] - chance * shots)).toBeLessThan(5 * spread);
    }
  });

  test("gives no outcome for no shots, and the only one where there is one", () => {
    const single = new ProductState([Float64Array.of(1)], {
      kind: "real",
      values: Float64Array.of(2),
    });
    single.mixProjector(0, Float64Array.of(1), 0.3);
    expect(single.sample(0, randomStream(1)).outcomes).toHaveLength(0);
    expect([...single.sample(9, randomStream(1)).counts]).toEqual([9]);
    expect(single.expectedCost()).toBe(2);
  });

  test("refuses costs of another size", () => {
    expect(() => new ProductState([UNIFORM[2], UNIFORM[2]], costs)).toThrow(/expected 4, got 24/);
  });
});

describe("mixingMatrix", () => {
  test("is a rotation about X for two options, at any angle", () => {
    for (const angle of [0, 0.1, 1, -2, 40]) {
      const { re, im } = mixingMatrix(completeGraph(2), 2, angle);
      expect(difference(re, [Math.cos(angle), 0, 0, Math.cos(angle)])).toBeLessThan(1e-12);
      expect(difference(im, [0, -Math.sin(angle), -Math.sin(angle), 0])).toBeLessThan(1e-12);
    }
  });
});
