/**
 * The state-vector engine behind the machine's contract. All states of an engine with equally many
 * qubits take turns in one WebAssembly memory: the one in use lies there, the others are parked in
 * plain arrays, so that thousands of branches or shots cost no memories of their own. Gates wait
 * until something is asked of the state, and are planned together.
 */
import type { RandomStream } from "#foundation";
import {
  amplitudes,
  type Build,
  type Crew,
  expectation,
  type ParkedState,
  type PauliTerm,
  type Precision,
  probabilities,
  probabilityOfOne,
  project,
  type Samples,
  STATE_QUBITS_MAX,
  StateVector,
  sample,
  squaredNorm,
} from "#kernels";
import type { UnitaryOperation } from "../circuit.ts";
import type { Amplitudes, QuantumState, StateEngine } from "../state-engine.ts";
import { stateOperations } from "./state-operations.ts";

/** What an engine computes with. */
export interface StateVectorEngineOptions {
  /** Doubles to 27 qubits, or half the memory and time with seven digits to 28. */
  readonly precision: Precision;
  /**
   * `plain`, the default, gives the same bits on every processor; `relaxed` fuses additions into
   * multiplications where the machine can.
   */
  readonly build?: Build;
  /** Threads that help with 17 qubits and more; they change no bit of the result. */
  readonly crew?: Crew | undefined;
}

/** An engine; what its states held is free when it and they are no longer used. */
export function stateVectorEngine(options: StateVectorEngineOptions): StateEngine {
  const { precision } = options;
  const benches = new Map<number, Workbench>();
  return Object.freeze({
    name: `state-vector simulator in ${precision}`,
    qubitCountMax: STATE_QUBITS_MAX[precision],
    impossible: precision === "f32" ? 1e-10 : 1e-13,
    bytesFor: (qubitCount: number) => (precision === "f32" ? 8 : 16) * 2 ** qubitCount,
    start: (qubitCount: number) => {
      const bench = benches.get(qubitCount) ?? new Workbench(qubitCount, options);
      benches.set(qubitCount, bench);
      return new BenchState(bench, undefined);
    },
  });
}

/** The memory that states take turns in. */
class Workbench {
  readonly qubitCount: number;
  readonly #vector: StateVector;
  #user: BenchState | undefined;

  constructor(qubitCount: number, { precision, build = "plain", crew }: StateVectorEngineOptions) {
    this.qubitCount = qubitCount;
    this.#vector = new StateVector({
      ...{ qubitCount, precision, build },
      ...(crew === undefined ? {} : { crew }),
    });
  }

  /** The memory with the state of `user` in it, which was `parked` or is |0...0>. */
  vectorFor(user: BenchState, parked: ParkedState | undefined): StateVector {
    if (this.#user === user) return this.#vector;
    this.#user?.leave(this.#vector);
    this.#user = user;
    if (parked === undefined) this.#vector.clear();
    else this.#vector.unpark(parked);
    return this.#vector;
  }

  /** Forgets `user`, whose state is not wanted any more. */
  forget(user: BenchState): void {
    if (this.#user === user) this.#user = undefined;
  }
}

class BenchState implements QuantumState {
  readonly qubitCount: number;
  readonly #bench: Workbench;
  #parked: ParkedState | undefined;
  #waiting: UnitaryOperation[] = [];

  constructor(bench: Workbench, parked: ParkedState | undefined) {
    this.qubitCount = bench.qubitCount;
    this.#bench = bench;
    this.#parked = parked;
  }

  apply(operations: readonly UnitaryOperation[]): void {
    for (const operation of operations) this.#waiting.push(operation);
  }

  probabilityOfOne(qubit: number): number {
    return probabilityOfOne(this.#vector(), qubit);
  }

  collapse(qubit: number, value: 0 | 1): void {
    const vector = this.#vector();
    const one = probabilityOfOne(vector, qubit);
    project(vector, qubit, value, (value === 1 ? one : 1 - one) * squaredNorm(vector));
  }

  distribution(qubits: readonly number[]): Float64Array {
    const weights = probabilities(this.#vector(), qubits);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  }

  sample(qubits: readonly number[], shots: number, random: RandomStream): Samples {
    return gatheredSamples(sample(this.#vector(), shots, random), qubits);
  }

  expectation(terms: readonly PauliTerm[]): number {
    const vector = this.#vector();
    return expectation(vector, terms) / squaredNorm(vector);
  }

  normalise(): void {
    const vector = this.#vector();
    const factor = { re: 1 / Math.sqrt(squaredNorm(vector)), im: 0 };
    vector.apply([{ kind: "phase", conditions: [], factor }]);
  }

  amplitudes(): Amplitudes {
    return amplitudes(this.#vector());
  }

  copy(): QuantumState {
    return new BenchState(this.#bench, this.#vector().park());
  }

  release(): void {
    this.#bench.forget(this);
    this.#parked = undefined;
  }

  /** Makes room in the memory for another state. */
  leave(vector: StateVector): void {
    this.#parked = vector.park();
  }

  /** The memory with this state, everything applied. */
  #vector(): StateVector {
    const vector = this.#bench.vectorFor(this, this.#parked);
    this.#parked = undefined;
    if (this.#waiting.length === 0) return vector;
    vector.apply(stateOperations(this.#waiting));
    this.#waiting = [];
    return vector;
  }
}

/** Up to so many qubits joint outcomes are counted in a table. */
const TABLE_QUBITS_MAX = 22;

/** The bits of all outcomes at `qubits`, ascending, equal ones counted together. */
function gatheredSamples({ outcomes, counts }: Samples, qubits: readonly number[]): Samples {
  const gathered = new Int32Array(outcomes.length);
  for (const [place, qubit] of qubits.entries()) {
    for (let at = 0; at < outcomes.length; at += 1) {
      gathered[at] |= ((outcomes[at] >>> qubit) & 1) << place;
    }
  }
  if (qubits.length > TABLE_QUBITS_MAX) return countedInMap(gathered, counts);
  const table = new Int32Array(2 ** qubits.length);
  for (let at = 0; at < gathered.length; at += 1) table[gathered[at]] += counts[at];
  const found = Int32Array.from(table.keys()).filter((outcome) => table[outcome] > 0);
  return { outcomes: found, counts: found.map((outcome) => table[outcome]) };
}

function countedInMap(outcomes: Int32Array, counts: Int32Array): Samples {
  const tally = new Map<number, number>();
  for (const [at, outcome] of outcomes.entries()) {
    tally.set(outcome, (tally.get(outcome) ?? 0) + counts[at]);
  }
  const found = Int32Array.from(tally.keys()).sort();
  return { outcomes: found, counts: found.map((outcome) => tally.get(outcome) ?? 0) };
}
