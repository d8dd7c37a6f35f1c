/** Observables as people write them, and what is no observable. */
import { expect, test } from "vitest";
import { pauliSumOfText } from "./observable.ts";

const Z = (qubit: number) => ({ qubit, pauli: "Z" }) as const;
const X = (qubit: number) => ({ qubit, pauli: "X" }) as const;

test.each([
  ["Z0", [{ coefficient: 1, operators: [Z(0)] }]],
  ["-Z0*Z1", [{ coefficient: -1, operators: [Z(0), Z(1)] }]],
  [
    " 0.5 Z0 Z1 - 2e-1*X2+3 ",
    [
      { coefficient: 0.5, operators: [Z(0), Z(1)] },
      { coefficient: -0.2, operators: [X(2)] },
      { coefficient: 3, operators: [] },
    ],
  ],
  ["", []],
])("%j is read", (text, terms) => {
  expect(pauliSumOfText(text, 3)).toEqual(terms);
});

test.each([
  ["Z3", /below 3, got 3/],
  ["Z0 X0", /each qubit once/],
  ["Z", /got Z/],
  ["Z0 0.5 Z1", /got 0.5 Z1/],
  ["Z0 +", /got \+/],
  ["--Z0", /got --Z0/],
  ["W1", /got W1/],
  ["1e400 Z0", /sum is finite, got 1e400/],
  ["1e308 Z0 - 1e308 Z1", /sum is finite, got 1e308/],
])("%j is refused", (text, message) => {
  expect(() => pauliSumOfText(text, 3)).toThrow(message);
});
