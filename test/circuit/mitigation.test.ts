/**
 * Mitigation undoes what is known of misreading and extrapolates the rest; so does a device's twin.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  bases,
  CIRCUIT_FAULTS,
  circuitOf,
  couplingMap,
  foldedCircuit,
  invertedReadout,
  noiseModelOfIbm,
  readoutByCharacter,
  simulate,
  simulateNoisy,
  transpile,
  unfoldedReadout,
  zeroNoiseLimit,
} from "#circuit";
import { model } from "./made-up-noise.ts";

describe("mitigation", () => {
  const noise = model({ h: {}, cx: {} }, { readout: { oneGivenZero: 0.03, zeroGivenOne: 0.09 } });
  const bell = circuitOf((b) => {
    b.qubits("q", 2);
    b.bits("c", 1);
    b.bits("d", 1);
    b.h(0).cx(0, 1).measure(0, 0).measure(1, 1);
  });
  const { probabilities = {} } = simulateNoisy(bell, noise, { shots: 0, seed: 1, exact: true });
  const errors = readoutByCharacter(bell, noise);

  test("the inverse and the unfolding give back what was there", () => {
    expect(probabilities["0 1"]).toBeGreaterThan(0.05);
    const want = { "0 0": expect.closeTo(0.5, 9), "1 1": expect.closeTo(0.5, 9) };
    expect(invertedReadout(probabilities, errors)).toEqual(want);
    const unfolded = unfoldedReadout(probabilities, errors, 4000);
    expect(unfolded["0 0"]).toBeCloseTo(0.5, 3);
    expect(Object.values(unfolded).every((weight) => weight >= 0)).toBe(true);
    expect(Object.values(unfolded).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  test("characters are told apart", () => {
    const uneven = [
      { oneGivenZero: 0.5, zeroGivenOne: 0 },
      { oneGivenZero: 0, zeroGivenOne: 0 },
    ];
    expect(invertedReadout({ 10: 500, "00": 500 }, uneven)).toEqual({ "00": expect.closeTo(1) });
    expect(invertedReadout({ "": 3 }, [])).toEqual({ "": 1 });
  });

  test.each([
    ["too short an outcome", { 1: 5 }, errors],
    ["errors that leave nothing", { 11: 5 }, [{ oneGivenZero: 0.5, zeroGivenOne: 0.5 }, errors[0]]],
    ["too many bits", {}, new Array(21).fill(errors[0])],
  ])("%s is refused", (_remark, counts, wrong) => {
    expect(() => invertedReadout(counts, wrong)).toThrow(
      expect.objectContaining({ row: CIRCUIT_FAULTS.readoutInvalid }),
    );
  });

  test("extrapolation finds the value of a circuit without noise", () => {
    const circuit = circuitOf((b) => {
      b.qubits("q", 2);
      b.rx(0.4, 0).cx(0, 1).rx(0.3, 1);
    });
    const depolarised = model({ rx: { error: 0.002 }, cx: { error: 0.01 } });
    const noisyValue = (scale: number) => {
      const options = { shots: 0, seed: 1, exact: true };
      const { probabilities: p = {} } = simulateNoisy(
        foldedCircuit(circuit, scale),
        depolarised,
        options,
      );
      const [same = 0, other = 0] = [(p["00"] ?? 0) + (p[11] ?? 0), (p["01"] ?? 0) + (p[10] ?? 0)];
      return { scale, value: same - other };
    };
    const { probabilities: clean = {} } = simulate(circuit, { shots: 0, seed: 1, exact: true });
    const truth = (clean["00"] ?? 0) + (clean[11] ?? 0) - (clean["01"] ?? 0) - (clean[10] ?? 0);
    const values = [1, 3, 5].map(noisyValue);
    const raw = Math.abs(values[0].value - truth);
    expect(Math.abs(zeroNoiseLimit(values, "linear") - truth)).toBeLessThan(raw / 3);
    expect(Math.abs(zeroNoiseLimit(values, "richardson") - truth)).toBeLessThan(raw / 50);
    expect(
      zeroNoiseLimit(
        [
          { scale: 1, value: 3 },
          { scale: 3, value: 1 },
        ],
        "linear",
      ),
    ).toBe(4);
  });
});

const PROPERTIES = new URL(
  "../../../shared/fixtures/ibm/backend-lagos-props.json",
  import.meta.url,
);
const absent = !existsSync(PROPERTIES);
const reason = absent ? " (skipped: the shared fixtures are absent)" : "";

// The calibration belongs to others and may be absent; the test's name then says so.
const shared = test.skipIf(absent);

shared(`a device's twin from its recorded calibration${reason}`, () => {
  const twin = noiseModelOfIbm(readFileSync(PROPERTIES, "utf8"));
  expect(twin).toMatchObject({ name: "ibm_lagos" });
  expect(twin.qubits).toHaveLength(7);
  expect(twin.qubits[0]).toEqual({
    timesUs: { t1: expect.closeTo(146.274, 3), t2: expect.closeTo(33.298, 3) },
    readout: { oneGivenZero: 0.1744, zeroGivenOne: 0.1636 },
  });
  const ghz = circuitOf((b) => {
    b.qubits("q", 3);
    b.h(0).cx(0, 1).cx(1, 2);
  });
  const pairs = twin.gates.flatMap(({ gate, qubits: [a, c] = [] }) =>
    gate === "cx" ? [[a, c] as const] : [],
  );
  const falcon = bases.filter(({ name }) => name === "ibm-cx")[0];
  const target = { basis: falcon, map: couplingMap(7, pairs) };
  const { circuit, finalLayout } = transpile(ghz, target, { seed: 1 });
  const { probabilities = {} } = simulateNoisy(circuit, twin, { shots: 0, seed: 1, exact: true });
  const chance = (weights: Readonly<Record<string, number>>) =>
    Object.entries(weights)
      .filter(([key]) => new Set(finalLayout.map((qubit) => key[6 - qubit])).size === 1)
      .reduce((sum, [, weight]) => sum + weight, 0);
  // One of the qubits that may be used is misread almost every other time.
  const mended = chance(invertedReadout(probabilities, readoutByCharacter(circuit, twin)));
  expect(mended).toBeGreaterThan(0.9);
  expect(mended).toBeLessThan(0.99);
  expect(chance(probabilities)).toBeLessThan(mended - 0.05);
});
