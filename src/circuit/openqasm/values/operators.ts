/**
 * Operators on values: the type of the result and its computation (specification, "Classical
 * instructions"; integers follow C99 with widths in bits, overflow wraps around).
 */
import { unreachable } from "#foundation";
import type { Relation } from "../../circuit.ts";
import { compare } from "../../circuit.ts";
import * as complexNumbers from "../../gates/complex.ts";
import type { Evaluate } from "../../machine/code.ts";
import { type Position, Rejection } from "../source.ts";
import type { BinaryOperator, UnaryOperator } from "../syntax.ts";
import { angleArithmetic } from "./angle-arithmetic.ts";
import { commonOperands, counted, isTruth, mismatch } from "./common-type.ts";
import { comparisonCondition, joined, mapCondition, negation } from "./condition-form.ts";
import { asCondition, implicitly } from "./conversion.ts";
import { type Typed, trap, typed } from "./typed.ts";
import {
  asBigint,
  asBoolean,
  asComplex,
  asNumber,
  bitWidth,
  reduced,
  type Scalar,
  typeText,
  type ValueType,
} from "./value-type.ts";

/** `operator operand`. */
export function unary(at: Position, operator: UnaryOperator, operand: Typed): Typed {
  const { type } = operand;
  switch (operator) {
    case "!": {
      const truth = asCondition(operand);
      const result = typed(at, { kind: "bool" }, [truth], (m) => !asBoolean(truth.evaluate(m)));
      return { ...result, condition: mapCondition(truth.condition, negation) };
    }
    case "-": {
      if (type.kind === "complex") return typed(at, type, [operand], (m) => minus(operand, m));
      if (type.kind === "float")
        return typed(at, type, [operand], (m) => -asNumber(operand.evaluate(m)));
      const whole = type.kind === "angle" ? operand : counted(operand);
      return typed(at, whole.type, [whole], (m) =>
        reduced(whole.type, -asBigint(whole.evaluate(m))),
      );
    }
    case "~":
      if (type.kind === "bool" || type.kind === "bit") {
        const result = typed(at, type, [operand], (m) => !asBoolean(operand.evaluate(m)));
        return { ...result, condition: mapCondition(operand.condition, negation) };
      }
      if (type.kind === "float" || type.kind === "complex") break;
      return typed(at, type, [operand], (m) => reduced(type, ~asBigint(operand.evaluate(m))));
    default:
      return unreachable(operator);
  }
  throw new Rejection(at, `expected an operand of ~ that has bits, got ${typeText(type)}`);
}

/** `left operator right`. */
export function binary(at: Position, operator: BinaryOperator, left: Typed, right: Typed): Typed {
  switch (operator) {
    case "&&":
    case "||":
      return logical(at, operator, asCondition(left), asCondition(right));
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(at, operator, left, right);
    case "&":
    case "|":
    case "^":
      return bitwise(at, operator, left, right);
    case "<<":
    case ">>":
      return shift(at, operator, left, right);
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "**":
      return arithmetic(at, operator, left, right);
    case "++":
      throw new Rejection(at, "expected registers or arrays on both sides of ++, got a value");
    default:
      return unreachable(operator);
  }
}

function minus(operand: Typed, memory: Parameters<Evaluate<Scalar>>[0]): Scalar {
  const { re, im } = asComplex(operand.evaluate(memory));
  return { re: -re, im: -im };
}

function logical(at: Position, operator: "&&" | "||", left: Typed, right: Typed): Typed {
  const both = operator === "&&";
  const result = typed(at, { kind: "bool" }, [left, right], (memory) =>
    both
      ? asBoolean(left.evaluate(memory)) && asBoolean(right.evaluate(memory))
      : asBoolean(left.evaluate(memory)) || asBoolean(right.evaluate(memory)),
  );
  const kind = both ? "all" : "any";
  return { ...result, condition: joined(left, right, (conditions) => ({ kind, conditions })) };
}

function comparison(at: Position, relation: Relation, left: Typed, right: Typed): Typed {
  const [a, b] = commonOperands(at, relation, left, right);
  const ordering = relation !== "==" && relation !== "!=";
  if (ordering && a.type.kind === "complex") throw mismatch(at, relation, left, right);
  const result = typed(at, { kind: "bool" }, [a, b], (memory) =>
    related(relation, a.evaluate(memory), b.evaluate(memory)),
  );
  return { ...result, condition: comparisonCondition(relation, left, right) };
}

function related(relation: Relation, a: Scalar, b: Scalar): boolean {
  if (typeof a === "object" || typeof b === "object") {
    const [x, y] = [asComplex(a), asComplex(b)];
    const equal = x.re === y.re && x.im === y.im;
    return relation === "==" ? equal : !equal;
  }
  if (typeof a === "bigint" && typeof b === "bigint") return compare(a, relation, b);
  const [x, y] = [Number(a), Number(b)];
  switch (relation) {
    case "==":
      return x === y;
    case "!=":
      return x !== y;
    case "<":
      return x < y;
    case "<=":
      return x <= y;
    case ">":
      return x > y;
    case ">=":
      return x >= y;
    default:
      return unreachable(relation);
  }
}

function bitwise(at: Position, operator: "&" | "|" | "^", left: Typed, right: Typed): Typed {
  if (isTruth(left.type) && isTruth(right.type)) return truthwise(at, operator, left, right);
  const [a, b] = commonOperands(at, operator, left, right);
  const { type } = a;
  if (type.kind === "float" || type.kind === "complex" || isTruth(type)) {
    throw mismatch(at, operator, left, right);
  }
  return typed(at, type, [a, b], (memory) => {
    const [x, y] = [asBigint(a.evaluate(memory)), asBigint(b.evaluate(memory))];
    return reduced(type, operator === "&" ? x & y : operator === "|" ? x | y : x ^ y);
  });
}

function truthwise(at: Position, operator: "&" | "|" | "^", left: Typed, right: Typed): Typed {
  const result = typed(at, left.type, [left, right], (memory) => {
    const [x, y] = [asBoolean(left.evaluate(memory)), asBoolean(right.evaluate(memory))];
    return operator === "&" ? x && y : operator === "|" ? x || y : x !== y;
  });
  const kind = operator === "&" ? "all" : operator === "|" ? "any" : "odd";
  return { ...result, condition: joined(left, right, (conditions) => ({ kind, conditions })) };
}

function shift(at: Position, operator: "<<" | ">>", left: Typed, right: Typed): Typed {
  const { type } = left;
  if (type.kind === "float" || type.kind === "complex" || isTruth(type) || !("width" in type)) {
    throw mismatch(at, operator, left, right);
  }
  const distance = implicitly(right, { kind: "int", width: undefined });
  return typed(at, type, [left, distance], (memory) => {
    const value = asBigint(left.evaluate(memory));
    const places = asBigint(distance.evaluate(memory));
    if (places < 0n) trap(at, `expected a distance of at least 0, got ${places}`);
    // Farther than the width is as good as the width, and keeps the intermediate value small.
    const capped = places > BigInt(bitWidth(type)) ? BigInt(bitWidth(type)) : places;
    return reduced(type, operator === "<<" ? value << capped : value >> capped);
  });
}

type Arithmetic = "+" | "-" | "*" | "/" | "%" | "**";

function arithmetic(at: Position, operator: Arithmetic, left: Typed, right: Typed): Typed {
  if (left.type.kind === "angle" || right.type.kind === "angle") {
    const result = angleArithmetic(at, operator, left, right);
    if (result === undefined) throw mismatch(at, operator, left, right);
    return result;
  }
  const [a, b] = commonOperands(at, operator, left, right);
  const { type } = a;
  const compute = arithmeticOn(at, type, operator);
  if (compute === undefined) throw mismatch(at, operator, left, right);
  return typed(at, type, [a, b], (memory) =>
    reduced(type, compute(a.evaluate(memory), b.evaluate(memory))),
  );
}

function arithmeticOn(
  at: Position,
  type: ValueType,
  operator: Arithmetic,
): ((a: Scalar, b: Scalar) => Scalar) | undefined {
  if (type.kind === "int" || type.kind === "uint") {
    return (a, b) => integerArithmetic(at, operator, asBigint(a), asBigint(b), bitWidth(type));
  }
  if (type.kind === "float") return (a, b) => realArithmetic(operator, asNumber(a), asNumber(b));
  if (type.kind !== "complex" || operator === "%") return undefined;
  const functions = {
    "+": complexNumbers.sum,
    "-": complexNumbers.difference,
    "*": complexNumbers.product,
    "/": complexNumbers.quotient,
    "**": complexNumbers.principalPower,
  } as const;
  return (a, b) => functions[operator](asComplex(a), asComplex(b));
}

function integerArithmetic(
  at: Position,
  operator: Arithmetic,
  a: bigint,
  b: bigint,
  width: number,
): bigint {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
    case "%":
      if (b === 0n) return trap(at, "expected a divisor other than 0, got 0");
      return operator === "/" ? a / b : a % b;
    case "**":
      if (b < 0n) return trap(at, `expected an exponent of at least 0, got ${b}`);
      return powerModulo(a, b, width);
    default:
      return unreachable(operator);
  }
}

/** `base^exponent` modulo 2^width, so that no intermediate value grows. */
function powerModulo(base: bigint, exponent: bigint, width: number): bigint {
  let result = 1n;
  let factor = BigInt.asUintN(width, base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asUintN(width, result * factor);
    factor = BigInt.asUintN(width, factor * factor);
  }
  return result;
}

function realArithmetic(operator: Arithmetic, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "**":
      return a ** b;
    default:
      return unreachable(operator);
  }
}
