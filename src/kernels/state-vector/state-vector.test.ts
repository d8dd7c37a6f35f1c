/**
 * Whole circuits on the engine against amplitudes computed one operation after the other, in the
 * obvious way.
 */
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream, unreachable } from "#foundation";
import {
  amplitudes,
  type ControlQubit,
  Crew,
  controlledZ,
  expectedCost,
  probabilities,
  type StateOperation,
  StateVector,
} from "#kernels";

interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function zeroState(qubitCount: number): Amplitudes {
  const re = new Float64Array(2 ** qubitCount);
  re[0] = 1;
  return { re, im: new Float64Array(2 ** qubitCount) };
}

/** A matrix on `targets` where the controls hold. */
interface Action {
  readonly targets: readonly number[];
  readonly controls: readonly ControlQubit[];
  readonly matrix: readonly number[];
}

function act({ re, im }: Amplitudes, { targets, controls, matrix }: Action): void {
  const size = 2 ** targets.length;
  const offsets = Int32Array.from({ length: size }, (_, index) =>
    targets.reduce((place, qubit, at) => place | (((index >> at) & 1) << qubit), 0),
  );
  const mask = offsets[size - 1] | controls.reduce((all, { qubit }) => all | (1 << qubit), 0);
  const value = controls.reduce((all, control) => all | (control.value << control.qubit), 0);
  const column = new Float64Array(2 * size);
  // Counts up in the bits outside the mask: the carry runs through the mask's ones.
  for (let z = value; z < re.length; z = (((z | mask) + 1) & ~mask) | value) {
    for (let index = 0; index < size; index += 1) {
      column[2 * index] = re[z + offsets[index]];
      column[2 * index + 1] = im[z + offsets[index]];
    }
    for (let row = 0; row < size; row += 1) {
      let [sumRe, sumIm] = [0, 0];
      for (let at = 0; at < 2 * size; at += 2) {
        const [a, b] = [matrix[2 * row * size + at], matrix[2 * row * size + at + 1]];
        sumRe += a * column[at] - b * column[at + 1];
        sumIm += a * column[at + 1] + b * column[at];
      }
      re[z + offsets[row]] = sumRe;
      im[z + offsets[row]] = sumIm;
    }
  }
}

function actionOf(operation: Exclude<StateOperation, { kind: "cost" }>): Action {
  switch (operation.kind) {
    case "unitary1":
      return { ...operation, targets: [operation.target] };
    case "phase": {
      const { re, im } = operation.factor;
      return { targets: [], controls: operation.conditions, matrix: [re, im] };
    }
    case "diagonal": {
      const size = 2 ** operation.qubits.length;
      const matrix = new Array<number>(2 * size * size).fill(0);
      operation.factors.forEach((part, at) => {
        const index = at >> 1;
        matrix[2 * (index * size + index) + (at & 1)] = part;
      });
      return { targets: operation.qubits, controls: [], matrix };
    }
    case "matrix":
      return { targets: operation.targets, controls: [], matrix: operation.matrix };
    case "swap": {
      const matrix = [0, 2, 1, 3].flatMap((from) =>
        [0, 1, 2, 3].flatMap((to) => [from === to ? 1 : 0, 0]),
      );
      return { targets: operation.qubits, controls: [], matrix };
    }
    case "flip":
      return { targets: [operation.qubit], controls: [], matrix: [0, 0, 1, 0, 1, 0, 0, 0] };
    default:
      return unreachable(operation);
  }
}

function applyTo(state: Amplitudes, operation: StateOperation, costs: Float64Array): void {
  if (operation.kind !== "cost") {
    act(state, actionOf(operation));
    return;
  }
  for (let z = 0; z < state.re.length; z += 1) {
    const [x, y, angle] = [state.re[z], state.im[z], -operation.angle * costs[z]];
    state.re[z] = x * Math.cos(angle) - y * Math.sin(angle);
    state.im[z] = x * Math.sin(angle) + y * Math.cos(angle);
  }
}

function unit(stream: RandomStream): readonly [number, number] {
  const angle = 2 * Math.PI * stream.unit();
  return [Math.cos(angle), Math.sin(angle)];
}

/**
 * A random one-qubit unitary; now and then a special one: identity, X, Z, H, S or nearly nothing.
 */
function randomUnitary(stream: RandomStream): readonly number[] {
  const half = Math.SQRT1_2;
  const special = [
    [1, 0, 0, 0, 0, 0, 1, 0],
    [0, 0, 1, 0, 1, 0, 0, 0],
    [1, 0, 0, 0, 0, 0, -1, 0],
    [half, 0, half, 0, half, 0, -half, 0],
    [1, 0, 0, 0, 0, 0, 0, 1],
    [0, 0, 0, -1, 0, 1, 0, 0],
    [1, 0, -1e-9, 0, 1e-9, 0, 1, 0],
    [1e-17, 0, -1, 0, 1, 0, 1e-17, 0],
  ];
  if (stream.below(3) === 0) return special[stream.below(special.length)];
  const [c, s] = unit(stream);
  const [[ar, ai], [br, bi], [gr, gi]] = [unit(stream), unit(stream), unit(stream)];
  // phase g times [[c a, -s conj b], [s b, c conj a]]
  const times = (x: number, y: number) => [x * gr - y * gi, x * gi + y * gr];
  return [
    ...times(c * ar, c * ai),
    ...times(-s * br, s * bi),
    ...times(s * br, s * bi),
    ...times(c * ar, -c * ai),
  ];
}

function distinctQubits(stream: RandomStream, qubitCount: number, count: number): number[] {
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, qubitCount)) {
    const qubit = stream.below(qubitCount);
    if (!chosen.includes(qubit)) chosen.push(qubit);
  }
  return chosen;
}

function randomOperation(stream: RandomStream, qubitCount: number): StateOperation {
  const qubits = distinctQubits(stream, qubitCount, 1 + stream.below(3));
  const [first, ...others] = qubits;
  const conditions = others.map(
    (qubit): ControlQubit => ({ qubit, value: stream.below(2) ? 1 : 0 }),
  );
  const size = 2 ** qubits.length;
  switch (stream.below(9)) {
    case 0:
    case 1:
      return { kind: "unitary1", target: first, controls: [], matrix: randomUnitary(stream) };
    case 2:
      return {
        kind: "unitary1",
        target: first,
        controls: conditions,
        matrix: randomUnitary(stream),
      };
    case 3: {
      const [re, im] = unit(stream);
      const all = [{ qubit: first, value: 1 as const }, ...conditions];
      return { kind: "phase", conditions: all, factor: { re, im } };
    }
    case 4:
      return qubits.length < 2 ? { kind: "flip", qubit: first } : controlledZ(first, others[0]);
    case 5: {
      const factors = Array.from({ length: size }, () => unit(stream)).flat();
      return { kind: "diagonal", qubits, factors };
    }
    case 6: {
      // Not unitary on purpose, but of norm about 1.
      const matrix = Array.from({ length: 2 * size * size }, () => stream.unit() - 0.5);
      return { kind: "matrix", targets: qubits, matrix };
    }
    case 7:
      return qubits.length < 2
        ? { kind: "flip", qubit: first }
        : { kind: "swap", qubits: [first, others[0]] };
    default:
      return { kind: "flip", qubit: first };
  }
}

function randomCircuit(seed: number, qubitCount: number, length: number): StateOperation[] {
  const stream = randomStream(seed, "circuit");
  return Array.from({ length }, () => randomOperation(stream, qubitCount));
}

function largestDifference(ours: Amplitudes, theirs: Amplitudes): number {
  let largest = 0;
  let norm = 0;
  theirs.re.forEach((re, at) => {
    largest = Math.max(largest, Math.abs(ours.re[at] - re), Math.abs(ours.im[at] - theirs.im[at]));
    norm += re * re + theirs.im[at] ** 2;
  });
  return largest / Math.sqrt(norm);
}

const NO_COSTS = new Float64Array(0);
const TOLERANCE = { f64: 1e-11, f32: 1e-4 };

function checkCircuit(
  qubitCount: number,
  precision: "f32" | "f64",
  operations: readonly StateOperation[],
  cut = operations.length,
): void {
  const state = new StateVector({ qubitCount, precision, build: "plain" });
  state.apply(operations.slice(0, cut));
  state.apply(operations.slice(cut));
  const expected = zeroState(qubitCount);
  for (const operation of operations) applyTo(expected, operation, NO_COSTS);
  expect(largestDifference(amplitudes(state), expected)).toBeLessThan(TOLERANCE[precision]);
}

describe.each(["f64", "f32"] as const)("a state vector in %s", (precision) => {
  test("starts as |0...0>, also without qubits", () => {
    for (const qubitCount of [0, 1, 7]) checkCircuit(qubitCount, precision, []);
  });

  test("agrees on 150 random circuits of 1 to 8 qubits, run whole or in two parts", () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const operations = randomCircuit(seed, 1 + (seed % 8), 40);
      checkCircuit(1 + (seed % 8), precision, operations, seed % 3 === 0 ? 17 : 40);
    }
  });

  test("agrees on gates applied one at a time to every qubit", () => {
    const stream = randomStream(2, precision);
    const operations = Array.from({ length: 15 }, (_, target): StateOperation[] => [
      { kind: "unitary1", target, controls: [], matrix: randomUnitary(stream) },
      target % 3 === 0
        ? { kind: "flip", qubit: 14 - target }
        : controlledZ(target, (target + 1) % 15),
    ]).flat();
    const state = new StateVector({ qubitCount: 15, precision, build: "plain" });
    const expected = zeroState(15);
    for (const operation of [...operations, ...operations]) {
      state.apply([operation]);
      applyTo(expected, operation, NO_COSTS);
    }
    expect(largestDifference(amplitudes(state), expected)).toBeLessThan(TOLERANCE[precision]);
  });

  test.each([15, 16])("agrees on random circuits of %i qubits, more than one tile", (count) => {
    checkCircuit(count, precision, randomCircuit(count, count, 50));
  });

  test("agrees on layers of rotations and CZ over several tiles", () => {
    const stream = randomStream(5, precision);
    const operations = Array.from({ length: 5 }, () => [
      ...Array.from({ length: 17 }, (_, target): StateOperation => {
        return { kind: "unitary1", target, controls: [], matrix: randomUnitary(stream) };
      }),
      ...distinctQubits(stream, 17, 16).flatMap((qubit, at, all) =>
        at % 2 === 0 ? [controlledZ(qubit, all[at + 1])] : [],
      ),
    ]).flat();
    checkCircuit(17, precision, operations);
  });

  test("agrees on a circuit longer than the tables of one batch have room for", () => {
    const operations = Array.from({ length: 30 }, (_, seed) => randomCircuit(seed, 9, 200)).flat();
    const unitary = operations.filter((operation) => operation.kind !== "matrix");
    checkCircuit(9, precision, unitary);
  });

  test("agrees on more diagonal gates in a row than a pass looks ahead", () => {
    const stream = randomStream(12, precision);
    const rotations = Array.from({ length: 15 }, (_, target): StateOperation => {
      return { kind: "unitary1", target, controls: [], matrix: randomUnitary(stream) };
    });
    const phases = Array.from({ length: 2500 }, (): StateOperation => {
      const [first, second] = distinctQubits(stream, 15, 2);
      const conditions = [first, second].map((qubit) => ({ qubit, value: 1 as const }));
      const [re, im] = unit(stream);
      return { kind: "phase", conditions, factor: { re, im } };
    });
    checkCircuit(15, precision, [...rotations, ...phases, ...rotations]);
  });

  test.each(["indexed", "real"] as const)("multiplies phases of %s costs", (kind) => {
    const stream = randomStream(3, kind);
    const qubitCount = 15;
    const values = Float64Array.from({ length: 2 ** qubitCount }, () =>
      kind === "real" ? 20 * stream.unit() - 10 : stream.below(50),
    );
    const costs =
      kind === "real"
        ? { kind, values }
        : {
            kind,
            indices: Uint16Array.from(values),
            values: Float64Array.from({ length: 50 }, (_, v) => v),
          };
    const operations = [0, 1, 2].flatMap((layer): StateOperation[] => [
      ...Array.from({ length: qubitCount }, (_, target): StateOperation => {
        return { kind: "unitary1", target, controls: [], matrix: randomUnitary(stream) };
      }),
      { kind: "swap", qubits: [layer, 14] },
      { kind: "flip", qubit: 13 },
      { kind: "cost", angle: 0.3 + layer },
    ]);
    const state = new StateVector({ qubitCount, precision, build: "plain", costs });
    state.apply(operations);
    const expected = zeroState(qubitCount);
    for (const operation of operations) applyTo(expected, operation, values);
    expect(largestDifference(amplitudes(state), expected)).toBeLessThan(TOLERANCE[precision]);
    const mean = values.reduce(
      (sum, cost, z) => sum + cost * (expected.re[z] ** 2 + expected.im[z] ** 2),
      0,
    );
    expect(Math.abs(expectedCost(state, costs) - mean)).toBeLessThan(100 * TOLERANCE[precision]);
  });

  test("gives the same bits on one thread, on two and on three", async () => {
    const operations = randomCircuit(8, 18, 80);
    const alone = new StateVector({ qubitCount: 18, precision, build: "plain" });
    alone.apply(operations);
    const expected = amplitudes(alone);
    for (const threadCount of [2, 3]) {
      const crew = await Crew.start(threadCount);
      const state = new StateVector({ qubitCount: 18, precision, build: "plain", crew });
      state.apply(operations);
      expect(amplitudes(state)).toEqual(expected);
      state.close();
      await crew.close();
    }
  });

  test("the relaxed build agrees to rounding", () => {
    const operations = randomCircuit(21, 15, 60);
    const [plain, relaxed] = (["plain", "relaxed"] as const).map((build) => {
      const state = new StateVector({ qubitCount: 15, precision, build });
      state.apply(operations);
      return amplitudes(state);
    });
    expect(largestDifference(relaxed, plain)).toBeLessThan(TOLERANCE[precision]);
  });

  test("reads marginal probabilities of moved and flipped qubits", () => {
    const operations = randomCircuit(4, 6, 50);
    const state = new StateVector({ qubitCount: 6, precision, build: "plain" });
    state.apply(operations);
    const { re, im } = amplitudes(state);
    const marginal = new Float64Array(4);
    re.forEach((x, z) => {
      marginal[((z >> 4) & 1) | (((z >> 1) & 1) << 1)] += x * x + im[z] * im[z];
    });
    const got = probabilities(state, [4, 1]);
    got.forEach((value, outcome) => {
      expect(Math.abs(value - marginal[outcome])).toBeLessThan(1e-6);
    });
    state.clear();
    expect(probabilities(state)[0]).toBeCloseTo(1, 6);
  });
});
