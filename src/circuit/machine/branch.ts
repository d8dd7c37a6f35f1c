/**
 * A branch: one course of events so far, a run of the machine together with its quantum state.
 */
import { Fault } from "#foundation";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { QuantumState, StateEngine } from "../state-engine.ts";
import type { Program } from "./code.ts";
import { type Readout, readout, reportedQubits } from "./outcomes.ts";
import { advance, copyRun, decide, type Run, type Stop } from "./run.ts";

/** Bytes of states that may be held at once. */
export const HELD_BYTES_MAX = 2 ** 32;

/** One course of events. */
export interface Branch {
  readonly run: Run;
  readonly state: QuantumState;
  /** A probability, or a number of shots. */
  weight: number;
}

/** Where a branch cannot go on without an outcome. */
export type Fork = Exclude<Stop, { kind: "halt" }>;

/** The branch at the beginning. @throws Fault `circuit-qubits-too-many` */
export function openBranch(
  program: Program,
  run: Run,
  engine: StateEngine,
  weight: number,
): Branch {
  const { qubitCount } = program;
  if (qubitCount > engine.qubitCountMax) {
    throw new Fault(CIRCUIT_FAULTS.tooManyQubits, {
      detail:
        `the ${engine.name}, expected at most ${engine.qubitCountMax} qubits, got ` +
        `${qubitCount}, which would need ${memoryText(engine, qubitCount)}`,
    });
  }
  return { run: copyRun(run), state: engine.start(qubitCount), weight };
}

/** The memory of one state in GiB, or as a power of two where no machine has as much. */
function memoryText(engine: StateEngine, qubitCount: number): string {
  const bytes = engine.bytesFor(qubitCount);
  if (bytes < 2 ** 50) return `${Number((bytes / 2 ** 30).toPrecision(3))} GiB`;
  return `2^${qubitCount + Math.log2(engine.bytesFor(0))} bytes, more than any machine has`;
}

/** Carries on to the end or the next fork, with all gates applied. */
export function carryOn(program: Program, { run, state }: Branch): Stop {
  const stop = advance(program, run);
  if (run.queue.length > 0) state.apply(run.queue);
  run.queue = [];
  return stop;
}

/** An independent copy. */
export function twin({ run, state, weight }: Branch): Branch {
  return { run: copyRun(run), state: state.copy(), weight };
}

/** `branch` after the outcome `value`; a reset then turns the qubit back to |0>. */
export function follow(
  program: Program,
  branch: Branch,
  fork: Fork,
  value: 0 | 1,
  weight: number,
): Branch {
  branch.state.collapse(fork.qubit, value);
  if (fork.kind === "outcome") decide(program, branch.run, fork.qubit, value);
  else if (value === 1) {
    const flip = { kind: "gate", gate: "x", parameters: [], power: 1, controls: [] } as const;
    branch.state.apply([{ ...flip, targets: [fork.qubit] }]);
  }
  branch.weight = weight;
  return branch;
}

/** How the bits of a finished run are read. */
export function finalReadout(program: Program, run: Run): Readout {
  return program.outputs.length === 0
    ? reportedQubits(program.qubitCount)
    : readout(run.memory, program.outputs);
}
