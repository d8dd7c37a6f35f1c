/**
 * Exploring programs: what is deferred, what is merged, where it ends, and which faults say so.
 */
import { describe, expect, test } from "vitest";
import { Fault } from "#foundation";
import { type CircuitBuilder, circuitOf } from "./builder.ts";
import type { Circuit, UnitaryOperation } from "./circuit.ts";
import { bitIsSet, register } from "./conditions.ts";
import { programOfOpenQasm } from "./openqasm/translation/translate.ts";
import { referenceEngine } from "./reference/dense-state.ts";
import { expectationValue, simulate } from "./simulate.ts";
import type { StateEngine } from "./state-engine.ts";

/** The reference engine, counting the states it makes and the runs of gates it is given. */
function countingEngine(): StateEngine & { states: number; runs: number } {
  const engine = {
    ...referenceEngine,
    states: 0,
    runs: 0,
    start: (qubitCount: number) => watched(referenceEngine.start(qubitCount)),
  };
  function watched(state: ReturnType<StateEngine["start"]>): typeof state {
    engine.states += 1;
    return {
      qubitCount: state.qubitCount,
      apply: (operations: readonly UnitaryOperation[]) => {
        engine.runs += 1;
        state.apply(operations);
      },
      probabilityOfOne: (qubit) => state.probabilityOfOne(qubit),
      collapse: (qubit, value) => state.collapse(qubit, value),
      distribution: (qubits) => state.distribution(qubits),
      sample: (qubits, shots, random) => state.sample(qubits, shots, random),
      expectation: (terms) => state.expectation(terms),
      normalise: () => state.normalise(),
      amplitudes: () => state.amplitudes(),
      copy: () => watched(state.copy()),
      release: () => state.release(),
    };
  }
  return engine;
}

function exact(source: Circuit, engine: StateEngine = referenceEngine) {
  return simulate(source, { shots: 0, seed: 1, exact: true, engine }).probabilities ?? {};
}

describe("deferral", () => {
  test("measurements in the middle cost nothing while only controls and phases follow", () => {
    const engine = countingEngine();
    const circuit = circuitOf((b) => {
      const qubits = b.qubits("q", 8);
      const bits = b.bits("c", 8);
      for (const qubit of qubits) b.h(qubit).measure(qubit, bits[qubit]);
      for (const qubit of qubits.slice(1)) b.cz(qubit - 1, qubit).rz(0.3, qubit);
    });
    expect(Object.keys(exact(circuit, engine))).toHaveLength(256);
    expect(engine).toMatchObject({ states: 1, runs: 1 });
  });

  test("a gate that mixes a measured qubit waits for the outcome", () => {
    const circuit = circuitOf((b) => {
      const [q] = b.qubits("q", 1);
      const [first, second] = b.bits("c", 2);
      b.h(q).measure(q, first).h(q).measure(q, second);
    });
    expect(exact(circuit)).toEqual(
      expect.objectContaining({ "00": expect.closeTo(0.25, 12), "10": expect.closeTo(0.25, 12) }),
    );
  });

  test("a float that looks like a pending bit is left alone", () => {
    const program = programOfOpenQasm(
      "qubit[2] q; bit c; bit d; float f = 3.0; U(pi / 2, 0, pi) q[1]; c = measure q[1]; " +
        "if (c) { d = f == 3.0; } else { d = f == 3.0; }",
    );
    const { probabilities } = simulate(program, { shots: 0, seed: 1, exact: true });
    expect(probabilities).toEqual({
      "0 1": expect.closeTo(0.5, 12),
      "1 1": expect.closeTo(0.5, 12),
    });
  });
});

describe("merging", () => {
  /** Rounds of entangling with an ancilla whose outcome is forgotten. */
  const rounds = (b: CircuitBuilder, count: number) => {
    const [data, ancilla] = b.qubits("q", 2);
    const [syndrome, result] = b.bits("c", 2);
    b.h(data);
    b.repeat(count, (body) => {
      body.reset(ancilla).h(ancilla).measure(ancilla, syndrome);
      body.if(bitIsSet(syndrome), (then) => then.x(data).x(data));
    });
    return b.h(data).reset(ancilla).measure(data, result);
  };

  test("branches that meet again are followed once: forty rounds are not 2^40 branches", () => {
    const engine = countingEngine();
    const distribution = exact(
      circuitOf((b) => rounds(b, 40)),
      engine,
    );
    expect(distribution["01"] ?? 0).toBeCloseTo(0.5, 12);
    expect(distribution["00"] ?? 0).toBeCloseTo(0.5, 12);
    expect(engine.states).toBeLessThan(200);
  });

  test("states that are alike but not the same are kept apart", () => {
    const circuit = circuitOf((b) => {
      const [kept, lost] = b.qubits("q", 2);
      const [first, second] = b.bits("c", 2);
      b.ry(0.5, lost).gate("cry", [lost, kept], { parameters: [1] });
      b.reset(lost).h(lost).measure(lost, first);
      b.if(bitIsSet(first), (then) => then.x(lost))
        .rx(0.2, kept)
        .measure(kept, second);
    });
    const lostIsOne = Math.sin(0.25) ** 2;
    // <Z> after ry(a) rx(b) is cos a cos b.
    const mean = (1 - lostIsOne) * Math.cos(0.2) + lostIsOne * Math.cos(1) * Math.cos(0.2);
    const distribution = exact(circuit);
    const one = (distribution["10"] ?? 0) + (distribution["11"] ?? 0);
    expect(one).toBeCloseTo((1 - mean) / 2, 12);
  });

  test("a loop that succeeds at last is exact to the last round", () => {
    const circuit = circuitOf((b) => {
      const [coin, data] = b.qubits("q", 2);
      const bits = b.bits("c", 2);
      b.x(coin).measure(coin, bits[0]);
      b.while(register([bits[0]], "==", 1), (body) => {
        body.reset(coin).ry(1, coin).measure(coin, bits[0]).cx(coin, data);
        body.gate("h", [data], { controls: [coin] });
      });
      b.measure(data, bits[1]);
    });
    const distribution = exact(circuit);
    const total = Object.values(distribution).reduce((sum, value) => sum + value, 0);
    expect(total).toBeCloseTo(1, 10);
    expect(Object.keys(distribution).every((key) => key.endsWith("0"))).toBe(true);
  });
});

describe("limits", () => {
  test("too many qubits are refused with the memory they would need", () => {
    const circuit = circuitOf((b) => b.qubits("q", 40));
    const run = () => simulate(circuit, { shots: 1, seed: 1, exact: false });
    expect(run).toThrow(/in f64, expected at most 27 qubits, got 40, which would need 16400 GiB/);
    expect(codeOf(run)).toBe("circuit-qubits-too-many");
  });

  test("a distribution of too many branches is refused, and shots still work", () => {
    const circuit = circuitOf((b) => {
      const [q] = b.qubits("q", 1);
      const bits = b.bits("c", 20);
      for (const bit of bits) b.h(q).measure(q, bit);
    });
    expect(codeOf(() => exact(circuit))).toBe("circuit-distribution-too-large");
    const { counts } = simulate(circuit, { shots: 50, seed: 1, exact: false });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(50);
  });

  test("no shots are no counts; counts of an exact run are drawn from its distribution", () => {
    const circuit = circuitOf((b) => {
      const [q] = b.qubits("q", 1);
      b.h(q).measure(q, b.bits("c", 1)[0]);
    });
    expect(simulate(circuit, { shots: 0, seed: 1, exact: false }).counts).toEqual({});
    const { counts } = simulate(circuit, { shots: 1000, seed: 3, exact: true });
    expect((counts["0"] ?? 0) + (counts["1"] ?? 0)).toBe(1000);
    expect(Math.abs((counts["0"] ?? 0) - 500)).toBeLessThan(100);
  });

  test("a circuit's symbols must all have values", () => {
    const circuit = circuitOf((b) => {
      const angle = {
        kind: "affine",
        constant: 0,
        terms: [{ symbol: "a", coefficient: 1 }],
      } as const;
      b.rx(angle, b.qubits("q", 1)[0]);
    });
    const run = (inputs: Record<string, number | string>) => () =>
      simulate(circuit, { shots: 1, seed: 1, exact: false, inputs });
    expect(codeOf(run({}))).toBe("circuit-input-invalid");
    expect(codeOf(run({ a: "much" }))).toBe("circuit-input-invalid");
    expect(run({ a: 0 })().counts).toEqual({ "0": 1 });
  });
});

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    return thrown instanceof Fault ? thrown.row.code : String(thrown);
  }
  return "nothing thrown";
}

describe("means of Pauli sums", () => {
  const pauli = (letters: string, coefficient = 1) => ({
    coefficient,
    operators: [...letters].flatMap((letter, qubit) =>
      letter === "X" || letter === "Y" || letter === "Z" ? [{ qubit, pauli: letter } as const] : [],
    ),
  });
  const bell = (measured: boolean) =>
    circuitOf((b) => {
      const [first, second] = b.qubits("q", 2);
      const [bit] = b.bits("c", 1);
      b.h(first).cx(first, second).ry(0.4, second);
      if (measured) b.measure(first, bit);
    });
  test.each([
    ["a state nobody looked at", bell(false), [pauli("ZZ"), pauli("XX", 2)], 3 * Math.cos(0.4)],
    ["the identity, and nothing", bell(false), [pauli("", 0.5)], 0.5],
    ["no terms", bell(false), [], 0],
    ["a measured qubit has lost its phase", bell(true), [pauli("ZZ"), pauli("XX")], Math.cos(0.4)],
  ])("%s", (_remark, circuit, observable, mean) => {
    expect(expectationValue(circuit, observable)).toBeCloseTo(mean, 12);
    expect(expectationValue(circuit, observable, { engine: referenceEngine })).toBeCloseTo(
      mean,
      12,
    );
  });

  test("every way that measurements go takes part, by its probability", () => {
    const circuit = circuitOf((b) => {
      const [q] = b.qubits("q", 1);
      const [bit] = b.bits("c", 1);
      b.ry(0.8, q)
        .measure(q, bit)
        .if(bitIsSet(bit), (body) => body.h(q));
    });
    const one = Math.sin(0.4) ** 2;
    expect(expectationValue(circuit, [pauli("Z"), pauli("X")])).toBeCloseTo(1 - one - one, 12);
  });
});
