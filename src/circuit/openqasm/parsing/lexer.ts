/**
 * The lexer of OpenQASM 2 and 3: text to tokens (specification, grammar qasm3Lexer.g4). Comments
 * and blanks are dropped. Text that is no token becomes a token of kind `bad` with the reason, so
 * that the parser can report it where it stands and go on.
 */
import type { Position } from "../source.ts";

/**
 * What a token is. `word` is a keyword or an identifier; the parser knows which words are taken.
 */
export type TokenKind =
  | "word"
  | "integer"
  | "float"
  | "imaginary"
  | "timing"
  | "string"
  | "hardware-qubit"
  | "annotation"
  | "pragma"
  | "calibration"
  | "symbol"
  | "bad"
  | "end";

/**
 * A token; `text` is as written, for `bad` the reason, for `calibration` the block without its
 * braces.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: Position;
}

const SYMBOLS = [
  ...["<<=", ">>=", "**="],
  ...["->", "++", "**", "||", "&&", "==", "!=", "<=", ">=", "<<", ">>"],
  ...["+=", "-=", "*=", "/=", "&=", "|=", "^=", "%="],
  ..."[]{}():;.,=+-*/%|&^@~!<>",
];

const WORD = /[\p{L}\p{Nl}_][\p{L}\p{Nl}_0-9]*/uy;
const BLANK = /[ \t\r\n]+|\/\/[^\r\n]*/y;
const DECIMAL = "[0-9](?:_?[0-9])*";
const NUMBER = new RegExp(
  `(?:${DECIMAL}\\.(?:${DECIMAL})?|\\.${DECIMAL}|${DECIMAL})(?:[eE][+-]?${DECIMAL})?`,
  "y",
);
const PREFIXED = /0[bB][01](?:_?[01])*|0[oO][0-7](?:_?[0-7])*|0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*/y;
const UNIT = /[ \t]*(im|dt|ns|us|µs|μs|ms|s)(?![\p{L}\p{Nl}_0-9])/uy;
/** Anything glued to a number that is not a token of its own: `3x`, `0b12`, `3__4`. */
const GLUED = /[\p{L}\p{Nl}_0-9]+/uy;
const STRING = /"[^"\r\n]*"|'[^'\r\n]*'/y;
const HARDWARE_QUBIT = /\$[0-9]+/y;
const REST_OF_LINE = /[^\r\n]*/y;

/** The tokens of `text`; the last one is of kind `end`. */
export function tokens(text: string, file: string): readonly Token[] {
  const lexer = new Lexer(text, file);
  const found: Token[] = [];
  for (;;) {
    const token = lexer.next();
    found.push(token);
    if (token.kind === "end") return found;
  }
}

class Lexer {
  readonly #text: string;
  readonly #file: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  /** Set between `cal` or `defcal` and the block in another language that follows. */
  #calibrationAhead = false;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  next(): Token {
    const unclosed = this.#skipBlanks();
    if (unclosed !== undefined) return unclosed;
    const at = this.#position();
    if (this.#offset >= this.#text.length) return { kind: "end", text: "end of text", at };
    const character = this.#text[this.#offset];
    const word = this.#match(WORD);
    if (word !== undefined) return this.#word(word, at);
    if (/[0-9]/.test(character) || this.#looksLikeFraction()) return this.#number(at);
    if (character === '"' || character === "'") {
      const text = this.#match(STRING);
      if (text !== undefined) return { kind: "string", text, at };
      this.#match(REST_OF_LINE);
      return { kind: "bad", text: "a string without its closing quote", at };
    }
    if (character === "$") {
      const text = this.#match(HARDWARE_QUBIT);
      if (text !== undefined) return { kind: "hardware-qubit", text, at };
    }
    if (character === "#") return this.#hash(at);
    if (character === "@") return this.#at(at);
    return this.#symbol(at);
  }

  #word(text: string, at: Position): Token {
    if (text === "pragma") return { kind: "pragma", text: this.#match(REST_OF_LINE) ?? "", at };
    if (text === "cal" || text === "defcal") this.#calibrationAhead = true;
    return { kind: "word", text, at };
  }

  #number(at: Position): Token {
    const prefixed = this.#match(PREFIXED);
    const text = prefixed ?? this.#match(NUMBER) ?? "";
    const unit = prefixed === undefined ? this.#match(UNIT)?.trim() : undefined;
    if (unit !== undefined) {
      return { kind: unit === "im" ? "imaginary" : "timing", text: `${text}${unit}`, at };
    }
    const glued = this.#match(GLUED);
    if (glued !== undefined) {
      return { kind: "bad", text: `a malformed number ${text}${glued}`, at };
    }
    const whole = prefixed !== undefined || /^[0-9_]+$/.test(text);
    return { kind: whole ? "integer" : "float", text, at };
  }

  #hash(at: Position): Token {
    this.#offset += 1;
    if (this.#text.startsWith("pragma", this.#offset)) {
      this.#offset += "pragma".length;
      return { kind: "pragma", text: this.#match(REST_OF_LINE) ?? "", at };
    }
    if (this.#text.startsWith("dim", this.#offset)) {
      this.#offset += "dim".length;
      return { kind: "symbol", text: "#dim", at };
    }
    return { kind: "bad", text: "a stray #", at };
  }

  /** `@word` glued together at the start of a statement is an annotation; `ctrl @` is a symbol. */
  #at(at: Position): Token {
    const before = this.#text.slice(this.#lineStart, this.#offset);
    if (/^[ \t]*$/.test(before) && /[\p{L}_]/u.test(this.#text[this.#offset + 1] ?? "")) {
      return { kind: "annotation", text: this.#match(REST_OF_LINE) ?? "", at };
    }
    this.#offset += 1;
    return { kind: "symbol", text: "@", at };
  }

  #symbol(at: Position): Token {
    const symbol = SYMBOLS.find((text) => this.#text.startsWith(text, this.#offset));
    if (symbol === undefined) {
      const character = String.fromCodePoint(this.#text.codePointAt(this.#offset) ?? 0);
      this.#offset += character.length;
      return { kind: "bad", text: `a stray character ${JSON.stringify(character)}`, at };
    }
    if (symbol === "{" && this.#calibrationAhead) return this.#calibration(at);
    if (symbol === ";") this.#calibrationAhead = false;
    this.#offset += symbol.length;
    return { kind: "symbol", text: symbol, at };
  }

  /** A block in a calibration language, of which only the braces are understood. */
  #calibration(at: Position): Token {
    this.#calibrationAhead = false;
    let depth = 0;
    for (let end = this.#offset; end < this.#text.length; end += 1) {
      const character = this.#text[end];
      if (character === "{") depth += 1;
      if (character === "}") depth -= 1;
      if (depth > 0) continue;
      const text = this.#text.slice(this.#offset + 1, end);
      this.#moveTo(end + 1);
      return { kind: "calibration", text, at };
    }
    this.#moveTo(this.#text.length);
    return { kind: "bad", text: "a calibration block without its closing brace", at };
  }

  #looksLikeFraction(): boolean {
    return this.#text[this.#offset] === "." && /[0-9]/.test(this.#text[this.#offset + 1] ?? "");
  }

  #skipBlanks(): Token | undefined {
    for (;;) {
      if (this.#text.startsWith("/*", this.#offset)) {
        const at = this.#position();
        const end = this.#text.indexOf("*/", this.#offset + 2);
        this.#moveTo(end < 0 ? this.#text.length : end + 2);
        if (end < 0) return { kind: "bad", text: "a comment without its */", at };
        continue;
      }
      BLANK.lastIndex = this.#offset;
      const blank = BLANK.exec(this.#text);
      if (blank === null) return undefined;
      this.#moveTo(this.#offset + blank[0].length);
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#offset += match[0].length;
    return match[0];
  }

  /** Moves over text that may hold line ends. */
  #moveTo(offset: number): void {
    for (let index = this.#text.indexOf("\n", this.#offset); index >= 0 && index < offset; ) {
      this.#line += 1;
      this.#lineStart = index + 1;
      index = this.#text.indexOf("\n", index + 1);
    }
    this.#offset = offset;
  }

  #position(): Position {
    return { file: this.#file, line: this.#line, column: this.#offset - this.#lineStart + 1 };
  }
}
