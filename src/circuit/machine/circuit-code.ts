/**
 * Circuits translated to the machine's code. Bit i of the circuit is cell i; loop counters come
 * behind the bits.
 */
import { unreachable } from "#foundation";
import { type Circuit, type Condition, holds, type Operation, registerBits } from "../circuit.ts";
import {
  type BranchStructure,
  type Evaluate,
  type Instruction,
  type Program,
  readBit,
} from "./code.ts";

/** `circuit` as a program; symbols must be bound before it is run. */
export function programOfCircuit(circuit: Circuit): Program {
  const translation = new Translation(circuit.bitCount);
  translation.body(circuit.operations);
  translation.instructions.push({ kind: "halt" });
  return {
    instructions: translation.instructions,
    qubitCount: circuit.qubitCount,
    qubitRegisters: circuit.qubitRegisters.map((register) => ({
      name: register.name,
      qubits: registerBits(register),
    })),
    outputs: circuit.bitRegisters.map((register) => ({
      name: register.name,
      cells: registerBits(register),
    })),
    inputs: [],
    initialCells: new Array<number>(translation.cellCount).fill(0),
    bitCells: Array.from({ length: circuit.bitCount }, (_, bit) => bit),
    subroutineCells: [],
  };
}

const NO_CELLS = { from: 0, to: 0 };

class Translation {
  readonly instructions: Instruction[] = [];
  cellCount: number;

  constructor(cellCount: number) {
    this.cellCount = cellCount;
  }

  body(operations: readonly Operation[]): void {
    for (const operation of operations) this.operation(operation);
  }

  operation(operation: Operation): void {
    switch (operation.kind) {
      case "gate":
      case "unitary": {
        const operations = [operation];
        this.instructions.push({ kind: "apply", operations: () => operations });
        return;
      }
      case "measure": {
        const measurements = [{ qubit: operation.qubit, cell: operation.bit }];
        this.instructions.push({ kind: "measure", measurements: () => measurements });
        return;
      }
      case "reset": {
        const qubits = [operation.qubit];
        this.instructions.push({ kind: "reset", qubits: () => qubits });
        return;
      }
      case "barrier":
        this.instructions.push({ kind: "barrier", qubits: () => operation.qubits });
        return;
      case "assign":
        this.assign(operation.bit, operation.value);
        return;
      case "if":
        this.choice(operation);
        return;
      case "repeat":
        this.repetition(operation.times, operation.body);
        return;
      case "while":
        this.loop(operation.condition, operation.body);
        return;
      default:
        unreachable(operation);
    }
  }

  assign(bit: number, value: Condition): void {
    if (value.kind === "bit") {
      // A copy of a pending bit need not be decided.
      this.instructions.push({
        kind: "store",
        assigns: { cell: bit, condition: () => value },
        run: (memory) => {
          memory[bit] = memory[value.bit];
        },
      });
      return;
    }
    const holdsIn = evaluated(value);
    this.instructions.push({
      kind: "store",
      assigns: { cell: bit, condition: () => value },
      run: (memory) => {
        memory[bit] = holdsIn(memory) ? 1 : 0;
      },
    });
  }

  choice(operation: Extract<Operation, { kind: "if" }>): void {
    const { condition, whenTrue, whenFalse } = operation;
    const branch = this.placeholder();
    this.body(whenTrue);
    const skip = this.placeholder();
    const otherwise = this.instructions.length;
    this.body(whenFalse);
    const join = this.instructions.length;
    this.instructions[skip] = { kind: "jump", to: join };
    this.instructions[branch] = {
      kind: "branch",
      condition: evaluated(condition),
      otherwise,
      structure: { form: "if", join, condition: () => condition, locals: NO_CELLS },
    };
  }

  loop(condition: Condition, body: readonly Operation[]): void {
    const structure: BranchStructure = {
      form: "while",
      join: this.instructions.length,
      condition: () => condition,
      locals: NO_CELLS,
    };
    this.cycle(structure, evaluated(condition), () => this.body(body));
  }

  repetition(times: number, body: readonly Operation[]): void {
    const counter = this.cellCount;
    this.cellCount += 1;
    this.instructions.push({
      kind: "store",
      run: (memory) => {
        memory[counter] = 0;
      },
    });
    const head = this.instructions.length;
    const structure: BranchStructure = {
      form: "while",
      join: head,
      condition: undefined,
      locals: NO_CELLS,
    };
    const goOn = (memory: readonly unknown[]) => Number(memory[counter]) < times;
    this.cycle(structure, goOn, () => {
      this.body(body);
      this.instructions.push({
        kind: "store",
        run: (memory) => {
          memory[counter] = Number(memory[counter]) + 1;
        },
      });
    });
  }

  cycle(structure: BranchStructure, condition: Evaluate<boolean>, body: () => void): void {
    const head = this.placeholder();
    body();
    this.instructions.push({ kind: "jump", to: head });
    const otherwise = this.instructions.length;
    this.instructions[head] = { kind: "branch", condition, otherwise, structure };
  }

  placeholder(): number {
    return this.instructions.push({ kind: "halt" }) - 1;
  }
}

function evaluated(condition: Condition): Evaluate<boolean> {
  return (memory) => holds(condition, (bit) => readBit(memory, bit) === 1);
}
