/**
 * What a state vector refuses: sizes that do not fit, memory that is not given, and operations that
 * make no sense.
 */
import { afterEach, expect, test, vi } from "vitest";
import { controlledZ, STATE_FAULTS, type StateOperation, StateVector } from "#kernels";

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ["f32", 29, "4.0 GiB"],
  ["f64", 28, "4.0 GiB"],
  ["f64", 40, "16384.0 GiB"],
] as const)(
  "refuses %s states of %i qubits and says they need %s",
  (precision, qubitCount, need) => {
    const make = () => new StateVector({ qubitCount, precision, build: "plain" });
    expect(make).toThrow(need);
    expect(make).toThrow(expect.objectContaining({ row: STATE_FAULTS.tooLarge }));
  },
);

const HALF = Math.SQRT1_2;

test.each<readonly [remark: string, operation: StateOperation, message: string]>([
  ["a qubit that is not there", { kind: "flip", qubit: 3 }, "expected 0 to 2, got 3"],
  ["half a qubit", { kind: "swap", qubits: [0, 0.5] }, "got 0.5"],
  ["a qubit controlled by itself", controlledZ(1, 1), "qubit 1: expected once"],
  [
    "a matrix that is not unitary as a gate",
    { kind: "unitary1", target: 0, controls: [], matrix: [1, 0, HALF, 0, 0, 0, HALF, 0] },
    "unitary",
  ],
  ["a short diagonal", { kind: "diagonal", qubits: [0, 1], factors: [1, 0] }, "expected 8 numbers"],
  ["a short matrix", { kind: "matrix", targets: [0], matrix: [1] }, "expected 8 numbers, got 1"],
  ["costs that were not loaded", { kind: "cost", angle: 1 }, "costs loaded first"],
  ["no angle", { kind: "cost", angle: Number.NaN }, "expected an angle"],
])("refuses %s", (_remark, operation, message) => {
  const state = new StateVector({ qubitCount: 3, precision: "f64", build: "plain" });
  expect(() => {
    state.apply([operation]);
  }).toThrow(message);
});

test("memory that the machine refuses is a fault that says how much", () => {
  const refusing = function refuse() {
    throw new RangeError("could not allocate memory");
  };
  vi.stubGlobal("WebAssembly", { ...WebAssembly, Memory: refusing });
  const make = () => new StateVector({ qubitCount: 22, precision: "f32", build: "plain" });
  expect(make).toThrow(expect.objectContaining({ row: STATE_FAULTS.noMemory }));
  expect(make).toThrow(/expected \d+ MiB of memory, got could not allocate/);
});

test("a state of another size is not taken back", () => {
  const [small, large] = [7, 8].map(
    (qubitCount) => new StateVector({ qubitCount, precision: "f64", build: "plain" }),
  );
  expect(() => small.unpark(large.park())).toThrow("expected 128, got 256");
});
