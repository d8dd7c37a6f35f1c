/** Changes of vartype and sense: every sample keeps its energy, rows and all; there and back. */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import {
  everySample,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { isAll, VARTYPE } from "../model/quadratic-problem.ts";
import { verifyQuadratic } from "../model/verify-quadratic.ts";
import { asMinimisation, toBinary, toSpin } from "./two-valued.ts";

const draw = (seed: number) =>
  quadraticModel(randomStream(seed, "vartype"), { ...smallQuadratic, variableCount: 4 });

describe("a change of vartype", () => {
  test.each([
    ["to spin", toSpin, VARTYPE.binary],
    ["to binary", toBinary, VARTYPE.spin],
  ] as const)("%s keeps the verdict on every sample", (_remark, change, gone) => {
    for (let seed = 0; seed < 60; seed += 1) {
      const problem = draw(seed);
      const { problem: restated, lift } = change(problem);
      expect(restated.vartypes.includes(gone)).toBe(false);
      for (const values of everySample(restated)) {
        const before = verifyQuadratic(problem, lift({ values }));
        expect(verifyQuadratic(restated, { values })).toEqual(before);
      }
    }
  });

  test("there and back is the same objective", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const shape = { ...smallQuadratic, vartypes: ["binary"] as const, rowCount: 0 };
      const problem = quadraticModel(randomStream(seed), shape);
      const spins = toSpin(problem).problem;
      expect(isAll(spins, VARTYPE.spin)).toBe(true);
      expect(toBinary(spins).problem).toEqual(problem);
    }
  });
});

test("a maximisation as minimisation has every objective negated", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const problem = draw(seed);
    const minimised = asMinimisation(problem);
    const sign = problem.sense === "minimise" ? 1 : -1;
    expect(minimised.sense).toBe("minimise");
    for (const values of everySample(problem)) {
      const { objective, feasible } = verifyQuadratic(problem, { values });
      const after = verifyQuadratic(minimised, { values });
      expect(after.objective + 0).toBe(sign * objective + 0);
      expect(after.feasible).toBe(feasible);
    }
  }
});
