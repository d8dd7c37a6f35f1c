/**
 * Parsing of definitions: gates, subroutines, external functions and calibrations.
 */

import type { ParameterSyntax, Statement, TypeSyntax } from "../syntax.ts";
import type { Cursor } from "./cursor.ts";
import { parseBlock } from "./parse-block.ts";
import {
  parseArrayType,
  parseDesignator,
  parseScalarType,
  skipBalanced,
} from "./parse-expression.ts";

/** `gate name(parameters) qubits { body }`. */
export function parseGateDefinition(cursor: Cursor): Statement {
  const { at } = cursor.expect("gate");
  const { name, parameters, qubits } = parseGateHead(cursor);
  const body = parseBlock(cursor);
  return { kind: "gate-definition", at, name, parameters, qubits, body };
}

/** `opaque name(parameters) qubits;` of OpenQASM 2. */
export function parseOpaque(cursor: Cursor): Statement {
  const { at } = cursor.expect("opaque");
  const head = parseGateHead(cursor);
  cursor.expect(";");
  return { kind: "gate-definition", at, ...head, body: undefined };
}

/** `def name(parameters) -> type { body }`. */
export function parseSubroutine(cursor: Cursor): Statement {
  const { at } = cursor.expect("def");
  const name = cursor.name("the subroutine's name");
  cursor.expect("(");
  const parameters = cursor.listUntil(")", () => parseParameter(cursor));
  const result = parseResult(cursor);
  const body = parseBlock(cursor);
  return { kind: "subroutine", at, name, parameters, result, body };
}

/** `extern name(types) -> type;`. */
export function parseExtern(cursor: Cursor): Statement {
  const { at } = cursor.expect("extern");
  const name = cursor.name("the external function's name");
  cursor.expect("(");
  cursor.listUntil(")", () => parseParameterType(cursor));
  const result = parseResult(cursor);
  cursor.expect(";");
  return { kind: "extern", at, name, result };
}

/** `defcal`, of which only the head is understood. */
export function parseCalibration(cursor: Cursor): Statement {
  const { at } = cursor.expect("defcal");
  const word = ["measure", "reset", "delay"].find((one) => cursor.accept(one));
  const target = word ?? cursor.name("what is calibrated");
  if (cursor.sees("(")) skipBalanced(cursor);
  do {
    if (cursor.peek().kind === "hardware-qubit") cursor.next();
    else cursor.name("a qubit");
  } while (cursor.accept(","));
  parseResult(cursor);
  if (cursor.peek().kind !== "calibration") cursor.fail("a calibration block");
  cursor.next();
  return { kind: "calibration", at, target };
}

function parseGateHead(cursor: Cursor): {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly qubits: readonly string[];
} {
  const name = cursor.name("the gate's name");
  const parameters = cursor.accept("(")
    ? cursor.listUntil(")", () => cursor.name("a parameter's name"))
    : [];
  const qubits: string[] = [cursor.name("a qubit's name")];
  while (cursor.accept(",") && cursor.seesName()) qubits.push(cursor.name("a qubit's name"));
  return { name, parameters, qubits };
}

function parseParameter(cursor: Cursor): ParameterSyntax {
  const { at } = cursor;
  const old = parseOldRegisterType(cursor);
  if (old !== undefined) {
    const name = cursor.name("the parameter's name");
    return { at, type: { ...old, size: parseDesignator(cursor) }, name };
  }
  const type = parseParameterType(cursor);
  return { at, type, name: cursor.name("the parameter's name") };
}

function parseParameterType(cursor: Cursor): TypeSyntax {
  const { at } = cursor;
  const old = parseOldRegisterType(cursor);
  if (old !== undefined) return { ...old, size: parseDesignator(cursor) };
  if (cursor.accept("qubit")) return { kind: "qubit", at, size: parseDesignator(cursor) };
  if (cursor.accept("readonly")) return parseArrayType(cursor, "readonly");
  if (cursor.accept("mutable")) return parseArrayType(cursor, "mutable");
  return parseScalarType(cursor);
}

/** `qreg` and `creg` where OpenQASM 3 has `qubit` and `bit`. */
function parseOldRegisterType(cursor: Cursor): Exclude<TypeSyntax, { kind: "array" }> | undefined {
  const { at } = cursor;
  if (cursor.accept("qreg")) return { kind: "qubit", at, size: undefined };
  if (cursor.accept("creg")) return { kind: "scalar", at, name: "bit", size: undefined };
  return undefined;
}

function parseResult(cursor: Cursor): TypeSyntax | undefined {
  return cursor.accept("->") ? parseScalarType(cursor) : undefined;
}
