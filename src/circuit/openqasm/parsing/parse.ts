/**
 * OpenQASM text to syntax tree. Errors are collected, not thrown: one run reports as many as it
 * can.
 */

import { type Diagnostic, Rejection, SOURCE_LENGTH_MAX } from "../source.ts";
import type { SyntaxTree } from "../syntax.ts";
import { Cursor } from "./cursor.ts";
import { tokens } from "./lexer.ts";
import { parseProgram } from "./parse-block.ts";
import { parseStatement } from "./parse-statement.ts";

/** The tree, as far as the text could be read, and what could not. */
export interface Parsed {
  readonly tree: SyntaxTree;
  readonly diagnostics: readonly Diagnostic[];
  /** The numbers of the physical qubits the text names, ascending. */
  readonly hardwareQubits: readonly number[];
}

/**
 * Parses `text`. The version statement decides the language; without one it is `version`.
 *
 * @param file what diagnostics call the text.
 */
export function parseOpenQasm(text: string, file: string, version: 2 | 3 = 3): Parsed {
  if (text.length > SOURCE_LENGTH_MAX) {
    const message = `expected at most ${SOURCE_LENGTH_MAX} characters, got ${text.length}`;
    const diagnostics = [{ at: { file, line: 1, column: 1 }, message }];
    return { tree: { version, statements: [] }, diagnostics, hardwareQubits: [] };
  }
  const all = tokens(text.startsWith("\uFEFF") ? text.slice(1) : text, file);
  const cursor = new Cursor(all, parseStatement);
  cursor.version = version;
  if (cursor.sees("OPENQASM")) cursor.recovering(() => parseVersion(cursor));
  const statements = parseProgram(cursor);
  const named = all.filter((token) => token.kind === "hardware-qubit");
  const numbers = new Set(named.map((token) => Number(token.text.slice(1))));
  return {
    tree: { version: cursor.version, statements },
    diagnostics: cursor.diagnostics,
    hardwareQubits: [...numbers].sort((a, b) => a - b),
  };
}

function parseVersion(cursor: Cursor): void {
  const { at } = cursor.expect("OPENQASM");
  const { kind, text } = cursor.peek();
  if (kind !== "integer" && kind !== "float") cursor.fail("a version such as 3.1");
  cursor.next();
  const [major] = text.split(".");
  if (!/^[23](\.[0-9])?$/.test(text)) {
    throw new Rejection(at, `expected version 2.0 or 3.0 to 3.9, got ${text}`);
  }
  cursor.expect(";");
  cursor.version = major === "2" ? 2 : 3;
}
