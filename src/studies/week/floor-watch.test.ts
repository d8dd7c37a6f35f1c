/**
 * The clock of a simulated centre as a frame shows it: opening days from Monday to Saturday, later
 * weeks by number.
 */
import { expect, test } from "vitest";
import { clockText } from "./floor-watch.ts";

test.each([
  [0, "Mon 00:00"],
  [86_400 + 10 * 3600 + 32 * 60 + 59, "Tue 10:32"],
  [6 * 86_400 - 60, "Sat 23:59"],
  [6 * 86_400, "Mon 00:00, week 2"],
])("%d s is %s", (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});
