/**
 * The builder: a circuit written down in the order it is drawn. Every method returns the builder,
 * so a circuit reads as a chain; `build` hands over the frozen result. What is checked here is what
 * a programmer can get wrong, so errors are assertions.
 *
 * @example
 * const bell = circuitOf((b) => {
 *   const [first, second] = b.qubits("q", 2);
 *   const bits = b.bits("c", 2);
 *   b.h(first).cx(first, second).measure(first, bits[0]).measure(second, bits[1]);
 * });
 */
import { assert } from "#foundation";
import type { Circuit, Condition, Control, Operation, Register } from "./circuit.ts";
import { bitsOf, conditionBits, qubitsOf } from "./circuit.ts";
import { relabelled } from "./conditions.ts";
import { gateRow } from "./gates/gate-table.ts";
import { controlledOperation, poweredOperation } from "./gates/modifiers.ts";
import type { Parameter } from "./gates/parameter.ts";

/** What a gate gets besides its qubits. */
export interface GateOptions {
  readonly parameters?: readonly Parameter[];
  /** Further qubits it depends on; a bare number means "where this qubit is 1". */
  readonly controls?: readonly (number | Control)[];
  /** The principal power of the gate that is meant. */
  readonly power?: number;
}

/** Builds the circuit that `write` writes. */
export function circuitOf(write: (builder: CircuitBuilder) => void): Circuit {
  const builder = new CircuitBuilder();
  write(builder);
  return builder.build();
}

/** Collects operations; see the file's paragraph. */
export class CircuitBuilder {
  readonly #qubitRegisters: Register[] = [];
  readonly #bitRegisters: Register[] = [];
  readonly #operations: Operation[] = [];
  readonly #outer: CircuitBuilder | undefined;

  /** A builder; with `outer`, of a body that shares the registers of the circuit around it. */
  constructor(outer?: CircuitBuilder) {
    this.#outer = outer;
  }

  /** Declares a register of qubits; returns their numbers. */
  qubits(name: string, size: number): readonly number[] {
    return this.#declare(this.#qubitRegisters, name, size);
  }

  /**
   * Declares a register of classical bits, all 0; returns their numbers, least significant first.
   */
  bits(name: string, size: number): readonly number[] {
    return this.#declare(this.#bitRegisters, name, size);
  }

  /** Applies the gate `name` of the table to `targets`. */
  gate(name: string, targets: readonly number[], options: GateOptions = {}): this {
    const row = gateRow(name);
    const { parameters = [], controls = [], power = 1 } = options;
    assert(targets.length === row.qubitCount, `${name}: ${row.qubitCount} qubits`);
    assert(parameters.length === row.parameterNames.length, `${name}: its parameters`);
    const bare: Operation = {
      kind: "gate",
      gate: name,
      parameters,
      power: 1,
      controls: [],
      targets,
    };
    const asControls = controls.map(
      (control): Control => (typeof control === "number" ? { qubit: control, value: 1 } : control),
    );
    return this.add(controlledOperation(poweredOperation(bare, power), asControls));
  }

  /** Appends an operation as it is. */
  add(operation: Operation): this {
    const qubits = qubitsOf(operation);
    assert(new Set(qubits).size === qubits.length, `each qubit once, got ${qubits.join(", ")}`);
    for (const qubit of qubits) assert(this.#has("qubit", qubit), `no qubit ${qubit}`);
    for (const bit of bitsOf(operation)) assert(this.#has("bit", bit), `no bit ${bit}`);
    this.#operations.push(operation);
    return this;
  }

  /** Applies a sub-circuit, its qubit i on `qubits[i]` and its bit j on `bits[j]`. */
  compose(part: Circuit, qubits: readonly number[], bits: readonly number[] = []): this {
    assert(qubits.length === part.qubitCount, `${part.qubitCount} qubits`);
    assert(bits.length === part.bitCount, `${part.bitCount} bits`);
    for (const operation of part.operations) this.add(relabelled(operation, qubits, bits));
    return this;
  }

  /** Hadamard. */
  h(qubit: number): this {
    return this.gate("h", [qubit]);
  }

  /** Pauli X. */
  x(qubit: number): this {
    return this.gate("x", [qubit]);
  }

  /** Pauli Z. */
  z(qubit: number): this {
    return this.gate("z", [qubit]);
  }

  /** Rotation about X by `theta` radians. */
  rx(theta: Parameter, qubit: number): this {
    return this.gate("rx", [qubit], { parameters: [theta] });
  }

  /** Rotation about Y by `theta` radians. */
  ry(theta: Parameter, qubit: number): this {
    return this.gate("ry", [qubit], { parameters: [theta] });
  }

  /** Rotation about Z by `theta` radians. */
  rz(theta: Parameter, qubit: number): this {
    return this.gate("rz", [qubit], { parameters: [theta] });
  }

  /** Controlled X. */
  cx(control: number, target: number): this {
    return this.gate("cx", [control, target]);
  }

  /** Controlled Z. */
  cz(first: number, second: number): this {
    return this.gate("cz", [first, second]);
  }

  /** Ising interaction exp(-i theta ZZ / 2). */
  rzz(theta: Parameter, first: number, second: number): this {
    return this.gate("rzz", [first, second], { parameters: [theta] });
  }

  /** Measures in the Z basis. */
  measure(qubit: number, bit: number): this {
    return this.add({ kind: "measure", qubit, bit });
  }

  /** Returns a qubit to |0>. */
  reset(qubit: number): this {
    return this.add({ kind: "reset", qubit });
  }

  /** Keeps what is before and after apart for the transpiler; all qubits when none is named. */
  barrier(...qubits: readonly number[]): this {
    return this.add({ kind: "barrier", qubits: qubits.length > 0 ? qubits : this.#allQubits() });
  }

  /** Sets a classical bit to the truth of `value`. */
  assign(bit: number, value: Condition): this {
    return this.add({ kind: "assign", bit, value });
  }

  /** Does `then` where `condition` holds when it is reached, and `otherwise` where it does not. */
  if(
    condition: Condition,
    then: (body: CircuitBuilder) => void,
    otherwise: (body: CircuitBuilder) => void = () => {},
  ): this {
    this.#checkCondition(condition);
    const [whenTrue, whenFalse] = [this.#body(then), this.#body(otherwise)];
    return this.add({ kind: "if", condition, whenTrue, whenFalse });
  }

  /** Does `body` `times` times. */
  repeat(times: number, body: (body: CircuitBuilder) => void): this {
    assert(Number.isSafeInteger(times) && times >= 0, `a count of times, got ${times}`);
    return this.add({ kind: "repeat", times, body: this.#body(body) });
  }

  /** Does `body` as long as `condition` holds before it. */
  while(condition: Condition, body: (body: CircuitBuilder) => void): this {
    this.#checkCondition(condition);
    return this.add({ kind: "while", condition, body: this.#body(body) });
  }

  /** The circuit so far, frozen. */
  build(): Circuit {
    return Object.freeze({
      kind: "circuit",
      qubitCount: total(this.#qubitRegisters),
      bitCount: total(this.#bitRegisters),
      qubitRegisters: Object.freeze([...this.#qubitRegisters]),
      bitRegisters: Object.freeze([...this.#bitRegisters]),
      operations: Object.freeze([...this.#operations]),
    });
  }

  #declare(registers: Register[], name: string, size: number): readonly number[] {
    assert(this.#outer === undefined, "registers are declared outside of bodies");
    assert(Number.isSafeInteger(size) && size >= 0, `a register's size, got ${size}`);
    const taken = [...this.#qubitRegisters, ...this.#bitRegisters].map((register) => register.name);
    assert(!taken.includes(name), `a new name, got ${name} again`);
    const start = total(registers);
    registers.push(Object.freeze({ name, start, size }));
    return Array.from({ length: size }, (_, index) => start + index);
  }

  #body(write: (body: CircuitBuilder) => void): readonly Operation[] {
    const body = new CircuitBuilder(this);
    write(body);
    return Object.freeze([...body.#operations]);
  }

  #has(kind: "qubit" | "bit", index: number): boolean {
    if (this.#outer !== undefined) return this.#outer.#has(kind, index);
    const registers = kind === "qubit" ? this.#qubitRegisters : this.#bitRegisters;
    return Number.isSafeInteger(index) && index >= 0 && index < total(registers);
  }

  #allQubits(): readonly number[] {
    if (this.#outer !== undefined) return this.#outer.#allQubits();
    return Array.from({ length: total(this.#qubitRegisters) }, (_, index) => index);
  }

  #checkCondition(condition: Condition): void {
    for (const bit of conditionBits(condition)) assert(this.#has("bit", bit), `no bit ${bit}`);
  }
}

function total(registers: readonly Register[]): number {
  return registers.reduce((size, register) => size + register.size, 0);
}
