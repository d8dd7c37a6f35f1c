/**
 * The builder and what is made of its circuits: parts, inverses, controls, powers, symbols.
 */
import { expect, test } from "vitest";
import { Fault } from "#foundation";
import { circuitOf } from "./builder.ts";
import type { Circuit } from "./circuit.ts";
import { all, any, bitIsSet, not, register } from "./conditions.ts";
import { plus, scaled, symbol } from "./gates/parameter.ts";
import { referenceEngine } from "./reference/dense-state.ts";
import { simulate } from "./simulate.ts";
import { bindSymbols, controlled, inverted, powered, unboundSymbols } from "./transform.ts";

const part = circuitOf((b) => {
  const [first, second] = b.qubits("q", 2);
  b.h(first)
    .cx(first, second)
    .rz(0.4, second)
    .gate("u", [first], { parameters: [1, 2, 3] });
  b.gate("sx", [second], { power: 0.3 }).gate("x", [first], {
    controls: [{ qubit: second, value: 0 }],
  });
});

/** The probability that the circuits in a row leave |0...0> as it is. */
function survival(qubitCount: number, ...circuits: readonly Circuit[]): number {
  const state = referenceEngine.start(qubitCount);
  for (const { operations } of circuits) {
    state.apply(operations.filter((one) => one.kind === "gate" || one.kind === "unitary"));
  }
  const { re, im } = state.amplitudes();
  return re[0] ** 2 + im[0] ** 2;
}

test("a circuit is built as it is written, and frozen", () => {
  const bell = circuitOf((b) => {
    const [first, second] = b.qubits("q", 2);
    const bits = b.bits("c", 2);
    b.h(first).cx(first, second).measure(first, bits[0]).measure(second, bits[1]);
  });
  expect(bell).toMatchObject({ qubitCount: 2, bitCount: 2 });
  expect(Object.isFrozen(bell)).toBe(true);
  const { probabilities } = simulate(bell, { shots: 0, seed: 1, exact: true });
  expect(probabilities).toEqual({ "00": expect.closeTo(0.5, 14), "11": expect.closeTo(0.5, 14) });
});

test("the inverse undoes, whole powers repeat", () => {
  expect(survival(2, part)).toBeLessThan(0.9);
  expect(survival(2, part, inverted(part))).toBeCloseTo(1, 12);
  expect(survival(2, powered(part, 3), powered(part, -3))).toBeCloseTo(1, 12);
  expect(powered(part, 0).operations).toEqual([]);
});

test("a controlled circuit acts where the control has its value", () => {
  const wide = circuitOf((b) => {
    const qubits = b.qubits("q", 3);
    b.compose(part, qubits.slice(0, 2));
  });
  const flip = circuitOf((b) => b.x(b.qubits("q", 3)[2]));
  expect(survival(3, controlled(wide, [{ qubit: 2, value: 1 }]))).toBeCloseTo(1, 12);
  const on = controlled(wide, [{ qubit: 2, value: 0 }]);
  expect(survival(3, on)).toBeCloseTo(survival(2, part), 12);
  expect(survival(3, flip, on, flip)).toBeCloseTo(1, 12);
});

test("only circuits of gates can be inverted", () => {
  const measured = circuitOf((b) => b.measure(b.qubits("q", 1)[0], b.bits("c", 1)[0]));
  for (const make of [() => inverted(measured), () => controlled(measured, [])]) {
    expect(make).toThrow(Fault);
    expect(make).toThrow(
      expect.objectContaining({ row: expect.objectContaining({ code: "circuit-not-unitary" }) }),
    );
  }
});

test("a part is laid on other qubits and bits, its control flow with it", () => {
  const inner = circuitOf((b) => {
    const [q] = b.qubits("q", 1);
    const [first, second] = b.bits("c", 2);
    b.x(q).measure(q, first);
    b.if(all(bitIsSet(first), not(bitIsSet(second))), (then) =>
      then.assign(second, bitIsSet(first)),
    );
    b.while(any(register([first, second], "==", 3)), (body) =>
      body.assign(first, not(bitIsSet(first))),
    );
  });
  const outer = circuitOf((b) => {
    const qubits = b.qubits("r", 2);
    const bits = b.bits("d", 3);
    b.compose(inner, [qubits[1]], [bits[2], bits[0]]);
  });
  expect(simulate(outer, { shots: 1, seed: 1, exact: false }).counts).toEqual({ "001": 1 });
});

test("symbols are bound one by one, through inverses and sums", () => {
  const angle = plus(scaled(symbol("a"), 2), symbol("b"), 0.5);
  const circuit = circuitOf((b) => {
    const [q] = b.qubits("q", 1);
    b.rx(angle, q).repeat(2, (body) => body.ry(symbol("c"), q));
  });
  expect(unboundSymbols(circuit)).toEqual(["a", "b", "c"]);
  const half = bindSymbols(circuit, { a: 1 });
  expect(unboundSymbols(half)).toEqual(["b", "c"]);
  const bound = bindSymbols(half, { b: -2.5, c: 0 });
  expect(bound.operations[0]).toMatchObject({ gate: "rx", parameters: [0] });
  expect(inverted(bindSymbols(half, { b: 1, c: 0 })).operations.at(-1)).toMatchObject({
    gate: "rx",
    parameters: [-3.5],
  });
});

const MISTAKES: readonly (readonly [what: string, message: RegExp, write: () => Circuit])[] = [
  ["a qubit that is not there", /no qubit 1/, () => circuitOf((b) => b.h(b.qubits("q", 1)[0] + 1))],
  [
    "a bit that is not there",
    /no bit 0/,
    () => circuitOf((b) => b.measure(b.qubits("q", 1)[0], 0)),
  ],
  [
    "one qubit twice",
    /each qubit once, got 0, 0/,
    () =>
      circuitOf((b) => {
        b.qubits("q", 1);
        b.cx(0, 0);
      }),
  ],
  [
    "a name twice",
    /a new name, got q again/,
    () =>
      circuitOf((b) => {
        b.qubits("q", 1);
        b.bits("q", 1);
      }),
  ],
  [
    "too few qubits",
    /cx: 2 qubits/,
    () =>
      circuitOf((b) => {
        b.qubits("q", 1);
        b.gate("cx", [0]);
      }),
  ],
  [
    "missing parameters",
    /rx: its parameters/,
    () =>
      circuitOf((b) => {
        b.qubits("q", 1);
        b.gate("rx", [0]);
      }),
  ],
  ["no such gate", /gate foo is missing/, () => circuitOf((b) => b.gate("foo", []))],
  [
    "registers inside of a body",
    /outside of bodies/,
    () =>
      circuitOf((b) =>
        b.repeat(1, (i) => {
          i.bits("c", 1);
        }),
      ),
  ],
];

test.each(MISTAKES)("refuses %s", (_what, message, write) => {
  expect(write).toThrow(message);
});
