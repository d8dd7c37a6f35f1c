/**
 * Parsing of declarations: registers, variables, constants, inputs and outputs, aliases.
 */
import type { Statement, TypeSyntax } from "../syntax.ts";
import type { Cursor } from "./cursor.ts";
import {
  parseArrayType,
  parseDesignator,
  parseExpression,
  parseRest,
  parseScalarType,
  parseType,
} from "./parse-expression.ts";
import { parseRightSide } from "./parse-quantum.ts";

/** `qreg name[size];` or `creg name[size];`. */
export function parseOldRegister(cursor: Cursor): Statement {
  const { at, text } = cursor.next();
  const name = cursor.name("the register's name");
  const size = parseDesignator(cursor);
  if (cursor.version === 2 && size === undefined) cursor.fail("'['");
  cursor.expect(";");
  const type: TypeSyntax =
    text === "qreg" ? { kind: "qubit", at, size } : { kind: "scalar", at, name: "bit", size };
  return { kind: "declare", at, role: "variable", type, name, value: undefined };
}

/** `qubit[size] name;`. */
export function parseQubits(cursor: Cursor): Statement {
  const { at } = cursor.expect("qubit");
  const type: TypeSyntax = { kind: "qubit", at, size: parseDesignator(cursor) };
  const name = cursor.name("the qubits' name");
  cursor.expect(";");
  return { kind: "declare", at, role: "variable", type, name, value: undefined };
}

/** `type name = value;`, or a bare cast, which begins alike. */
export function parseDeclaration(cursor: Cursor): Statement {
  const { at } = cursor;
  const type = parseType(cursor);
  if (cursor.accept("(")) {
    const operand = parseExpression(cursor);
    cursor.expect(")");
    const value = parseRest(cursor, { kind: "cast", at, type, operand });
    cursor.expect(";");
    return { kind: "expression", at, value };
  }
  const name = cursor.name("the variable's name");
  const value = cursor.accept("=") ? parseRightSide(cursor, "array-literal") : undefined;
  cursor.expect(";");
  return { kind: "declare", at, role: "variable", type, name, value };
}

/** `const type name = value;`. */
export function parseConst(cursor: Cursor): Statement {
  const { at } = cursor.expect("const");
  const type = parseScalarType(cursor);
  const name = cursor.name("the constant's name");
  cursor.expect("=");
  const value = parseRightSide(cursor);
  cursor.expect(";");
  return { kind: "declare", at, role: "const", type, name, value };
}

/** `input type name;` or `output type name;`. */
export function parseInputOrOutput(cursor: Cursor): Statement {
  const { at, text } = cursor.next();
  const type = cursor.sees("array") ? parseArrayType(cursor, undefined) : parseScalarType(cursor);
  const name = cursor.name("the variable's name");
  cursor.expect(";");
  const role = text === "input" ? "input" : "output";
  return { kind: "declare", at, role, type, name, value: undefined };
}

/** `let name = value;`. */
export function parseAlias(cursor: Cursor): Statement {
  const { at } = cursor.expect("let");
  const name = cursor.name("the alias");
  cursor.expect("=");
  const value = parseExpression(cursor);
  cursor.expect(";");
  return { kind: "alias", at, name, value };
}
