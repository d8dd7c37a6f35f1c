/**
 * How large a circuit is: counts, depth, depth in gates that join qubits.
 */
import { unreachable } from "#foundation";
import { bitsOf, type Circuit, type Operation, qubitsOf } from "./circuit.ts";
import { kindLabel } from "./labels.ts";

/**
 * Figures of a circuit. A `repeat` counts as often as it runs, a `while` once, an `if` with both of
 * its bodies.
 */
export interface CircuitStatistics {
  readonly qubits: number;
  readonly clbits: number;
  /** Everything but barriers and control flow itself. */
  readonly operations: number;
  /** How often each kind of operation occurs, by modifiers and name. */
  readonly counts: Readonly<Record<string, number>>;
  /** Operations on more than one qubit. */
  readonly multiQubitGates: number;
  /**
   * The longest chain of operations in which each waits for the one before, through qubits or bits.
   */
  readonly depth: number;
  /** The same, counting only operations on more than one qubit. */
  readonly multiQubitDepth: number;
}

/** The figures of `circuit`. */
export function statisticsOf(circuit: Circuit): CircuitStatistics {
  const counts = new Map<string, number>();
  count(circuit.operations, 1, counts);
  const total = (accepts: (operation: Operation) => boolean) =>
    sumOver(circuit.operations, (operation) => (accepts(operation) ? 1 : 0));
  return Object.freeze({
    qubits: circuit.qubitCount,
    clbits: circuit.bitCount,
    operations: total(() => true),
    counts: Object.freeze(Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))),
    multiQubitGates: total(joinsQubits),
    depth: depthOf(circuit.operations, () => 1),
    multiQubitDepth: depthOf(circuit.operations, (operation) => (joinsQubits(operation) ? 1 : 0)),
  });
}

function joinsQubits(operation: Operation): boolean {
  const isUnitary = operation.kind === "gate" || operation.kind === "unitary";
  return isUnitary && qubitsOf(operation).length > 1;
}

function count(operations: readonly Operation[], times: number, counts: Map<string, number>): void {
  for (const operation of operations) {
    const label = kindLabel(operation);
    counts.set(label, (counts.get(label) ?? 0) + times);
    for (const { body, rounds } of bodiesOf(operation)) count(body, times * rounds, counts);
  }
}

/** The sum of `weight` over the operations that do something, bodies included. */
function sumOver(
  operations: readonly Operation[],
  weight: (operation: Operation) => number,
): number {
  return operations.reduce((sum, operation) => {
    const bodies = bodiesOf(operation);
    const own = bodies.length === 0 && operation.kind !== "barrier" ? weight(operation) : 0;
    return (
      sum + bodies.reduce((inner, { body, rounds }) => inner + rounds * sumOver(body, weight), own)
    );
  }, 0);
}

interface Body {
  readonly body: readonly Operation[];
  readonly rounds: number;
}

function bodiesOf(operation: Operation): readonly Body[] {
  switch (operation.kind) {
    case "if":
      return [
        { body: operation.whenTrue, rounds: 1 },
        { body: operation.whenFalse, rounds: 1 },
      ];
    case "repeat":
      return [{ body: operation.body, rounds: operation.times }];
    case "while":
      return [{ body: operation.body, rounds: 1 }];
    case "gate":
    case "unitary":
    case "measure":
    case "reset":
    case "barrier":
    case "assign":
      return [];
    default:
      return unreachable(operation);
  }
}

/**
 * The heaviest chain; control flow is one operation as heavy as the heaviest chain of its bodies.
 */
function depthOf(
  operations: readonly Operation[],
  weight: (operation: Operation) => number,
): number {
  const reached = new Map<string, number>();
  for (const operation of operations) {
    const wires = [
      ...qubitsOf(operation).map((qubit) => `q${qubit}`),
      ...bitsOf(operation).map((bit) => `c${bit}`),
    ];
    const bodies = bodiesOf(operation);
    const own = operation.kind === "barrier" ? 0 : weight(operation);
    const step =
      bodies.length === 0
        ? own
        : Math.max(...bodies.map(({ body, rounds }) => rounds * depthOf(body, weight)));
    const level = Math.max(0, ...wires.map((wire) => reached.get(wire) ?? 0)) + step;
    for (const wire of wires) reached.set(wire, level);
  }
  return Math.max(0, ...reached.values());
}
