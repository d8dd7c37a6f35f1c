/**
 * Noise worked out by hand, density matrices against trajectories, and mitigation that undoes what
 * is known.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  bases,
  bitIsSet,
  CIRCUIT_FAULTS,
  type Circuit,
  type CircuitBuilder,
  circuitOf,
  couplingMap,
  foldedCircuit,
  type GateCalibration,
  gateTable,
  invertedReadout,
  type NoiseModel,
  noiseModelOfIbm,
  type QubitCalibration,
  readoutByCharacter,
  simulate,
  simulateNoisy,
  statisticsOf,
  transpile,
  unfoldedReadout,
  zeroNoiseLimit,
} from "#circuit";
import { randomStream } from "#foundation";
import { randomCircuit } from "../generators/circuits.ts";

const PERFECT = { oneGivenZero: 0, zeroGivenOne: 0 };

function model(
  gates: Readonly<Record<string, { error?: number; lengthNs?: number }>>,
  qubit: Partial<QubitCalibration> = {},
): NoiseModel {
  return {
    name: "made up",
    qubits: new Array<QubitCalibration>(4).fill({ readout: PERFECT, ...qubit }),
    gates: Object.entries(gates).map(
      ([gate, { error = 0, lengthNs = 0 }]): GateCalibration => ({ gate, error, lengthNs }),
    ),
  };
}

function exact(noise: NoiseModel, write: (b: CircuitBuilder) => void) {
  return simulateNoisy(circuitOf(write), noise, { shots: 0, seed: 1, exact: true }).probabilities;
}

describe("by hand", () => {
  test("depolarising: an average infidelity e mixes in e d / (d - 1)", () => {
    const one = exact(model({ x: { error: 0.03 } }), (b) => b.x(b.qubits("q", 1)[0]));
    expect(one).toEqual({ 0: expect.closeTo(0.03, 12), 1: expect.closeTo(0.97, 12) });
    const two = exact(model({ cx: { error: 0.06 } }), (b) => {
      b.qubits("q", 2);
      b.cx(0, 1);
    });
    // p = 0.08 of the mixed state, a quarter of it in each outcome.
    expect(two).toEqual({
      "00": expect.closeTo(0.94, 12),
      "01": expect.closeTo(0.02, 12),
      "10": expect.closeTo(0.02, 12),
      "11": expect.closeTo(0.02, 12),
    });
  });

  test.each([
    ["T2 below T1", 50, 30],
    ["T2 above T1", 50, 80],
    ["T2 at its bound", 50, 100],
  ])("relaxation with %s: |1> falls with T1, coherence with T2", (_remark, t1, t2) => {
    const noise = model({ id: { lengthNs: 20_000 }, x: {}, h: {} }, { timesUs: { t1, t2 } });
    const fallen = exact(noise, (b) => b.x(b.qubits("q", 1)[0]).gate("id", [0]));
    expect(fallen?.[1]).toBeCloseTo(Math.exp(-20 / t1), 12);
    const turned = exact(noise, (b) => b.h(b.qubits("q", 1)[0]).gate("id", [0]).h(0));
    expect(turned?.[0]).toBeCloseTo((1 + Math.exp(-20 / t2)) / 2, 12);
  });

  test("relaxation and depolarising together have the calibrated error", () => {
    const times = { timesUs: { t1: 100, t2: 90 } };
    const noise = model(
      { id: { error: 0.01, lengthNs: 300 }, h: {}, x: {}, sx: {}, sxdg: {} },
      times,
    );
    // The average fidelity is that over the six states at the ends of the axes.
    const ends: readonly (readonly [readonly string[], readonly string[]])[] = [
      [[], []],
      [["x"], ["x"]],
      [["h"], ["h"]],
      [
        ["x", "h"],
        ["h", "x"],
      ],
      [["sx"], ["sxdg"]],
      [
        ["x", "sx"],
        ["sxdg", "x"],
      ],
    ];
    const kept = ends.map(([prepare, undo]) => {
      const result = exact(noise, (b) => {
        b.qubits("q", 1);
        for (const gate of [...prepare, "id", ...undo]) b.gate(gate, [0]);
      });
      return result?.[0] ?? 0;
    });
    expect(kept.reduce((sum, value) => sum + value, 0) / 6).toBeCloseTo(0.99, 12);
  });

  test("readout: a bit is misread by itself, in the middle as at the end", () => {
    const noise = model({ x: {} }, { readout: { oneGivenZero: 0.1, zeroGivenOne: 0.2 } });
    const read = exact(noise, (b) => {
      const [q] = b.qubits("q", 1);
      const [first, second] = b.bits("c", 2);
      b.x(q).measure(q, first).measure(q, second);
    });
    expect(read).toEqual({
      "00": expect.closeTo(0.04, 12),
      "01": expect.closeTo(0.16, 12),
      10: expect.closeTo(0.16, 12),
      11: expect.closeTo(0.64, 12),
    });
  });

  test("what follows a misread bit follows what was read", () => {
    const noise = model({ x: {} }, { readout: { oneGivenZero: 0.1, zeroGivenOne: 0 } });
    const result = exact(noise, (b) => {
      const [q, other] = b.qubits("q", 2);
      const [bit, seen] = b.bits("c", 2);
      b.measure(q, bit).if(bitIsSet(bit), (then) => then.x(other));
      b.measure(other, seen);
    });
    expect(result).toEqual({
      "00": expect.closeTo(0.81, 12),
      10: expect.closeTo(0.09, 12),
      11: expect.closeTo(0.1, 12),
    });
  });
});

/** A model in which every operation of `circuit` has this error. */
function uniform(circuit: Circuit, error: number, qubit: Partial<QubitCalibration>): NoiseModel {
  const labels = Object.keys(statisticsOf(circuit).counts);
  return model(Object.fromEntries(labels.map((label) => [label, { error, lengthNs: 100 }])), qubit);
}

test("without errors, random circuits are as without noise", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const shape = { qubitCountMax: 3, bitCountMax: 3, operationCount: 8 };
    const circuit = randomCircuit(randomStream(seed, "quiet"), shape, gateTable[seed]);
    const options = { shots: 0, seed, exact: true };
    const { probabilities: noisy = {} } = simulateNoisy(circuit, uniform(circuit, 0, {}), options);
    const { probabilities: clean = {} } = simulate(circuit, options);
    for (const key of new Set([...Object.keys(noisy), ...Object.keys(clean)])) {
      expect(noisy[key] ?? 0, `seed ${seed}, ${key}`).toBeCloseTo(clean[key] ?? 0, 9);
    }
  }
});

test("trajectories follow the density matrix", () => {
  const shots = 2000;
  for (let seed = 0; seed < 12; seed += 1) {
    const shape = { qubitCountMax: 3, bitCountMax: 2, operationCount: 8 };
    const circuit = randomCircuit(randomStream(seed, "noisy"), shape, gateTable[3 * seed]);
    const noise = uniform(circuit, 0.05, {
      timesUs: { t1: 1, t2: 1.4 },
      readout: { oneGivenZero: 0.05, zeroGivenOne: 0.1 },
    });
    const options = { shots, seed, exact: false };
    const { counts } = simulateNoisy(circuit, noise, options);
    expect(simulateNoisy(circuit, noise, options).counts).toEqual(counts);
    const { probabilities = {} } = simulateNoisy(circuit, noise, { ...options, exact: true });
    expect(Object.values(probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    for (const key of new Set([...Object.keys(probabilities), ...Object.keys(counts)])) {
      const p = probabilities[key] ?? 0;
      // Five standard deviations, and one shot for what is nearly impossible.
      const slack = 5 * Math.sqrt(Math.max(0, shots * p * (1 - p))) + 1;
      expect(Math.abs((counts[key] ?? 0) - shots * p), `seed ${seed}, ${key}`).toBeLessThan(slack);
    }
  }
});

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

describe("what is refused", () => {
  const run = (noise: NoiseModel, write: (b: CircuitBuilder) => void, isExact = true) =>
    simulateNoisy(circuitOf(write), noise, { shots: 1, seed: 1, exact: isExact });
  const endless = (b: CircuitBuilder) => {
    const [q] = b.qubits("q", 1);
    const [bit] = b.bits("c", 1);
    b.while({ kind: "not", condition: bitIsSet(bit) }, (body) => body.x(q));
  };
  test.each([
    ["a gate without calibration", () => run(model({}), (b) => b.h(b.qubits("q", 1)[0])), "noise"],
    ["a qubit without", () => run(model({ x: {} }), (b) => b.x(b.qubits("q", 5)[4])), "noise"],
    ["a density matrix too large", () => run(model({}), (b) => b.qubits("q", 14)), "qubits"],
    ["a state too large", () => run(model({}), (b) => b.qubits("q", 20), false), "qubits"],
    ["a loop without end", () => run(model({ x: {} }), endless), "steps"],
    ["a shot without end", () => run(model({ x: {} }), endless, false), "steps"],
    ["no JSON", () => noiseModelOfIbm("{"), "invalid"],
    ["a list", () => noiseModelOfIbm("[]"), "invalid"],
    ["another document", () => noiseModelOfIbm("{}"), "invalid"],
    ["a qubit unread", () => noiseModelOfIbm('{"qubits": [[]], "gates": []}'), "invalid"],
    ["a gate without a name", () => noiseModelOfIbm('{"qubits": [], "gates": [{}]}'), "invalid"],
  ])("%s", (_remark, attempt, which) => {
    const rows: Readonly<Record<string, unknown>> = {
      noise: CIRCUIT_FAULTS.noiseUnknown,
      qubits: CIRCUIT_FAULTS.tooManyQubits,
      steps: CIRCUIT_FAULTS.stepsExhausted,
      invalid: CIRCUIT_FAULTS.noiseInvalid,
    };
    expect(attempt).toThrow(expect.objectContaining({ row: rows[which] }));
  });
});
