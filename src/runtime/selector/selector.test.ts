/** What is expected of solvers, from lessons told in a few lines; and the lessons that ship. */
import { describe, expect, test } from "vitest";
import { COMPARISON, ProblemAssembly, VARTYPE } from "#problem";
import { solverCatalogue } from "#solvers";
import LESSONS from "./lessons.json" with { type: "json" };
import { expectationsIn, type Lessons } from "./selector.ts";
import { type Situation, situationOf } from "./situation.ts";

const LITTLE: Lessons = {
  budgetsMs: [10, 1000],
  lessons: [
    lesson(["a", "free", "dense", "small"], 1, 0.1, 0.01),
    lesson(["a", "free", "dense", "large"], 3, 0.3, 0.02),
    lesson(["b", "free", "dense", "small"], 1, 0.9, 0.9),
  ],
};

function lesson(situation: Situation, problemCount: number, ...losses: number[]) {
  return { situation, problemCount, members: [{ solver: "one", losses, workPerMs: 100 }] };
}

describe("what is expected", () => {
  test.each([
    ["as learnt", ["a", "free", "dense", "small"], 10, 4, 0.1],
    ["by the nearer budget, as a ratio", ["a", "free", "dense", "small"], 99, 4, 0.1],
    ["by the longer one from there", ["a", "free", "dense", "small"], 101, 4, 0.01],
    ["for ever, as for the longest", ["a", "free", "dense", "small"], 2 ** 53, 4, 0.01],
    ["without any time, as for the shortest", ["a", "free", "dense", "small"], 0, 4, 0.1],
    ["of an unknown size: as of all others, by problems", ["a", "free", "dense", "?"], 10, 3, 0.25],
    ["with unknown rows", ["a", "one-hot", "dense", "small"], 10, 1, 0.25],
    ["of an unknown structure: as of everything", ["c", "free", "dense", "small"], 10, 0, 0.38],
  ] as const)("%s", (_remark, situation, budgetMs, wordsKnown, loss) => {
    const expected = expectationsIn(situation, budgetMs, LITTLE);
    expect(expected.wordsKnown).toBe(wordsKnown);
    expect(expected.of("one")?.loss).toBeCloseTo(loss, 12);
    expect(expected.of("other")).toBeUndefined();
  });

  test("of nothing where nothing was learnt", () => {
    const none = { budgetsMs: [10], lessons: [] };
    expect(expectationsIn(["a", "b", "c", "d"], 10, none).of("one")).toBeUndefined();
  });
});

describe("situations", () => {
  function problem(count: number, pairs: number, row?: readonly [number, number]) {
    const assembly = new ProblemAssembly("minimise");
    assembly.addVariables(count);
    for (let pair = 0; pair < pairs; pair += 1) {
      const one = pair % count;
      assembly.addQuadratic(one, (one + 1 + Math.floor(pair / count)) % count, 1);
    }
    if (row !== undefined) {
      const [bias, rightSide] = row;
      const index = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
      for (const variable of [0, 1, 2]) assembly.addRowLinear(index, variable, bias);
    }
    return assembly.finish();
  }

  test.each([
    ["nothing", problem(0, 0), "free linear small"],
    ["a ring", problem(1000, 1000), "free lattice medium"],
    ["a torus", problem(4000, 8000), "free lattice large"],
    ["ten neighbours each", problem(1000, 5000), "free sparse medium"],
    ["every pair", problem(20, 190), "free dense small"],
    ["one of three", problem(20, 0, [1, 1]), "one-hot linear small"],
    ["two of three", problem(20, 0, [1, 2]), "counted linear small"],
    ["weights", problem(20, 0, [7, 14]), "weighed linear small"],
  ])("%s", (_remark, given, words) => {
    expect(situationOf(given, "general-quadratic").join(" ")).toBe(`general-quadratic ${words}`);
  });

  test("do not depend on spins being written as binaries", () => {
    const spins = new ProblemAssembly("maximise");
    for (const variable of [0, 1]) {
      spins.addVariable();
      spins.restrict(variable, VARTYPE.spin);
    }
    spins.addQuadratic(0, 1, 1);
    expect(situationOf(spins.finish(), "enumerable").join(" ")).toBe("enumerable free dense small");
  });
});

describe("the lessons that ship", () => {
  test("are about solvers that there are, with a share lost at every budget", () => {
    expect(LESSONS.lessons.length).toBeGreaterThan(10);
    const names = solverCatalogue.map(({ name }) => name);
    for (const { situation, problemCount, members } of LESSONS.lessons) {
      expect(situation.length).toBe(4);
      expect(problemCount).toBeGreaterThan(0);
      for (const { solver, losses, workPerMs } of members) {
        expect(names).toContain(solver);
        expect(losses.length).toBe(LESSONS.budgetsMs.length);
        expect(losses.every((loss) => loss >= 0 && loss <= 1)).toBe(true);
        expect(workPerMs).toBeGreaterThan(0);
      }
    }
  });

  test("know every situation once, and in each somebody who lost nothing in the end", () => {
    const keys = LESSONS.lessons.map(({ situation }) => situation.join());
    expect(new Set(keys).size).toBe(keys.length);
    for (const { members } of LESSONS.lessons) {
      const least = Math.min(...members.map(({ losses }) => losses[losses.length - 1]));
      expect(least).toBeLessThan(0.02);
    }
  });
});
