/**
 * A part of a JSON file together with where it is: checks say which part is wrong by its pointer,
 * and the line and column are looked up in the text only when there is something to say.
 */
import { isCalculable } from "../decimal.ts";
import type { Position, Scanner } from "../scanner.ts";
import { mistakeIn } from "./json-mistake.ts";
import { placeOf } from "./json-place.ts";

type Path = readonly (string | number)[];

/** Reads the whole file as JSON. */
export function* readJson(scanner: Scanner): Generator<void, JsonPart, void> {
  let bytes = scanner.rest();
  for (; bytes === undefined; bytes = scanner.rest()) yield;
  const text = Buffer.from(bytes).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const place = positionAt(text, mistakeIn(text));
    return scanner.fail(`JSON: ${message}`, place);
  }
  return new JsonPart(scanner, text, value, []);
}

/** A value of the file and the way to it. */
export class JsonPart {
  readonly value: unknown;
  readonly #scanner: Scanner;
  readonly #text: string;
  readonly #path: Path;

  constructor(scanner: Scanner, text: string, value: unknown, path: Path) {
    this.value = value;
    this.#scanner = scanner;
    this.#text = text;
    this.#path = path;
  }

  /** The member called `name`, which may be absent. */
  member(name: string): JsonPart {
    const { value } = this;
    if (typeof value !== "object" || value === null) return this.fail("an object");
    const found = Object.entries(value).find(([key]) => key === name);
    return new JsonPart(this.#scanner, this.#text, found?.[1], [...this.#path, name]);
  }

  /** Whether there is a value that is not null. */
  get isPresent(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The items of a list. */
  items(): JsonPart[] {
    if (!Array.isArray(this.value)) return this.fail("a list");
    return this.value.map(
      (item: unknown, index) =>
        new JsonPart(this.#scanner, this.#text, item, [...this.#path, index]),
    );
  }

  /** A list of numbers, made without a part for each. */
  numbers(): readonly number[] {
    const { value } = this;
    if (!Array.isArray(value)) return this.fail("a list of numbers");
    const wrong = value.findIndex((item: unknown) => !isNumber(item));
    if (wrong >= 0) this.items()[wrong].fail("a number up to 1e140");
    return value;
  }

  /** A number. */
  number(): number {
    const { value } = this;
    return isNumber(value) ? value : this.fail("a number up to 1e140");
  }

  /** An integer from `min` to `max`. */
  integer(min: number, max: number): number {
    const { value } = this;
    const isInteger = typeof value === "number" && Number.isInteger(value);
    if (isInteger && value >= min && value <= max) return value;
    return this.fail(`an integer from ${min} to ${max}`);
  }

  /** A text. */
  text(): string {
    return typeof this.value === "string" ? this.value : this.fail("a text");
  }

  /** One of `choices`. */
  choice<const Choice extends string>(choices: readonly Choice[]): Choice {
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.fail(`one of ${choices.join(", ")}`);
  }

  /** Ends the reading at this part. */
  fail(expected: string): never {
    const pointer = this.#path.map((step) => `/${step}`).join("");
    const got = this.value === undefined ? "nothing" : JSON.stringify(this.value).slice(0, 40);
    const place = positionAt(this.#text, placeOf(this.#text, this.#path));
    return this.#scanner.fail(`${pointer || "file"}: expected ${expected}, got ${got}`, place);
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && isCalculable(value);
}

function positionAt(text: string, at: number): Position {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - before.lastIndexOf("\n") };
}
