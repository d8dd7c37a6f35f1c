/**
 * Braket's dialect: what is written there means the same, gate by gate, read with Braket's own
 * matrices.
 */
import { describe, expect, test } from "vitest";
import {
  bases,
  CIRCUIT_FAULTS,
  circuitOf,
  circuitOfOpenQasm,
  gateTable,
  lineMap,
  symbol,
  transpile,
  writeBraket,
} from "#circuit";
import { randomStream } from "#foundation";
import { randomCircuit } from "../generators/circuits.ts";
import { fullMatrix } from "./density-oracle.ts";

type Matrix = ReturnType<typeof fullMatrix>;

/**
 * OpenQASM 3 whose gates are named by the standard library again, so that this room can read it.
 * The names are from Braket's documentation of its gates, not from the table.
 */
const LIBRARY_NAMES: Readonly<Record<string, string>> = {
  ...{ i: "id", si: "sdg", ti: "tdg", v: "sx", vi: "inv @ sx", cnot: "cx", cv: "ctrl @ sx" },
  ...{ phaseshift: "p", cphaseshift: "cp", ccnot: "ccx" },
};
const DEFINED = [
  "gate zz(t) a, b { cx a, b; rz(t) b; cx a, b; }",
  "gate xx(t) a, b { h a; h b; zz(t) a, b; h a; h b; }",
  "gate yy(t) a, b { sdg a; sdg b; xx(t) a, b; s a; s b; }",
  "gate iswap a, b { xx(-pi / 2) a, b; yy(-pi / 2) a, b; }",
  "gate gpi(t) a { rz(-t) a; x a; rz(t) a; }",
  "gate gpi2(t) a { rz(-t) a; rx(pi / 2) a; rz(t) a; }",
  "gate ms(r, s, t) a, b { rz(-r) a; rz(-s) b; xx(t) a, b; rz(r) a; rz(s) b; }",
  // (X first - Y first X second) / sqrt 2.
  "gate ecr a, b { gphase(-pi / 4); s a; sx b; cx a, b; x a; }",
];

function readable(text: string): string {
  const body = text
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^((?:\w+ @ |pow\([^)]*\) @ )*)([a-z]\w*)/, libraryName));
  return ['OPENQASM 3.0;\ninclude "stdgates.inc";', ...DEFINED, ...body].join("\n");
}

function libraryName(_whole: string, modifiers: string, name: string): string {
  return modifiers + (LIBRARY_NAMES[name] ?? name);
}

function product(circuit: ReturnType<typeof circuitOf>): Matrix {
  const size = 2 ** circuit.qubitCount;
  let all: Matrix | undefined;
  for (const operation of circuit.operations) {
    if (operation.kind !== "gate" && operation.kind !== "unitary") continue;
    const next = fullMatrix(operation, size);
    all = all === undefined ? next : times(next, all);
  }
  const entries = size * size;
  const identity = (_: unknown, entry: number) => (entry % (size + 1) === 0 ? 1 : 0);
  const re = Float64Array.from({ length: entries }, identity);
  return all ?? { size, re, im: new Float64Array(entries) };
}

function times(a: Matrix, b: Matrix): Matrix {
  const { size } = a;
  const [re, im] = [new Float64Array(size * size), new Float64Array(size * size)];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      for (let k = 0; k < size; k += 1) {
        const [x, y] = [row * size + k, k * size + column];
        re[row * size + column] += a.re[x] * b.re[y] - a.im[x] * b.im[y];
        im[row * size + column] += a.re[x] * b.im[y] + a.im[x] * b.re[y];
      }
    }
  }
  return { size, re, im };
}

function distance(a: Matrix, b: Matrix): number {
  return a.re.reduce(
    (most, re, at) => Math.max(most, Math.hypot(re - b.re[at], a.im[at] - b.im[at])),
    0,
  );
}

test.each(gateTable.map((row) => [row.name, row] as const))("%s", (_name, row) => {
  const parameters = row.parameterNames.map((_parameter, index) => 0.3 + 0.7 * index);
  for (const controls of [[], [{ qubit: 5, value: 0 }] as const]) {
    const circuit = circuitOf((b) => {
      b.qubits("q", 6);
      const targets = Array.from({ length: row.qubitCount }, (_, qubit) => qubit);
      b.gate(row.name, targets, { parameters, controls });
    });
    const again = circuitOfOpenQasm(readable(writeBraket(circuit)));
    expect(distance(product(again), product(circuit))).toBeLessThan(1e-12);
  }
});

describe("on a device", () => {
  test.each(["rigetti", "ionq-ms", "ionq-zz"])("%s: gates in a verbatim box", (name) => {
    const shape = { qubitCountMax: 3, bitCountMax: 2, operationCount: 8, unitaryOnly: true };
    const circuit = randomCircuit(randomStream(4, "braket"), shape, gateTable[0]);
    const basis = bases.filter((one) => one.name === name)[0];
    const target = { basis, map: lineMap(3) };
    const text = writeBraket(transpile(circuit, target, { seed: 1 }).circuit);
    const [head, box, after] = text.split(/box \{\n|\n\}\n/);
    expect(head).toMatch(/^OPENQASM 3.0;\n(bit\[\d\] \w+;\n)+#pragma braket verbatim\n$/);
    expect(box).toMatch(/^( {2}(rx|rz|cz|gpi2?|ms|zz)(\([^)]*\))? \$\d(, \$\d)?;\n?)+$/);
    expect(after).toMatch(/^(\w+\[\d\] = measure \$\d;\n)*$/);
  });
});

test("measurements come last, symbols become inputs, names are not Braket's", () => {
  const circuit = circuitOf((b) => {
    const [first, second] = b.qubits("cnot", 2);
    const [bit] = b.bits("c", 1);
    b.rx(symbol("theta"), first).measure(first, bit).h(second).barrier();
  });
  expect(writeBraket(circuit)).toBe(
    [
      ...["OPENQASM 3.0;", "input float theta;", "qubit[2] cnot_;", "bit[1] c;"],
      ...["rx(theta) cnot_[0];", "h cnot_[1];", "c[0] = measure cnot_[0];", ""],
    ].join("\n"),
  );
  expect(writeBraket(circuitOf(() => {}))).toBe("OPENQASM 3.0;\n");
});

test.each([
  ["a reset", (b: Builder) => b.reset(0)],
  ["a measurement in the middle", (b: Builder) => b.measure(0, 0).h(0)],
  ["a power Braket has no gate for", (b: Builder) => b.gate("u", [0], { ...ANGLES, power: 0.5 })],
])("%s is refused", (_remark, write) => {
  const circuit = circuitOf((b) => {
    b.qubits("q", 1);
    b.bits("c", 1);
    write(b);
  });
  const refusal = expect.objectContaining({ row: CIRCUIT_FAULTS.notWritable });
  expect(() => writeBraket(circuit)).toThrow(refusal);
});

type Builder = Parameters<Parameters<typeof circuitOf>[0]>[0];
const ANGLES = { parameters: [0.1, 0.2, 0.3] };
