/**
 * Places in OpenQASM text and what can be said about them.
 */

/** Where a token begins: lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with a program: what is wrong, what was expected, what was found. */
export interface Diagnostic {
  readonly at: Position;
  readonly message: string;
}

/** `file:line:column`. */
export function placeText(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`;
}

/**
 * Thrown inside the room to give up on the statement at hand; always caught and kept as a
 * diagnostic.
 */
export class Rejection {
  readonly diagnostic: Diagnostic;

  constructor(at: Position, message: string) {
    this.diagnostic = { at, message };
  }
}

/** More diagnostics than this are not collected: later ones mostly follow from earlier ones. */
export const DIAGNOSTICS_MAX = 50;

/** Characters of text, includes counted, that are read. */
export const SOURCE_LENGTH_MAX = 8 * 2 ** 20;

/** How deep statements may stand in each other, expressions in parentheses, modifiers on a gate. */
export const NESTING_MAX = { statements: 200, expressions: 256, modifiers: 256 } as const;

/** How long a chain may be: operators that wait for each other, and `else if` of one `if`. */
export const CHAIN_MAX = { operators: 1024, branches: 512 } as const;
