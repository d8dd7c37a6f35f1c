/**
 * The better of two objectives, where one or both may be missing.
 */
import { expect, test } from "vitest";
import { betterOf } from "./problem.ts";

test.each([
  ["minimise", 1, 2, 1],
  ["minimise", 2, 1, 1],
  ["maximise", 1, 2, 2],
  ["maximise", 2, 2, 2],
  ["minimise", undefined, 0, 0],
  ["maximise", 0, undefined, 0],
  ["maximise", undefined, undefined, undefined],
] as const)("to %s, of %s and %s", (sense, a, b, better) => {
  expect(betterOf(sense, a, b)).toBe(better);
});
