/**
 * The fast engine against the reference, method by method, on random circuits over the whole gate
 * table; and what must not depend on memory, threads or turns.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { Crew, type PauliTerm } from "#kernels";
import { randomCircuit } from "../../../test/generators/circuits.ts";
import { circuitOf } from "../builder.ts";
import type { Circuit, UnitaryOperation } from "../circuit.ts";
import { gateTable } from "../gates/gate-table.ts";
import { identityMatrix } from "../gates/matrix.ts";
import { programOfCircuit } from "../machine/circuit-code.ts";
import { startRun } from "../machine/run.ts";
import { sampledCounts } from "../machine/sampled-counts.ts";
import { referenceEngine } from "../reference/dense-state.ts";
import type { QuantumState } from "../state-engine.ts";
import { stateVectorEngine } from "./state-vector-engine.ts";

const TOLERANCE = { f64: 1e-10, f32: 1e-4 } as const;

/** Gates of a random circuit that is sure to have `gateTable[seed]`, and how many qubits. */
function randomGates(seed: number, qubitCountMax = 6) {
  const shape = { qubitCountMax, bitCountMax: 1, operationCount: 25, unitaryOnly: true };
  const must = gateTable[seed % gateTable.length];
  const circuit = randomCircuit(randomStream(seed, "engine"), shape, must);
  return { qubitCount: circuit.qubitCount, gates: gatesOf(circuit) };
}

function gatesOf({ operations }: Circuit): readonly UnitaryOperation[] {
  return operations.flatMap((one) => (one.kind === "gate" || one.kind === "unitary" ? [one] : []));
}

function randomTerms(seed: number, qubitCount: number): readonly PauliTerm[] {
  const random = randomStream(seed, "terms");
  return Array.from({ length: 4 }, () => ({
    coefficient: random.unit() - 0.5,
    operators: Array.from({ length: qubitCount }, (_, qubit) => qubit).flatMap((qubit) => {
      const pauli = (["X", "Y", "Z", undefined] as const)[random.below(4)];
      return pauli === undefined ? [] : [{ qubit, pauli }];
    }),
  }));
}

function amplitudesOf(state: QuantumState): readonly number[] {
  const { re, im } = state.amplitudes();
  return [...re, ...im];
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}

describe.each(["f64", "f32"] as const)("in %s", (precision) => {
  const engine = stateVectorEngine({ precision });

  test("every gate, power and control does what the reference does", () => {
    for (let seed = 0; seed < 2 * gateTable.length; seed += 1) {
      const { qubitCount, gates } = randomGates(seed);
      const [fast, slow] = [engine.start(qubitCount), referenceEngine.start(qubitCount)];
      for (const state of [fast, slow]) state.apply(gates);
      const distance = furthest(amplitudesOf(fast), amplitudesOf(slow));
      expect(distance, `seed ${seed}`).toBeLessThan(TOLERANCE[precision]);
    }
  });

  test("everything read from a state, projected and damped in between, agrees", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const random = randomStream(seed, "read");
      const { qubitCount, gates } = randomGates(seed, 5);
      const qubits = Array.from({ length: qubitCount }, (_, qubit) => qubitCount - 1 - qubit);
      const qubit = random.below(qubitCount);
      const weak = identityMatrix(2);
      weak.re[3] = 0.6;
      const damping = { kind: "unitary", matrix: weak, controls: [], targets: [qubit] } as const;
      const terms = randomTerms(seed, qubitCount);
      const read = (state: QuantumState): readonly number[] => {
        state.apply([...gates, damping]);
        const relative = [state.probabilityOfOne(qubit), state.expectation(terms)];
        const joint = state.distribution(qubits.slice(1));
        state.normalise();
        const normal = amplitudesOf(state);
        const likely = state.probabilityOfOne(0) > 0.5 ? 1 : 0;
        const twin = state.copy();
        state.collapse(0, likely);
        state.apply(gates.slice(0, 2));
        twin.apply(gates.slice(2, 4));
        return [...relative, ...joint, ...normal, ...amplitudesOf(state), ...amplitudesOf(twin)];
      };
      const [fast, slow] = [engine, referenceEngine].map((one) => read(one.start(qubitCount)));
      expect(furthest(fast, slow), `seed ${seed}`).toBeLessThan(10 * TOLERANCE[precision]);
    }
  });

  test("samples are ascending, complete, and have the state's frequencies", () => {
    const state = engine.start(3);
    const circuit = circuitOf((b) => {
      b.qubits("q", 3);
      b.ry(1, 2).cx(2, 0);
    });
    state.apply(gatesOf(circuit));
    const { outcomes, counts } = state.sample([2, 0], 100_000, randomStream(1));
    expect([...outcomes]).toEqual([0, 3]);
    const one = Math.sin(0.5) ** 2;
    expect(Math.abs(counts[1] - 100_000 * one)).toBeLessThan(5 * Math.sqrt(100_000 * one));
    expect(counts[0] + counts[1]).toBe(100_000);
    expect(state.sample([0], 0, randomStream(1)).outcomes).toHaveLength(0);
  });

  test("states take turns without a trace, and none is taken for another", () => {
    const { gates } = randomGates(3, 4);
    const alone = engine.start(4);
    alone.apply(gates);
    const expected = amplitudesOf(alone);
    const [one, idle, other] = [engine.start(4), engine.start(4), engine.start(4)];
    for (const gate of gates) {
      other.apply([gate]);
      one.apply([gate]);
      expect(idle.probabilityOfOne(0)).toBe(0);
    }
    other.release();
    expect(furthest(amplitudesOf(one), expected)).toBeLessThan(TOLERANCE[precision]);
  });
});

test("no qubits, and more than fit", () => {
  const engine = stateVectorEngine({ precision: "f64" });
  const nothing = engine.start(0);
  nothing.apply(gatesOf(circuitOf((b) => b.gate("gphase", [], { parameters: [0.5] }))));
  expect(nothing.amplitudes().re[0]).toBeCloseTo(Math.cos(0.5), 14);
  expect(nothing.sample([], 7, randomStream(1))).toEqual({
    outcomes: Int32Array.of(0),
    counts: Int32Array.of(7),
  });
  expect(() => engine.start(28)).toThrow(/at most 27 qubits in f64.*need 4.0 GiB/);
});

test("counts do not depend on how many states fit into memory", () => {
  const circuit = circuitOf((b) => {
    const qubits = b.qubits("q", 3);
    const bits = b.bits("c", 6);
    for (const bit of bits) {
      const qubit = qubits[bit % 3];
      b.ry(1.1, qubit)
        .cx(qubit, (qubit + 1) % 3)
        .measure(qubit, bit)
        .h(qubit);
    }
  });
  const program = programOfCircuit(circuit);
  const counted = (heldBytesMax: number) => {
    const engine = stateVectorEngine({ precision: "f64" });
    const run = startRun(program, 10_000);
    return sampledCounts(program, run, engine, 500, randomStream(5), heldBytesMax).byKey;
  };
  const plenty = counted(2 ** 30);
  expect(Object.keys(plenty).length).toBeGreaterThan(10);
  for (const bytes of [0, 2 * 16 * 8, 4 * 16 * 8]) expect(counted(bytes)).toEqual(plenty);
});

test("threads change no bit", async () => {
  const crew = await Crew.start(2);
  try {
    const { gates, qubitCount } = layers(17);
    const [alone, helped] = [{}, { crew }].map((means) => {
      const state = stateVectorEngine({ precision: "f32", ...means }).start(qubitCount);
      state.apply(gates);
      return state;
    });
    expect(amplitudesOf(helped)).toEqual(amplitudesOf(alone));
    const all = Array.from({ length: qubitCount }, (_, qubit) => qubit);
    const [one, other] = [alone, helped].map((state) => state.sample(all, 1000, randomStream(2)));
    expect(other).toEqual(one);
  } finally {
    await crew.close();
  }
});

function layers(qubitCount: number) {
  const random = randomStream(qubitCount, "layers");
  const circuit = circuitOf((b) => {
    const qubits = b.qubits("q", qubitCount);
    for (let layer = 0; layer < 4; layer += 1) {
      for (const qubit of qubits) b.rx(random.unit(), qubit).rz(random.unit(), qubit);
      for (const qubit of qubits) b.cx(qubit, (qubit + 5) % qubitCount);
    }
  });
  return { qubitCount, gates: gatesOf(circuit) };
}
