/** Every kind of misfit in our own words, and a schema's own sentence untouched. */
import { expect, test } from "vitest";
import { z } from "zod";
import "./wording.ts";

const LONG = "x".repeat(1000);

test.each<[string, z.ZodType, unknown, string]>([
  ["no text", z.string(), 7, "expected a text, got 7"],
  ["nothing", z.string(), undefined, "expected a text, got nothing"],
  ["null", z.number(), null, "expected a number, got null"],
  ["half", z.int(), 0.5, "expected a whole number, got 0.5"],
  ["not a number", z.number(), Number.NaN, "expected a number, got NaN"],
  ["an object", z.boolean(), {}, "expected true or false, got an object"],
  ["a list", z.object({}), [1, 2], "expected an object, got a list of 2"],
  ["too short", z.string().min(2), "a", 'expected at least 2 characters, got "a"'],
  ["too few", z.array(z.any()).min(1), [], "expected at least 1 entry, got a list of 0"],
  ["too many", z.array(z.any()).max(1), [1, 2], "expected at most 1 entry, got a list of 2"],
  ["too small", z.number().min(0), -1, "expected at least 0, got -1"],
  ["not above", z.number().gt(0), 0, "expected more than 0, got 0"],
  ["too big", z.number().max(1), 1e308, "expected at most 1, got 1e+308"],
  ["another word", z.enum(["a", "b"]), "c", 'expected one of "a", "b", got "c"'],
  ["another constant", z.literal(true), 1, "expected true, got 1"],
  ["no multiple", z.number().multipleOf(2), 3, "expected a multiple of 2, got 3"],
  ["another form", z.string().regex(/^a$/), "b", 'expected a text that matches /^a$/, got "b"'],
  ["its own words", z.string().regex(/^a$/, "expected an a"), "b", "expected an a"],
  [
    "none of several",
    z.union([z.number(), z.boolean()]),
    "x",
    'expected a value of one of the shapes the schema lists, got "x"',
  ],
  ["a lone surrogate", z.number(), "\ud800", 'expected a number, got "\ufffd"'],
  [
    "a long text",
    z.number(),
    LONG,
    `expected a number, got "${LONG.slice(0, 40)}"... (1000 characters)`,
  ],
])("%s", (_remark, schema, value, message) => {
  const { error } = schema.safeParse(value);
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});
