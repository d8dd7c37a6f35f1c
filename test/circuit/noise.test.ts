/**
 * Noise worked out by hand, density matrices against trajectories, and what is refused.
 */
import { describe, expect, test } from "vitest";
import {
  bitIsSet,
  CIRCUIT_FAULTS,
  type Circuit,
  type CircuitBuilder,
  circuitOf,
  gateTable,
  type NoiseModel,
  noiseModelOfIbm,
  type QubitCalibration,
  simulate,
  simulateNoisy,
  statisticsOf,
} from "#circuit";
import { randomStream } from "#foundation";
import { randomCircuit } from "../generators/circuits.ts";
import { model } from "./made-up-noise.ts";

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
  const shots = 1000;
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

const T1 = { name: "T1", value: 50, unit: "us" };
const T2 = { name: "T2", value: 60, unit: "us" };
const READOUT = { name: "readout_error", value: 0.01, unit: "" };
const ERROR = { name: "gate_error", value: 0.001, unit: "" };
const LENGTH = { name: "gate_length", value: 35, unit: "ns" };

/** Properties of one qubit with an `x`, as IBM records them. */
function recorded(qubit: readonly object[], gate: readonly object[]): NoiseModel {
  const gates = [{ gate: "x", qubits: [0], parameters: gate }];
  return noiseModelOfIbm(JSON.stringify({ qubits: [qubit], gates }));
}

test("a T2 above its bound is taken for the bound, and told", () => {
  const read = recorded([T1, { ...T2, value: 120 }, READOUT], [ERROR, LENGTH]);
  expect(read.qubits[0].timesUs).toEqual({ t1: 50, t2: 100 });
  expect(read.notes).toEqual(["qubit 0: T2 of 120 us is above 2 T1 and was taken as 100 us"]);
  expect(recorded([T1, T2, READOUT], [ERROR, LENGTH]).notes).toEqual([]);
});

const NONSENSE: readonly (readonly [
  what: string,
  qubit: object[],
  gate: object[],
  said: string,
])[] = [
  ["no T1", [T2, READOUT], [ERROR, LENGTH], "qubit 0, expected a number for T1"],
  ["no T2", [T1, READOUT], [ERROR, LENGTH], "qubit 0, expected a number for T2"],
  ["T1 of 0", [{ ...T1, value: 0 }, T2, READOUT], [ERROR, LENGTH], "T1 above 0"],
  ["T2 below 0", [T1, { ...T2, value: -1 }, READOUT], [ERROR, LENGTH], "T2 above 0"],
  ["T1 in words", [{ ...T1, value: "NaN" }, T2, READOUT], [ERROR, LENGTH], 'got "NaN"'],
  ["no readout error", [T1, T2], [ERROR, LENGTH], "qubit 0, expected a number for readout_error"],
  ["a readout error above 1", [T1, T2, { ...READOUT, value: 2 }], [ERROR, LENGTH], "got 2"],
  ["nothing of a gate", [T1, T2, READOUT], [], "x on 0, expected a number for gate_error"],
  ["no length", [T1, T2, READOUT], [ERROR], "x on 0, expected a number for gate_length"],
  ["a length below 0", [T1, T2, READOUT], [ERROR, { ...LENGTH, value: -100 }], "from 0 up"],
  ["an error above 1", [T1, T2, READOUT], [{ ...ERROR, value: 1.5 }, LENGTH], "got 1.5"],
  ["no unit", [T1, T2, READOUT], [ERROR, { ...LENGTH, unit: "" }], "gate_length, expected a unit"],
];

test.each(NONSENSE)("calibration with %s is refused, not taken for perfect", (...row) => {
  const [, qubit, gate, said] = row;
  const read = () => recorded(qubit, gate);
  expect(read).toThrow(expect.objectContaining({ row: CIRCUIT_FAULTS.noiseInvalid }));
  expect(read).toThrow(said);
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
    ["a state too large", () => run(model({}), (b) => b.qubits("q", 28), false), "qubits"],
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
