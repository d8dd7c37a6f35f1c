/**
 * Circuits as OpenQASM 3.1. Reading the text gives a circuit with the same effect, and writing that
 * one gives the same text again.
 */
import { unreachable } from "#foundation";
import type {
  Circuit,
  Control,
  MatrixOperation,
  Operation,
  UnitaryOperation,
} from "../../circuit.ts";
import { gateRow } from "../../gates/gate-table.ts";
import { twoLevelOperations } from "../../gates/two-level.ts";
import { unboundSymbols } from "../../transform.ts";
import { conditionText } from "./condition-text.ts";
import { calledName, definitionsFor } from "./definitions.ts";
import { eulerAngles } from "./euler.ts";
import { gatesIn } from "./gates-in.ts";
import { type WrittenNames, writtenNames } from "./names.ts";
import { angleText, decimalText, parameterText } from "./number-text.ts";

/**
 * `circuit` as OpenQASM 3.1; unbound symbols become `input float`, and a gate on several qubits
 * that is known by its matrix alone comes apart into gates on one qubit under controls.
 */
export function writeOpenQasm3(circuit: Circuit): string {
  const symbols = unboundSymbols(circuit);
  const names = writtenNames(3, circuit, symbols);
  const writer = new Writer(names);
  writer.operations(circuit.operations);
  const declared = names.qubitRegisters.filter((register) => !register.name.startsWith("$"));
  const lines = [
    "OPENQASM 3.1;",
    'include "stdgates.inc";',
    ...symbols.map((name) => `input float ${name};`),
    ...definitionsFor(3, gatesIn(circuit.operations)),
    ...declared.map(({ name, size }) => `qubit[${size}] ${name};`),
    ...names.bitRegisters.map(({ name, size }) => `bit[${size}] ${name};`),
    ...writer.lines,
  ];
  return `${lines.join("\n")}\n`;
}

class Writer {
  readonly lines: string[] = [];
  readonly #names: WrittenNames;
  readonly #rounds: string[] = [];
  #depth = 0;

  constructor(names: WrittenNames) {
    this.#names = names;
  }

  operations(operations: readonly Operation[]): void {
    for (const operation of operations) this.operation(operation);
  }

  operation(operation: Operation): void {
    const { qubit, bit } = this.#names;
    switch (operation.kind) {
      case "gate":
        this.#gate(operation);
        break;
      case "unitary":
        this.#matrix(operation);
        break;
      case "measure":
        this.#line(`${bit(operation.bit)} = measure ${qubit(operation.qubit)};`);
        break;
      case "reset":
        this.#line(`reset ${qubit(operation.qubit)};`);
        break;
      case "barrier":
        this.#line(`barrier ${operation.qubits.map(qubit).join(", ")};`);
        break;
      case "assign":
        this.#line(`${bit(operation.bit)} = ${conditionText(operation.value, this.#names)};`);
        break;
      case "if":
        this.#choice(operation);
        break;
      case "repeat": {
        const round = this.#roundName();
        this.#block(`for uint ${round} in [1:${operation.times}]`, operation.body);
        break;
      }
      case "while":
        this.#block(`while (${conditionText(operation.condition, this.#names)})`, operation.body);
        break;
      default:
        unreachable(operation);
    }
  }

  /** A choice; one that stands alone behind `else` is written beside it. */
  #choice(choice: Extract<Operation, { kind: "if" }>): void {
    const head = ({ condition }: typeof choice) => `if (${conditionText(condition, this.#names)})`;
    this.#block(head(choice), choice.whenTrue);
    let rest = choice.whenFalse;
    for (let [only] = rest; rest.length === 1 && only.kind === "if"; [only] = rest) {
      this.lines.pop();
      this.#block(`} else ${head(only)}`, only.whenTrue);
      rest = only.whenFalse;
    }
    if (rest.length === 0) return;
    this.lines.pop();
    this.#block("} else", rest);
  }

  #gate(operation: Extract<UnitaryOperation, { kind: "gate" }>): void {
    const { gate, parameters, power, controls, targets } = operation;
    const angles = parameters.map(parameterText).join(", ");
    const name = calledName(3, gateRow(gate));
    const raised = power === 1 ? "" : power === -1 ? "inv @ " : `pow(${powerText(power)}) @ `;
    const call = angles === "" ? name : `${name}(${angles})`;
    this.#call(controls, `${raised}${call}`, targets);
  }

  /** A gate of one qubit by its Euler angles, the phase that is left as a gate of its own. */
  #matrix(operation: MatrixOperation): void {
    const { matrix, controls, targets } = operation;
    if (targets.length === 0) {
      const phase = Math.atan2(matrix.im[0], matrix.re[0]);
      this.#call(controls, `gphase(${angleText(phase)})`, []);
      return;
    }
    if (targets.length > 1) {
      this.operations(twoLevelOperations(operation));
      return;
    }
    const { theta, phi, lambda, gamma } = eulerAngles(matrix);
    const angles = [theta, phi, lambda].map(angleText).join(", ");
    this.#call(controls, `U(${angles})`, targets);
    if (gamma !== 0) this.#call(controls, `gphase(${angleText(gamma)})`, []);
  }

  #call(controls: readonly Control[], call: string, targets: readonly number[]): void {
    const modifiers = controls
      .map(({ value }) => (value === 1 ? "ctrl @ " : "negctrl @ "))
      .join("");
    const qubits = [...controls.map((control) => control.qubit), ...targets];
    const operands = qubits.map(this.#names.qubit).join(", ");
    this.#line(`${modifiers}${call}${operands === "" ? "" : ` ${operands}`};`);
  }

  #block(head: string, body: readonly Operation[]): void {
    this.#line(`${head} {`);
    this.#depth += 1;
    this.operations(body);
    this.#depth -= 1;
    this.#line("}");
  }

  #line(text: string): void {
    this.lines.push(`${"  ".repeat(this.#depth)}${text}`);
  }

  /** One name for each depth of loops. */
  #roundName(): string {
    this.#rounds[this.#depth] ??= this.#names.fresh("round");
    return this.#rounds[this.#depth];
  }
}

/** A power exactly as it is: one that is a fraction of pi would be no shorter. */
function powerText(power: number): string {
  return Number.isInteger(power) ? String(power) : decimalText(power);
}
