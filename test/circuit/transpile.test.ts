/**
 * The transpiler on random circuits over the whole gate table: equal, native, coupled, repeatable.
 */
import { expect, test } from "vitest";
import {
  bases,
  type CouplingMap,
  completeMap,
  couplingMap,
  gateTable,
  gridMap,
  heavyHexMap,
  lineMap,
  simulate,
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

function both({ edges }: CouplingMap): readonly (readonly [number, number])[] {
  return edges.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
}
