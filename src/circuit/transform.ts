/**
 * Circuits made from circuits: symbols bound, gates inverted, controlled and raised to powers. Each
 * returns a new circuit and leaves the old one alone.
 */
import { Fault, unreachable } from "#foundation";
import type { Circuit, Control, Operation, UnitaryOperation } from "./circuit.ts";
import { CIRCUIT_FAULTS } from "./faults.ts";
import { controlledOperation, poweredOperation } from "./gates/modifiers.ts";
import { bindParameter, type SymbolValues, symbolsOf } from "./gates/parameter.ts";

/** `circuit` with every symbol that `values` knows replaced by its number (radians). */
export function bindSymbols(circuit: Circuit, values: SymbolValues): Circuit {
  const bind = (operation: Operation): Operation =>
    operation.kind === "gate"
      ? {
          ...operation,
          parameters: operation.parameters.map((parameter) => bindParameter(parameter, values)),
        }
      : mapBodies(operation, bind);
  return Object.freeze({ ...circuit, operations: circuit.operations.map(bind) });
}

/** The names of the unbound symbols, ascending. */
export function unboundSymbols(circuit: Circuit): readonly string[] {
  const names = new Set<string>();
  const visit = (operation: Operation): Operation => {
    if (operation.kind === "gate") {
      for (const parameter of operation.parameters) {
        for (const name of symbolsOf(parameter)) names.add(name);
      }
      return operation;
    }
    return mapBodies(operation, visit);
  };
  for (const operation of circuit.operations) visit(operation);
  return [...names].sort();
}

/**
 * The circuit that undoes `circuit`.
 *
 * @throws Fault `circuit-not-unitary` when it measures, resets or decides.
 */
export function inverted(circuit: Circuit): Circuit {
  const operations = unitaryPart(circuit.operations)
    .toReversed()
    .map((entry) => (entry.kind === "barrier" ? entry : poweredOperation(entry, -1)));
  return Object.freeze({ ...circuit, operations });
}

/**
 * `circuit`, acting only where every control has its value.
 *
 * @param controls qubits of the circuit that it does not touch itself.
 * @throws Fault `circuit-not-unitary` when it measures, resets or decides.
 */
export function controlled(circuit: Circuit, controls: readonly Control[]): Circuit {
  const operations = unitaryPart(circuit.operations).map((entry) =>
    entry.kind === "barrier" ? entry : controlledOperation(entry, controls),
  );
  return Object.freeze({ ...circuit, operations });
}

/**
 * `circuit` done `exponent` times in a row; a negative count undoes it.
 *
 * @param exponent an integer.
 * @throws Fault `circuit-not-unitary` when it measures, resets or decides.
 */
export function powered(circuit: Circuit, exponent: number): Circuit {
  const once = exponent < 0 ? inverted(circuit) : circuit;
  const body = unitaryPart(once.operations);
  const operations = Array.from({ length: Math.abs(exponent) }, () => body).flat();
  return Object.freeze({ ...circuit, operations });
}

/** `operation` with its inner lists, if it has any, mapped entry by entry. */
export function mapBodies(operation: Operation, map: (inner: Operation) => Operation): Operation {
  switch (operation.kind) {
    case "if":
      return {
        ...operation,
        whenTrue: operation.whenTrue.map(map),
        whenFalse: operation.whenFalse.map(map),
      };
    case "repeat":
    case "while":
      return { ...operation, body: operation.body.map(map) };
    case "gate":
    case "unitary":
    case "measure":
    case "reset":
    case "barrier":
    case "assign":
      return operation;
    default:
      return unreachable(operation);
  }
}

type UnitaryEntry = UnitaryOperation | Extract<Operation, { kind: "barrier" }>;

function unitaryPart(operations: readonly Operation[]): readonly UnitaryEntry[] {
  return operations.flatMap((operation): readonly UnitaryEntry[] => {
    switch (operation.kind) {
      case "gate":
      case "unitary":
      case "barrier":
        return [operation];
      case "repeat":
        return Array.from({ length: operation.times }, () => unitaryPart(operation.body)).flat();
      case "measure":
      case "reset":
      case "assign":
      case "if":
      case "while":
        throw new Fault(CIRCUIT_FAULTS.notUnitary, {
          detail: `a circuit of gates alone, expected no ${operation.kind}, got one`,
        });
      default:
        return unreachable(operation);
    }
  });
}
