/**
 * Parsing of control flow: `if`, `for`, `while`, `switch`.
 */

import { CHAIN_MAX, Rejection } from "../source.ts";
import type { Expression, Index, Statement, SwitchCase } from "../syntax.ts";
import type { Cursor } from "./cursor.ts";
import { parseBlock, parseBody } from "./parse-block.ts";
import { parseExpression, parseIndex, parseScalarType } from "./parse-expression.ts";

type IfStatement = Extract<Statement, { kind: "if" }>;

/** `if (condition) body else body`; a chain of `else if` is no deeper than its bodies. */
export function parseIf(cursor: Cursor): Statement {
  const heads = [parseIfHead(cursor)];
  const goesOn = () => cursor.version === 3 && cursor.accept("else");
  let rest = goesOn();
  while (rest && cursor.sees("if")) {
    if (heads.length > CHAIN_MAX.branches) {
      throw new Rejection(cursor.at, `expected at most ${CHAIN_MAX.branches} else if in a row`);
    }
    heads.push(parseIfHead(cursor));
    rest = goesOn();
  }
  const last = rest ? parseBody(cursor) : [];
  const [first, ...others] = heads;
  const whenFalse = others.reduceRight<readonly Statement[]>(
    (otherwise, head) => [{ ...head, whenFalse: otherwise }],
    last,
  );
  return { ...first, whenFalse };
}

function parseIfHead(cursor: Cursor): Omit<IfStatement, "whenFalse"> {
  const { at } = cursor.expect("if");
  return { kind: "if", at, condition: parseParenthesised(cursor), whenTrue: parseBody(cursor) };
}

/** `while (condition) body`. */
export function parseWhile(cursor: Cursor): Statement {
  const { at } = cursor.expect("while");
  return { kind: "while", at, condition: parseParenthesised(cursor), body: parseBody(cursor) };
}

/** `for type name in values body`. */
export function parseFor(cursor: Cursor): Statement {
  const { at } = cursor.expect("for");
  const type = parseScalarType(cursor);
  const name = cursor.name("the loop variable's name");
  cursor.expect("in");
  const values = parseValues(cursor);
  return { kind: "for", at, type, name, values, body: parseBody(cursor) };
}

/** `switch (subject) { case values { } default { } }`. */
export function parseSwitch(cursor: Cursor): Statement {
  const { at } = cursor.expect("switch");
  const subject = parseParenthesised(cursor);
  cursor.expect("{");
  const cases: SwitchCase[] = [];
  let fallback: readonly Statement[] | undefined;
  while (!cursor.accept("}")) {
    const place = cursor.at;
    if (fallback !== undefined) cursor.fail("'}' behind the default");
    if (cursor.accept("default")) {
      fallback = parseBlock(cursor);
      continue;
    }
    if (!cursor.accept("case")) cursor.fail("'case', 'default' or '}'");
    cases.push({ at: place, values: parseLabels(cursor), body: parseBlock(cursor) });
  }
  if (cases.length === 0) throw new Rejection(at, "expected a switch with at least one case");
  return { kind: "switch", at, subject, cases, fallback };
}

function parseLabels(cursor: Cursor): readonly Expression[] {
  const labels = [parseExpression(cursor)];
  while (cursor.accept(",") && !cursor.sees("{")) labels.push(parseExpression(cursor));
  return labels;
}

function parseParenthesised(cursor: Cursor): Expression {
  cursor.expect("(");
  const expression = parseExpression(cursor);
  cursor.expect(")");
  return expression;
}

function parseValues(cursor: Cursor): Index {
  if (cursor.sees("{")) return parseIndex(cursor);
  if (!cursor.accept("[")) {
    return { kind: "single", at: cursor.at, value: parseExpression(cursor) };
  }
  const range = parseIndex(cursor);
  if (range.kind !== "range") throw new Rejection(range.at, "expected a range, as in [0:3]");
  if (range.start === undefined || range.stop === undefined) {
    throw new Rejection(range.at, "expected a range with both ends");
  }
  cursor.expect("]");
  return range;
}
