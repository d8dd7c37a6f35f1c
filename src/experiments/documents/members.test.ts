/**
 * Members of documents: what is taken, what stands in for what is missing, and one sentence a flaw.
 */
import { describe, expect, it } from "vitest";
import type { Flaw } from "#foundation";
import { choiceAt, type Members, membersOf, textAt } from "./members.ts";

function reading<Value>(document: unknown, read: (members: Members) => Value) {
  const flaws: Flaw[] = [];
  return { value: read(membersOf(document, "/at", flaws)), flaws };
}

describe("membersOf", () => {
  it.each<readonly [unknown, (members: Members) => unknown, unknown]>([
    [{ a: "x" }, (one) => one.text("a"), "x"],
    [{}, (one) => one.text("a", "usual"), "usual"],
    [{ a: 0 }, (one) => one.number("a", { min: 0, whole: true }), 0],
    [{}, (one) => one.number("a", { usual: 3 }), 3],
    [{ a: false }, (one) => one.flag("a", true), false],
    [{ a: "y" }, (one) => one.choice("a", ["x", "y"]), "y"],
    [{}, (one) => one.choice("a", ["x", "y"], "y"), "y"],
    [{ a: { b: 2 } }, (one) => one.object("a", (inner) => inner.number("b")), 2],
    [
      { a: [1, 2] },
      (one) => one.list("a", (value, at) => `${at}:${value}`),
      ["/at/a/0:1", "/at/a/1:2"],
    ],
    [{}, (one) => one.list("a", () => 1), []],
    [{ a: null }, (one) => one.has("a"), true],
    [{}, (one) => one.has("a"), false],
  ])("%j gives %s", (document, read, wanted) => {
    expect(reading(document, read)).toEqual({ value: wanted, flaws: [] });
  });

  it.each<readonly [unknown, (members: Members) => unknown, string, string]>([
    [{}, (one) => one.text("a"), "/at/a", "expected text, got nothing"],
    [{ a: "" }, (one) => one.text("a"), "/at/a", 'expected text, got ""'],
    [{ a: "1" }, (one) => one.number("a"), "/at/a", 'expected a number, got "1"'],
    [
      { a: 0.5 },
      (one) => one.number("a", { whole: true }),
      "/at/a",
      "expected a whole number, got 0.5",
    ],
    [{ a: 0 }, (one) => one.number("a", { above: 0 }), "/at/a", "expected a number above 0, got 0"],
    [
      { a: 9 },
      (one) => one.number("a", { min: 1, max: 8 }),
      "/at/a",
      "a number of at least 1 and at most 8",
    ],
    [{ a: 1 }, (one) => one.flag("a", true), "/at/a", "expected true or false, got 1"],
    [{ a: "z" }, (one) => one.choice("a", ["x", "y"]), "/at/a", "expected one of x, y"],
    [{ a: 1 }, (one) => one.list("a", () => 1), "/at/a", "expected an array, got 1"],
    [{ a: [] }, (one) => one.list("a", () => 1, 2), "/at/a", "expected an array of at least 2"],
    [[], (one) => one.has("a"), "/at", "expected an object, got []"],
    [null, (one) => one.has("a"), "/at", "expected an object, got null"],
    [{ a: "x".repeat(99) }, (one) => one.flag("a", true), "/at/a", "..."],
  ])("%j with %s has a flaw at %s: %s", (document, read, pointer, words) => {
    const { flaws } = reading(document, read);
    expect(flaws).toEqual([{ pointer, message: expect.stringContaining(words) }]);
  });
});

it("values of lists are read alike", () => {
  const flaws: Flaw[] = [];
  expect(textAt("x", "/0", flaws)).toBe("x");
  expect(choiceAt("b", "/1", ["a", "b"], flaws)).toBe("b");
  expect(flaws).toEqual([]);
  textAt(3, "/2", flaws);
  choiceAt("c", "/3", ["a", "b"], flaws);
  expect(flaws.map(({ pointer }) => pointer)).toEqual(["/2", "/3"]);
});
