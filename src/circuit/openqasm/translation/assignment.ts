/**
 * Assignments and measurements: everything that changes what is in a place.
 */
import { unreachable } from "#foundation";
import type { Cell, Measurement, Memory } from "../../machine/code.ts";
import type { Place } from "../meaning/place-shape.ts";
import { type Position, Rejection } from "../source.ts";
import type { BinaryOperator, Expression, GateCall, RightSide } from "../syntax.ts";
import { copyArray } from "../values/array-place.ts";
import { stored } from "../values/conversion.ts";
import type { NumberList } from "../values/number-list.ts";
import { binary } from "../values/operators.ts";
import { type Typed, trap } from "../values/typed.ts";
import { asBigint, type ValueType } from "../values/value-type.ts";
import { arrayLiteralValues } from "./array-literal.ts";
import { refuseTiming } from "./expression.ts";
import { qubitList } from "./gate-call.ts";
import { meaningOf, resolvePlace, valueOfBits, valueOfPlace } from "./place.ts";
import { placeValue, type RightValue, rightSide } from "./right-side.ts";
import { allocateValue, placeOfResult } from "./subroutine.ts";
import { callSubroutine } from "./subroutine-call.ts";
import type { Translator } from "./translator.ts";

/** Emits `target = value` or, with an operator, `target operator= value`. */
export function assign(
  t: Translator,
  target: Expression,
  operator: BinaryOperator | undefined,
  value: RightSide,
): void {
  const place = resolvePlace(t, target);
  if (place === undefined)
    throw new Rejection(target.at, "expected a variable that may be changed");
  assignTo(t, target.at, place, operator, value);
}

/** Emits the assignment of `value` to `place`. */
export function assignTo(
  t: Translator,
  at: Position,
  place: Place,
  operator: BinaryOperator | undefined,
  value: RightSide,
): void {
  if (value.kind === "measure") {
    if (operator !== undefined) throw new Rejection(value.at, "expected a plain = before measure");
    measureInto(t, value.at, value.operand, place);
    return;
  }
  const right = anyRightSide(t, value, place);
  if (operator === undefined) write(t, at, place, right);
  else write(t, at, place, { kind: "value", value: combined(at, place, operator, right) });
}

/** Emits the measurement of `operand` into `place`, or into nothing. */
export function measureInto(
  t: Translator,
  at: Position,
  operand: Expression,
  place: Place | undefined,
): void {
  if (t.calibrated.has("measure")) refuseTiming(t, at, "a calibrated measurement");
  const qubits = qubitList(t, operand);
  if (place === undefined) {
    const measurements = (memory: Memory) => paired(at, qubits.evaluate(memory), undefined);
    t.emit({ kind: "measure", measurements });
    return;
  }
  if (place.kind === "bits") {
    requireMutable(at, place.mutable);
    requireEqualSizes(at, qubits, place.list);
    emitMeasurement(t, at, qubits, place.list);
    return;
  }
  // Anything else is measured into bits of its own first, which are then converted.
  const { size } = qubits;
  if (size === undefined) throw new Rejection(at, "expected qubits whose number is fixed");
  const type: ValueType = qubits.isSingle ? { kind: "bit" } : { kind: "bits", width: size };
  const held = allocateValue(t, at, type);
  if (held.kind === "bits") emitMeasurement(t, at, qubits, held.list);
  write(t, at, place, placeValue(at, placeOfResult(held)));
}

function emitMeasurement(t: Translator, at: Position, qubits: NumberList, bits: NumberList): void {
  if (qubits.fixed !== undefined && bits.fixed !== undefined) {
    const pairs = paired(at, qubits.fixed, bits.fixed);
    t.emit({ kind: "measure", measurements: () => pairs });
    return;
  }
  t.emit({
    kind: "measure",
    measurements: (memory) => paired(at, qubits.evaluate(memory), bits.evaluate(memory)),
  });
}

function paired(
  at: Position,
  qubits: readonly number[],
  cells: readonly number[] | undefined,
): readonly Measurement[] {
  if (cells !== undefined && cells.length !== qubits.length) {
    trap(at, `expected as many bits as qubits, got ${cells.length} and ${qubits.length}`);
  }
  return qubits.map((qubit, index) => ({ qubit, cell: cells?.[index] }));
}

function requireEqualSizes(at: Position, qubits: NumberList, bits: NumberList): void {
  if (qubits.size === undefined || bits.size === undefined || qubits.size === bits.size) return;
  throw new Rejection(at, `expected as many bits as qubits, got ${bits.size} and ${qubits.size}`);
}

function anyRightSide(
  t: Translator,
  value: Exclude<RightSide, { kind: "measure" }>,
  place: Place,
): RightValue {
  if (value.kind === "gate-call") return subroutineValue(t, value);
  if (value.kind !== "array-literal") return rightSide(t, value);
  if (place.kind !== "array" || place.lengths === undefined) {
    throw new Rejection(value.at, "expected a value, got the values of an array");
  }
  const { element, lengths, rank } = place;
  return { kind: "array", element, rank, read: arrayLiteralValues(t, value, element, lengths) };
}

function subroutineValue(t: Translator, call: GateCall): RightValue {
  const { at, name, modifiers, callArguments, operands } = call;
  const meaning = meaningOf(t, at, name);
  if (meaning.kind !== "subroutine" || modifiers.length > 0) {
    throw new Rejection(at, `expected a subroutine that returns a value, got ${name}`);
  }
  const all = [...callArguments, ...operands];
  return placeValue(at, callSubroutine(t, at, meaning.subroutine, all));
}

function combined(at: Position, place: Place, operator: BinaryOperator, right: RightValue): Typed {
  if (right.kind === "array" || place.kind === "array") {
    throw new Rejection(at, "expected single values, got an array");
  }
  const operand = right.kind === "bits" ? valueOfBits(at, right.list) : right.value;
  return binary(at, operator, valueOfPlace(at, place), operand);
}

function write(t: Translator, at: Position, place: Place, right: RightValue): void {
  switch (place.kind) {
    case "qubits":
      throw new Rejection(at, "expected a classical variable, got qubits");
    case "bits":
      requireMutable(at, place.mutable);
      writeBits(t, at, place.list, right);
      return;
    case "array":
      writeArray(t, at, place, right);
      return;
    case "scalar": {
      if (place.write === undefined)
        throw new Rejection(at, "expected a variable that may be changed");
      if (right.kind === "array") throw new Rejection(at, "expected a single value, got an array");
      const given = right.kind === "bits" ? valueOfBits(at, right.list) : right.value;
      const value = stored(given, place.type);
      const { write: put } = place;
      t.store((memory) => put(memory, value.evaluate(memory)));
      return;
    }
    default:
      unreachable(place);
  }
}

function writeBits(t: Translator, at: Position, target: NumberList, right: RightValue): void {
  if (right.kind === "array") throw new Rejection(at, "expected bits, got an array");
  if (right.kind === "bits") {
    const source = right.list;
    if (source.size !== undefined && target.size !== undefined && source.size !== target.size) {
      throw new Rejection(at, `expected ${target.size} bits, got ${source.size}`);
    }
    t.store((memory) => {
      const values = source.evaluate(memory).map((cell) => memory[cell]);
      putCells(at, memory, target.evaluate(memory), values);
    });
    return;
  }
  const { size, isSingle } = target;
  if (size === undefined) throw new Rejection(at, "expected a slice whose length is fixed");
  const type: ValueType = isSingle ? { kind: "bit" } : { kind: "bits", width: size };
  const value = stored(right.value, type);
  const put = (memory: Memory): void => {
    const given = value.evaluate(memory);
    const whole = typeof given === "boolean" ? BigInt(given) : asBigint(given);
    const cells = target.evaluate(memory);
    const values = cells.map((_, index) => Number((whole >> BigInt(index)) & 1n));
    putCells(at, memory, cells, values);
  };
  const { condition } = value;
  const isBit = isSingle && target.fixed !== undefined && condition !== undefined;
  t.store(put, isBit ? { cell: target.fixed[0], condition } : undefined);
}

function putCells(
  at: Position,
  memory: Memory,
  cells: readonly number[],
  values: readonly Cell[],
): void {
  if (cells.length !== values.length)
    trap(at, `expected ${cells.length} bits, got ${values.length}`);
  for (const [index, cell] of cells.entries()) memory[cell] = values[index];
}

function writeArray(
  t: Translator,
  at: Position,
  place: Extract<Place, { kind: "array" }>,
  right: RightValue,
): void {
  requireMutable(at, place.mutable);
  const sameShape = right.kind === "array" && right.rank === place.rank;
  if (!sameShape || right.element.kind !== place.element.kind) {
    throw new Rejection(
      at,
      `expected an array of ${place.rank} dimensions and the same element type`,
    );
  }
  t.store((memory) => copyArray(at, memory, place.view(memory), right.read(memory)));
}

function requireMutable(at: Position, mutable: boolean): void {
  if (!mutable) throw new Rejection(at, "expected a variable that may be changed");
}
