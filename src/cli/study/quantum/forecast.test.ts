/** Predictions of verdicts: what can be learnt is, and what cannot is not claimed. */
import { expect, test } from "vitest";
import { type Case, forecastOf, type Outcome, treeWords } from "./forecast.ts";

function caseOf(family: string, density: number, outcome: Outcome): Case {
  const features = { structure: "general-quadratic", variables: 50, density, rows: 0, groups: 0 };
  return { family, challenger: "inspired", features, outcome };
}

const FAMILIES = ["a", "b", "c", "d"];

test("a rule that holds in every family is found, and right on each left out", () => {
  const cases = FAMILIES.flatMap((family, at) => [
    caseOf(family, 0.1 + at / 100, "win"),
    caseOf(family, 0.2, "win"),
    caseOf(family, 0.8, "loss"),
    caseOf(family, 0.9 - at / 100, "loss"),
  ]);
  const forecast = forecastOf(cases);
  expect(forecast).toMatchObject({ cases: 16, right: 16, rightByHabit: 8 });
  expect(forecast?.precision).toEqual([
    { outcome: "win", predicted: 8, right: 8 },
    { outcome: "tie", predicted: 0, right: 0 },
    { outcome: "loss", predicted: 8, right: 8 },
  ]);
  expect(forecast && treeWords(forecast.tree)).toEqual([
    "density at most 0.5: win (8 cases)",
    "density above 0.5: loss (8 cases)",
  ]);
});

test("what is true of one family alone is wrong on it once it is left out", () => {
  const cases = FAMILIES.flatMap((family) => {
    const outcome = family === "a" ? "win" : "loss";
    return [caseOf(family, 0.5, outcome), caseOf(family, 0.5, outcome)];
  });
  expect(forecastOf(cases)).toMatchObject({ cases: 8, right: 6, rightByHabit: 6 });
});

test("nothing, or one family, leaves nothing to test on", () => {
  expect(forecastOf([])).toBeNull();
  expect(forecastOf([caseOf("a", 0.1, "win"), caseOf("a", 0.2, "tie")])).toBeNull();
});
