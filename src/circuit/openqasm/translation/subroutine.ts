/**
 * Subroutines: where their code begins and which cells their parameters and result are in. A name
 * is only declared behind its body, so no subroutine is ever entered twice at once and its cells
 * can be fixed.
 */

import { assert, unreachable } from "#foundation";
import type { Memory } from "../../machine/code.ts";
import type { Place } from "../meaning/place-shape.ts";
import type { Meaning } from "../meaning/scope.ts";
import type { Parameter, Result, Subroutine } from "../meaning/subroutine-shape.ts";
import { type Position, Rejection } from "../source.ts";
import type { ParameterSyntax, Statement, TypeSyntax } from "../syntax.ts";
import { viewIn } from "../values/array-place.ts";
import { fixedList } from "../values/number-list.ts";
import { trap } from "../values/typed.ts";
import { type ValueType, zeroOf } from "../values/value-type.ts";
import { constantInteger } from "./constant.ts";
import { mayReturn, mustReturn } from "./returning.ts";
import type { Translator } from "./translator.ts";
import { lengthOf, scalarType } from "./type-syntax.ts";

const QUBITS_MAX = 2 ** 20;

/** Emits the body of a subroutine, to be jumped over, and declares its name. */
export function translateSubroutine(
  t: Translator,
  statement: Extract<Statement, { kind: "subroutine" }>,
): void {
  const { at, name, body } = statement;
  if (!t.scopes.isGlobal) throw new Rejection(at, "expected subroutines to be defined in no block");
  const skip = t.reserve();
  const from = t.initialCells.length;
  const parameters = statement.parameters.map((parameter) => allocateParameter(t, parameter));
  const result = statement.result === undefined ? undefined : allocateResult(t, statement.result);
  const subroutine: Subroutine = { name, parameters, result, entry: t.place };
  const outer = { loops: t.loops, depth: t.controlDepth };
  t.subroutine = subroutine;
  t.loops = [];
  // Its variables are declared anew in every call.
  t.controlDepth = 1;
  t.scopes.within(true, () => {
    for (const [index, parameter] of statement.parameters.entries()) {
      t.scopes.declare(parameter.at, parameter.name, meaningOfParameter(parameters[index]));
    }
    t.statements(body);
  });
  endBody(t, statement);
  t.subroutine = undefined;
  t.loops = outer.loops;
  t.controlDepth = outer.depth;
  t.subroutineCells.push({ from, to: t.initialCells.length });
  t.instructions[skip] = { kind: "jump", to: t.place };
  t.scopes.declare(at, name, { kind: "subroutine", subroutine });
}

/** Ends a body that may get to its end; one that returns a value must not. */
function endBody(
  t: Translator,
  { at, name, result, body }: Extract<Statement, { kind: "subroutine" }>,
): void {
  const missing = `expected ${name} to return a value on every way to its end`;
  if (result === undefined) t.emit({ kind: "return" });
  else if (!mayReturn(body)) throw new Rejection(at, missing);
  else if (!mustReturn(body)) t.store(() => trap(at, missing));
}

/** The place where `result` is left. */
export function placeOfResult(result: Result): Place {
  if (result.kind === "bits") return { kind: "bits", list: result.list, mutable: true };
  const { cell, type } = result;
  return {
    kind: "scalar",
    type,
    constant: undefined,
    read: (memory) => {
      const value = memory[cell];
      assert(typeof value !== "object" || "re" in value, "a value");
      return value;
    },
    write: (memory, value) => {
      memory[cell] = value;
    },
  };
}

/** Cells for a value of `type`: of bits, each its own. */
export function allocateValue(t: Translator, at: Position, type: ValueType): Result {
  if (type.kind === "bit" || type.kind === "bits") {
    const size = type.kind === "bit" ? 1 : type.width;
    return { kind: "bits", list: fixedList(t.allocateBits(at, size), type.kind === "bit") };
  }
  return { kind: "scalar", type, cell: t.allocate(at, 1, zeroOf(type)) };
}

function allocateResult(t: Translator, syntax: TypeSyntax): Result {
  const type = scalarType(t, syntax);
  if (type === "timing") throw new Rejection(syntax.at, "expected a result that is no duration");
  return allocateValue(t, syntax.at, type);
}

function allocateParameter(t: Translator, { at, type }: ParameterSyntax): Parameter {
  if (type.kind === "qubit") {
    const size = type.size === undefined ? 1 : lengthOf(t, type.size, QUBITS_MAX);
    const isSingle = type.size === undefined;
    return { kind: "qubits", cell: t.allocate(at, 1, []), size, isSingle };
  }
  if (type.kind === "array") {
    const element = scalarType(t, type.element);
    if (element === "timing") throw new Rejection(at, "expected an array of values");
    const lengths =
      type.rank === undefined ? type.lengths.map((size) => lengthOf(t, size, 2 ** 20)) : undefined;
    const rank = lengths?.length ?? constantInteger(t, type.rank ?? type.lengths[0], "a rank");
    const mutable = type.access === "mutable";
    return { kind: "array", element, lengths, rank, mutable, cell: t.allocate(at, 1, 0) };
  }
  const scalar = scalarType(t, type);
  if (scalar === "timing") throw new Rejection(at, "expected a parameter that is no duration");
  return allocateValue(t, at, scalar);
}

function meaningOfParameter(parameter: Parameter): Meaning {
  switch (parameter.kind) {
    case "scalar":
      return { kind: "variable", type: parameter.type, cell: parameter.cell, constant: undefined };
    case "bits":
      return { kind: "bits", list: parameter.list, mutable: true };
    case "qubits": {
      const { cell, size, isSingle } = parameter;
      const evaluate = (memory: Memory) => listIn(memory, cell);
      return { kind: "qubits", list: { isSingle, size, fixed: undefined, evaluate } };
    }
    case "array": {
      const { element, lengths, rank, mutable, cell } = parameter;
      const view = (memory: Memory) => viewIn(memory, cell);
      return { kind: "array", element, lengths, rank, mutable, view };
    }
    default:
      return unreachable(parameter);
  }
}

/** The list of numbers in `cell`. */
export function listIn(memory: Memory, cell: number): readonly number[] {
  const value = memory[cell];
  assert(typeof value === "object" && "length" in value, "a list of numbers");
  return value;
}
