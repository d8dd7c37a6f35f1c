/**
 * Lines of two indices and a number, which four of the formats are made of: every line is checked
 * and every bad one reported, because each line stands for itself.
 */
import type { Scanner } from "../scanner.ts";

/** What the lines of a format hold. */
export interface TripleLines {
  /** What one line is called, for messages. */
  readonly what: string;
  /** How many lines there have to be. */
  readonly count: number;
  readonly indexMin: number;
  readonly indexMax: number;
  /** Takes one line; its indices as in the file. */
  readonly take: (first: number, second: number, value: number) => void;
}

/** Reads `lines.count` lines of three numbers, and nothing but blanks after them. */
export function* readTriples(scanner: Scanner, lines: TripleLines): Generator<void, void, void> {
  const { what, indexMin, indexMax } = lines;
  let count = 0;
  for (;;) {
    while (!scanner.hasLine()) yield;
    if (!scanner.skipBlanks()) {
      if (scanner.isAtEnd) break;
      scanner.skipLine();
      continue;
    }
    const first = scanner.integer(`${what}: first index`, indexMin, indexMax);
    const second = scanner.integer(`${what}: second index`, indexMin, indexMax);
    const value = scanner.number(`${what}: value`);
    const isWhole = scanner.endOfLine();
    count += 1;
    if (count > lines.count) scanner.fail(`${what}s: expected ${lines.count}, got more`);
    if (isWhole && first >= indexMin && second >= indexMin && !Number.isNaN(value)) {
      lines.take(first, second, value);
    }
    scanner.skipLine();
  }
  scanner.mark();
  if (count < lines.count) scanner.fail(`${what}s: expected ${lines.count}, got ${count}`);
}
