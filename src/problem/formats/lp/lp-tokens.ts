/**
 * The tokens of CPLEX LP: numbers, names, labels, operators, comparisons and the words that open a
 * section. A name before a colon is a label; comments run from a backslash to the end of the line.
 */
import { COMPARISON, type ComparisonCode } from "../../model/quadratic-problem.ts";
import type { Scanner } from "../scanner.ts";

/** The sections of a file that can be read. */
export type LpSection =
  | "minimise"
  | "maximise"
  | "constraints"
  | "bounds"
  | "binary"
  | "integer"
  | "end";

/** One token. */
export type LpToken =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "section"; readonly section: LpSection }
  | { readonly kind: "operator"; readonly operator: string }
  | { readonly kind: "comparison"; readonly comparison: ComparisonCode };

const SECTIONS: Readonly<Record<string, LpSection | "unsupported">> = Object.freeze({
  ...sections("minimise", "minimize", "minimise", "minimum", "min"),
  ...sections("maximise", "maximize", "maximise", "maximum", "max"),
  ...sections("constraints", "subject to", "such that", "st", "s.t.", "st."),
  ...sections("bounds", "bounds", "bound"),
  ...sections("binary", "binary", "binaries", "bin"),
  ...sections("integer", "general", "generals", "gen", "integer", "integers", "int"),
  ...sections("end", "end"),
  ...sections("unsupported", "semi", "semis", "sos", "sos1", "sos2"),
  ...sections("unsupported", "lazy constraints", "user cuts", "general constraints"),
});
/** First words of the sections that have two; a single `general` is a section too. */
const FIRST_WORDS = new Set(["subject", "such", "lazy", "user", "general"]);

const OPERATORS = "+-*^/[]";
const COMPARISONS = "<>=";
const COLON = 58;
const GREATER = 62;
const BACKSLASH = 92;
/** What cannot be part of a name. */
const DELIMITERS = new Set([..." \t\r\n+-*^/[]<>=:\\"].map((char) => char.charCodeAt(0)));
const NAME_BYTES_MAX = 1024;

/** Whether `word` cannot be a name in the format, whatever its case. */
export function isLpWord(word: string): boolean {
  return word.toLowerCase() in SECTIONS || /^(free|inf|infinity)$/i.test(word);
}

/** Reads tokens one at a time. */
export class LpTokens {
  readonly scanner: Scanner;
  #current: LpToken | "end" | undefined;

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  /** Whether the next token is at hand. */
  ready(): boolean {
    if (this.#current !== undefined) return true;
    while (this.scanner.ready()) {
      if (this.scanner.peek() !== BACKSLASH) {
        this.scanner.mark();
        this.#current = this.scanner.isAtEnd ? "end" : this.#read();
        return true;
      }
      if (!this.scanner.hasLine()) return false;
      this.scanner.skipLine();
    }
    return false;
  }

  /** The next token, which is {@link ready}; `undefined` at the end of the file. */
  get current(): LpToken | undefined {
    return this.#current === "end" ? undefined : this.#current;
  }

  /** Whether the next token is this operator. */
  isOperator(operator: string): boolean {
    return this.current?.kind === "operator" && this.current.operator === operator;
  }

  /** Passes over the next token. */
  skip(): void {
    if (this.#current !== "end") this.#current = undefined;
  }

  /** Ends the reading: the next token is not what it has to be. */
  fail(expected: string): never {
    return this.scanner.fail(`expected ${expected}, got ${describe(this.current)}`);
  }

  #read(): LpToken {
    const { scanner } = this;
    const value = isNumeral(scanner.peek(), scanner.peek(1)) ? scanner.numeral() : undefined;
    if (value !== undefined) return { kind: "number", value };
    const char = String.fromCharCode(scanner.peek());
    const isArrow = char === "-" && scanner.peek(1) === GREATER;
    if (isArrow) scanner.refuse("indicator constraint: expected none");
    if (OPERATORS.includes(char)) {
      scanner.advance(1);
      return { kind: "operator", operator: char };
    }
    if (COMPARISONS.includes(char)) return this.#comparison();
    const name = this.#name();
    if (name === "") scanner.fail(`expected a name, a number or an operator, got ${char}`);
    const section = this.#section(name.toLowerCase());
    scanner.skipBlanks();
    if (scanner.peek() === COLON) {
      scanner.advance(1);
      return { kind: "label", name };
    }
    return section === undefined ? { kind: "name", name } : { kind: "section", section };
  }

  #comparison(): LpToken {
    let text = "";
    while (text.length < 2 && this.scanner.peek() > 0) {
      const char = String.fromCharCode(this.scanner.peek());
      if (!COMPARISONS.includes(char)) break;
      text += char;
      this.scanner.advance(1);
    }
    const comparison = /^(<=?|=<)$/.test(text)
      ? COMPARISON.atMost
      : /^(>=?|=>)$/.test(text)
        ? COMPARISON.atLeast
        : COMPARISON.equal;
    if (comparison === COMPARISON.equal && text !== "=") {
      this.scanner.fail(`comparison: expected <=, >= or =, got ${text}`);
    }
    return { kind: "comparison", comparison };
  }

  #name(): string {
    const bytes: number[] = [];
    for (let byte = this.scanner.peek(); !DELIMITERS.has(byte) && byte > 0; ) {
      bytes.push(byte);
      this.scanner.advance(1);
      byte = this.scanner.peek();
    }
    if (bytes.length > NAME_BYTES_MAX) {
      this.scanner.fail(`name: expected at most ${NAME_BYTES_MAX} bytes, got ${bytes.length}`);
    }
    return Buffer.from(bytes).toString("utf8");
  }

  #section(first: string): LpSection | undefined {
    let section = Object.hasOwn(SECTIONS, first) ? SECTIONS[first] : undefined;
    if (FIRST_WORDS.has(first)) {
      const { text, length } = this.#wordAhead();
      const both = `${first} ${text}`;
      if (Object.hasOwn(SECTIONS, both)) {
        section = SECTIONS[both];
        this.scanner.advance(length);
      }
    }
    if (section === "unsupported") this.scanner.refuse(`section ${first}: expected none`);
    return section;
  }

  /** The word after the blanks at hand, and how far it reaches; empty if none follows. */
  #wordAhead(): { readonly text: string; readonly length: number } {
    let length = 0;
    while (this.scanner.peek(length) === 32 || this.scanner.peek(length) === 9) length += 1;
    let text = "";
    while (/[A-Za-z]/.test(String.fromCharCode(this.scanner.peek(length))) && text.length < 16) {
      text += String.fromCharCode(this.scanner.peek(length)).toLowerCase();
      length += 1;
    }
    return { text, length };
  }
}

/** Names a token for a message. */
function describe(token: LpToken | undefined): string {
  if (token === undefined) return "the end of the file";
  const { kind, ...rest } = token;
  return `${kind} ${Object.values(rest).join()}`;
}

function isNumeral(byte: number, next: number): boolean {
  const isDigit = (one: number) => one >= 48 && one <= 57;
  return isDigit(byte) || (byte === 46 && isDigit(next));
}

function sections(
  section: LpSection | "unsupported",
  ...words: readonly string[]
): Record<string, LpSection | "unsupported"> {
  return Object.fromEntries(words.map((word) => [word, section]));
}
