/**
 * One run of the machine: instructions are carried out until the run halts, or until something must
 * be known about the quantum state. Gates are collected, not applied; measurements stay pending as
 * long as nothing asks for their outcome and only diagonal gates and controls touch the qubit (the
 * principle of deferred measurement). Most circuits therefore reach their end as one run of gates
 * and one joint measurement.
 */
import { Fault, unreachable } from "#foundation";
import type { UnitaryOperation } from "../circuit.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import { appliedUnitary } from "../gates/applied-unitary.ts";
import {
  type Cell,
  type Instruction,
  type Memory,
  OutcomeNeeded,
  PENDING,
  type Program,
} from "./code.ts";

/**
 * Instructions and gates a run may take before it is thought to be endless, unless the caller says
 * otherwise.
 */
export const STEPS_MAX = 10_000_000;

/** A run in progress; copied where it branches. */
export interface Run {
  place: number;
  readonly memory: Memory;
  readonly returns: number[];
  /** 1 for qubits that were measured and not looked at yet. */
  readonly pending: Uint8Array;
  /** 1 for qubits that may differ from |0>. */
  readonly touched: Uint8Array;
  /** Gates not yet given to the engine. */
  queue: UnitaryOperation[];
  /** Instructions and gates it may still take. */
  stepsLeft: number;
}

/** Why a run stopped. */
export type Stop =
  | { readonly kind: "halt" }
  /** The outcome of this measured qubit must be decided; the instruction is then run again. */
  | { readonly kind: "outcome"; readonly qubit: number }
  /** These qubits are to be returned to |0>; the run goes on behind. */
  | { readonly kind: "reset"; readonly qubit: number };

/** A run at the beginning of `program`, of at most `stepsMax` steps. */
export function startRun(program: Program, stepsMax: number): Run {
  return {
    place: 0,
    memory: [...program.initialCells],
    returns: [],
    pending: new Uint8Array(program.qubitCount),
    touched: new Uint8Array(program.qubitCount),
    queue: [],
    stepsLeft: stepsMax,
  };
}

/** An independent copy of `run`. */
export function copyRun(run: Run): Run {
  return {
    ...run,
    memory: [...run.memory],
    returns: [...run.returns],
    pending: run.pending.slice(),
    touched: run.touched.slice(),
    queue: [...run.queue],
  };
}

/** Writes a decided outcome into every bit that waits for it. */
export function decide(program: Program, run: Run, qubit: number, value: 0 | 1): void {
  run.pending[qubit] = 0;
  for (const cell of program.bitCells) {
    if (run.memory[cell] === PENDING + qubit) run.memory[cell] = value;
  }
}

/**
 * Carries on until something must be decided or the run halts.
 *
 * @throws Fault `circuit-steps-exhausted`, `openqasm-unsupported`, `openqasm-run-time-error`.
 */
export function advance(program: Program, run: Run): Stop {
  for (;;) {
    run.stepsLeft -= 1;
    if (run.stepsLeft < 0) throw exhausted();
    const instruction = program.instructions[run.place];
    try {
      const stop = carryOut(instruction, run);
      if (stop !== undefined) return stop;
    } catch (thrown) {
      if (!(thrown instanceof OutcomeNeeded)) throw thrown;
      return { kind: "outcome", qubit: thrown.qubit };
    }
  }
}

function carryOut(instruction: Instruction, run: Run): Stop | undefined {
  const { memory } = run;
  switch (instruction.kind) {
    case "apply":
      return collect(instruction.operations(memory), run);
    case "measure":
      for (const { qubit, cell } of instruction.measurements(memory)) measure(run, qubit, cell);
      break;
    case "reset": {
      const open = instruction.qubits(memory).find((qubit) => run.touched[qubit] === 1);
      if (open === undefined) break;
      if (run.pending[open] === 1) return { kind: "outcome", qubit: open };
      // The instruction is met again until no qubit of it is left.
      run.touched[open] = 0;
      return { kind: "reset", qubit: open };
    }
    case "barrier":
      break;
    case "store":
      instruction.run(memory);
      break;
    case "branch":
      if (instruction.condition(memory)) break;
      run.place = instruction.otherwise;
      return undefined;
    case "jump":
      run.place = instruction.to;
      return undefined;
    case "call":
      instruction.enter(memory);
      run.returns.push(run.place + 1);
      run.place = instruction.to;
      return undefined;
    case "return": {
      const back = run.returns.pop();
      if (back === undefined) return { kind: "halt" };
      run.place = back;
      return undefined;
    }
    case "halt":
      return { kind: "halt" };
    case "refuse":
      throw new Fault(instruction.row, { detail: instruction.detail });
    default:
      return unreachable(instruction);
  }
  run.place += 1;
  return undefined;
}

function collect(operations: readonly UnitaryOperation[], run: Run): Stop | undefined {
  for (const operation of operations) {
    const blocked = pendingQubitMixedBy(operation, run);
    if (blocked !== undefined) return { kind: "outcome", qubit: blocked };
  }
  run.stepsLeft -= operations.length;
  for (const operation of operations) {
    for (const target of operation.targets) run.touched[target] = 1;
    run.queue.push(operation);
  }
  run.place += 1;
  return undefined;
}

/** A measured qubit whose outcome `operation` would disturb. */
function pendingQubitMixedBy(operation: UnitaryOperation, run: Run): number | undefined {
  if (!operation.targets.some((target) => run.pending[target] === 1)) return undefined;
  const applied = appliedUnitary(operation);
  if (applied.diagonal) return undefined;
  return applied.targets.find((target) => run.pending[target] === 1);
}

function measure(run: Run, qubit: number, cell: number | undefined): void {
  const untouched = run.touched[qubit] === 0;
  if (!untouched) run.pending[qubit] = 1;
  if (cell !== undefined) run.memory[cell] = untouched ? 0 : PENDING + qubit;
}

/** The text of a cell: equal texts, equal values. */
export function cellText(cell: Cell): string {
  switch (typeof cell) {
    case "number":
      return Object.is(cell, -0) ? "-0" : String(cell);
    case "bigint":
      return `${cell}n`;
    case "boolean":
      return cell ? "t" : "f";
    case "object":
      return JSON.stringify(cell);
    default:
      return unreachable(cell);
  }
}

function exhausted(): Fault {
  return new Fault(CIRCUIT_FAULTS.stepsExhausted, {
    detail: "a run of the program, expected it to end within its limit of steps, got no end",
  });
}
