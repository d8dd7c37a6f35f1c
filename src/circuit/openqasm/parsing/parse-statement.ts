/**
 * Parsing of statements: the one place that knows how each of them begins.
 */

import { NESTING_MAX, type Position, Rejection } from "../source.ts";
import type { BinaryOperator, Expression, Statement } from "../syntax.ts";
import type { Cursor } from "./cursor.ts";
import { parseBlock } from "./parse-block.ts";
import { parseFor, parseIf, parseSwitch, parseWhile } from "./parse-control.ts";
import {
  parseAlias,
  parseConst,
  parseDeclaration,
  parseInputOrOutput,
  parseOldRegister,
  parseQubits,
} from "./parse-declaration.ts";
import {
  parseCalibration,
  parseExtern,
  parseGateDefinition,
  parseOpaque,
  parseSubroutine,
} from "./parse-definition.ts";
import {
  parseDesignator,
  parseExpression,
  parsePostfix,
  parseRest,
  seesScalarType,
} from "./parse-expression.ts";
import {
  parseGateCall,
  parseMeasure,
  parseOperand,
  parseRightSide,
  seesGateCall,
} from "./parse-quantum.ts";
import { MODIFIER_WORDS } from "./words.ts";

/** One statement with what belongs to it. */
export function parseStatement(cursor: Cursor): Statement {
  cursor.statementDepth += 1;
  if (cursor.statementDepth > NESTING_MAX.statements) {
    const limit = NESTING_MAX.statements;
    throw new Rejection(cursor.at, `expected statements at most ${limit} deep in each other`);
  }
  try {
    while (cursor.peek().kind === "annotation") cursor.next();
    return cursor.version === 2 ? parseVersion2(cursor) : parseVersion3(cursor);
  } finally {
    cursor.statementDepth -= 1;
  }
}

const COMMON: Readonly<Record<string, (cursor: Cursor) => Statement>> = {
  include: parseInclude,
  qreg: parseOldRegister,
  creg: parseOldRegister,
  gate: parseGateDefinition,
  measure: parseMeasureStatement,
  reset: parseReset,
  barrier: parseBarrier,
  if: parseIf,
};

const VERSION_2: typeof COMMON = { ...COMMON, opaque: parseOpaque };

const VERSION_3: typeof COMMON = {
  ...COMMON,
  const: parseConst,
  input: parseInputOrOutput,
  output: parseInputOrOutput,
  qubit: parseQubits,
  array: parseDeclaration,
  let: parseAlias,
  def: parseSubroutine,
  extern: parseExtern,
  for: parseFor,
  while: parseWhile,
  switch: parseSwitch,
  return: parseReturn,
  break: (cursor) => parseWord(cursor, "break"),
  continue: (cursor) => parseWord(cursor, "continue"),
  end: (cursor) => parseWord(cursor, "end"),
  nop: parseNop,
  box: parseBox,
  delay: parseDelay,
  cal: parseCalibrationBlock,
  defcal: parseCalibration,
  defcalgrammar: parseCalibrationGrammar,
  gphase: parseGateStatement,
};

function parseVersion2(cursor: Cursor): Statement {
  const { kind, text } = cursor.peek();
  if (kind === "pragma") return { kind: "pragma", at: cursor.next().at };
  if (kind === "word" && Object.hasOwn(VERSION_2, text)) return VERSION_2[text](cursor);
  return parseGateStatement(cursor);
}

function parseVersion3(cursor: Cursor): Statement {
  const { kind, text, at } = cursor.peek();
  if (kind === "pragma") return { kind: "pragma", at: cursor.next().at };
  if (cursor.sees("{")) return { kind: "block", at, body: parseBlock(cursor) };
  if (kind === "word" && Object.hasOwn(VERSION_3, text)) return VERSION_3[text](cursor);
  if (seesScalarType(cursor)) return parseDeclaration(cursor);
  if (cursor.seesOneOf(MODIFIER_WORDS)) return parseGateStatement(cursor);
  return parseNamed(cursor);
}

/**
 * A statement that begins with a name or a value: a call of a gate, an assignment, a bare
 * expression.
 */
function parseNamed(cursor: Cursor): Statement {
  if (seesGateCall(cursor)) return parseGateStatement(cursor);
  const { at } = cursor;
  if (!cursor.seesName()) return finishExpression(cursor, at, parseExpression(cursor));
  const first = parsePostfix(cursor, parseNameOrCall(cursor));
  const operator = assignmentOperator(cursor);
  if (operator === "none") return finishExpression(cursor, at, parseRest(cursor, first));
  const value = parseRightSide(cursor);
  cursor.expect(";");
  const compound = operator === "=" ? undefined : operator;
  return { kind: "assign", at, target: first, operator: compound, value };
}

function parseNameOrCall(cursor: Cursor): Expression {
  const { at } = cursor;
  const name = cursor.name("a statement");
  if (!cursor.accept("(")) return { kind: "name", at, name };
  const callArguments = cursor.listUntil(")", () => parseExpression(cursor));
  return cursor.grown<Expression>({ kind: "call", at, name, callArguments }, ...callArguments);
}

const COMPOUND: readonly BinaryOperator[] = [
  "+",
  "-",
  "*",
  "/",
  "&",
  "|",
  "^",
  "<<",
  ">>",
  "%",
  "**",
];

function assignmentOperator(cursor: Cursor): "none" | "=" | BinaryOperator {
  if (cursor.accept("=")) return "=";
  return COMPOUND.find((operator) => cursor.accept(`${operator}=`)) ?? "none";
}

function finishExpression(cursor: Cursor, at: Position, value: Expression): Statement {
  cursor.expect(";");
  return { kind: "expression", at, value };
}

function parseGateStatement(cursor: Cursor): Statement {
  const call = parseGateCall(cursor);
  if (cursor.version === 3 && call.modifiers.length === 0 && cursor.accept("->")) {
    const target = parsePostfix(cursor, parseNameOrCall(cursor));
    cursor.expect(";");
    return { kind: "assign", at: call.at, target, operator: undefined, value: call };
  }
  cursor.expect(";");
  return call;
}

function parseInclude(cursor: Cursor): Statement {
  const { at } = cursor.expect("include");
  const { kind, text } = cursor.peek();
  if (kind !== "string") cursor.fail("a file's name in quotes");
  cursor.next();
  cursor.expect(";");
  return { kind: "include", at, path: text.slice(1, -1) };
}

function parseMeasureStatement(cursor: Cursor): Statement {
  const { at, operand } = parseMeasure(cursor);
  const target = cursor.accept("->") ? parseTarget(cursor) : undefined;
  if (cursor.version === 2 && target === undefined) cursor.fail("'->'");
  cursor.expect(";");
  return { kind: "measure-statement", at, operand, target };
}

function parseTarget(cursor: Cursor): Expression {
  const { at } = cursor;
  return parsePostfix(cursor, { kind: "name", at, name: cursor.name("a classical register") });
}

function parseReset(cursor: Cursor): Statement {
  const { at } = cursor.expect("reset");
  const operand = parseOperand(cursor);
  cursor.expect(";");
  return { kind: "reset", at, operand };
}

function parseBarrier(cursor: Cursor): Statement {
  const { at } = cursor.expect("barrier");
  const operands = cursor.listUntil(";", () => parseOperand(cursor));
  return { kind: "barrier", at, operands };
}

function parseNop(cursor: Cursor): Statement {
  const { at } = cursor.expect("nop");
  cursor.listUntil(";", () => parseOperand(cursor));
  return { kind: "nop", at };
}

function parseReturn(cursor: Cursor): Statement {
  const { at } = cursor.expect("return");
  const value = cursor.sees(";") ? undefined : parseRightSide(cursor);
  cursor.expect(";");
  return { kind: "return", at, value };
}

function parseWord(cursor: Cursor, kind: "break" | "continue" | "end"): Statement {
  const { at } = cursor.expect(kind);
  cursor.expect(";");
  return { kind, at };
}

function parseBox(cursor: Cursor): Statement {
  const { at } = cursor.expect("box");
  parseDesignator(cursor);
  parseBlock(cursor);
  return { kind: "timing", at, what: "a box" };
}

function parseDelay(cursor: Cursor): Statement {
  const { at } = cursor.expect("delay");
  if (parseDesignator(cursor) === undefined) cursor.fail("'['");
  cursor.listUntil(";", () => parseOperand(cursor));
  return { kind: "timing", at, what: "a delay" };
}

function parseCalibrationBlock(cursor: Cursor): Statement {
  const { at } = cursor.expect("cal");
  if (cursor.peek().kind !== "calibration") cursor.fail("a calibration block");
  cursor.next();
  return { kind: "timing", at, what: "a calibration block" };
}

function parseCalibrationGrammar(cursor: Cursor): Statement {
  const { at } = cursor.expect("defcalgrammar");
  if (cursor.peek().kind !== "string") cursor.fail("a grammar's name in quotes");
  cursor.next();
  cursor.expect(";");
  return { kind: "pragma", at };
}
