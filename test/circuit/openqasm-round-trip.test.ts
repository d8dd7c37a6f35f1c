/**
 * Circuits written as OpenQASM and read again: the same circuit, or the same effect.
 */
import { expect, test } from "vitest";
import {
  bases,
  CIRCUIT_FAULTS,
  type Circuit,
  circuitOf,
  circuitOfOpenQasm,
  completeMap,
  gateTable,
  inverted,
  type Operation,
  referenceEngine,
  simulate,
  standardLibraryText,
  symbol,
  transpile,
  writeOpenQasm2,
  writeOpenQasm3,
} from "#circuit";
import { Fault, randomStream } from "#foundation";
import { randomCircuit } from "../generators/circuits.ts";

const ANGLES = [0.7, -1.9, Math.PI / 3, 3 * Math.PI];

function exact(circuit: Circuit): Readonly<Record<string, number>> {
  return simulate(circuit, { shots: 0, seed: 1, exact: true }).probabilities ?? {};
}

function expectSame(
  actual: Readonly<Record<string, number>>,
  expected: Readonly<Record<string, number>>,
  what: string,
): void {
  for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
    expect(Math.abs((actual[key] ?? 0) - (expected[key] ?? 0)), `${what}: ${key}`).toBeLessThan(
      1e-9,
    );
  }
}

function trimmed(entries: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key.trim(), value]));
}

/** The operations between barriers. */
function partsOf(circuit: Circuit): readonly (readonly Operation[])[] {
  const parts: Operation[][] = [[]];
  for (const operation of circuit.operations) {
    if (operation.kind === "barrier") parts.push([]);
    else parts[parts.length - 1].push(operation);
  }
  return parts;
}

/** Checks that `circuit` on five qubits turns a state without symmetries by a phase alone. */
function expectIdentity(circuit: Circuit, what: string): void {
  const state = referenceEngine.start(5);
  const spread = circuitOf((b) => {
    for (const qubit of b.qubits("q", 5)) b.ry(0.3 + qubit, qubit).rz(1 - qubit / 2, qubit);
  });
  for (const part of [spread, circuit, inverted(spread)]) {
    state.apply(part.operations.filter((one) => one.kind === "gate" || one.kind === "unitary"));
  }
  const { re, im } = state.amplitudes();
  expect(Math.abs(Math.hypot(re[0], im[0]) - 1), what).toBeLessThan(1e-12);
}

/**
 * The gate between layers that make its whole unitary, up to a phase, show in the probabilities.
 */
function probe(name: string, count: number, angles: readonly number[]): Circuit {
  return circuitOf((b) => {
    const qubits = b.qubits("q", Math.max(1, count));
    for (const [place, qubit] of qubits.entries()) b.ry(0.4 + place, qubit).rz(1.1 - place, qubit);
    b.gate(name, qubits.slice(0, count), { parameters: angles });
    for (const [place, qubit] of qubits.entries()) b.ry(2.1 + place, qubit).rx(0.3 * place, qubit);
  });
}

test.each(gateTable)("$name comes back from OpenQASM 3 as itself", (row) => {
  const angles = ANGLES.slice(0, row.parameterNames.length);
  const circuit = probe(row.name, row.qubitCount, angles);
  const text = writeOpenQasm3(circuit);
  const back = circuitOfOpenQasm(text);
  expect(back.operations).toEqual(circuit.operations);
  expect(writeOpenQasm3(back)).toBe(text);
});

test.each(gateTable)("$name comes back from OpenQASM 2 with the same effect", (row) => {
  const angles = ANGLES.slice(0, row.parameterNames.length);
  const circuit = probe(row.name, row.qubitCount, angles);
  const text = writeOpenQasm2(circuit);
  const back = circuitOfOpenQasm(text);
  expectSame(exact(back), exact(circuit), row.name);
  expect(writeOpenQasm2(back)).toBe(text);
});

test("random circuits come back from OpenQASM 3 with the same effect, and are then stable", () => {
  for (let seed = 0; seed < 80; seed += 1) {
    const shape = { qubitCountMax: 4, bitCountMax: 4, operationCount: 12 };
    const must = gateTable[seed % gateTable.length];
    const circuit = randomCircuit(randomStream(seed, "round trip"), shape, must);
    const back = circuitOfOpenQasm(writeOpenQasm3(circuit));
    expectSame(exact(back), exact(circuit), `seed ${seed}`);
    const text = writeOpenQasm3(back);
    expect(writeOpenQasm3(circuitOfOpenQasm(text)), `seed ${seed}`).toBe(text);
  }
});

test("random circuits come back from OpenQASM 2, or are refused by a name that is true", () => {
  const refusals = new Map<string, number>();
  for (let seed = 0; seed < 160; seed += 1) {
    const unitaryOnly = seed < 80;
    const shape = { qubitCountMax: 3, bitCountMax: 3, operationCount: 8, unitaryOnly };
    const must = gateTable[seed % gateTable.length];
    const circuit = randomCircuit(randomStream(seed, "version 2"), shape, must);
    const refusal = refusalOf(() => writeOpenQasm2(circuit));
    if (refusal !== undefined) {
      expect(unitaryOnly, refusal).toBe(false);
      refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
      continue;
    }
    const text = writeOpenQasm2(circuit);
    const back = circuitOfOpenQasm(text);
    // Version 2 has no empty registers, whose names would leave a space in the keys.
    expectSame(trimmed(exact(back)), trimmed(exact(circuit)), `seed ${seed}`);
    // What is decided before anything is measured is carried out when it is read.
    const stable = unitaryOnly ? text : writeOpenQasm2(back);
    expect(writeOpenQasm2(circuitOfOpenQasm(stable)), `seed ${seed}`).toBe(stable);
  }
  expect(Object.fromEntries(refusals)).toEqual({
    "no assign, got one": 22,
    "no while, got one": 13,
    "a condition that stays as it is in its branch, got one that changes": 8,
    "conditions on the bits of one register, got several registers": 2,
  });
});

const SPREAD = 'include "stdgates.inc"; qubit[4] q; bit[4] c; ry(0.4) q[0]; ry(1.1) q[1]; h q[2];';
const PAIR = "gate g(t) a, b { ry(t) a; cx a, b; rz(t) b; h a; }";

test.each([
  ["a root of a gate on two qubits", `${PAIR} pow(0.5) @ g(0.7) q[0], q[1]; h q; c = measure q;`],
  [
    "an odd power under controls",
    `${PAIR} ctrl @ negctrl @ pow(-1.3) @ g(0.7) q[2], q[0], q[1], q[3]; h q; c = measure q;`,
  ],
  ["a large power of a pair", "pow(1000001) @ iswap_ q[0], q[1]; h q; c = measure q;"],
  ["many controls", "ctrl(2) @ negctrl @ rx(0.3) q[0], q[1], q[2], q[3]; h q; c = measure q;"],
  ["else", "c[0] = measure q[0]; if (c[0]) { x q[1]; h q[2]; } else { h q[1]; } c = measure q;"],
  [
    "else if",
    "c = measure q; if (c[0]) x q[2]; else if (c[1]) h q[3]; else y q[2]; c = measure q;",
  ],
  [
    "a branch that ends with its own bit",
    "c = measure q; if (c[0]) { x q[1]; c[0] = measure q[0]; }",
  ],
  ["a comparison", "c = measure q; if (c >= 5) x q[0]; bit[4] d; d = measure q;"],
  [
    "a reset in a branch",
    "c[0] = measure q[0]; if (c[0]) { reset q[0]; reset q[1]; } c = measure q;",
  ],
] as const)("%s comes back from both versions with the same effect", (_what, body) => {
  const iswap = "gate iswap_ a, b { s a; s b; h a; cx a, b; cx b, a; h b; }";
  const circuit = circuitOfOpenQasm(`${SPREAD} ${iswap} ${body}`);
  for (const write of [writeOpenQasm2, writeOpenQasm3]) {
    const back = circuitOfOpenQasm(write(circuit));
    expectSame(exact(back), exact(circuit), write.name);
    const text = write(back);
    expect(write(circuitOfOpenQasm(text))).toBe(text);
  }
});

test.each([
  ["registers of many bits", "bit[9] d; d[0] = measure q[0]; if (d[0]) x q[1];", "at most 8 bits"],
  [
    "two registers",
    "bit d; d = measure q[0]; c[0] = measure q[1]; if (d && c[0]) x q[2];",
    "one register",
  ],
  [
    "bits that change early",
    "c[0] = measure q[0]; if (c[0]) { c[0] = measure q[1]; x q[2]; }",
    "stays as it is",
  ],
  [
    "bits that change before else",
    "c[0] = measure q[0]; if (c[0]) c[0] = measure q[1]; else x q[2];",
    "stays as it is",
  ],
] as const)("OpenQASM 2 has no words for %s", (_what, body, message) => {
  expect(refusalOf(() => writeOpenQasm2(circuitOfOpenQasm(SPREAD + body)))).toContain(message);
});

test("a gate under too many controls is refused, not taken apart without end", () => {
  const operands = Array.from({ length: 13 }, (_, qubit) => `q[${qubit}]`).join(", ");
  const circuit = circuitOfOpenQasm(
    `include "stdgates.inc"; qubit[13] q; ctrl(12) @ x ${operands};`,
  );
  expect(() => writeOpenQasm2(circuit)).toThrow(/expected at most 12 qubits, got 13/);
  const target = { basis: bases[0], map: completeMap(13) };
  const thrown = expect(() => transpile(circuit, target, { seed: 1 }));
  thrown.toThrow(expect.objectContaining({ row: CIRCUIT_FAULTS.controlsTooMany }));
});

function refusalOf(write: () => unknown): string | undefined {
  try {
    write();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.row.code === "circuit-not-writable") {
      return thrown.message.replace("a circuit as OpenQASM 2, expected ", "");
    }
    throw thrown;
  }
}

test.each([2, 3] as const)(
  "the text of version %d's standard library defines the table's gates",
  (version) => {
    const text = standardLibraryText(version);
    const [lowest, highest] = version === 2 ? ["2.0", "qreg q[5];"] : ["3.0", "qubit[5] q;"];
    const rows = gateTable.flatMap((row) => {
      const [name] = version === 2 ? row.openQasm2 : row.openQasm3;
      return name === undefined || ["U", "gphase"].includes(name) ? [] : [{ row, name }];
    });
    // Under other names the definitions are not taken for the table's gates but expanded.
    const names = [...text.matchAll(/^gate (\w+)/gm)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(rows.map(({ name }) => name)));
    const renamed = text.replaceAll(/\b([a-zA-Z]\w*)\b(?=[ (])/g, (word) =>
      names.includes(word) && word !== "CX" ? `my_${word}` : word,
    );
    const calls = rows.map(({ row, name }) => {
      const angles = ANGLES.slice(0, row.parameterNames.length).join(",");
      const operands = Array.from({ length: row.qubitCount }, (_, qubit) => `q[${qubit}]`);
      return `my_${name}${angles === "" ? "" : `(${angles})`} ${operands.join(",")}; barrier q;`;
    });
    const source = [`OPENQASM ${lowest};`, renamed, highest, ...calls].join("\n");
    const parts = partsOf(circuitOfOpenQasm(source));
    for (const [index, { row, name }] of rows.entries()) {
      const angles = ANGLES.slice(0, row.parameterNames.length);
      const written = circuitOf((b) => {
        b.qubits("q", 5);
        for (const operation of parts[index]) b.add(operation);
        const qubits = Array.from({ length: row.qubitCount }, (_, qubit) => qubit);
        b.compose(
          inverted(
            circuitOf((c) => {
              c.qubits("q", 5);
              c.gate(row.name, qubits, { parameters: angles });
            }),
          ),
          [0, 1, 2, 3, 4],
        );
      });
      expectIdentity(written, name);
    }
  },
);

test("symbols are written as inputs and read back with their values", () => {
  const circuit = circuitOf((b) => {
    const [q] = b.qubits("q", 1);
    const [c] = b.bits("c", 1);
    b.rx(symbol("theta"), q)
      .gate("u2", [q], { parameters: [symbol("theta"), 0.5] })
      .measure(q, c);
  });
  const text = writeOpenQasm3(inverted(circuitOf((b) => b.qubits("q", 1))));
  expect(text).not.toContain("input");
  const back = circuitOfOpenQasm(writeOpenQasm3(circuit), { inputs: { theta: 0.25 } });
  const bound = simulate(circuit, { shots: 0, seed: 1, exact: true, inputs: { theta: 0.25 } });
  expectSame(exact(back), bound.probabilities ?? {}, "theta");
  expect(() => writeOpenQasm2(circuit)).toThrow(/expected no free symbols, got theta/);
});

test("names that the language has taken are changed", () => {
  const circuit = circuitOf((b) => {
    const [q] = b.qubits("measure", 1);
    const [r] = b.qubits("h", 1);
    b.bits("pi", 1);
    b.cx(q, r);
  });
  expect(writeOpenQasm3(circuit)).toContain("cx measure_[0], h_[0];");
  expect(circuitOfOpenQasm(writeOpenQasm3(circuit)).operations).toEqual(circuit.operations);
  expect(circuitOfOpenQasm(writeOpenQasm2(circuit)).operations).toEqual(circuit.operations);
});

test("the empty circuit is written and read", () => {
  const empty = circuitOf(() => {});
  expect(writeOpenQasm3(empty)).toBe('OPENQASM 3.1;\ninclude "stdgates.inc";\n');
  expect(circuitOfOpenQasm(writeOpenQasm3(empty))).toEqual(empty);
  expect(circuitOfOpenQasm(writeOpenQasm2(empty))).toEqual(empty);
});
