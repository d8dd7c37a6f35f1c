/**
 * The exact distribution of a circuit under noise: a density matrix for every state of the
 * classical bits, each weighing as much as it is likely.
 */
import { Fault, unreachable } from "#foundation";
import { type Circuit, type Condition, holds, type Operation } from "../circuit.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import { deferredMeasurements, keyOf, type Measurement } from "./deferred.ts";
import { DENSITY_QUBITS_MAX, DensityMatrix } from "./density-matrix.ts";
import { type NoiseModel, noiseAfter, type ReadoutError, readoutOf } from "./noise-model.ts";
import { confused } from "./readout.ts";

/** Branches less likely than this are not followed, which ends most loops. */
const NEGLIGIBLE = 1e-14;
/** Joint outcomes at the end that are less likely than this are rounding of an impossible one. */
const IMPOSSIBLE = 1e-16;
/** Bytes of density matrices that may be held at once. */
const HELD_BYTES_MAX = 2 ** 31;
const ROUNDS_MAX = 10_000;

interface Branch {
  readonly bits: Uint8Array;
  readonly state: DensityMatrix;
}

type Ensemble = ReadonlyMap<string, Branch>;

/**
 * The probabilities of the outcomes, by key.
 *
 * @param circuit with classical bits and no unbound symbols.
 * @throws Fault `circuit-qubits-too-many`, `circuit-distribution-too-large`,
 *   `circuit-steps-exhausted`, `circuit-noise-unknown`.
 */
export function noisyDistribution(
  circuit: Circuit,
  model: NoiseModel,
): ReadonlyMap<string, number> {
  const { qubitCount } = circuit;
  if (qubitCount > DENSITY_QUBITS_MAX) {
    throw new Fault(CIRCUIT_FAULTS.tooManyQubits, {
      detail:
        `a density matrix, expected at most ${DENSITY_QUBITS_MAX} qubits, got ${qubitCount}, ` +
        `which would need ${4 ** (qubitCount - 8)} MiB`,
    });
  }
  const { operations, last } = deferredMeasurements(circuit);
  const bits = new Uint8Array(circuit.bitCount);
  const start = [{ bits, state: new DensityMatrix(qubitCount) }];
  const walk = new Walk(model, qubitCount);
  const distribution = new Map<string, number>();
  for (const branch of walk.through(operations, joined(start)).values()) {
    settle(circuit, branch, last, model, distribution);
  }
  return distribution;
}

class Walk {
  readonly #model: NoiseModel;
  readonly #branchesMax: number;

  constructor(model: NoiseModel, qubitCount: number) {
    this.#model = model;
    this.#branchesMax = Math.floor(HELD_BYTES_MAX / (16 * 4 ** qubitCount));
  }

  through(operations: readonly Operation[], start: Ensemble): Ensemble {
    return operations.reduce((ensemble, operation) => this.#step(operation, ensemble), start);
  }

  #step(operation: Operation, ensemble: Ensemble): Ensemble {
    switch (operation.kind) {
      case "gate":
      case "unitary": {
        const events = noiseAfter(operation, this.#model);
        for (const { state } of ensemble.values()) {
          state.apply(operation);
          for (const event of events) state.suffer(event);
        }
        return ensemble;
      }
      case "measure":
        return this.#measured(operation, ensemble);
      case "reset":
        for (const { state } of ensemble.values()) {
          state.suffer({ kind: "damping", qubit: operation.qubit, probability: 1 });
        }
        return ensemble;
      case "barrier":
        return ensemble;
      case "assign":
        return joined(
          [...ensemble.values()].map(({ bits, state }) => {
            const value = Number(truth(operation.value, bits));
            return { bits: bits.with(operation.bit, value), state };
          }),
        );
      case "if": {
        const [yes, no] = split(ensemble, operation.condition);
        const ways = [this.through(operation.whenTrue, yes), this.through(operation.whenFalse, no)];
        return joined(ways.flatMap((way) => [...way.values()]));
      }
      case "repeat":
        return Array.from({ length: operation.times }).reduce<Ensemble>(
          (state) => this.through(operation.body, state),
          ensemble,
        );
      case "while":
        return this.#loop(operation, ensemble);
      default:
        return unreachable(operation);
    }
  }

  /** The qubit goes where it was found; the bit tells what was read. */
  #measured({ qubit, bit }: Measurement, ensemble: Ensemble): Ensemble {
    const error = readoutOf(this.#model, qubit);
    if (4 * ensemble.size > this.#branchesMax) {
      const detail = `measurements under noise, expected at most ${this.#branchesMax} branches`;
      throw new Fault(CIRCUIT_FAULTS.distributionTooLarge, { detail });
    }
    const branches = [...ensemble.values()].flatMap(({ bits, state }) =>
      ([0, 1] as const).flatMap((value) => {
        const found = copy(state);
        found.project(qubit, value);
        return ([0, 1] as const).flatMap((read): readonly Branch[] => {
          const chance = chanceOf(read, value, error);
          if (chance === 0) return [];
          const branch = copy(found);
          branch.scale(chance);
          return [{ bits: bits.with(bit, read), state: branch }];
        });
      }),
    );
    return joined(branches.filter(({ state }) => state.trace() > NEGLIGIBLE));
  }

  #loop(operation: Extract<Operation, { kind: "while" }>, ensemble: Ensemble): Ensemble {
    const done: Branch[] = [];
    let going = ensemble;
    for (let round = 0; going.size > 0; round += 1) {
      if (round === ROUNDS_MAX) {
        const detail = `a loop under noise, expected an end within ${ROUNDS_MAX} rounds`;
        throw new Fault(CIRCUIT_FAULTS.stepsExhausted, { detail });
      }
      const [yes, no] = split(going, operation.condition);
      done.push(...no.values());
      const live = [...yes.values()].filter(({ state }) => state.trace() > NEGLIGIBLE);
      going = this.through(operation.body, joined(live));
    }
    return joined(done);
  }
}

function settle(
  circuit: Circuit,
  { bits, state }: Branch,
  last: readonly Measurement[],
  model: NoiseModel,
  distribution: Map<string, number>,
): void {
  const joint = new Float64Array(2 ** last.length);
  for (const [index, probability] of state.diagonal().entries()) {
    const outcome = last.reduce((sum, { qubit }, place) => {
      return sum | (((index >> qubit) & 1) << place);
    }, 0);
    joint[outcome] += probability;
  }
  const errors = last.map(({ qubit }) => readoutOf(model, qubit));
  const final = bits.slice();
  for (const [outcome, probability] of confused(joint, errors).entries()) {
    if (probability <= IMPOSSIBLE) continue;
    for (const [place, { bit }] of last.entries()) final[bit] = (outcome >> place) & 1;
    const key = keyOf(circuit, final);
    distribution.set(key, (distribution.get(key) ?? 0) + probability);
  }
}

function copy(state: DensityMatrix): DensityMatrix {
  return new DensityMatrix(state.qubitCount, state);
}

function chanceOf(read: 0 | 1, value: 0 | 1, error: ReadoutError): number {
  const wrong = value === 0 ? error.oneGivenZero : error.zeroGivenOne;
  return read === value ? 1 - wrong : wrong;
}

function truth(condition: Condition, bits: Uint8Array): boolean {
  return holds(condition, (bit) => bits[bit] === 1);
}

function split(ensemble: Ensemble, condition: Condition): readonly [Ensemble, Ensemble] {
  const branches = [...ensemble.values()];
  return [
    joined(branches.filter(({ bits }) => truth(condition, bits))),
    joined(branches.filter(({ bits }) => !truth(condition, bits))),
  ];
}

/** Branches in the same classical state become one. */
function joined(branches: readonly Branch[]): Ensemble {
  const ensemble = new Map<string, Branch>();
  for (const branch of branches) {
    const key = branch.bits.join("");
    const known = ensemble.get(key);
    if (known === undefined) ensemble.set(key, branch);
    else known.state.add(branch.state);
  }
  return ensemble;
}
