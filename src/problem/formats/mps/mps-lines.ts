/**
 * The lines of free MPS: fields apart by blanks, each with its place; a line that begins in the
 * first column opens a section, one that begins with an asterisk is a comment.
 */
import { decimalAt, isCalculable } from "../decimal.ts";
import type { Position, Scanner } from "../scanner.ts";

const ASTERISK = 42;
const SPACE = 32;
const FIELDS_MAX = 8;

/** One field of a line. */
export interface Field {
  readonly text: string;
  readonly position: Position;
}

/** One line that is no comment and not empty. */
export interface MpsLine {
  readonly isHeader: boolean;
  readonly fields: readonly Field[];
}

/** The next line; `undefined` at the end of the file. */
export function* nextLine(scanner: Scanner): Generator<void, MpsLine | undefined, void> {
  for (;;) {
    while (!scanner.hasLine()) yield;
    if (scanner.isAtEnd) return undefined;
    const first = scanner.peek();
    const isHeader = first > SPACE;
    const isComment = first === ASTERISK;
    const fields: Field[] = [];
    while (!isComment && scanner.skipBlanks()) {
      fields.push({ text: scanner.word(), position: scanner.token });
      if (fields.length > FIELDS_MAX) scanner.fail(`line: expected at most ${FIELDS_MAX} fields`);
    }
    scanner.skipLine();
    if (fields.length > 0) return { isHeader, fields };
  }
}

/** The number a field holds; a flaw and 0 if it holds none. */
export function numberOf(scanner: Scanner, { text, position }: Field, what: string): number {
  const bytes = Buffer.from(text);
  const { value, end } = decimalAt(bytes, 0);
  if (end === bytes.length && end > 0 && isCalculable(value)) return value;
  scanner.flaw(
    `${what}: expected a number up to 1e140, got ${JSON.stringify(text.slice(0, 40))}`,
    position,
  );
  return 0;
}
