/**
 * Flaws at their fields.
 */
import { describe, expect, test } from "vitest";
import { flawsAt, flawsWithin, placesAround } from "./flaws.ts";

const FLAWS = [
  { pointer: "/k", message: "too small" },
  { pointer: "/candidates/1/embedding/0", message: "no number" },
  { pointer: "/candidates/10", message: "no object" },
];

describe("flaws", () => {
  test("at exactly a place", () => {
    expect(flawsAt(FLAWS, "/k")).toEqual(["too small"]);
    expect(flawsAt(FLAWS, "/candidates")).toEqual([]);
    expect(flawsAt([], "")).toEqual([]);
  });

  test("within a place, not within one whose name only begins alike", () => {
    expect(flawsWithin(FLAWS, "/candidates/1/embedding")).toEqual(["0: no number"]);
    expect(flawsWithin(FLAWS, "/candidates/1")).toEqual(["embedding/0: no number"]);
  });

  test("the places around one, from the inside out", () => {
    expect(placesAround("/a/0/b")).toEqual(["/a/0/b", "/a/0", "/a", ""]);
    expect(placesAround("")).toEqual([""]);
  });
});
