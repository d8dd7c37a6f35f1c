/**
 * Translation of expressions. Calls of subroutines cannot be computed from the cells alone; they
 * become instructions in front of the statement, and what is right of `&&` and `||` is skipped
 * there when it is not needed.
 */
import { unreachable } from "#foundation";
import { CIRCUIT_FAULTS } from "../../faults.ts";
import { type Position, placeText, Rejection } from "../source.ts";
import type { Expression, TypeSyntax } from "../syntax.ts";
import { asCondition, explicitly } from "../values/conversion.ts";
import { callBuiltIn, isBuiltInFunction } from "../values/functions.ts";
import { binary, unary } from "../values/operators.ts";
import { constantOf, type Typed } from "../values/typed.ts";
import { asBoolean, type ValueType, zeroOf } from "../values/value-type.ts";
import { constantInteger } from "./constant.ts";
import { builtInConstants, meaningOf, resolvePlace, scalarIn, valueOfPlace } from "./place.ts";
import { callSubroutine } from "./subroutine-call.ts";
import type { Translator } from "./translator.ts";
import { literalType, scalarType } from "./type-syntax.ts";

/** The value of `expression`; emits the calls it holds. */
export function translateValue(t: Translator, expression: Expression): Typed {
  const { at } = expression;
  switch (expression.kind) {
    case "integer":
      return constantOf(at, literalType(at, expression.value), expression.value);
    case "float":
      return constantOf(at, { kind: "float", width: undefined }, expression.value);
    case "imaginary":
      return constantOf(at, { kind: "complex", width: undefined }, { re: 0, im: expression.value });
    case "boolean":
      return constantOf(at, { kind: "bool" }, expression.value);
    case "bits": {
      const { value } = expression;
      return constantOf(at, { kind: "bits", width: value.length }, BigInt(`0b${value}`));
    }
    case "timing":
    case "durationof":
      return timingValue(t, at);
    case "name":
      return namedValue(t, expression.at, expression.name);
    case "hardware-qubit":
      throw new Rejection(at, `expected a value, got the qubit $${expression.index}`);
    case "index":
      return placedValue(t, expression);
    case "unary":
      return unary(at, expression.operator, translateValue(t, expression.operand));
    case "binary":
      return binaryValue(t, expression);
    case "call":
      return callValue(t, expression);
    case "cast":
      return castValue(t, at, expression.type, translateValue(t, expression.operand));
    default:
      return unreachable(expression);
  }
}

/** Emits the refusal of whatever needs durations: it is met when the program gets there. */
export function refuseTiming(t: Translator, at: Position, what: string): void {
  const detail = `${placeText(at)}: expected no timing or calibration, got ${what}`;
  t.emit({ kind: "refuse", row: CIRCUIT_FAULTS.openQasmUnsupported, detail });
}

function timingValue(t: Translator, at: Position): Typed {
  refuseTiming(t, at, "a duration");
  return { at, type: { kind: "float", width: undefined }, constant: undefined, evaluate: () => 0 };
}

function namedValue(t: Translator, at: Position, name: string): Typed {
  const known = builtInConstants.get(name);
  if (known !== undefined && t.scopes.find(name) === undefined) {
    return constantOf(at, { kind: "float", width: 64 }, known);
  }
  if (t.scopes.find(name)?.kind === "timing") return timingValue(t, at);
  return placedValue(t, { kind: "name", at, name });
}

function placedValue(t: Translator, expression: Expression): Typed {
  const place = resolvePlace(t, expression);
  if (place === undefined) throw new Rejection(expression.at, "expected a value");
  return valueOfPlace(expression.at, place);
}

function binaryValue(t: Translator, expression: Extract<Expression, { kind: "binary" }>): Typed {
  const { at, operator, left, right } = expression;
  const isLogical = operator === "&&" || operator === "||";
  if (isLogical && emitsCode(t, right)) return shortCircuit(t, at, operator, left, right);
  return binary(at, operator, translateValue(t, left), translateValue(t, right));
}

/**
 * `left && right` or `left || right` where the right side runs instructions that must not run in
 * vain.
 */
function shortCircuit(
  t: Translator,
  at: Position,
  operator: "&&" | "||",
  left: Expression,
  right: Expression,
): Typed {
  const cell = t.allocate(at, 1, false);
  const first = asCondition(translateValue(t, left));
  t.store((memory) => {
    memory[cell] = asBoolean(first.evaluate(memory));
  });
  const branch = t.reserve();
  const from = t.initialCells.length;
  const second = asCondition(translateValue(t, right));
  t.store((memory) => {
    memory[cell] = asBoolean(second.evaluate(memory));
  });
  const goOn = operator === "&&";
  t.instructions[branch] = {
    kind: "branch",
    condition: (memory) => memory[cell] === goOn,
    otherwise: t.place,
    structure: {
      form: "if",
      join: t.place,
      condition: undefined,
      locals: { from, to: t.initialCells.length },
    },
  };
  return {
    at,
    type: { kind: "bool" },
    constant: undefined,
    evaluate: (memory) => scalarIn(memory, cell),
  };
}

/** Whether translating `expression` emits instructions. */
function emitsCode(t: Translator, expression: Expression): boolean {
  switch (expression.kind) {
    case "call":
      return (
        t.scopes.find(expression.name) !== undefined ||
        expression.callArguments.some((argument) => emitsCode(t, argument))
      );
    case "unary":
    case "cast":
      return emitsCode(t, expression.operand);
    case "binary":
      return emitsCode(t, expression.left) || emitsCode(t, expression.right);
    case "index":
      return (
        emitsCode(t, expression.subject) ||
        expression.indices.some((index) => index.kind === "single" && emitsCode(t, index.value))
      );
    case "timing":
    case "durationof":
      return true;
    case "integer":
    case "float":
    case "imaginary":
    case "boolean":
    case "bits":
    case "name":
    case "hardware-qubit":
      return false;
    default:
      return unreachable(expression);
  }
}

function callValue(t: Translator, expression: Extract<Expression, { kind: "call" }>): Typed {
  const { at, name, callArguments } = expression;
  const isOwn = t.scopes.find(name) !== undefined;
  if (!isOwn && name === "sizeof") return sizeOf(t, at, callArguments);
  if (!isOwn && isBuiltInFunction(name)) {
    return callBuiltIn(
      at,
      name,
      callArguments.map((argument) => translateValue(t, argument)),
    );
  }
  const meaning = meaningOf(t, at, name);
  if (meaning.kind === "extern") {
    const detail = `${placeText(at)}: expected no external function, got ${name}`;
    t.emit({ kind: "refuse", row: CIRCUIT_FAULTS.openQasmUnsupported, detail });
    const type: ValueType = meaning.result ?? { kind: "int", width: undefined };
    return { at, type, constant: undefined, evaluate: () => zeroOf(type) };
  }
  if (meaning.kind !== "subroutine") {
    throw new Rejection(at, `expected a function or subroutine, got the ${meaning.kind} ${name}`);
  }
  const result = callSubroutine(t, at, meaning.subroutine, callArguments);
  if (result === undefined) throw new Rejection(at, `expected a value, but ${name} returns none`);
  return valueOfPlace(at, result);
}

function sizeOf(t: Translator, at: Position, callArguments: readonly Expression[]): Typed {
  const [subject, dimensionSyntax] = callArguments;
  const array = subject === undefined ? undefined : resolvePlace(t, subject);
  if (array?.kind !== "array" || callArguments.length > 2) {
    throw new Rejection(at, "expected an array and perhaps the number of a dimension");
  }
  const dimension =
    dimensionSyntax === undefined ? 0 : constantInteger(t, dimensionSyntax, "a dimension");
  if (dimension < 0 || dimension >= array.rank) {
    throw new Rejection(at, `expected a dimension from 0 to ${array.rank - 1}, got ${dimension}`);
  }
  const type = { kind: "uint", width: undefined } as const;
  if (array.lengths !== undefined) return constantOf(at, type, BigInt(array.lengths[dimension]));
  const evaluate: Typed["evaluate"] = (memory) => BigInt(array.view(memory).lengths[dimension]);
  return { at, type, constant: undefined, evaluate };
}

function castValue(t: Translator, at: Position, syntax: TypeSyntax, operand: Typed): Typed {
  const type = scalarType(t, syntax);
  if (type === "timing") return timingValue(t, at);
  return { ...explicitly(operand, type), at };
}
