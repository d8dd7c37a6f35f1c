/**
 * Calls of subroutines: arguments are computed, then put into the parameters' cells; the result is
 * moved out of the way of the next call at once.
 */
import { counted, unreachable } from "#foundation";
import type { Cell, Evaluate } from "../../machine/code.ts";
import type { Place } from "../meaning/place-shape.ts";
import type { Parameter, Subroutine } from "../meaning/subroutine-shape.ts";
import { type Position, Rejection } from "../source.ts";
import type { Expression } from "../syntax.ts";
import { arrayText } from "../values/array-place.ts";
import { implicitly, stored } from "../values/conversion.ts";
import { trap } from "../values/typed.ts";
import { asBigint, asBoolean, typeText } from "../values/value-type.ts";
import { resolvePlace } from "./place.ts";
import { rightSide } from "./right-side.ts";
import { allocateValue, placeOfResult } from "./subroutine.ts";
import type { Translator } from "./translator.ts";

/** An argument: the cells it is put into, and what is put there. */
interface Argument {
  readonly cells: readonly number[];
  readonly values: Evaluate<readonly Cell[]>;
  /** Whether the values are qubits, which no other argument may name. */
  readonly isQubits: boolean;
}

/** Emits the call; the result's place, if the subroutine has one. */
export function callSubroutine(
  t: Translator,
  at: Position,
  subroutine: Subroutine,
  callArguments: readonly Expression[],
): Place | undefined {
  const { name, parameters, result, entry } = subroutine;
  if (callArguments.length !== parameters.length) {
    const got = callArguments.length;
    throw new Rejection(at, `expected ${parameters.length} arguments of ${name}, got ${got}`);
  }
  const put = parameters.map((parameter, index) => argument(t, parameter, callArguments[index]));
  t.emit({
    kind: "call",
    to: entry,
    enter: (memory) => {
      const values = put.map((entry) => entry.values(memory));
      checkDistinct(at, put, values);
      for (const [index, { cells, isQubits }] of put.entries()) {
        if (isQubits) memory[cells[0]] = values[index].map(Number);
        else for (const [place, cell] of cells.entries()) memory[cell] = values[index][place];
      }
    },
  });
  if (result === undefined) return undefined;
  const type =
    result.kind === "scalar"
      ? result.type
      : result.list.isSingle
        ? ({ kind: "bit" } as const)
        : ({ kind: "bits", width: result.list.size ?? 0 } as const);
  const copy = allocateValue(t, at, type);
  const from = result.kind === "scalar" ? [result.cell] : (result.list.fixed ?? []);
  const to = copy.kind === "scalar" ? [copy.cell] : (copy.list.fixed ?? []);
  t.store((memory) => {
    for (const [place, cell] of to.entries()) memory[cell] = memory[from[place]];
  });
  return placeOfResult(copy);
}

function argument(t: Translator, parameter: Parameter, expression: Expression): Argument {
  const { at } = expression;
  switch (parameter.kind) {
    case "scalar": {
      const value = stored(t.value(expression), parameter.type);
      const { cell } = parameter;
      return { cells: [cell], values: (memory) => [value.evaluate(memory)], isQubits: false };
    }
    case "bits":
      return bitsArgument(t, parameter, expression);
    case "qubits": {
      const place = resolvePlace(t, expression);
      if (place?.kind !== "qubits") throw new Rejection(at, "expected qubits");
      const { list } = place;
      const { size, cell } = parameter;
      if (list.size !== undefined && list.size !== size) {
        throw new Rejection(at, `expected ${counted(size, "qubit")}, got ${list.size}`);
      }
      const values = (memory: Cell[]) => {
        const qubits = list.evaluate(memory);
        if (qubits.length !== size)
          trap(at, `expected ${counted(size, "qubit")}, got ${qubits.length}`);
        return qubits;
      };
      return { cells: [cell], values, isQubits: true };
    }
    case "array":
      return arrayArgument(t, parameter, expression);
    default:
      return unreachable(parameter);
  }
}

function bitsArgument(
  t: Translator,
  parameter: Extract<Parameter, { kind: "bits" }>,
  expression: Expression,
): Argument {
  const { at } = expression;
  const { list } = parameter;
  const cells = list.fixed ?? [];
  const right = rightSide(t, expression);
  if (right.kind === "array") throw new Rejection(at, "expected bits, got an array");
  if (right.kind === "bits") {
    const { size } = right.list;
    if (size !== undefined && size !== cells.length) {
      throw new Rejection(at, `expected ${cells.length} bits, got ${size}`);
    }
    const values = (memory: Cell[]) => {
      const source = right.list.evaluate(memory);
      if (source.length !== cells.length) {
        trap(at, `expected ${cells.length} bits, got ${source.length}`);
      }
      return source.map((cell) => memory[cell]);
    };
    return { cells, values, isQubits: false };
  }
  const value = list.isSingle
    ? implicitly(right.value, { kind: "bit" })
    : implicitly(right.value, { kind: "bits", width: cells.length });
  const values = (memory: Cell[]) => {
    const given = value.evaluate(memory);
    const whole = typeof given === "boolean" ? BigInt(asBoolean(given)) : asBigint(given);
    return cells.map((_, place) => Number((whole >> BigInt(place)) & 1n));
  };
  return { cells, values, isQubits: false };
}

function arrayArgument(
  t: Translator,
  parameter: Extract<Parameter, { kind: "array" }>,
  expression: Expression,
): Argument {
  const { at } = expression;
  const { element, lengths, rank, mutable, cell } = parameter;
  const place = resolvePlace(t, expression);
  if (place?.kind !== "array") throw new Rejection(at, "expected an array");
  const sameLengths =
    lengths === undefined || place.lengths === undefined || lengths.join() === place.lengths.join();
  if (typeText(place.element) !== typeText(element) || place.rank !== rank || !sameLengths) {
    const [wanted, got] = [arrayText(element, lengths), arrayText(place.element, place.lengths)];
    throw new Rejection(at, `expected ${wanted} of ${rank} dimensions, got ${got}`);
  }
  if (mutable && !place.mutable) throw new Rejection(at, "expected an array that may be changed");
  const values = (memory: Cell[]) => {
    const view = place.view(memory);
    if (lengths !== undefined && view.lengths.join() !== lengths.join()) {
      trap(at, `expected an array of lengths ${lengths}, got ${view.lengths}`);
    }
    return [view];
  };
  return { cells: [cell], values, isQubits: false };
}

function checkDistinct(
  at: Position,
  put: readonly Argument[],
  values: readonly (readonly Cell[])[],
): void {
  const qubits = values.filter((_, index) => put[index].isQubits).flat();
  if (new Set(qubits).size !== qubits.length) {
    trap(at, "expected each qubit in one argument, got one twice");
  }
}
