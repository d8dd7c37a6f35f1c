/**
 * The p-value of a randomisation test counts the assignment that was used among those drawn.
 */
import { expect, it } from "vitest";
import { randomisationP } from "./randomisation-test.ts";

const cycle = (values: readonly number[]) => {
  let next = 0;
  return () => values[next++ % values.length];
};

it.each([
  [3, [1, -1, 2], 3 / 4 - 2 / 4, "none as far"],
  [3, [3, -3, 2], 3 / 4, "ties and the other side count"],
  [0, [0, 1, 2], 1, "no difference is no evidence"],
  [3, [3 - 1e-12, 0, 0], 2 / 4, "equal but for rounding counts"],
])("%d among %j: %d, %s", (observed, drawn, wanted) => {
  expect(randomisationP(observed, cycle(drawn), drawn.length)).toBe(wanted);
});

it("without draws has nothing against chance", () => {
  expect(randomisationP(5, () => 0, 0)).toBe(1);
});
