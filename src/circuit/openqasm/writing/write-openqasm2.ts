/**
 * Circuits as OpenQASM 2.0, as far as it goes: no global phases (which it cannot observe either),
 * no loops but those written out, and conditions on the bits of one register. A gate that the
 * language has no name for comes apart as it does for a device.
 */
import { unreachable } from "#foundation";
import type { Circuit, Operation, UnitaryOperation } from "../../circuit.ts";
import { appliedUnitary } from "../../gates/applied-unitary.ts";
import { gateRow, gateTable } from "../../gates/gate-table.ts";
import type { ComplexMatrix } from "../../gates/matrix.ts";
import type { Parameter } from "../../gates/parameter.ts";
import { unboundSymbols } from "../../transform.ts";
import { loweredUnitary } from "../../transpile/lower.ts";
import { isIdentity } from "../../transpile/one-qubit.ts";
import { calledName, definitionsFor } from "./definitions.ts";
import { eulerAngles } from "./euler.ts";
import { type Guard, guardedBranches, notWritable } from "./guard.ts";
import { type WrittenNames, writtenNames } from "./names.ts";
import { parameterText } from "./number-text.ts";

/**
 * `circuit` as OpenQASM 2.0.
 *
 * @throws Fault `circuit-not-writable` for what the language lacks: free symbols, `while`,
 *   assignments, conditions on several registers or on one that their branch changes;
 *   `circuit-controls-too-many`.
 */
export function writeOpenQasm2(circuit: Circuit): string {
  const symbols = unboundSymbols(circuit);
  if (symbols.length > 0) throw notWritable(`no free symbols, got ${symbols.join(", ")}`);
  const names = writtenNames(2, circuit, []);
  const writer = new Writer(names);
  for (const operation of circuit.operations) writer.operation(operation, undefined);
  const lines = [
    "OPENQASM 2.0;",
    'include "qelib1.inc";',
    ...definitionsFor(2, writer.gates),
    ...names.qubitRegisters.filter(isFilled).map(({ name, size }) => `qreg ${name}[${size}];`),
    ...names.bitRegisters.filter(isFilled).map(({ name, size }) => `creg ${name}[${size}];`),
    ...writer.lines,
  ];
  return `${lines.join("\n")}\n`;
}

function isFilled(register: { readonly size: number }): boolean {
  return register.size > 0;
}

class Writer {
  readonly lines: string[] = [];
  readonly gates = new Set<string>();
  readonly #names: WrittenNames;

  constructor(names: WrittenNames) {
    this.#names = names;
  }

  /** Writes `operation` as it stands under `guard`. */
  operation(operation: Operation, guard: Guard | undefined): void {
    const { qubit, bit } = this.#names;
    switch (operation.kind) {
      case "gate":
      case "unitary":
        this.#unitary(operation, guard);
        break;
      case "measure":
        this.#line(`measure ${qubit(operation.qubit)} -> ${bit(operation.bit)};`, guard);
        break;
      case "reset":
        this.#line(`reset ${qubit(operation.qubit)};`, guard);
        break;
      case "barrier":
        if (operation.qubits.length > 0) {
          this.lines.push(`barrier ${operation.qubits.map(qubit).join(",")};`);
        }
        break;
      case "if":
        for (const inner of guardedBranches(operation, guard, this.#names.bitRegisters)) {
          this.operation(inner.operation, inner.guard);
        }
        break;
      case "repeat":
        for (let round = 0; round < operation.times; round += 1) {
          for (const inner of operation.body) this.operation(inner, guard);
        }
        break;
      case "assign":
      case "while":
        throw notWritable(`no ${operation.kind}, got one`);
      default:
        unreachable(operation);
    }
  }

  #unitary(operation: UnitaryOperation, guard: Guard | undefined): void {
    const { controls, targets } = operation;
    if (targets.length === 0 && controls.length === 0) return;
    const call = namedCall(operation) ?? angledCall(operation);
    if (call === undefined) {
      this.#inParts(operation, guard);
      return;
    }
    const off = controls.filter((control) => control.value === 0).map((control) => control.qubit);
    for (const qubit of off) this.#call({ name: "x", angles: [], qubits: [qubit] }, guard);
    this.#call(call, guard);
    for (const qubit of off) this.#call({ name: "x", angles: [], qubits: [qubit] }, guard);
  }

  /** Writes what has neither a name nor the angles of one qubit as one-qubit gates and `rzz`. */
  #inParts(operation: UnitaryOperation, guard: Guard | undefined): void {
    for (const step of loweredUnitary(operation)) {
      if (step.kind === "one" && !isIdentity(step.matrix)) {
        this.#call(oneQubitCall(step.matrix, step.qubit), guard);
      }
      if (step.kind !== "pair") continue;
      const { qubits, angle, swapped } = step;
      if (angle !== 0) this.#call({ name: "rzz", angles: [angle], qubits }, guard);
      if (swapped) this.#call({ name: "swap", angles: [], qubits }, guard);
    }
  }

  #call({ name, angles, qubits }: Call, guard: Guard | undefined): void {
    // Without its phase, which nothing shows here, the U of OpenQASM 3 is the u3 of OpenQASM 2.
    const known = name === "U" ? "u3" : name;
    this.gates.add(known);
    const called = calledName(2, gateRow(known));
    const head = angles.length === 0 ? called : `${called}(${angles.map(parameterText).join(",")})`;
    this.#line(`${head} ${qubits.map(this.#names.qubit).join(",")};`, guard);
  }

  #line(statement: string, guard: Guard | undefined): void {
    if (guard === undefined) this.lines.push(statement);
    for (const value of guard?.values ?? []) {
      this.lines.push(`if(${guard?.register.name}==${value}) ${statement}`);
    }
  }
}

/** A gate of the table on qubits. */
interface Call {
  readonly name: string;
  readonly angles: readonly Parameter[];
  readonly qubits: readonly number[];
}

/** `operation`, its controls all taken for 1, as a gate that the table has a name for. */
function namedCall(operation: UnitaryOperation): Call | undefined {
  if (operation.kind !== "gate" || operation.power !== 1) return undefined;
  const { gate, parameters, controls, targets } = operation;
  const row = controls.length === 0 ? gateRow(gate) : controlledRow(gate, controls.length);
  if (row === undefined || row.name === "gphase") return undefined;
  const qubits = [...controls.map((control) => control.qubit), ...targets];
  return { name: row.name, angles: parameters, qubits };
}

/** The same as a phase or a gate on one qubit by its Euler angles, under at most one control. */
function angledCall(operation: UnitaryOperation): Call | undefined {
  const { matrix, controls, targets } = appliedUnitary(operation);
  if (targets.length > 1 || controls.length > 1) return undefined;
  const qubits = [...controls.map((control) => control.qubit), ...targets];
  if (targets.length === 0) {
    return { name: "p", angles: [Math.atan2(matrix.im[0], matrix.re[0])], qubits };
  }
  if (controls.length === 0) return oneQubitCall(matrix, targets[0]);
  const { theta, phi, lambda, gamma } = eulerAngles(matrix);
  return { name: "cu", angles: [theta, phi, lambda, gamma + theta / 2], qubits };
}

function oneQubitCall(matrix: ComplexMatrix, qubit: number): Call {
  const { theta, phi, lambda } = eulerAngles(matrix);
  return { name: "u", angles: [theta, phi, lambda], qubits: [qubit] };
}

/** The gate of the table that is `gate` under `count` controls. */
function controlledRow(gate: string, count: number): ReturnType<typeof gateRow> | undefined {
  const own = gateRow(gate).controlled;
  const base = own?.of ?? gate;
  const total = count + (own?.count ?? 0);
  return gateTable.find((row) => row.controlled?.of === base && row.controlled.count === total);
}
