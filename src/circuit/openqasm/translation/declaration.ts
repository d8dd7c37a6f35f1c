/**
 * Translation of declarations: qubits, variables, constants, inputs, outputs, arrays, aliases.
 */
import { unreachable } from "#foundation";
import type { Place } from "../meaning/place-shape.ts";
import { type Position, Rejection } from "../source.ts";
import type { Expression, Statement, TypeSyntax } from "../syntax.ts";
import { wholeView } from "../values/array-place.ts";
import { stored } from "../values/conversion.ts";
import { fixedList, joinedLists, type NumberList } from "../values/number-list.ts";
import { type ValueType, zeroOf } from "../values/value-type.ts";
import { assignTo } from "./assignment.ts";
import { refuseTiming } from "./expression.ts";
import { declareInput } from "./input.ts";
import { resolvePlace } from "./place.ts";
import { operandsOf } from "./right-side.ts";
import { allocateValue, listIn, placeOfResult } from "./subroutine.ts";
import type { Translator } from "./translator.ts";
import { lengthOf, scalarType } from "./type-syntax.ts";

type Declaration = Extract<Statement, { kind: "declare" }>;

const LENGTH_MAX = 2 ** 20;

/** Dimensions an array may have (specification, "Arrays"). */
const RANK_MAX = 7;

/** Declares a name with its type and emits its first value. */
export function translateDeclaration(t: Translator, statement: Declaration): void {
  const { at, type, role, name } = statement;
  switch (type.kind) {
    case "qubit":
      declareQubits(t, at, name, type.size);
      return;
    case "array":
      declareArray(t, statement, type);
      return;
    case "scalar": {
      const scalar = scalarType(t, type);
      if (scalar === "timing") {
        refuseTiming(t, at, `a ${type.name}`);
        t.scopes.declare(at, name, { kind: "timing" });
      } else if (role === "const") declareConstant(t, statement, scalar);
      else declareVariable(t, statement, scalar);
      return;
    }
    default:
      unreachable(type);
  }
}

/** Declares another name for a register, a part of one, or several put together. */
export function translateAlias(
  t: Translator,
  statement: Extract<Statement, { kind: "alias" }>,
): void {
  const { at, name, value } = statement;
  const places = operandsOf(value).map((part) => aliased(t, part));
  const [first] = places;
  const other = places.find((place) => place.kind !== first.kind);
  if (other !== undefined) throw new Rejection(at, "expected qubits alone or bits alone");
  const whole = places.length === 1 ? first.list : joinedLists(places.map((place) => place.list));
  const list = whole.fixed === undefined ? heldList(t, at, whole) : whole;
  const mutable = places.every((place) => place.kind === "bits" && place.mutable);
  const isQubits = first.kind === "qubits";
  t.scopes.declare(at, name, isQubits ? { kind: "qubits", list } : { kind: "bits", list, mutable });
}

function aliased(t: Translator, part: Expression): Extract<Place, { kind: "qubits" | "bits" }> {
  const place = resolvePlace(t, part);
  if (place?.kind === "qubits" || place?.kind === "bits") return place;
  throw new Rejection(part.at, "expected qubits or a classical register");
}

/** The list as it is now: what it was computed from may change later. */
function heldList(t: Translator, at: Position, list: NumberList): NumberList {
  const cell = t.allocate(at, 1, []);
  t.store((memory) => {
    memory[cell] = list.evaluate(memory);
  });
  return { ...list, evaluate: (memory) => listIn(memory, cell) };
}

function declareQubits(
  t: Translator,
  at: Position,
  name: string,
  size: Expression | undefined,
): void {
  if (!t.scopes.isGlobal) throw new Rejection(at, "expected qubits to be declared in no block");
  const count = size === undefined ? 1 : lengthOf(t, size, LENGTH_MAX);
  t.scopes.declare(at, name, { kind: "qubits", list: fixedList([], false) });
  const list = fixedList(t.allocateQubits(at, name, count), size === undefined);
  t.scopes.replace(name, { kind: "qubits", list });
}

function declareConstant(t: Translator, statement: Declaration, type: ValueType): void {
  const { at, name, value } = statement;
  if (value === undefined || value.kind === "measure" || value.kind === "gate-call") {
    throw new Rejection(at, "expected a constant value");
  }
  if (value.kind === "array-literal") throw new Rejection(value.at, "expected a single value");
  const { constant } = stored(t.value(value), type);
  if (constant === undefined) {
    throw new Rejection(value.at, "expected a value that does not depend on the run");
  }
  t.scopes.declare(at, name, { kind: "variable", type, cell: -1, constant });
}

function declareVariable(t: Translator, statement: Declaration, type: ValueType): void {
  const { at, name, role, value } = statement;
  const isInterface = role === "input" || role === "output";
  if (isInterface && !t.scopes.isGlobal) {
    throw new Rejection(at, `expected ${role}s to be declared in no block`);
  }
  const held = allocateValue(t, at, type);
  const place = placeOfResult(held);
  if (role === "input") declareInput(t, name, type, held);
  else if (value !== undefined) assignTo(t, at, place, undefined, value);
  else if (t.controlDepth > 0) clear(t, place, type);
  if (held.kind === "bits")
    t.scopes.declare(at, name, { kind: "bits", list: held.list, mutable: true });
  else t.scopes.declare(at, name, { kind: "variable", type, cell: held.cell, constant: undefined });
  if (t.scopes.isGlobal && role !== "input") report(t, name, role === "output", type, held);
}

/**
 * Bits are always reported; other values only where the program says that they are its output.
 */
function report(
  t: Translator,
  name: string,
  declared: boolean,
  type: ValueType,
  held: ReturnType<typeof allocateValue>,
): void {
  if (held.kind === "bits") t.outputs.push({ name, declared, cells: held.list.fixed ?? [] });
  else if (declared && type.kind === "bool") {
    t.outputs.push({ name, declared, cells: [held.cell], width: 1 });
  } else if (declared && (type.kind === "int" || type.kind === "uint" || type.kind === "angle")) {
    t.outputs.push({ name, declared, cells: [held.cell], width: type.width ?? 64 });
  } else if (declared) t.outputs.push({ name, declared, cells: [held.cell], width: 0 });
}

/** Gives a variable that is declared again, in a loop or call, its first value again. */
function clear(t: Translator, place: Place, type: ValueType): void {
  if (place.kind === "scalar") {
    const { write } = place;
    const zero = zeroOf(type);
    t.store((memory) => write?.(memory, zero));
  } else if (place.kind === "bits") {
    const cells = place.list.fixed ?? [];
    t.store((memory) => {
      for (const cell of cells) memory[cell] = 0;
    });
  }
}

function declareArray(
  t: Translator,
  statement: Declaration,
  type: Extract<TypeSyntax, { kind: "array" }>,
): void {
  const { at, name, role, value } = statement;
  if (!t.scopes.isGlobal) throw new Rejection(at, "expected arrays to be declared in no block");
  if (role === "input" || role === "output") {
    throw new Rejection(at, `expected a single value as an ${role}, got an array`);
  }
  const element = scalarType(t, type.element);
  if (element === "timing" || element.kind === "bit" || element.kind === "bits") {
    throw new Rejection(
      type.at,
      "expected elements of type int, uint, float, angle, bool or complex",
    );
  }
  if (type.lengths.length > RANK_MAX) {
    throw new Rejection(
      type.at,
      `expected at most ${RANK_MAX} dimensions, got ${type.lengths.length}`,
    );
  }
  const lengths = type.lengths.map((size) => lengthOf(t, size, LENGTH_MAX));
  const count = lengths.reduce((product, length) => product * length, 1);
  const view = wholeView(t.allocate(at, count, zeroOf(element)), lengths);
  const place = {
    kind: "array",
    element,
    lengths,
    rank: lengths.length,
    view: () => view,
    mutable: true,
  } as const;
  if (value !== undefined) assignTo(t, at, place, undefined, value);
  t.scopes.declare(at, name, place);
}
