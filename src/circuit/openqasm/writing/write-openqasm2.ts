/**
 * Circuits as OpenQASM 2.0, as far as it goes: no global phases (which it cannot observe either),
 * no loops but those written out, and conditions that compare one whole register with a number.
 */
import { Fault, unreachable } from "#foundation";
import type { Circuit, Condition, Operation, UnitaryOperation } from "../../circuit.ts";
import { bitsOf } from "../../circuit.ts";
import { CIRCUIT_FAULTS } from "../../faults.ts";
import { appliedUnitary } from "../../gates/applied-unitary.ts";
import { gateRow, gateTable } from "../../gates/gate-table.ts";
import { unboundSymbols } from "../../transform.ts";
import { calledName, definitionsFor } from "./definitions.ts";
import { eulerAngles } from "./euler.ts";
import { type WrittenNames, writtenNames } from "./names.ts";
import { parameterText } from "./number-text.ts";

/**
 * `circuit` as OpenQASM 2.0.
 *
 * @throws Fault `circuit-not-writable` for what the language lacks: free symbols, other conditions,
 *   `while`, assignments, roots of gates on several qubits, controlled gates that the table has no
 *   name for.
 */
export function writeOpenQasm2(circuit: Circuit): string {
  const symbols = unboundSymbols(circuit);
  if (symbols.length > 0) throw unwritable(`no free symbols, got ${symbols.join(", ")}`);
  const names = writtenNames(2, circuit, []);
  const writer = new Writer(names);
  for (const operation of circuit.operations) writer.operation(operation, "");
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

  /** Writes `operation`; `prefix` is the condition it stands under. */
  operation(operation: Operation, prefix: string): void {
    const { qubit, bit } = this.#names;
    switch (operation.kind) {
      case "gate":
      case "unitary":
        this.#unitary(operation, prefix);
        break;
      case "measure":
        this.lines.push(`${prefix}measure ${qubit(operation.qubit)} -> ${bit(operation.bit)};`);
        break;
      case "reset":
        this.lines.push(`${prefix}reset ${qubit(operation.qubit)};`);
        break;
      case "barrier":
        if (operation.qubits.length > 0) {
          this.lines.push(`barrier ${operation.qubits.map(qubit).join(",")};`);
        }
        break;
      case "if":
        this.#choice(operation, prefix);
        break;
      case "repeat":
        for (let round = 0; round < operation.times; round += 1) {
          for (const inner of operation.body) this.operation(inner, prefix);
        }
        break;
      case "assign":
      case "while":
        throw unwritable(`no ${operation.kind}, got one`);
      default:
        unreachable(operation);
    }
  }

  #unitary(operation: UnitaryOperation, prefix: string): void {
    const { controls, targets } = operation;
    if (targets.length === 0 && controls.length === 0) return;
    const off = controls.filter((control) => control.value === 0).map((control) => control.qubit);
    for (const qubit of off) this.#call("x", [], [qubit], prefix);
    if (!this.#named(operation, prefix)) this.#byAngles(operation, prefix);
    for (const qubit of off) this.#call("x", [], [qubit], prefix);
  }

  /** Writes a gate that the table has a name for, controls included. */
  #named(operation: UnitaryOperation, prefix: string): boolean {
    if (operation.kind !== "gate" || operation.power !== 1) return false;
    const { gate, parameters, controls, targets } = operation;
    const plain = gateRow(gate);
    const row = controls.length === 0 ? plain : controlledRow(gate, controls.length);
    if (row === undefined || row.name === "gphase") return false;
    const qubits = [...controls.map((control) => control.qubit), ...targets];
    this.#call(row.name, parameters.map(parameterText), qubits, prefix);
    return true;
  }

  /** Writes a gate on one qubit, under at most one control, by its Euler angles. */
  #byAngles(operation: UnitaryOperation, prefix: string): void {
    const { matrix, controls, targets } = appliedUnitary(operation);
    const qubits = [...controls.map((control) => control.qubit), ...targets];
    if (targets.length === 0 && controls.length === 1) {
      const phase = Math.atan2(matrix.im[0], matrix.re[0]);
      this.#call("p", [parameterText(phase)], qubits, prefix);
      return;
    }
    if (targets.length !== 1 || controls.length > 1) {
      throw unwritable(`gates of one qubit and at most one control, got one on ${qubits.length}`);
    }
    const { theta, phi, lambda, gamma } = eulerAngles(matrix);
    const angles = [theta, phi, lambda].map(parameterText);
    if (controls.length === 0) this.#call("u", angles, qubits, prefix);
    else this.#call("cu", [...angles, parameterText(gamma + theta / 2)], qubits, prefix);
  }

  #call(name: string, angles: readonly string[], qubits: readonly number[], prefix: string): void {
    // Without its phase, which nothing shows here, the U of OpenQASM 3 is the u3 of OpenQASM 2.
    const known = name === "U" ? "u3" : name;
    this.gates.add(known);
    const called = calledName(2, gateRow(known));
    const head = angles.length === 0 ? called : `${called}(${angles.join(",")})`;
    this.lines.push(`${prefix}${head} ${qubits.map(this.#names.qubit).join(",")};`);
  }

  #choice(operation: Extract<Operation, { kind: "if" }>, prefix: string): void {
    const { condition, whenTrue, whenFalse } = operation;
    if (prefix !== "" || whenFalse.length > 0) throw unwritable("one if without else, got more");
    const { register, value } = this.#registerValue(condition);
    const written = new Set(whenTrue.flatMap(bitsOf));
    for (let bit = register.start; bit < register.start + register.size; bit += 1) {
      // Each statement is decided anew, so an earlier one must not change the condition.
      if (written.has(bit) && whenTrue.length > 1)
        throw unwritable("a condition that stays as it is");
    }
    for (const inner of whenTrue) this.operation(inner, `if(${register.name}==${value}) `);
  }

  #registerValue(condition: Condition): {
    readonly register: WrittenNames["bitRegisters"][number];
    readonly value: bigint;
  } {
    const single = condition.kind === "not" ? condition.condition : condition;
    const bits =
      single.kind === "bit" ? [single.bit] : single.kind === "compare" ? single.bits : [];
    const register = this.#names.bitRegisters.find(
      ({ start, size }) =>
        size === bits.length && bits.every((bit, place) => bit === start + place),
    );
    if (register !== undefined && single.kind === "bit") {
      return { register, value: condition.kind === "not" ? 0n : 1n };
    }
    const isEqual = condition.kind === "compare" && condition.relation === "==";
    if (register === undefined || !isEqual || condition.value < 0n) {
      throw unwritable("conditions that compare a whole register with a number, got another");
    }
    return { register, value: condition.value };
  }
}

/** The gate of the table that is `gate` under `count` controls. */
function controlledRow(gate: string, count: number): ReturnType<typeof gateRow> | undefined {
  const own = gateRow(gate).controlled;
  const base = own?.of ?? gate;
  const total = count + (own?.count ?? 0);
  return gateTable.find((row) => row.controlled?.of === base && row.controlled.count === total);
}

function unwritable(expectation: string): Fault {
  return new Fault(CIRCUIT_FAULTS.notWritable, {
    detail: `a circuit as OpenQASM 2, expected ${expectation}`,
  });
}
