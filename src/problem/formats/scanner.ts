/**
 * The scanner: bytes of a file, chunk by chunk, as numbers and words with their line and column.
 * Readers are generators that ask before each token or line whether enough has arrived, and yield
 * until it has; so a file is read in one pass and never held whole.
 */
import { Fault, type FaultRow, type Flaw } from "#foundation";
import { decimalAt, isCalculable } from "./decimal.ts";
import { formatFaults } from "./faults.ts";

/** What must be at hand before a token is read, and what the longest word takes of it. */
const AHEAD_BYTES = 8192;
const WORD_BYTES_MAX = 4096;
const LINE_BYTES_MAX = 2 ** 22;
/** What is held of files that cannot be read in pieces. */
const WHOLE_BYTES_MAX = 2 ** 30;
const FLAWS_MAX = 20;

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;

/** A place in a file; both count from 1, columns in bytes. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Reads one file. */
export class Scanner {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #hasEnded = false;
  #line = 1;
  /** Where the current line begins, relative to the bytes at hand; may be negative. */
  #lineStart = 0;
  #token: Position = { line: 1, column: 1 };
  readonly #later: Uint8Array[] = [];
  readonly #flaws: Flaw[] = [];

  /** Takes the next bytes of the file; they must not change afterwards. */
  feed(chunk: Uint8Array): void {
    if (chunk.length > 0) this.#later.push(chunk);
  }

  /** Says that no more will come. */
  end(): void {
    this.#hasEnded = true;
  }

  /** Skips blanks and line ends; whether a whole token, or the end of the file, is at hand. */
  ready(): boolean {
    for (;;) {
      this.skipSpace();
      if (this.#bytes.length - this.#at >= AHEAD_BYTES) return true;
      if (!this.#more()) return this.#hasEnded;
    }
  }

  /** Whether the rest of the current line is at hand. */
  hasLine(): boolean {
    for (;;) {
      if (this.#bytes.indexOf(NEWLINE, this.#at) >= 0) return true;
      if (this.#bytes.length - this.#at > LINE_BYTES_MAX) {
        this.fail(`line: expected at most ${LINE_BYTES_MAX} bytes, got more`);
      }
      if (!this.#more()) return this.#hasEnded;
    }
  }

  /** All bytes not yet read, once the file has ended; `undefined` before. */
  rest(): Uint8Array | undefined {
    const waiting = this.#later.reduce((total, { length }) => total + length, 0);
    if (waiting > WHOLE_BYTES_MAX) this.fail(`file: expected at most ${WHOLE_BYTES_MAX} bytes`);
    if (!this.#hasEnded) return undefined;
    const parts = [this.#bytes.subarray(this.#at), ...this.#later.splice(0)];
    const rest = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    this.#bytes = rest.subarray(rest.length);
    this.#at = 0;
    return rest;
  }

  /** The byte at hand; -1 at the end of the file. */
  peek(ahead = 0): number {
    return this.#at + ahead < this.#bytes.length ? this.#bytes[this.#at + ahead] : -1;
  }

  /** Whether nothing but the end of the file is left, as far as is known. */
  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Where the last token began. */
  get token(): Position {
    return this.#token;
  }

  /** Notes that a token begins here. */
  mark(): Position {
    this.#token = { line: this.#line, column: this.#at - this.#lineStart + 1 };
    return this.#token;
  }

  /** Passes over `count` bytes that are no line ends. */
  advance(count: number): void {
    this.#at += count;
  }

  /** Skips blanks, but no line end; whether the line goes on. */
  skipBlanks(): boolean {
    for (;;) {
      const byte = this.peek();
      if (byte !== SPACE && byte !== TAB && byte !== RETURN) return byte !== NEWLINE && byte >= 0;
      this.#at += 1;
    }
  }

  /** Skips blanks and line ends. */
  skipSpace(): void {
    while (!this.skipBlanks()) {
      if (this.#at === this.#bytes.length) return;
      this.#nextLine();
    }
  }

  /** Skips what is left of the line, its end included; needs {@link hasLine}. */
  skipLine(): void {
    const end = this.#bytes.indexOf(NEWLINE, this.#at);
    this.#at = end < 0 ? this.#bytes.length : end;
    if (end >= 0) this.#nextLine();
  }

  /** What is left of the line, without its end, as text; needs {@link hasLine}. */
  lineText(): string {
    this.mark();
    const end = this.#bytes.indexOf(NEWLINE, this.#at);
    const text = this.#text(this.#at, end < 0 ? this.#bytes.length : end);
    this.#at = end < 0 ? this.#bytes.length : end;
    return text.trimEnd();
  }

  /** The next bytes up to a blank or line end, as text; empty at the end of a line. */
  word(): string {
    this.skipBlanks();
    this.mark();
    const start = this.#at;
    while (this.peek() > SPACE) this.#at += 1;
    const length = this.#at - start;
    if (length > WORD_BYTES_MAX) this.fail(`word: expected at most ${WORD_BYTES_MAX} bytes`);
    return this.#text(start, this.#at);
  }

  /**
   * The number at hand, which must end at a blank, line end or the end of the file. Anything else
   * is passed over as a flaw of `what`, and the answer is NaN.
   */
  number(what: string): number {
    this.skipBlanks();
    this.mark();
    const { value, end } = decimalAt(this.#bytes, this.#at);
    if (end > this.#at && (end === this.#bytes.length || this.#bytes[end] <= SPACE)) {
      this.#at = end;
      if (isCalculable(value)) return value;
      this.flaw(`${what}: expected a number up to 1e140, got a greater one`);
      return Number.NaN;
    }
    const position = this.#token;
    const word = this.word();
    const got = word === "" ? this.#whatEnds() : JSON.stringify(word.slice(0, 40));
    this.flaw(`${what}: expected a number, got ${got}`, position);
    return Number.NaN;
  }

  /** As {@link number}, and an integer from `min` to `max`. */
  integer(what: string, min: number, max: number): number {
    const value = this.number(what);
    if (Number.isNaN(value) || (Number.isInteger(value) && value >= min && value <= max)) {
      return value;
    }
    this.flaw(`${what}: expected an integer from ${min} to ${max}, got ${value}`);
    return Number.NaN;
  }

  /** The numeral at hand, whatever follows it; `undefined` where there is none. */
  numeral(): number | undefined {
    const { value, end } = decimalAt(this.#bytes, this.#at);
    if (end === this.#at) return undefined;
    this.#at = end;
    return value;
  }

  /** Whether the line is over; what is left of it is a flaw. */
  endOfLine(): boolean {
    if (!this.skipBlanks()) return true;
    this.mark();
    this.flaw(`line: expected its end, got ${JSON.stringify(this.lineText().slice(0, 40))}`);
    return false;
  }

  /** Notes a flaw and goes on, unless there are too many. */
  flaw(message: string, { line, column }: Position = this.#token): void {
    this.#flaws.push({
      pointer: `/${line}/${column}`,
      message: `line ${line}, column ${column}: ${message}`,
    });
    if (this.#flaws.length >= FLAWS_MAX) this.check();
  }

  /** Notes a flaw and ends the reading. */
  fail(message: string, position: Position = this.#token): never {
    this.flaw(message, position);
    this.check();
    throw this.#fault(formatFaults.fileInvalid);
  }

  /** Ends the reading because of something that is in order but cannot be taken. */
  refuse(message: string, position: Position = this.#token): never {
    this.flaw(message, position);
    throw this.#fault(formatFaults.fileUnsupported);
  }

  /** @throws Fault listing every flaw so far, if there is one. */
  check(): void {
    if (this.#flaws.length > 0) throw this.#fault(formatFaults.fileInvalid);
  }

  #fault(row: FaultRow): Fault {
    const [first, ...others] =
      row === formatFaults.fileInvalid ? this.#flaws : this.#flaws.slice(-1);
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    return new Fault(row, { detail: `${first.message}${more}`, flaws: this.#flaws });
  }

  #whatEnds(): string {
    return this.peek() === NEWLINE ? "the end of the line" : "the end of the file";
  }

  #nextLine(): void {
    this.#at += 1;
    this.#line += 1;
    this.#lineStart = this.#at;
  }

  /** Puts the next chunk behind what is left of the last one. */
  #more(): boolean {
    const chunk = this.#later.shift();
    if (chunk === undefined) return false;
    const left = this.#bytes.subarray(this.#at);
    this.#lineStart -= this.#at;
    this.#at = 0;
    this.#bytes = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    return true;
  }

  #text(start: number, end: number): string {
    return Buffer.from(this.#bytes.subarray(start, end)).toString("utf8");
  }
}
