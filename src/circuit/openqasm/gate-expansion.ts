/**
 * Gates as the program can call them, from the table or by definition, and their expansion into
 * operations of the table: modifiers are worked out on the way.
 */
import { Fault, unreachable } from "#foundation";
import type { Control, UnitaryOperation } from "../circuit.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { GateRow } from "../gates/gate-row.ts";
import { controlledOperation, poweredOperation, REPETITIONS_MAX } from "../gates/modifiers.ts";
import { operationsMatrix } from "../gates/operations-matrix.ts";
import { unitaryPower } from "../gates/unitary-power.ts";
import type { Memory } from "../machine/code.ts";
import { type Position, placeText } from "./source.ts";
import { trap } from "./values/typed.ts";

/** Calls that one statement may expand to. */
const CALLS_MAX = 1_000_000;

/** Powers of powers counted together; a phase multiplied by more keeps too few of its digits. */
const POWER_MAX = 2 ** 31;

/** Qubits up to which a gate's matrix is worked out. */
const MATRIX_QUBITS_MAX = 6;

/** A gate that can be called. */
export interface GateDefinition {
  readonly name: string;
  readonly parameterCount: number;
  readonly qubitCount: number;
  readonly body: GateBody;
  /** How many definitions are inside each other. */
  readonly depth: number;
}

/** What a gate does. */
export type GateBody =
  | { readonly kind: "row"; readonly row: GateRow }
  /** Cells: the parameters first, then the variables of its loops. */
  | { readonly kind: "steps"; readonly cellCount: number; readonly steps: readonly BodyStep[] }
  /** An `opaque` gate of OpenQASM 2, or one with a `defcal`: nothing is known of it. */
  | { readonly kind: "opaque"; readonly what: "opaque" | "calibrated" };

/** One entry of a gate's body. */
export type BodyStep =
  | {
      readonly kind: "call";
      readonly call: (memory: Memory) => ModifiedCall;
      /** Places among the gate's own qubits. */
      readonly qubits: readonly number[];
    }
  | {
      readonly kind: "for";
      readonly cell: number;
      readonly values: (memory: Memory) => readonly bigint[];
      readonly steps: readonly BodyStep[];
    };

/** A gate with its parameters and modifiers worked out. */
export interface ModifiedCall {
  readonly at: Position;
  readonly definition: GateDefinition;
  readonly angles: readonly number[];
  /** Outermost first. */
  readonly modifiers: readonly AppliedModifier[];
}

/** A modifier whose argument is worked out. */
export type AppliedModifier =
  | { readonly kind: "pow"; readonly exponent: number }
  | { readonly kind: "ctrl"; readonly count: number; readonly value: 0 | 1 };

/**
 * The operations that `call` on `qubits` comes to.
 *
 * @throws Fault `circuit-steps-exhausted` for definitions that multiply beyond measure,
 *   `openqasm-run-time-error` for powers that cannot be worked out.
 */
export function expandedCall(
  call: ModifiedCall,
  qubits: readonly number[],
): readonly UnitaryOperation[] {
  return new Expansion(call.at).modified(call, call.modifiers, qubits);
}

class Expansion {
  readonly #at: Position;
  #calls = 0;
  /** By how much the powers around the call at hand multiply its phases. */
  #power = 1;

  constructor(at: Position) {
    this.#at = at;
  }

  modified(
    call: ModifiedCall,
    modifiers: readonly AppliedModifier[],
    qubits: readonly number[],
  ): readonly UnitaryOperation[] {
    const counts = modifiers.map((modifier) => (modifier.kind === "ctrl" ? modifier.count : 0));
    let inside = counts.reduce((sum, count) => sum + count, 0);
    const around = this.#power;
    for (const modifier of modifiers) {
      if (modifier.kind === "pow") this.#power *= Math.max(1, Math.abs(modifier.exponent));
    }
    if (this.#power > POWER_MAX) {
      trap(call.at, `expected powers of at most 2^31 in all, got ${this.#power}`);
    }
    let operations = this.plain(call, qubits.slice(inside));
    this.#power = around;
    for (const modifier of modifiers.toReversed()) {
      switch (modifier.kind) {
        case "ctrl": {
          const { count, value } = modifier;
          const outside = inside - count;
          const controls = qubits
            .slice(outside, inside)
            .map((qubit): Control => ({ qubit, value }));
          operations = operations.map((operation) => controlledOperation(operation, controls));
          inside = outside;
          break;
        }
        case "pow":
          operations = this.power(operations, modifier.exponent);
          break;
        default:
          return unreachable(modifier);
      }
    }
    return operations;
  }

  plain(call: ModifiedCall, qubits: readonly number[]): readonly UnitaryOperation[] {
    this.count(1);
    const { name, body } = call.definition;
    switch (body.kind) {
      case "row": {
        const gate = { kind: "gate", gate: body.row.name, power: 1, controls: [] } as const;
        return [{ ...gate, parameters: call.angles, targets: qubits }];
      }
      case "steps": {
        const memory: Memory = new Array<number>(body.cellCount).fill(0);
        for (const [index, angle] of call.angles.entries()) memory[index] = angle;
        return this.steps(body.steps, memory, qubits);
      }
      case "opaque":
        throw new Fault(CIRCUIT_FAULTS.openQasmUnsupported, {
          detail: `${placeText(call.at)}: expected a defined gate, got the ${body.what} ${name}`,
        });
      default:
        return unreachable(body);
    }
  }

  steps(
    steps: readonly BodyStep[],
    memory: Memory,
    qubits: readonly number[],
  ): readonly UnitaryOperation[] {
    return steps.flatMap((step): readonly UnitaryOperation[] => {
      if (step.kind === "call") {
        const call = step.call(memory);
        const targets = step.qubits.map((place) => qubits[place]);
        return this.modified(call, call.modifiers, targets);
      }
      return step.values(memory).flatMap((value) => {
        this.count(1);
        memory[step.cell] = value;
        return this.steps(step.steps, memory, qubits);
      });
    });
  }

  power(operations: readonly UnitaryOperation[], exponent: number): readonly UnitaryOperation[] {
    if (operations.length === 0 || exponent === 0) return [];
    if (operations.length === 1) return [poweredOperation(operations[0], exponent)];
    const whole = Number.isSafeInteger(exponent);
    const qubits = [...new Set(operations.flatMap(qubitsOfUnitary))];
    if (whole && Math.abs(exponent) <= REPETITIONS_MAX) return this.repeated(operations, exponent);
    if (qubits.length <= MATRIX_QUBITS_MAX) {
      const matrix = unitaryPower(operationsMatrix(operations, qubits), exponent);
      return [{ kind: "unitary", matrix, controls: [], targets: qubits }];
    }
    if (whole) return this.repeated(operations, exponent);
    throw new Fault(CIRCUIT_FAULTS.runTimeError, {
      detail:
        `${placeText(this.#at)}: expected at most ${MATRIX_QUBITS_MAX} qubits under a power ` +
        `that is no integer, got ${qubits.length}`,
    });
  }

  repeated(operations: readonly UnitaryOperation[], exponent: number): readonly UnitaryOperation[] {
    const times = Math.abs(exponent);
    this.count(times * operations.length);
    const once =
      exponent < 0
        ? operations.toReversed().map((operation) => poweredOperation(operation, -1))
        : operations;
    return Array.from({ length: times }, () => once).flat();
  }

  count(calls: number): void {
    this.#calls += calls;
    if (this.#calls <= CALLS_MAX) return;
    throw new Fault(CIRCUIT_FAULTS.stepsExhausted, {
      detail: `${placeText(this.#at)}: expected at most ${CALLS_MAX} gates from one call, got more`,
    });
  }
}

function qubitsOfUnitary(operation: UnitaryOperation): readonly number[] {
  return [...operation.controls.map((control) => control.qubit), ...operation.targets];
}
