/**
 * Counts of none, one and several.
 */
import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test.each([
  [0, "qubit", undefined, "0 qubits"],
  [1, "qubit", undefined, "1 qubit"],
  [2, "qubit", undefined, "2 qubits"],
  [1, "class", "classes", "1 class"],
  [3, "class", "classes", "3 classes"],
])("%d of %s", (count, noun, several, text) => {
  expect(counted(count, noun, several)).toBe(text);
});
