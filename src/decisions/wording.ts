/**
 * What schemas say when something does not fit: what was expected and what came, in one form and in
 * this project's words, whichever schema it is. Where a schema has a sentence of its own, that one
 * stands.
 */
import { z } from "zod";

z.config({ customError: worded });

type Issue = z.core.$ZodRawIssue;

/** One sentence about a misfit. */
function worded(issue: Issue): string | undefined {
  const expected = expectation(issue);
  return expected === undefined ? undefined : `expected ${expected}, got ${shown(issue.input)}`;
}

function expectation(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "too_small":
      return sized(
        issue.origin,
        issue.inclusive === false ? "more than" : "at least",
        issue.minimum,
      );
    case "too_big":
      return sized(
        issue.origin,
        issue.inclusive === false ? "less than" : "at most",
        issue.maximum,
      );
    case "invalid_format":
      return issue.pattern === undefined
        ? `a text of the form ${issue.format}`
        : `a text that matches ${issue.pattern}`;
    case "invalid_value":
      return oneOf(issue.values.map((value) => JSON.stringify(value) ?? String(value)));
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return "members the schema names";
    case "invalid_union":
      return "a value of one of the shapes the schema lists";
    case "invalid_key":
    case "invalid_element":
      return "entries the schema allows";
    default:
      return undefined;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  tuple: "a list",
  null: "null",
  undefined: "nothing",
  never: "nothing",
};

function sized(origin: string, bound: string, limit: number | bigint): string {
  switch (origin) {
    case "string":
      return `${bound} ${counted(limit, "character", "characters")}`;
    case "array":
    case "set":
      return `${bound} ${counted(limit, "entry", "entries")}`;
    case "object":
    case "map":
      return `${bound} ${counted(limit, "member", "members")}`;
    default:
      return `${bound} ${limit}`;
  }
}

function counted(count: number | bigint, one: string, several: string): string {
  return `${count} ${Number(count) === 1 ? one : several}`;
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

const TEXT_LENGTH_MAX = 40;

/** What came, short enough for a sentence. */
function shown(input: unknown): string {
  if (input === undefined) return "nothing";
  if (Array.isArray(input)) return `a list of ${input.length}`;
  if (typeof input === "object" && input !== null) return "an object";
  if (typeof input !== "string") return String(input);
  if (input.length <= TEXT_LENGTH_MAX) return JSON.stringify(input.toWellFormed());
  const start = JSON.stringify(input.slice(0, TEXT_LENGTH_MAX).toWellFormed());
  return `${start}... (${input.length} characters)`;
}
