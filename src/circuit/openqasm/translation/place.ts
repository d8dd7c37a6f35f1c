/**
 * Places: names and indexed names, which can be read and, unless they are constant, written.
 */
import { assert, unreachable } from "#foundation";
import { type Memory, readBit } from "../../machine/code.ts";
import type { Place, ScalarPlace } from "../meaning/place-shape.ts";
import type { Meaning } from "../meaning/scope.ts";
import { type Position, Rejection } from "../source.ts";
import type { Expression, Index } from "../syntax.ts";
import { type ArrayPlace, indexedArray } from "../values/array-place.ts";
import { asInteger } from "../values/conversion.ts";
import {
  fixedList,
  type NumberList,
  placesOf,
  type Selector,
  selected,
  selectedCount,
} from "../values/number-list.ts";
import { constantOf, type Typed, typed } from "../values/typed.ts";
import {
  asBigint,
  bitWidth,
  reduced,
  type Scalar,
  typeText,
  type ValueType,
} from "../values/value-type.ts";
import { silently, type Translator } from "./translator.ts";

/** The place an expression names; `undefined` if it names none but has a value. */
export function resolvePlace(t: Translator, expression: Expression): Place | undefined {
  if (expression.kind === "name") return placeOfName(t, expression.at, expression.name);
  if (expression.kind === "hardware-qubit") {
    const qubit = t.hardwareQubit(expression.at, expression.index);
    return { kind: "qubits", list: fixedList([qubit], true) };
  }
  if (expression.kind !== "index") return undefined;
  const subject = resolvePlace(t, expression.subject) ?? heldValue(t, expression.subject);
  const selectors = expression.indices.map((index) => translateSelector(t, index));
  return indexedPlace(expression.at, subject, selectors);
}

/** What `name` means here. */
export function meaningOf(t: Translator, at: Position, name: string): Meaning {
  const meaning = t.scopes.find(name);
  if (meaning === undefined) throw new Rejection(at, `expected a declared name, got ${name}`);
  if (meaning.kind === "broken") throw silently(at);
  return meaning;
}

/** The value that is in `place`. */
export function valueOfPlace(at: Position, place: Place): Typed {
  switch (place.kind) {
    case "scalar":
      if (place.constant !== undefined) return constantOf(at, place.type, place.constant);
      return { at, type: place.type, constant: undefined, evaluate: place.read };
    case "bits":
      return valueOfBits(at, place.list);
    case "array":
      throw new Rejection(at, "expected a single value, got an array");
    case "qubits":
      throw new Rejection(at, "expected a value, got qubits");
    default:
      return unreachable(place);
  }
}

/** The bits of `list` as a value; asks for outcomes that are pending. */
export function valueOfBits(at: Position, list: NumberList): Typed {
  const { evaluate, size, isSingle } = list;
  if (isSingle) {
    return {
      at,
      type: { kind: "bit" },
      constant: undefined,
      evaluate: (memory) => readBit(memory, evaluate(memory)[0]) === 1,
      condition: (memory) => ({ kind: "bit", bit: evaluate(memory)[0] }),
    };
  }
  if (size === undefined) {
    throw new Rejection(at, "expected a slice whose length is fixed, got one that varies");
  }
  const read = (memory: Memory): bigint => {
    let value = 0n;
    for (const [place, cell] of evaluate(memory).entries()) {
      if (readBit(memory, cell) === 1) value |= 1n << BigInt(place);
    }
    return value;
  };
  const type: ValueType = { kind: "bits", width: size };
  return { at, type, constant: undefined, evaluate: read, bits: evaluate };
}

/** The parts of an index, translated. */
function translateSelector(t: Translator, index: Index): Selector {
  const whole = (expression: Expression) => asInteger(t.value(expression));
  switch (index.kind) {
    case "single":
      return { kind: "single", at: index.at, value: whole(index.value) };
    case "set":
      return { kind: "set", at: index.at, values: index.values.map(whole) };
    case "range":
      return {
        kind: "range",
        at: index.at,
        start: index.start === undefined ? undefined : whole(index.start),
        step: index.step === undefined ? undefined : whole(index.step),
        stop: index.stop === undefined ? undefined : whole(index.stop),
      };
    default:
      return unreachable(index);
  }
}

function placeOfName(t: Translator, at: Position, name: string): Place | undefined {
  if (t.scopes.find(name) === undefined && isBuiltInConstant(name)) return undefined;
  const meaning = meaningOf(t, at, name);
  switch (meaning.kind) {
    case "variable": {
      const { type, cell, constant } = meaning;
      if (constant !== undefined) {
        return { kind: "scalar", type, constant, read: () => constant, write: undefined };
      }
      const read = (memory: Memory): Scalar => scalarIn(memory, cell);
      const write = (memory: Memory, value: Scalar): void => {
        memory[cell] = value;
      };
      return { kind: "scalar", type, constant, read, write };
    }
    case "array":
    case "bits":
    case "qubits":
      return meaning;
    case "gate":
    case "subroutine":
    case "extern":
    case "timing":
      throw new Rejection(at, `expected a variable or register, got the ${meaning.kind} ${name}`);
    case "broken":
      throw silently(at);
    default:
      return unreachable(meaning);
  }
}

/** Names of the constants every program knows. */
export const builtInConstants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["π", Math.PI],
  ["tau", 2 * Math.PI],
  ["τ", 2 * Math.PI],
  ["euler", Math.E],
  ["ℇ", Math.E],
]);

function isBuiltInConstant(name: string): boolean {
  return builtInConstants.has(name);
}

/** The value in `cell`, which belongs to a variable. */
export function scalarIn(memory: Memory, cell: number): Scalar {
  const value = memory[cell];
  if (typeof value !== "object") return value;
  assert("re" in value, "the cell of a variable");
  return value;
}

function heldValue(t: Translator, expression: Expression): Place {
  const { type, constant, evaluate } = t.value(expression);
  return { kind: "scalar", type, constant, read: evaluate, write: undefined };
}

function indexedPlace(at: Position, subject: Place, selectors: readonly Selector[]): Place {
  switch (subject.kind) {
    case "bits":
    case "qubits":
      if (subject.list.isSingle) {
        throw new Rejection(at, `expected a register, got a single ${subject.kind.slice(0, -1)}`);
      }
      if (selectors.length !== 1) {
        throw new Rejection(at, `expected one index, got ${selectors.length}`);
      }
      return { ...subject, list: selected(subject.list, selectors[0]) };
    case "array": {
      const part = indexedArray(at, subject, selectors);
      return part.rank > 0 ? part : elementPlace(part);
    }
    case "scalar":
      if (selectors.length !== 1) {
        throw new Rejection(at, `expected one index, got ${selectors.length}`);
      }
      return bitsOfScalar(at, subject, selectors[0]);
    default:
      return unreachable(subject);
  }
}

function elementPlace(part: ArrayPlace): ScalarPlace {
  const write = (memory: Memory, value: Scalar): void => {
    memory[part.view(memory).base] = value;
  };
  return {
    kind: "scalar",
    type: part.element,
    constant: undefined,
    read: (memory) => scalarIn(memory, part.view(memory).base),
    write: part.mutable ? write : undefined,
  };
}

/** Bits of an integer, angle or register value. */
function bitsOfScalar(at: Position, subject: ScalarPlace, selector: Selector): ScalarPlace {
  const { type } = subject;
  const hasBits = ["int", "uint", "angle", "bits"].includes(type.kind);
  if (!hasBits || !("width" in type)) {
    throw new Rejection(at, `expected something with bits, got ${typeText(type)}`);
  }
  const width = bitWidth(type);
  const count = selectedCount(selector, width);
  if (count === undefined) {
    throw new Rejection(at, "expected a slice whose length is fixed, got one that varies");
  }
  const single = selector.kind === "single";
  const picked: ValueType = single ? { kind: "bit" } : { kind: "bits", width: count };
  const read = (memory: Memory): Scalar => {
    const whole = BigInt.asUintN(width, asBigint(subject.read(memory)));
    const places = placesOf(selector, width, memory);
    const value = places.reduce(
      (sum, place, index) => sum | (((whole >> BigInt(place)) & 1n) << BigInt(index)),
      0n,
    );
    return single ? value === 1n : value;
  };
  const { write } = subject;
  const writeBits = (memory: Memory, value: Scalar): void => {
    const bits = typeof value === "boolean" ? (value ? 1n : 0n) : asBigint(value);
    let changed = BigInt.asUintN(width, asBigint(subject.read(memory)));
    for (const [index, place] of placesOf(selector, width, memory).entries()) {
      const mask = 1n << BigInt(place);
      changed = ((bits >> BigInt(index)) & 1n) === 1n ? changed | mask : changed & ~mask;
    }
    write?.(memory, reduced(type, changed));
  };
  const whole: Typed = { at, type, constant: subject.constant, evaluate: subject.read };
  const { constant } = typed(at, picked, [whole, ...selectorParts(selector)], read);
  return { kind: "scalar", type: picked, constant, read, write: write && writeBits };
}

function selectorParts(selector: Selector): readonly Typed[] {
  switch (selector.kind) {
    case "single":
      return [selector.value];
    case "set":
      return selector.values;
    case "range":
      return [selector.start, selector.step, selector.stop].filter((part) => part !== undefined);
    default:
      return unreachable(selector);
  }
}
