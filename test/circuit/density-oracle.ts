/**
 * An independent oracle for circuits: a density matrix for every classical state, gates as full
 * matrices over all qubits, measurements and resets carried out at once. Shares with the room only
 * the gate table's matrices and their powers; knows no deferral, no branches, no merging.
 */
import {
  type Circuit,
  type ComplexMatrix,
  type Condition,
  gateRow,
  type Operation,
  type UnitaryOperation,
  unitaryPower,
} from "#circuit";
import { unreachable } from "#foundation";

/** Weights below this end a `while`. */
const NEGLIGIBLE = 1e-14;

/** Density matrices, not normalised, by the classical bits as a number. */
type Ensemble = ReadonlyMap<number, Density>;

interface Density {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The probabilities of the final classical states, by key as the simulator writes it. */
export function oracleDistribution(circuit: Circuit): ReadonlyMap<string, number> {
  const size = 2 ** circuit.qubitCount;
  const start = { re: new Float64Array(size * size), im: new Float64Array(size * size) };
  start.re[0] = 1;
  const oracle = new Oracle(size);
  const final = oracle.run(circuit.operations, new Map([[0, start]]));
  const distribution = new Map<string, number>();
  for (const [bits, density] of final) {
    const key = circuit.bitRegisters
      .map(({ start: first, size: count }) =>
        Array.from({ length: count }, (_, place) => (bits >> (first + place)) & 1)
          .reverse()
          .join(""),
      )
      .join(" ");
    distribution.set(key, (distribution.get(key) ?? 0) + oracle.trace(density));
  }
  return distribution;
}

/** The operator of `operation` on all qubits, entry by entry. */
export function fullMatrix(operation: UnitaryOperation, size: number): ComplexMatrix {
  const { controls, targets } = operation;
  const local =
    operation.kind === "unitary"
      ? operation.matrix
      : unitaryPower(
          gateRow(operation.gate).matrix(operation.parameters.map(Number)),
          operation.power,
        );
  const full = { size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
  const mask = targets.reduce((bits, target) => bits | (1 << target), 0);
  const localIndex = (index: number) =>
    targets.reduce((bits, target, place) => bits | (((index >> target) & 1) << place), 0);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if ((row & ~mask) !== (column & ~mask)) continue;
      const acts = controls.every(({ qubit, value }) => ((row >> qubit) & 1) === value);
      const entry = localIndex(row) * local.size + localIndex(column);
      full.re[row * size + column] = acts ? local.re[entry] : Number(row === column);
      full.im[row * size + column] = acts ? local.im[entry] : 0;
    }
  }
  return full;
}

class Oracle {
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  trace({ re }: Density): number {
    let sum = 0;
    for (let index = 0; index < this.#size; index += 1) sum += re[index * (this.#size + 1)];
    return sum;
  }

  run(operations: readonly Operation[], ensemble: Ensemble): Ensemble {
    return operations.reduce((state, operation) => this.#step(operation, state), ensemble);
  }

  #step(operation: Operation, ensemble: Ensemble): Ensemble {
    switch (operation.kind) {
      case "gate":
      case "unitary": {
        const matrix = fullMatrix(operation, this.#size);
        return new Map([...ensemble].map(([bits, rho]) => [bits, this.#conjugated(matrix, rho)]));
      }
      case "measure":
        return this.#split(ensemble, operation.qubit, (bits, outcome) =>
          withBit(bits, operation.bit, outcome),
        );
      case "reset": {
        const flip = { kind: "gate", gate: "x", parameters: [], power: 1, controls: [] } as const;
        const x = fullMatrix({ ...flip, targets: [operation.qubit] }, this.#size);
        const down = [...ensemble].map(([bits, rho]): [number, Density] => [
          bits,
          this.#sum(
            this.#projected(rho, operation.qubit, 0),
            this.#conjugated(x, this.#projected(rho, operation.qubit, 1)),
          ),
        ]);
        return new Map(down);
      }
      case "barrier":
        return ensemble;
      case "assign":
        return this.#joined(
          [...ensemble].map(([bits, rho]) => [
            withBit(bits, operation.bit, truth(operation.value, bits)),
            rho,
          ]),
        );
      case "if": {
        const [yes, no] = partition(ensemble, operation.condition);
        return this.#joined([
          ...this.run(operation.whenTrue, yes),
          ...this.run(operation.whenFalse, no),
        ]);
      }
      case "repeat":
        return Array.from({ length: operation.times }).reduce<Ensemble>(
          (state) => this.run(operation.body, state),
          ensemble,
        );
      case "while": {
        let done: readonly (readonly [number, Density])[] = [];
        for (let going = ensemble; going.size > 0; ) {
          const [yes, no] = partition(going, operation.condition);
          done = [...done, ...no];
          const live = [...yes].filter(([, rho]) => this.trace(rho) > NEGLIGIBLE);
          going = this.run(operation.body, new Map(live));
        }
        return this.#joined(done);
      }
      default:
        return unreachable(operation);
    }
  }

  #split(
    ensemble: Ensemble,
    qubit: number,
    next: (bits: number, outcome: boolean) => number,
  ): Ensemble {
    return this.#joined(
      [...ensemble].flatMap(([bits, rho]) => [
        [next(bits, false), this.#projected(rho, qubit, 0)] as const,
        [next(bits, true), this.#projected(rho, qubit, 1)] as const,
      ]),
    );
  }

  #joined(parts: readonly (readonly [number, Density])[]): Ensemble {
    const result = new Map<number, Density>();
    for (const [bits, rho] of parts) {
      const known = result.get(bits);
      result.set(bits, known === undefined ? rho : this.#sum(known, rho));
    }
    return result;
  }

  #projected({ re, im }: Density, qubit: number, value: number): Density {
    const keeps = (index: number) => {
      const [row, column] = [Math.floor(index / this.#size), index % this.#size];
      return ((row >> qubit) & 1) === value && ((column >> qubit) & 1) === value;
    };
    return {
      re: re.map((entry, index) => (keeps(index) ? entry : 0)),
      im: im.map((entry, index) => (keeps(index) ? entry : 0)),
    };
  }

  #sum(a: Density, b: Density): Density {
    return {
      re: a.re.map((entry, index) => entry + b.re[index]),
      im: a.im.map((entry, index) => entry + b.im[index]),
    };
  }

  /** U rho U^dagger. */
  #conjugated(u: ComplexMatrix, rho: Density): Density {
    const size = this.#size;
    const half = { re: new Float64Array(size * size), im: new Float64Array(size * size) };
    const whole = { re: new Float64Array(size * size), im: new Float64Array(size * size) };
    for (let row = 0; row < size; row += 1) {
      for (let inner = 0; inner < size; inner += 1) {
        const [ur, ui] = [u.re[row * size + inner], u.im[row * size + inner]];
        if (ur === 0 && ui === 0) continue;
        for (let column = 0; column < size; column += 1) {
          const from = inner * size + column;
          half.re[row * size + column] += ur * rho.re[from] - ui * rho.im[from];
          half.im[row * size + column] += ur * rho.im[from] + ui * rho.re[from];
        }
      }
    }
    for (let column = 0; column < size; column += 1) {
      for (let inner = 0; inner < size; inner += 1) {
        const [ur, ui] = [u.re[column * size + inner], -u.im[column * size + inner]];
        if (ur === 0 && ui === 0) continue;
        for (let row = 0; row < size; row += 1) {
          const from = row * size + inner;
          whole.re[row * size + column] += ur * half.re[from] - ui * half.im[from];
          whole.im[row * size + column] += ur * half.im[from] + ui * half.re[from];
        }
      }
    }
    return whole;
  }
}

function partition(ensemble: Ensemble, condition: Condition): readonly [Ensemble, Ensemble] {
  const entries = [...ensemble];
  return [
    new Map(entries.filter(([bits]) => truth(condition, bits))),
    new Map(entries.filter(([bits]) => !truth(condition, bits))),
  ];
}

function withBit(bits: number, bit: number, value: boolean): number {
  return value ? bits | (1 << bit) : bits & ~(1 << bit);
}

function truth(condition: Condition, bits: number): boolean {
  switch (condition.kind) {
    case "constant":
      return condition.value;
    case "bit":
      return ((bits >> condition.bit) & 1) === 1;
    case "compare": {
      const left = condition.bits.reduce(
        (sum, bit, place) => sum + ((bits >> bit) & 1) * 2 ** place,
        0,
      );
      const right = Number(condition.value);
      const outcomes = { "==": left === right, "!=": left !== right, "<": left < right };
      const more = { "<=": left <= right, ">": left > right, ">=": left >= right };
      return { ...outcomes, ...more }[condition.relation];
    }
    case "not":
      return !truth(condition.condition, bits);
    case "all":
      return condition.conditions.every((part) => truth(part, bits));
    case "any":
      return condition.conditions.some((part) => truth(part, bits));
    case "odd":
      return condition.conditions.reduce((odd, part) => odd !== truth(part, bits), false);
    default:
      return unreachable(condition);
  }
}
