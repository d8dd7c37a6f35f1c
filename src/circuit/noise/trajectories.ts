/**
 * Noise by chance: every shot is a run of its own in which noise either strikes or not (J.
 * Dalibard, Y. Castin and K. Moelmer, Physical Review Letters 68, 580, 1992). Decay with
 * probability p strikes with p times the excitation, so most draws, those above p, need no look at
 * the state: what they leave is a diagonal factor among the gates.
 */
import { Fault, type RandomStream, unreachable } from "#foundation";
import { type Circuit, holds, type Operation, type UnitaryOperation } from "../circuit.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import { diagonalMatrix } from "../gates/matrix.ts";
import type { QuantumState, StateEngine } from "../state-engine.ts";
import { keyOf } from "./deferred.ts";
import type { NoiseEvent } from "./event.ts";
import { type NoiseModel, noiseAfter, readoutOf } from "./noise-model.ts";

const PAULIS = ["id", "x", "z", "y"];
const STEPS_MAX = 1_000_000;

/** The squared norm may sink to this before it is made 1 again: well within single precision. */
const NORM_MIN = 2 ** -40;

/**
 * The counts of `shots` runs, by key.
 *
 * @param circuit with classical bits and no unbound symbols.
 * @throws Fault `circuit-qubits-too-many`, `circuit-steps-exhausted`, `circuit-noise-unknown`.
 */
export function trajectoryCounts(
  circuit: Circuit,
  model: NoiseModel,
  engine: StateEngine,
  shots: number,
  random: RandomStream,
): ReadonlyMap<string, number> {
  const { qubitCount } = circuit;
  if (qubitCount > engine.qubitCountMax) {
    throw new Fault(CIRCUIT_FAULTS.tooManyQubits, {
      detail:
        `the ${engine.name} under noise, expected at most ${engine.qubitCountMax} qubits, ` +
        `got ${qubitCount}`,
    });
  }
  const counts = new Map<string, number>();
  const noise = remembered(model);
  for (let shot = 0; shot < shots; shot += 1) {
    const state = engine.start(qubitCount);
    const trajectory = new Trajectory(state, { model, noise }, circuit, random);
    trajectory.through(circuit.operations);
    state.release();
    const key = keyOf(circuit, trajectory.bits);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** What may happen after each operation, worked out once for all shots. */
type NoiseOf = (operation: UnitaryOperation) => readonly NoiseEvent[];

function remembered(model: NoiseModel): NoiseOf {
  const known = new Map<UnitaryOperation, readonly NoiseEvent[]>();
  return (operation) => {
    const events = known.get(operation) ?? noiseAfter(operation, model);
    known.set(operation, events);
    return events;
  };
}

class Trajectory {
  readonly bits: Uint8Array;
  readonly #state: QuantumState;
  readonly #model: NoiseModel;
  readonly #noise: NoiseOf;
  readonly #random: RandomStream;
  #steps = 0;
  /** No more than the squared norm of the state. */
  #normBound = 1;

  constructor(
    state: QuantumState,
    { model, noise }: { readonly model: NoiseModel; readonly noise: NoiseOf },
    circuit: Circuit,
    random: RandomStream,
  ) {
    this.bits = new Uint8Array(circuit.bitCount);
    this.#state = state;
    this.#model = model;
    this.#noise = noise;
    this.#random = random;
  }

  through(operations: readonly Operation[]): void {
    for (const operation of operations) this.#step(operation);
  }

  #step(operation: Operation): void {
    this.#count();
    const read = (bit: number) => this.bits[bit] === 1;
    switch (operation.kind) {
      case "gate":
      case "unitary":
        this.#state.apply([operation]);
        for (const event of this.#noise(operation)) this.#suffer(event);
        return;
      case "measure": {
        const { qubit, bit } = operation;
        const { oneGivenZero, zeroGivenOne } = readoutOf(this.#model, qubit);
        const value = this.#look(qubit);
        const isMisread = this.#random.unit() < (value === 0 ? oneGivenZero : zeroGivenOne);
        this.bits[bit] = isMisread ? 1 - value : value;
        return;
      }
      case "reset":
        if (this.#look(operation.qubit) === 1) this.#gate("x", [operation.qubit]);
        return;
      case "barrier":
        return;
      case "assign":
        this.bits[operation.bit] = Number(holds(operation.value, read));
        return;
      case "if":
        this.through(holds(operation.condition, read) ? operation.whenTrue : operation.whenFalse);
        return;
      case "repeat":
        for (let time = 0; time < operation.times; time += 1) this.through(operation.body);
        return;
      case "while":
        while (holds(operation.condition, read)) {
          this.#count();
          this.through(operation.body);
        }
        return;
      default:
        unreachable(operation);
    }
  }

  #count(): void {
    this.#steps += 1;
    if (this.#steps <= STEPS_MAX) return;
    const detail = `a shot under noise, expected an end within ${STEPS_MAX} operations`;
    throw new Fault(CIRCUIT_FAULTS.stepsExhausted, { detail });
  }

  #suffer(event: NoiseEvent): void {
    switch (event.kind) {
      case "pauli": {
        const word = this.#drawn(event.probabilities);
        for (const [place, qubit] of event.qubits.entries()) {
          const pauli = (word >> (2 * place)) & 3;
          if (pauli !== 0) this.#gate(PAULIS[pauli], [qubit]);
        }
        return;
      }
      case "damping":
        this.#damp(event.qubit, event.probability);
        return;
      default:
        unreachable(event);
    }
  }

  #damp(qubit: number, probability: number): void {
    if (probability === 0) return;
    const level = this.#random.unit();
    if (level < probability && level < probability * this.#state.probabilityOfOne(qubit)) {
      this.#state.collapse(qubit, 1);
      this.#normBound = 1;
      this.#gate("x", [qubit]);
      return;
    }
    const matrix = diagonalMatrix([1, Math.sqrt(1 - probability)]);
    this.#state.apply([{ kind: "unitary", matrix, controls: [], targets: [qubit] }]);
    this.#normBound *= 1 - probability;
    if (this.#normBound >= NORM_MIN) return;
    this.#state.normalise();
    this.#normBound = 1;
  }

  #drawn(probabilities: readonly number[]): number {
    let level = this.#random.unit();
    for (const [word, probability] of probabilities.entries()) {
      level -= probability;
      if (level < 0) return word;
    }
    return 0;
  }

  /** Measures without error. */
  #look(qubit: number): 0 | 1 {
    const chance = this.#state.probabilityOfOne(qubit);
    const value = this.#random.unit() < chance ? 1 : 0;
    this.#state.collapse(qubit, value);
    this.#normBound = 1;
    return value;
  }

  #gate(gate: string, targets: readonly number[]): void {
    const plain = { kind: "gate", parameters: [], power: 1, controls: [] } as const;
    this.#state.apply([{ ...plain, gate, targets }]);
  }
}
