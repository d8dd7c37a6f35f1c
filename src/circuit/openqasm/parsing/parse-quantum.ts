/**
 * Parsing of what acts on qubits: gate calls with modifiers, operands, `measure`, and the right
 * sides that may hold them.
 */

import { NESTING_MAX, Rejection } from "../source.ts";
import type {
  ArrayLiteral,
  Expression,
  GateCall,
  Measure,
  Modifier,
  RightSide,
} from "../syntax.ts";
import type { Cursor } from "./cursor.ts";
import { parseDesignator, parseExpression, parsePostfix } from "./parse-expression.ts";

/** A gate call up to its last operand. */
export function parseGateCall(cursor: Cursor): GateCall {
  const { at } = cursor;
  const modifiers: Modifier[] = [];
  for (let modifier = parseModifier(cursor); modifier !== undefined; ) {
    modifiers.push(modifier);
    if (modifiers.length > NESTING_MAX.modifiers) {
      const limit = NESTING_MAX.modifiers;
      throw new Rejection(modifier.at, `expected at most ${limit} modifiers on a gate, got more`);
    }
    modifier = parseModifier(cursor);
  }
  const isPhase = cursor.version === 3 && cursor.sees("gphase");
  const name = isPhase ? cursor.next().text : cursor.name("a statement");
  const callArguments = parseArguments(cursor);
  const duration = cursor.version === 3 ? parseDesignator(cursor) : undefined;
  if (duration !== undefined) {
    throw new Rejection(duration.at, "expected a gate without a duration: timing is not simulated");
  }
  const operands = isPhase && !seesOperand(cursor) ? [] : parseOperands(cursor);
  return { kind: "gate-call", at, modifiers, name, callArguments, operands };
}

/**
 * Whether a name, perhaps with arguments, is followed by an operand: a gate call rather than an
 * expression.
 */
export function seesGateCall(cursor: Cursor): boolean {
  if (!cursor.seesName()) return false;
  let ahead = 1;
  if (cursor.peek(ahead).kind === "symbol" && cursor.peek(ahead).text === "(") {
    ahead = behindBalanced(cursor, ahead, "(", ")");
    if (cursor.peek(ahead).kind === "symbol" && cursor.peek(ahead).text === "[") {
      ahead = behindBalanced(cursor, ahead, "[", "]");
    }
  }
  return cursor.peek(ahead).kind === "hardware-qubit" || cursor.seesName(ahead);
}

/** What may stand to the right of `=`; array literals only where `extra` says so. */
export function parseRightSide(cursor: Cursor, extra?: "array-literal"): RightSide {
  if (cursor.sees("measure")) return parseMeasure(cursor);
  if (extra === "array-literal" && cursor.sees("{")) return parseArrayLiteral(cursor);
  return seesGateCall(cursor) ? parseGateCall(cursor) : parseExpression(cursor);
}

/** `measure operand`. */
export function parseMeasure(cursor: Cursor): Measure {
  const { at } = cursor.expect("measure");
  return { kind: "measure", at, operand: parseOperand(cursor) };
}

/** A qubit or register, perhaps indexed. */
export function parseOperand(cursor: Cursor): Expression {
  const { at, kind, text } = cursor.peek();
  if (kind !== "hardware-qubit") {
    return parsePostfix(cursor, { kind: "name", at, name: cursor.name("a qubit") });
  }
  cursor.next();
  return { kind: "hardware-qubit", at, index: Number(text.slice(1)) };
}

function parseOperands(cursor: Cursor): readonly Expression[] {
  const operands = [parseOperand(cursor)];
  while (cursor.accept(",") && seesOperand(cursor)) operands.push(parseOperand(cursor));
  return operands;
}

function seesOperand(cursor: Cursor): boolean {
  return cursor.peek().kind === "hardware-qubit" || cursor.seesName();
}

function parseArguments(cursor: Cursor): readonly Expression[] {
  if (!cursor.accept("(")) return [];
  cursor.realNumbers = cursor.version === 2;
  try {
    return cursor.listUntil(")", () => parseExpression(cursor));
  } finally {
    cursor.realNumbers = false;
  }
}

function parseModifier(cursor: Cursor): Modifier | undefined {
  if (cursor.version === 2) return undefined;
  const { at } = cursor;
  if (cursor.accept("inv")) {
    cursor.expect("@");
    return { kind: "inv", at };
  }
  if (cursor.accept("pow")) {
    cursor.expect("(");
    const exponent = parseExpression(cursor);
    cursor.expect(")");
    cursor.expect("@");
    return { kind: "pow", at, exponent };
  }
  const kind = (["ctrl", "negctrl"] as const).find((word) => cursor.accept(word));
  if (kind === undefined) return undefined;
  const count = cursor.accept("(") ? parseExpression(cursor) : undefined;
  if (count !== undefined) cursor.expect(")");
  cursor.expect("@");
  return { kind, at, count };
}

function parseArrayLiteral(cursor: Cursor): ArrayLiteral {
  const { at } = cursor.expect("{");
  cursor.statementDepth += 1;
  if (cursor.statementDepth > 64) cursor.fail("an array literal at most 64 deep");
  const items = cursor.listUntil("}", () =>
    cursor.sees("{") ? parseArrayLiteral(cursor) : parseExpression(cursor),
  );
  cursor.statementDepth -= 1;
  return { kind: "array-literal", at, items };
}

/** The distance to the token behind the bracket that closes the one `ahead`. */
function behindBalanced(cursor: Cursor, ahead: number, open: string, close: string): number {
  let depth = 0;
  for (let place = ahead; ; place += 1) {
    const { kind, text } = cursor.peek(place);
    if (kind === "end") return place;
    if (kind !== "symbol") continue;
    if (text === ";") return place;
    if (text === open) depth += 1;
    if (text === close) depth -= 1;
    if (depth === 0) return place + 1;
  }
}
