/**
 * Parsing of expressions, indices and types, by precedence climbing (operator table of the OpenQASM
 * 3 specification, "Evaluation order").
 */

import { unreachable } from "#foundation";
import { NESTING_MAX, type Position, Rejection } from "../source.ts";
import type {
  BinaryOperator,
  Expression,
  Index,
  Range,
  TypeSyntax,
  UnaryOperator,
} from "../syntax.ts";
import type { Cursor } from "./cursor.ts";
import { SCALAR_TYPE_WORDS } from "./words.ts";

/** Binary operators by how tightly they bind, loosest first; all of these associate to the left. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ["++"],
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

const UNARY: readonly UnaryOperator[] = ["~", "!", "-"];

/** An expression. */
export function parseExpression(cursor: Cursor): Expression {
  cursor.expressionDepth += 1;
  if (cursor.expressionDepth > NESTING_MAX.expressions) {
    const limit = NESTING_MAX.expressions;
    throw new Rejection(cursor.at, `expected an expression at most ${limit} deep`);
  }
  try {
    return parseLevel(cursor, 0);
  } finally {
    cursor.expressionDepth -= 1;
  }
}

/** The rest of an expression that begins with `first`, which has been parsed already. */
export function parseRest(cursor: Cursor, first: Expression): Expression {
  let left = parsePowerOf(cursor, parsePostfix(cursor, first));
  for (let level = LEVELS.length - 1; level >= 0; level -= 1) {
    left = parseChain(cursor, level, left);
  }
  return left;
}

/** Indices in brackets behind `subject`, as many as there are. */
export function parsePostfix(cursor: Cursor, subject: Expression): Expression {
  let indexed = subject;
  while (cursor.sees("[")) {
    const { at } = cursor.next();
    const indices = cursor.listUntil("]", () => parseIndex(cursor));
    if (indices.length === 0) throw new Rejection(at, "expected an index, got ']'");
    const node = { kind: "index", at: indexed.at, subject: indexed, indices } as const;
    indexed = cursor.grown<Expression>(node, indexed);
  }
  return indexed;
}

/** `a`, `a:b`, `a:s:b` or `{a, b}` between brackets. */
export function parseIndex(cursor: Cursor): Index {
  const { at } = cursor;
  if (cursor.accept("{")) {
    return { kind: "set", at, values: cursor.listUntil("}", () => parseExpression(cursor)) };
  }
  const first = cursor.sees(":") ? undefined : parseExpression(cursor);
  if (first !== undefined && !cursor.sees(":")) return { kind: "single", at, value: first };
  return parseRange(cursor, at, first);
}

/** A type that variables can have: scalar or array. */
export function parseType(cursor: Cursor): TypeSyntax {
  return cursor.sees("array") ? parseArrayType(cursor, undefined) : parseScalarType(cursor);
}

/** Whether a scalar type begins here. */
export function seesScalarType(cursor: Cursor): boolean {
  return cursor.version === 3 && cursor.seesOneOf(SCALAR_TYPE_WORDS);
}

/** A scalar type with its size. */
export function parseScalarType(cursor: Cursor): TypeSyntax {
  const { at } = cursor;
  const name = SCALAR_TYPE_WORDS.find((word) => cursor.sees(word));
  if (name === undefined || cursor.version === 2) return cursor.fail("a type");
  cursor.next();
  if (name === "bool" || name === "duration" || name === "stretch") {
    return { kind: "scalar", at, name, size: undefined };
  }
  if (name !== "complex") return { kind: "scalar", at, name, size: parseDesignator(cursor) };
  if (!cursor.accept("[")) return { kind: "scalar", at, name, size: undefined };
  cursor.expect("float");
  const size = parseDesignator(cursor);
  cursor.expect("]");
  return { kind: "scalar", at, name, size };
}

/**
 * An array type; with `access`, one of a subroutine's parameter, whose lengths may be left open.
 */
export function parseArrayType(
  cursor: Cursor,
  access: "readonly" | "mutable" | undefined,
): TypeSyntax {
  const { at } = cursor.expect("array");
  cursor.expect("[");
  const element = parseScalarType(cursor);
  cursor.expect(",");
  if (access !== undefined && cursor.accept("#dim")) {
    cursor.expect("=");
    const rank = parseExpression(cursor);
    cursor.expect("]");
    return { kind: "array", at, element, lengths: [], access, rank };
  }
  const lengths = cursor.listUntil("]", () => parseExpression(cursor));
  if (lengths.length === 0) throw new Rejection(at, "expected the lengths of the array");
  return { kind: "array", at, element, lengths, access, rank: undefined };
}

/** `[size]`, if it is there. */
export function parseDesignator(cursor: Cursor): Expression | undefined {
  if (!cursor.accept("[")) return undefined;
  const size = parseExpression(cursor);
  cursor.expect("]");
  return size;
}

function parseLevel(cursor: Cursor, level: number): Expression {
  if (level === LEVELS.length) return parseUnary(cursor);
  return parseChain(cursor, level, parseLevel(cursor, level + 1));
}

function parseChain(cursor: Cursor, level: number, first: Expression): Expression {
  let left = first;
  for (;;) {
    const operator = LEVELS[level].find((text) => cursor.sees(text));
    if (operator === undefined) return left;
    if (cursor.version === 2 && operator === "^") return left;
    cursor.next();
    const right = parseLevel(cursor, level + 1);
    left = binary(cursor, operator, left, right);
  }
}

function parseUnary(cursor: Cursor): Expression {
  const { at } = cursor;
  const operator = UNARY.find((text) => cursor.sees(text));
  if (operator === undefined) return parsePowerOf(cursor, parsePrimary(cursor));
  cursor.next();
  cursor.expressionDepth += 1;
  if (cursor.expressionDepth > NESTING_MAX.expressions) cursor.fail("a less deep expression");
  const operand = parseUnary(cursor);
  cursor.expressionDepth -= 1;
  return cursor.grown<Expression>({ kind: "unary", at, operator, operand }, operand);
}

/** `base ** exponent`, associating to the right; OpenQASM 2 writes it `^`. */
function parsePowerOf(cursor: Cursor, base: Expression): Expression {
  if (!cursor.accept("**") && !(cursor.version === 2 && cursor.accept("^"))) return base;
  cursor.expressionDepth += 1;
  if (cursor.expressionDepth > NESTING_MAX.expressions) cursor.fail("a less deep expression");
  const exponent = parseUnary(cursor);
  cursor.expressionDepth -= 1;
  return binary(cursor, "**", base, exponent);
}

function binary(
  cursor: Cursor,
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
): Expression {
  return cursor.grown<Expression>(
    { kind: "binary", at: left.at, operator, left, right },
    left,
    right,
  );
}

function parsePrimary(cursor: Cursor): Expression {
  return parsePostfix(cursor, parseAtom(cursor));
}

function parseAtom(cursor: Cursor): Expression {
  const { at, kind, text } = cursor.peek();
  switch (kind) {
    case "integer":
      cursor.next();
      return cursor.realNumbers
        ? { kind: "float", at, value: Number(text.replaceAll("_", "")) }
        : { kind: "integer", at, value: BigInt(text.toLowerCase().replaceAll("_", "")) };
    case "float":
      cursor.next();
      return { kind: "float", at, value: Number(text.replaceAll("_", "")) };
    case "imaginary":
      cursor.next();
      return { kind: "imaginary", at, value: Number.parseFloat(text.replaceAll("_", "")) };
    case "timing":
      cursor.next();
      return { kind: "timing", at, text };
    case "string":
      if (!/^"[01](_?[01])*"$/.test(text)) return cursor.fail("a bit string of 0 and 1");
      cursor.next();
      return { kind: "bits", at, value: text.replaceAll(/["_]/g, "") };
    case "hardware-qubit":
      cursor.next();
      return { kind: "hardware-qubit", at, index: Number(text.slice(1)) };
    case "word":
      return parseWord(cursor);
    case "symbol":
      return cursor.accept("(") ? parenthesised(cursor) : cursor.fail("an expression");
    case "annotation":
    case "pragma":
    case "calibration":
    case "bad":
    case "end":
      return cursor.fail("an expression");
    default:
      return unreachable(kind);
  }
}

function parenthesised(cursor: Cursor): Expression {
  const inner = parseExpression(cursor);
  cursor.expect(")");
  return inner;
}

function parseWord(cursor: Cursor): Expression {
  const { at } = cursor;
  if (seesScalarType(cursor) || cursor.sees("array")) return parseCast(cursor);
  if (cursor.version === 2) return parseWordOfVersion2(cursor);
  if (cursor.seesOneOf(["true", "false"])) {
    return { kind: "boolean", at, value: cursor.next().text === "true" };
  }
  if (cursor.accept("durationof")) {
    skipBalanced(cursor);
    return { kind: "durationof", at };
  }
  if (cursor.accept("pow")) return parsePowerFunction(cursor);
  const name = cursor.name("an expression");
  return cursor.sees("(") ? parseCall(cursor, at, name) : { kind: "name", at, name };
}

/** `pow(base, exponent)` behind its name: a function here, a modifier before a gate. */
function parsePowerFunction(cursor: Cursor): Expression {
  cursor.expect("(");
  const base = parseExpression(cursor);
  cursor.expect(",");
  const exponent = parseExpression(cursor);
  cursor.expect(")");
  return binary(cursor, "**", base, exponent);
}

function parseWordOfVersion2(cursor: Cursor): Expression {
  const { at } = cursor;
  if (cursor.accept("pi")) return { kind: "name", at, name: "pi" };
  const called = ["sin", "cos", "tan", "exp", "ln", "sqrt"].find((name) => cursor.accept(name));
  if (called !== undefined) return parseCall(cursor, at, called === "ln" ? "log" : called);
  return { kind: "name", at, name: cursor.name("an expression") };
}

function parseCall(cursor: Cursor, at: Position, name: string): Expression {
  cursor.expect("(");
  const callArguments = cursor.listUntil(")", () => parseExpression(cursor));
  return cursor.grown<Expression>({ kind: "call", at, name, callArguments }, ...callArguments);
}

function parseCast(cursor: Cursor): Expression {
  const { at } = cursor;
  const type = parseType(cursor);
  cursor.expect("(");
  const operand = parenthesised(cursor);
  return cursor.grown<Expression>({ kind: "cast", at, type, operand }, operand);
}

function parseRange(cursor: Cursor, at: Position, start: Expression | undefined): Range {
  cursor.expect(":");
  const closes = () => cursor.seesOneOf([":", "]", ","]);
  const second = closes() ? undefined : parseExpression(cursor);
  if (!cursor.accept(":")) return { kind: "range", at, start, step: undefined, stop: second };
  const third = closes() ? undefined : parseExpression(cursor);
  return { kind: "range", at, start, step: second, stop: third };
}

/** Passes a parenthesised stretch of tokens whose content does not matter. */
export function skipBalanced(cursor: Cursor): void {
  cursor.expect("(");
  for (let depth = 1; depth > 0; ) {
    if (cursor.peek().kind === "end") cursor.fail("')'");
    const { kind, text } = cursor.next();
    if (kind === "symbol" && text === "(") depth += 1;
    if (kind === "symbol" && text === ")") depth -= 1;
  }
}
