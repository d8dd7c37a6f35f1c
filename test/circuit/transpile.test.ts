/**
 * The transpiler on random circuits over the whole gate table: equal, native, coupled, repeatable.
 */
import { describe, expect, test } from "vitest";
import {
  bases,
  CIRCUIT_FAULTS,
  type CircuitBuilder,
  type CouplingMap,
  circuitOf,
  completeMap,
  couplingMap,
  gateTable,
  gridMap,
  heavyHexMap,
  lineMap,
  simulate,
  symbol,
  transpile,
} from "#circuit";
import { randomStream } from "#foundation";
import { randomCircuit } from "../generators/circuits.ts";
import { oracleDistribution } from "./density-oracle.ts";
import { distanceOf, misfits } from "./transpiled-equality.ts";

const NATIVE: Readonly<Record<string, readonly string[]>> = {
  "ibm-cz": ["rz", "sx", "x", "cz"],
  "ibm-ecr": ["rz", "sx", "x", "ecr"],
  "ibm-cx": ["rz", "sx", "x", "cx"],
  "ibm-rzz": ["rz", "sx", "x", "rzz"],
  "ionq-ms": ["gpi", "gpi2", "ms"],
  "ionq-zz": ["gpi", "gpi2", "rzz"],
  rigetti: ["rz", "rx", "cz"],
  "u-cx": ["U", "cx"],
};

const MAPS: readonly (readonly [string, CouplingMap])[] = [
  ["a line", lineMap(6)],
  ["a grid", gridMap(2, 3)],
  [
    "a one-way ring",
    couplingMap(5, [
      [0, 1],
      [2, 1],
      [2, 3],
      [4, 3],
      [4, 0],
    ]),
  ],
  ["all coupled", completeMap(5)],
  ["heavy hexagons", heavyHexMap(2, 5)],
];

test.each(bases)("random circuits in the basis $name", (basis) => {
  const names = NATIVE[basis.name];
  for (const [index, must] of gateTable.entries()) {
    const shape = { qubitCountMax: 5, bitCountMax: 1, operationCount: 8, unitaryOnly: true };
    const drawn = randomCircuit(randomStream(index, basis.name), shape, must);
    const circuit = {
      ...drawn,
      operations: drawn.operations.filter(({ kind }) => kind !== "measure"),
    };
    const [where, map] = MAPS[index % MAPS.length];
    const result = transpile(circuit, { basis, map }, { seed: index, trials: 3 });
    const remark = `${must.name} on ${where}`;
    expect(misfits(result.circuit.operations, names, map), remark).toEqual([]);
    for (const variant of [0, 1]) {
      expect(Math.abs(distanceOf(circuit, result, variant)), remark).toBeLessThan(1e-9);
    }
    const joints = result.circuit.operations.filter(
      (entry) => entry.kind === "gate" && entry.targets.length === 2,
    );
    expect(joints).toHaveLength(result.entanglerCount);
  }
});

test("measurement and control flow keep their distribution, whatever has to move", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const shape = { qubitCountMax: 4, bitCountMax: 3, operationCount: 10 };
    const must = gateTable[seed % gateTable.length];
    const circuit = randomCircuit(randomStream(seed, "flow"), shape, must);
    const basis = bases[seed % bases.length];
    const map = lineMap(5);
    const result = transpile(circuit, { basis, map }, { seed, trials: 2 });
    expect(
      misfits(result.circuit.operations, NATIVE[basis.name], couplingMap(5, both(map))),
    ).toEqual([]);
    const { probabilities = {} } = simulate(result.circuit, { shots: 0, seed, exact: true });
    const expected = oracleDistribution(circuit);
    for (const key of new Set([...expected.keys(), ...Object.keys(probabilities)])) {
      const apart = (probabilities[key] ?? 0) - (expected.get(key) ?? 0);
      expect(Math.abs(apart), `seed ${seed}, ${key}`).toBeLessThan(1e-9);
    }
  }
});

test("the same seed gives the same circuit, and routing gives up nothing to chance", () => {
  const circuit = circuitOf((b) => {
    const qubits = b.qubits("q", 6);
    for (const a of qubits) for (const c of qubits.slice(a + 1)) b.rzz(0.1 + a, a, c).h(a);
  });
  const target = { basis: bases[0], map: gridMap(3, 3) };
  const once = transpile(circuit, target, { seed: 5 });
  expect(transpile(circuit, target, { seed: 5 })).toEqual(once);
  expect(once.swapCount).toBeGreaterThan(0);
});

test.each([
  ["gates that undo each other", (b: CircuitBuilder) => b.cx(0, 1).rz(1, 0).cx(0, 1), 0],
  ["an exchange twice", (b: CircuitBuilder) => b.gate("swap", [0, 1]).gate("swap", [1, 0]), 0],
  ["an exchange after a cx", (b: CircuitBuilder) => b.cx(0, 1).gate("swap", [0, 1]), 2],
  ["a controlled phase", (b: CircuitBuilder) => b.gate("cp", [0, 1], { parameters: [0.3] }), 2],
  ["a Toffoli", (b: CircuitBuilder) => b.gate("ccx", [0, 1, 2]), 6],
  ["a flip between interactions", (b: CircuitBuilder) => b.rzz(1, 0, 1).x(0).rzz(1, 0, 1), 0],
  ["nothing", (b: CircuitBuilder) => b, 0],
])("%s: as few entangling gates as are needed", (_remark, write, count) => {
  const circuit = circuitOf((b) => {
    b.qubits("q", 3);
    write(b);
  });
  const target = { basis: bases[0], map: completeMap(3) };
  const result = transpile(circuit, target, { seed: 1 });
  expect(result.entanglerCount).toBe(count);
  expect(Math.abs(distanceOf(circuit, result, 0))).toBeLessThan(1e-12);
});

describe("what cannot be transpiled", () => {
  const device = CIRCUIT_FAULTS.deviceInvalid;
  const three = circuitOf((b) => b.qubits("q", 3));
  const open = circuitOf((b) => b.rx(symbol("theta"), b.qubits("q", 1)[0]));
  const target = { basis: bases[0], map: lineMap(2) };
  test.each([
    ["too many qubits", () => transpile(three, target, { seed: 1 }), device],
    ["symbols", () => transpile(open, target, { seed: 1 }), CIRCUIT_FAULTS.inputInvalid],
    ["a map that falls apart", () => couplingMap(3, [[0, 1]]), device],
    ["a qubit that is none", () => couplingMap(2, [[0, 2]]), device],
    ["a qubit coupled to itself", () => couplingMap(2, [[1, 1]]), device],
    ["a map of nothing", () => couplingMap(0, []), device],
  ])("%s", (_remark, attempt, row) => {
    expect(attempt).toThrow(expect.objectContaining({ row }));
  });
});

function both({ edges }: CouplingMap): readonly (readonly [number, number])[] {
  return edges.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
}
