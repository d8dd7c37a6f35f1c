/** Devices from their recorded configurations, and what is none. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CIRCUIT_FAULTS } from "../faults.ts";
import { targetOfIbm } from "./ibm-configuration.ts";

const LINE = {
  n_qubits: 3,
  coupling_map: [
    [0, 1],
    [1, 2],
  ],
};

function text(basisGates: readonly string[], more: object = LINE): string {
  return JSON.stringify({ basis_gates: basisGates, ...more });
}

test.each([
  ["Heron", ["cz", "id", "rz", "rzz", "sx", "x"], "ibm-cz"],
  ["Eagle", ["ecr", "id", "rz", "sx", "x"], "ibm-ecr"],
  ["Falcon", ["cx", "id", "rz", "sx", "x"], "ibm-cx"],
])("%s", (_remark, gates, basis) => {
  const target = targetOfIbm(text(gates));
  expect(target.basis.name).toBe(basis);
  expect(target.map.edges).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(target.map.directions.has(3)).toBe(false);
});

test("a device without a map couples all", () => {
  const gates = ["rz", "sx", "x", "cz"];
  for (const map of [{}, { coupling_map: null }]) {
    expect(targetOfIbm(text(gates, { n_qubits: 4, ...map })).map.edges).toHaveLength(6);
  }
});

test.each([
  ["no JSON", "{"],
  ["another document", "[]"],
  ["no qubits", text(["rz", "sx", "x", "cz"], { n_qubits: 0 })],
  ["half a pair", text(["rz", "sx", "x", "cz"], { n_qubits: 2, coupling_map: [[0]] })],
  ["a map that falls apart", text(["rz", "sx", "x", "cz"], { ...LINE, n_qubits: 4 })],
  ["gates of no basis", text(["u", "cx"])],
])("%s is refused", (_remark, wrong) => {
  expect(() => targetOfIbm(wrong)).toThrow(
    expect.objectContaining({ row: CIRCUIT_FAULTS.deviceInvalid }),
  );
});

const RECORDED = new URL("../../../../shared/fixtures/ibm/", import.meta.url);
const absent = !existsSync(RECORDED);
const reason = absent ? " (skipped: the shared fixtures are absent)" : "";

// Recorded from others' devices, and may be absent; the test's name then says so.
test.skipIf(absent).each([
  ["lagos", 7, 6],
  ["manila", 5, 4],
])(`%s, as recorded${reason}`, (name, qubitCount, edgeCount) => {
  const target = targetOfIbm(readFileSync(new URL(`backend-${name}-conf.json`, RECORDED), "utf8"));
  expect(target).toMatchObject({ basis: { name: "ibm-cx" }, map: { qubitCount } });
  expect(target.map.edges).toHaveLength(edgeCount);
});
