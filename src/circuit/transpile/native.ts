/**
 * The last leg: steps on a device's qubits written in its gates. One-qubit matrices are gathered
 * once more, because entangling gates bring some of their own.
 */
import { unreachable } from "#foundation";
import type { Operation } from "../circuit.ts";
import { type ComplexMatrix, multiply } from "../gates/matrix.ts";
import type { Basis } from "./basis.ts";
import type { CouplingMap } from "./coupling-map.ts";
import { nativeOneQubit } from "./native-one-qubit.ts";
import { type JointGate, nativePair } from "./native-pair.ts";
import { zBehaviour } from "./one-qubit.ts";
import { type FlowStep, type Step, stepQubits } from "./step.ts";

/** `steps` in the gates of `basis`, each in a direction that `map` has. */
export function nativeOperations(
  steps: readonly Step[],
  basis: Basis,
  map: CouplingMap,
): readonly Operation[] {
  const writer = new NativeWriter(basis, map);
  for (const step of steps) writer.step(step);
  return writer.finished();
}

class NativeWriter {
  readonly #basis: Basis;
  readonly #map: CouplingMap;
  readonly #operations: Operation[] = [];
  readonly #held = new Map<number, ComplexMatrix>();

  constructor(basis: Basis, map: CouplingMap) {
    this.#basis = basis;
    this.#map = map;
  }

  step(step: Step): void {
    switch (step.kind) {
      case "one":
        this.#hold(step.qubit, step.matrix);
        return;
      case "pair": {
        const [a, b] = step.qubits;
        const qubits = this.#map.directions.has(a * this.#map.qubitCount + b)
          ? step.qubits
          : ([b, a] as const);
        for (const part of nativePair({ ...step, qubits }, this.#basis.entangler)) {
          if (part.kind === "one") this.#hold(part.qubit, part.matrix);
          else this.#join(part);
        }
        return;
      }
      case "plain":
        this.#plain(step.operation);
        return;
      case "flow":
        for (const qubit of stepQubits(step)) this.#release(qubit);
        this.#operations.push(this.#flow(step));
        return;
      default:
        unreachable(step);
    }
  }

  finished(): readonly Operation[] {
    for (const qubit of [...this.#held.keys()]) this.#release(qubit);
    return this.#operations;
  }

  #hold(qubit: number, matrix: ComplexMatrix): void {
    const before = this.#held.get(qubit);
    this.#held.set(qubit, before === undefined ? matrix : multiply(matrix, before));
  }

  #join({ gate, parameters, qubits: targets }: JointGate): void {
    const isDiagonal = gate === "cz" || gate === "rzz";
    for (const qubit of targets) {
      const held = this.#held.get(qubit);
      if (held === undefined || (isDiagonal && zBehaviour(held) === "keeps")) continue;
      this.#release(qubit);
    }
    this.#operations.push({ kind: "gate", gate, parameters, power: 1, controls: [], targets });
  }

  #release(qubit: number): void {
    const matrix = this.#held.get(qubit);
    this.#held.delete(qubit);
    if (matrix === undefined) return;
    for (const { gate, parameters } of nativeOneQubit(matrix, this.#basis.oneQubit)) {
      const targets = [qubit];
      this.#operations.push({ kind: "gate", gate, parameters, power: 1, controls: [], targets });
    }
  }

  #plain(operation: Extract<Step, { kind: "plain" }>["operation"]): void {
    if (operation.kind === "measure") {
      // Phases cannot be seen by a measurement, nor after it.
      const held = this.#held.get(operation.qubit);
      if (held !== undefined && zBehaviour(held) === "keeps") this.#held.delete(operation.qubit);
    }
    for (const qubit of stepQubits({ kind: "plain", operation })) this.#release(qubit);
    this.#operations.push(operation);
  }

  #flow({ operation, bodies }: FlowStep): Operation {
    const [first, second = []] = bodies.map((body) =>
      nativeOperations(body, this.#basis, this.#map),
    );
    return operation.kind === "if"
      ? { ...operation, whenTrue: first, whenFalse: second }
      : { ...operation, body: first };
  }
}
