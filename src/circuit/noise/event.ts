/**
 * What noise does to qubits, in the two forms from which everything here is made: a Pauli that
 * happens with some probability, and the decay of |1> to |0>. Both can be played by chance on a
 * state vector and worked out exactly on a density matrix.
 */
import { assert, unreachable } from "#foundation";
import { type ComplexMatrix, matrixFromRows, multiply, zeroMatrix } from "../gates/matrix.ts";

/** One thing that happens to qubits, once. */
export type NoiseEvent =
  | {
      readonly kind: "pauli";
      readonly qubits: readonly number[];
      /**
       * 4^qubits probabilities that add up to 1. Word w gives qubit i the Pauli numbered
       * `(w >> 2 i) & 3`: bit 0 is an X, bit 1 a Z, both are a Y.
       */
      readonly probabilities: readonly number[];
    }
  | {
      readonly kind: "damping";
      readonly qubit: number;
      /** The probability that |1> decays. */
      readonly probability: number;
    };

/** How long a qubit keeps what it holds; times in the same unit, T2 at most twice T1. */
export interface RelaxationTimes {
  readonly t1: number;
  readonly t2: number;
}

/**
 * Depolarising noise: with `probability` the qubits are replaced by the maximally mixed state.
 *
 * @param probability from 0 to 1.
 */
export function depolarising(qubits: readonly number[], probability: number): NoiseEvent {
  assert(probability >= 0 && probability <= 1, `a probability, got ${probability}`);
  const words = 4 ** qubits.length;
  const probabilities = new Array<number>(words).fill(probability / words);
  probabilities[0] = 1 - probability + probability / words;
  return { kind: "pauli", qubits, probabilities };
}

/**
 * Thermal relaxation to |0> for `duration`: decay at rate 1/T1, and the dephasing that T2 has
 * beyond it, at rate 1/T2 - 1/(2 T1) (M. Nielsen and I. Chuang, section 8.3).
 */
export function relaxation(
  qubit: number,
  { t1, t2 }: RelaxationTimes,
  duration: number,
): readonly NoiseEvent[] {
  assert(t1 > 0 && t2 > 0 && t2 <= 2 * t1 && duration >= 0, `T1, T2, time: ${t1}, ${t2}`);
  const flip = -Math.expm1(-duration * (1 / t2 - 1 / (2 * t1))) / 2;
  return [
    { kind: "damping", qubit, probability: -Math.expm1(-duration / t1) },
    { kind: "pauli", qubits: [qubit], probabilities: [1 - flip, 0, flip, 0] },
  ];
}

/** The qubits an event happens to. */
export function eventQubits(event: NoiseEvent): readonly number[] {
  return event.kind === "pauli" ? event.qubits : [event.qubit];
}

/** Kraus operators of `event` on its qubits, the first the least significant bit of the index. */
export function krausOperators(event: NoiseEvent): readonly ComplexMatrix[] {
  switch (event.kind) {
    case "pauli":
      return event.probabilities.flatMap((probability, word) =>
        probability === 0 ? [] : [pauliMatrix(word, event.qubits.length, Math.sqrt(probability))],
      );
    case "damping": {
      const { probability } = event;
      return [
        matrixFromRows([
          [1, 0],
          [0, Math.sqrt(1 - probability)],
        ]),
        matrixFromRows([
          [0, Math.sqrt(probability)],
          [0, 0],
        ]),
      ];
    }
    default:
      return unreachable(event);
  }
}

/** The Paulis of `word` multiplied by `factor`. */
function pauliMatrix(word: number, qubitCount: number, factor: number): ComplexMatrix {
  const matrix = zeroMatrix(1 << qubitCount);
  for (let column = 0; column < matrix.size; column += 1) {
    let row = column;
    let quarterTurns = 0;
    for (let qubit = 0; qubit < qubitCount; qubit += 1) {
      const pauli = (word >> (2 * qubit)) & 3;
      const isSet = ((column >> qubit) & 1) === 1;
      if ((pauli & 1) === 1) row ^= 1 << qubit;
      if ((pauli & 2) === 2 && isSet) quarterTurns += 2;
      // Y is i X Z.
      if (pauli === 3) quarterTurns += 1;
    }
    const entry = row * matrix.size + column;
    matrix.re[entry] = factor * [1, 0, -1, 0][quarterTurns % 4];
    matrix.im[entry] = factor * [0, 1, 0, -1][quarterTurns % 4];
  }
  return matrix;
}

/**
 * The average gate fidelity of `events` in order: how near they are to doing nothing, from 1
 * downwards (M. Nielsen, Physics Letters A 303, 249, 2002).
 *
 * @param events on one qubit each, none on a qubit twice in the same role.
 */
export function averageFidelity(events: readonly NoiseEvent[], qubitCount: number): number {
  const size = 2 ** qubitCount;
  let process = 1;
  const byQubit = new Map<string, NoiseEvent[]>();
  for (const event of events) {
    const key = eventQubits(event).join(" ");
    byQubit.set(key, [...(byQubit.get(key) ?? []), event]);
  }
  for (const [, group] of byQubit) process *= processFidelity(group);
  return (size * process + 1) / (size + 1);
}

/** |tr K|^2 / d^2 over the Kraus operators of the events one after the other. */
function processFidelity(events: readonly NoiseEvent[]): number {
  const products = events.reduce<readonly ComplexMatrix[]>((before, event) => {
    const operators = krausOperators(event);
    return before.length === 0
      ? operators
      : operators.flatMap((after) => before.map((first) => multiply(after, first)));
  }, []);
  return products.reduce((sum, matrix) => {
    let [re, im] = [0, 0];
    for (let index = 0; index < matrix.size; index += 1) {
      re += matrix.re[index * (matrix.size + 1)];
      im += matrix.im[index * (matrix.size + 1)];
    }
    return sum + (re * re + im * im) / matrix.size ** 2;
  }, 0);
}
