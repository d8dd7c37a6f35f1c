/**
 * Control flow as OpenQASM 2 has it: single statements, each under the condition that one register
 * has one value. A choice becomes its statements under every value that leads to them.
 */
import { Fault, unreachable } from "#foundation";
import {
  type Condition,
  conditionBits,
  holds,
  type Operation,
  type Register,
  registerBits,
} from "../../circuit.ts";
import { not } from "../../conditions.ts";
import { CIRCUIT_FAULTS } from "../../faults.ts";

/** The values of a register under which a statement is carried out. */
export interface Guard {
  readonly register: Register;
  readonly values: readonly bigint[];
}

/** An operation and when it is carried out; always, if nothing guards it. */
export interface Guarded {
  readonly operation: Operation;
  readonly guard: Guard | undefined;
}

/** Bits of a register whose every value is written out. */
const REGISTER_BITS_MAX = 8;

/**
 * The operations of both branches of `choice`, itself under `around`, in order.
 *
 * @throws Fault `circuit-not-writable` for conditions on several registers, on more bits than are
 *   written out, or on bits that a branch changes before its last statement.
 */
export function guardedBranches(
  choice: Extract<Operation, { kind: "if" }>,
  around: Guard | undefined,
  registers: readonly Register[],
): readonly Guarded[] {
  const { condition, whenTrue, whenFalse } = choice;
  if (conditionBits(condition).length === 0) {
    const taken = holds(condition, () => false) ? whenTrue : whenFalse;
    return taken.map((operation) => ({ operation, guard: around }));
  }
  const register = registerOf(condition, around, registers);
  const all = around?.values ?? candidates(condition, register, whenFalse.length > 0);
  const branch = (when: Condition, operations: readonly Operation[]): readonly Guarded[] => {
    const values = all.filter((value) => holds(when, (bit) => isOne(value, bit - register.start)));
    return operations.map((operation) => ({ operation, guard: { register, values } }));
  };
  const guarded = [...branch(condition, whenTrue), ...branch(not(condition), whenFalse)];
  // Each statement is decided anew. The last may measure into the register: measured again under
  // another value, it only repeats itself.
  const early = guarded.at(-1)?.operation.kind === "measure" ? guarded.slice(0, -1) : guarded;
  const changed = new Set(early.flatMap(({ operation }) => writtenBits(operation)));
  if (registerBits(register).some((bit) => changed.has(bit))) {
    throw notWritable("a condition that stays as it is in its branch, got one that changes");
  }
  return guarded;
}

function registerOf(
  condition: Condition,
  around: Guard | undefined,
  registers: readonly Register[],
): Register {
  const bits = conditionBits(condition);
  const register = registers.find(({ start, size }) =>
    bits.every((bit) => bit >= start && bit < start + size),
  );
  if (register === undefined || (around !== undefined && around.register !== register)) {
    throw notWritable("conditions on the bits of one register, got several registers");
  }
  return register;
}

/** The values that may decide `condition`: all there are, or the one it asks for. */
function candidates(
  condition: Condition,
  register: Register,
  asksElse: boolean,
): readonly bigint[] {
  const { size } = register;
  if (size <= REGISTER_BITS_MAX) return Array.from({ length: 2 ** size }, (_, n) => BigInt(n));
  const isWhole =
    condition.kind === "compare" &&
    condition.relation === "==" &&
    condition.bits.join() === registerBits(register).join();
  if (isWhole && !asksElse) return [condition.value];
  const most = `of at most ${REGISTER_BITS_MAX} bits`;
  throw notWritable(`a register ${most} or one compared as a whole without else, got ${size} bits`);
}

function isOne(value: bigint, place: number): boolean {
  return ((value >> BigInt(place)) & 1n) === 1n;
}

function writtenBits(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case "measure":
    case "assign":
      return [operation.bit];
    case "if":
      return [...operation.whenTrue, ...operation.whenFalse].flatMap(writtenBits);
    case "repeat":
    case "while":
      return operation.body.flatMap(writtenBits);
    case "gate":
    case "unitary":
    case "reset":
    case "barrier":
      return [];
    default:
      return unreachable(operation);
  }
}

/** The fault of what OpenQASM 2 lacks. */
export function notWritable(expectation: string): Fault {
  return new Fault(CIRCUIT_FAULTS.notWritable, {
    detail: `a circuit as OpenQASM 2, expected ${expectation}`,
  });
}
