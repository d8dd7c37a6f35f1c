/**
 * Programs as circuits: everything that does not depend on measurements is carried out, and what
 * does is kept as structured control flow on classical bits. A program that computes with outcomes
 * in any other way has no circuit.
 */
import { assert, Fault, unreachable } from "#foundation";
import {
  type Circuit,
  type Condition,
  conditionBits,
  type Operation,
  type Register,
} from "../circuit.ts";
import { relabelledCondition } from "../conditions.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import {
  type BranchStructure,
  type CellRange,
  type Instruction,
  type Memory,
  OutcomeNeeded,
  PENDING,
  type Program,
} from "./code.ts";
import { cellText, STEPS_MAX } from "./run.ts";

/**
 * The circuit that does what `program` does. Bits that no output register holds are put in a
 * register `scratch`.
 *
 * @param memory the cells to begin with, inputs written.
 * @throws Fault `circuit-not-flat`, and those of a run.
 */
export function flattened(program: Program, memory: Memory): Circuit {
  const flattening = new Flattening(program);
  const operations: Operation[] = [];
  const end = flattening.walk({ place: 0, memory, returns: [] }, operations, undefined);
  assert(end === "halt", "a program that ends with halt");
  return flattening.circuit(operations);
}

/**
 * A way through the program; an unknown bit's cell holds {@link PENDING} plus the number of a bit
 * cell.
 */
interface Way {
  place: number;
  memory: Memory;
  returns: number[];
}

/**
 * Where a way ends that is only a part: at `join`, with as many open calls, and never outside of
 * `from` to `to`.
 */
interface Bounds {
  readonly from: number;
  readonly join: number;
  readonly to: number;
  readonly depth: number;
}

type Branch = Extract<Instruction, { kind: "branch" }>;

class Flattening {
  readonly #program: Program;
  readonly #bits = new Map<number, number>();
  readonly #registers: Register[] = [];
  readonly #isBit: ReadonlySet<number>;
  #scratch = 0;
  #steps = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#isBit = new Set(program.bitCells);
    for (const { name, cells, width } of program.outputs) {
      if (width !== undefined) continue;
      this.#registers.push({ name, start: this.#bits.size, size: cells.length });
      for (const cell of cells) this.#bits.set(cell, this.#bits.size);
    }
  }

  circuit(operations: readonly Operation[]): Circuit {
    const { qubitCount, qubitRegisters } = this.#program;
    const start = this.#bits.size - this.#scratch;
    const taken = new Set([...this.#registers, ...qubitRegisters].map((register) => register.name));
    let name = "scratch";
    while (taken.has(name)) name = `${name}_`;
    const scratch = this.#scratch > 0 ? [{ name, start, size: this.#scratch }] : [];
    return Object.freeze({
      kind: "circuit",
      qubitCount,
      bitCount: this.#bits.size,
      qubitRegisters: qubitRegisters.map(({ name: label, qubits }) => ({
        name: label,
        start: qubits[0] ?? 0,
        size: qubits.length,
      })),
      bitRegisters: [...this.#registers, ...scratch],
      operations,
    });
  }

  /** Follows `way` to its end and appends what it does to `sink`. */
  walk(way: Way, sink: Operation[], bounds: Bounds | undefined): "halt" | "join" {
    for (;;) {
      if (bounds !== undefined && way.returns.length === bounds.depth) {
        if (way.place === bounds.join) return "join";
        if (way.place < bounds.from || way.place > bounds.to)
          throw notFlat("a jump out of a branch");
      }
      if (bounds !== undefined && way.returns.length < bounds.depth) throw notFlat("a return");
      this.#steps += 1;
      if (this.#steps > STEPS_MAX) throw exhausted();
      const instruction = this.#program.instructions[way.place];
      if (instruction.kind === "halt") {
        if (bounds !== undefined) throw notFlat("an end");
        return "halt";
      }
      try {
        this.#step(instruction, way, sink);
      } catch (thrown) {
        if (!(thrown instanceof OutcomeNeeded)) throw thrown;
        this.#decideLater(instruction, way, sink);
      }
    }
  }

  #step(instruction: Exclude<Instruction, { kind: "halt" }>, way: Way, sink: Operation[]): void {
    const { memory } = way;
    switch (instruction.kind) {
      case "apply":
        for (const operation of instruction.operations(memory)) sink.push(operation);
        break;
      case "measure":
        for (const { qubit, cell } of instruction.measurements(memory)) {
          sink.push({ kind: "measure", qubit, bit: this.#bit(cell ?? -1) });
          if (cell !== undefined) memory[cell] = PENDING + cell;
        }
        break;
      case "reset":
        for (const qubit of instruction.qubits(memory)) sink.push({ kind: "reset", qubit });
        break;
      case "barrier":
        sink.push({ kind: "barrier", qubits: instruction.qubits(memory) });
        break;
      case "store":
        this.#store(instruction, memory, sink);
        break;
      case "branch":
        way.place = instruction.condition(memory) ? way.place + 1 : instruction.otherwise;
        return;
      case "jump":
        way.place = instruction.to;
        return;
      case "call":
        instruction.enter(memory);
        way.returns.push(way.place + 1);
        way.place = instruction.to;
        return;
      case "return":
        way.place = way.returns.pop() ?? way.place;
        return;
      case "refuse":
        throw new Fault(instruction.row, { detail: instruction.detail });
      default:
        unreachable(instruction);
    }
    way.place += 1;
  }

  /** Carries out a store; what it did to bits becomes assignments. */
  #store(
    instruction: Extract<Instruction, { kind: "store" }>,
    memory: Memory,
    sink: Operation[],
  ): void {
    const before = this.#program.bitCells.map((cell) => memory[cell]);
    instruction.run(memory);
    const changed = this.#program.bitCells.filter((cell, index) => memory[cell] !== before[index]);
    for (const cell of changed) {
      const value = Number(memory[cell]);
      const source = value - PENDING;
      if (source >= 0 && changed.includes(source)) throw notFlat("an exchange of bits");
      const condition: Condition =
        source >= 0
          ? { kind: "bit", bit: this.#bit(source) }
          : { kind: "constant", value: value === 1 };
      sink.push({ kind: "assign", bit: this.#bit(cell), value: condition });
      if (source >= 0) memory[cell] = PENDING + cell;
    }
  }

  /** An instruction that depends on an outcome: what can be kept as control flow is. */
  #decideLater(instruction: Instruction, way: Way, sink: Operation[]): void {
    if (instruction.kind === "store" && instruction.assigns !== undefined) {
      const { cell, condition } = instruction.assigns;
      const value = this.#condition(condition(way.memory));
      sink.push({ kind: "assign", bit: this.#bit(cell), value });
      way.memory[cell] = PENDING + cell;
      way.place += 1;
      return;
    }
    if (instruction.kind !== "branch") throw notFlat(`a measured value in ${instruction.kind}`);
    if (instruction.structure.form === "if") this.#choice(instruction, way, sink);
    else this.#loop(instruction, way, sink);
  }

  #choice({ structure, otherwise }: Branch, way: Way, sink: Operation[]): void {
    const condition = this.#conditionOf(structure, way.memory);
    const depth = way.returns.length;
    const bounds = { from: way.place, join: structure.join, to: structure.join, depth };
    const walked = [way.place + 1, otherwise].map((place) => {
      const part: Way = { place, memory: [...way.memory], returns: [...way.returns] };
      const operations: Operation[] = [];
      this.walk(part, operations, bounds);
      return { memory: part.memory, operations };
    });
    const [yes, no] = walked;
    for (const cell of this.#differing(yes.memory, no.memory, structure.locals, depth)) {
      yes.memory[cell] = PENDING + cell;
    }
    sink.push({ kind: "if", condition, whenTrue: yes.operations, whenFalse: no.operations });
    way.memory = yes.memory;
    way.place = structure.join;
  }

  /** A loop is walked once, with all bits unknown that a round may change. */
  #loop({ structure, otherwise }: Branch, way: Way, sink: Operation[]): void {
    if (structure.join !== way.place) throw notFlat("a call in the condition of a loop");
    const depth = way.returns.length;
    const bounds = { from: way.place, join: way.place, to: otherwise, depth };
    for (;;) {
      const condition = this.#conditionOf(structure, way.memory);
      const part: Way = {
        place: way.place + 1,
        memory: [...way.memory],
        returns: [...way.returns],
      };
      const body: Operation[] = [];
      this.walk(part, body, bounds);
      const changed = this.#differing(way.memory, part.memory, structure.locals, depth);
      for (const cell of changed) way.memory[cell] = PENDING + cell;
      if (changed.length > 0) continue;
      sink.push({ kind: "while", condition, body });
      way.place = otherwise;
      return;
    }
  }

  /**
   * The bit cells in which two memories differ; other cells that still mean something must not
   * differ.
   */
  #differing(a: Memory, b: Memory, locals: CellRange, depth: number): readonly number[] {
    const dead = depth === 0 ? [locals, ...this.#program.subroutineCells] : [locals];
    return a.flatMap((value, cell) => {
      if (cellText(value) === cellText(b[cell])) return [];
      if (this.#isBit.has(cell)) return [cell];
      if (dead.some(({ from, to }) => cell >= from && cell < to)) return [];
      throw notFlat("a variable that a branch changes");
    });
  }

  #conditionOf(structure: BranchStructure, memory: Memory): Condition {
    if (structure.condition === undefined) throw notFlat("a branch on more than bits");
    try {
      return this.#condition(structure.condition(memory));
    } catch (thrown) {
      if (thrown instanceof OutcomeNeeded) throw notFlat("a comparison of two measured values");
      throw thrown;
    }
  }

  #condition(onCells: Condition): Condition {
    const bits: number[] = [];
    for (const cell of conditionBits(onCells)) bits[cell] = this.#bit(cell);
    return relabelledCondition(onCells, bits);
  }

  /** The number of the bit in `cell`; -1 stands for outcomes that nobody wants. */
  #bit(cell: number): number {
    const known = this.#bits.get(cell);
    if (known !== undefined) return known;
    this.#scratch += 1;
    const bit = this.#bits.size;
    this.#bits.set(cell, bit);
    return bit;
  }
}

function notFlat(what: string): Fault {
  return new Fault(CIRCUIT_FAULTS.notFlat, {
    detail: `a circuit, expected outcomes to decide bits, if and while alone, got ${what}`,
  });
}

function exhausted(): Fault {
  return new Fault(CIRCUIT_FAULTS.stepsExhausted, {
    detail: `a program as a circuit, expected at most ${STEPS_MAX} steps, got more`,
  });
}
