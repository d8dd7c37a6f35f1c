/**
 * The parser's place in the tokens: looking ahead, demanding what must come next, and finding the
 * next statement after an error.
 */

import {
  CHAIN_MAX,
  DIAGNOSTICS_MAX,
  type Diagnostic,
  type Position,
  Rejection,
} from "../source.ts";
import type { Expression, Statement } from "../syntax.ts";
import type { Token } from "./lexer.ts";
import { reservedWords } from "./words.ts";

/** A place in a list of tokens; the last token is of kind `end` and is never passed. */
export class Cursor {
  /** Which language is read; set by the version statement. */
  version: 2 | 3 = 3;
  /** In the parameters of OpenQASM 2 every number is real, so that 1/2 is a half. */
  realNumbers = false;
  /** How many statements are open around this place. */
  statementDepth = 0;
  /** How many expressions are open around this place. */
  expressionDepth = 0;
  readonly diagnostics: Diagnostic[] = [];
  readonly #tokens: readonly Token[];
  /** How deep the expressions of the statement at hand are. */
  readonly #depths = new Map<Expression, number>();
  readonly #parseStatement: (cursor: Cursor) => Statement;
  #index = 0;

  /** A cursor before the first token; statements hold statements, so it is told how to read one. */
  constructor(tokens: readonly Token[], parseStatement: (cursor: Cursor) => Statement) {
    this.#tokens = tokens;
    this.#parseStatement = parseStatement;
  }

  /** Passes one statement. */
  statement(): Statement {
    // No expression reaches from one statement into the next.
    this.#depths.clear();
    return this.#parseStatement(this);
  }

  /** The token `ahead` places further on. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)];
  }

  /** Where the next token begins. */
  get at(): Position {
    return this.peek().at;
  }

  /** Passes the next token. */
  next(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#index += 1;
    return token;
  }

  /** Whether the next token is this word or symbol. */
  sees(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === "word" || token.kind === "symbol");
  }

  /** Whether the next token is one of these words or symbols. */
  seesOneOf(texts: readonly string[]): boolean {
    return texts.some((text) => this.sees(text));
  }

  /** Passes this word or symbol if it is next. */
  accept(text: string): boolean {
    if (!this.sees(text)) return false;
    this.next();
    return true;
  }

  /** Passes this word or symbol; anything else is an error. */
  expect(text: string): Token {
    if (!this.sees(text)) this.fail(`'${text}'`);
    return this.next();
  }

  /** Whether the next token can be a name. */
  seesName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && !reservedWords[this.version].has(token.text);
  }

  /** Passes a name; `what` says what it would name. */
  name(what: string): string {
    if (!this.seesName()) this.fail(what);
    return this.next().text;
  }

  /** Gives up on the statement at hand. */
  fail(expected: string): never {
    const token = this.peek();
    if (token.kind === "bad")
      throw new Rejection(token.at, `expected ${expected}, got ${token.text}`);
    const reserved = token.kind === "word" && reservedWords[this.version].has(token.text);
    const got = token.kind === "end" ? token.text : `'${token.text}'`;
    const remark = reserved ? `the reserved word ${got}` : got;
    throw new Rejection(token.at, `expected ${expected}, got ${remark}`);
  }

  /**
   * Items up to `close`, separated by commas, with an optional comma at the end; `close` is passed.
   */
  listUntil<T>(close: string, item: () => T): readonly T[] {
    const items: T[] = [];
    while (!this.sees(close)) {
      items.push(item());
      if (!this.accept(",")) break;
    }
    if (!this.sees(close)) this.fail(`',' or '${close}'`);
    this.next();
    return items;
  }

  /** Runs `parse`; what it rejects is kept, and the place moves to the next statement. */
  recovering<T>(parse: () => T): T | undefined {
    const before = this.#index;
    const { statementDepth, expressionDepth } = this;
    try {
      return parse();
    } catch (thrown) {
      if (!(thrown instanceof Rejection)) throw thrown;
      if (this.diagnostics.length < DIAGNOSTICS_MAX) this.diagnostics.push(thrown.diagnostic);
      this.statementDepth = statementDepth;
      this.expressionDepth = expressionDepth;
      if (this.#index === before) this.#index += this.peek().kind === "end" ? 0 : 1;
      this.#skipStatement(before);
      return undefined;
    }
  }

  /**
   * Notes how deep `expression` is over `parts`, so that no tree grows deeper than evaluation can
   * follow.
   */
  grown<E extends Expression>(expression: E, ...parts: readonly Expression[]): E {
    const depth = 1 + Math.max(0, ...parts.map((part) => this.#depths.get(part) ?? 0));
    if (depth > CHAIN_MAX.operators) {
      const limit = CHAIN_MAX.operators;
      throw new Rejection(expression.at, `expected at most ${limit} operators one upon the other`);
    }
    this.#depths.set(expression, depth);
    return expression;
  }

  /**
   * Moves behind the `;` or block that ends the statement begun at `start`, or before the `}`
   * around it.
   */
  #skipStatement(start: number): void {
    let depth = 0;
    for (let index = start; index < this.#index; index += 1)
      depth += braceStep(this.#tokens[index]);
    for (depth = Math.max(0, depth); this.peek().kind !== "end"; ) {
      if (depth === 0 && this.sees("}")) return;
      const token = this.next();
      depth += braceStep(token);
      if (depth === 0 && token.kind === "symbol" && (token.text === ";" || token.text === "}"))
        return;
    }
  }
}

function braceStep(token: Token): number {
  if (token.kind !== "symbol") return 0;
  return token.text === "{" ? 1 : token.text === "}" ? -1 : 0;
}
