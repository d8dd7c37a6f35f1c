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
    lesson(dense("a"), 1, 0.1, 0.01),
    lesson(dense("a", "free", "large"), 3, 0.3, 0.02),
    lesson(dense("b"), 1, 0.9, 0.9),
  ],
};

function dense(structure: string, rows = "free", size = "small"): Situation {
  return [structure, rows, "two-valued", "dense", size];
}

function lesson(situation: Situation, problemCount: number, ...losses: number[]) {
  return { situation, problemCount, members: [{ solver: "one", losses, workPerMs: 100 }] };
}

describe("what is expected", () => {
  test.each([
    ["as learnt", dense("a"), 10, 5, 0.1],
    ["by the nearer budget, as a ratio", dense("a"), 99, 5, 0.1],
    ["by the longer one from there", dense("a"), 101, 5, 0.01],
    ["for ever, as for the longest", dense("a"), 2 ** 53, 5, 0.01],
    ["without any time, as for the shortest", dense("a"), 0, 5, 0.1],
    ["of an unknown size: as of all others, by problems", dense("a", "free", "?"), 10, 4, 0.25],
    ["of other values", ["a", "free", "many-valued", "dense", "small"], 10, 2, 0.25],
    ["with unknown rows", dense("a", "one-hot"), 10, 1, 0.25],
    ["of an unknown structure: as of everything", dense("c"), 10, 0, 0.38],
  ] as const)("%s", (_remark, situation, budgetMs, wordsKnown, loss) => {
    const expected = expectationsIn(situation, budgetMs, LITTLE);
    expect(expected.wordsKnown).toBe(wordsKnown);
    expect(expected.of("one")?.loss).toBeCloseTo(loss, 12);
    expect(expected.of("other")).toBeUndefined();
  });

  test("of nothing where nothing was learnt", () => {
    const none = { budgetsMs: [10], lessons: [] };
    expect(expectationsIn(dense("a"), 10, none).of("one")).toBeUndefined();
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
    ["nothing", problem(0, 0), "free two-valued linear small"],
    ["a ring", problem(1000, 1000), "free two-valued lattice medium"],
    ["a torus", problem(4000, 8000), "free two-valued lattice large"],
    ["ten neighbours each", problem(1000, 5000), "free two-valued sparse medium"],
    ["every pair", problem(20, 190), "free two-valued dense small"],
    ["one of three", problem(20, 0, [1, 1]), "one-hot two-valued linear small"],
    ["two of three", problem(20, 0, [1, 2]), "counted two-valued linear small"],
    ["weights", problem(20, 0, [7, 14]), "weighed two-valued linear small"],
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
    const words = situationOf(spins.finish(), "enumerable").join(" ");
    expect(words).toBe("enumerable free two-valued dense small");
  });

  test.each([
    ["an integer that is 0 or 1", 1, "two-valued"],
    ["one of nine with three values", 2, "many-valued"],
  ])("%s", (_remark, most, word) => {
    const mixed = new ProblemAssembly("minimise");
    mixed.addVariables(9);
    mixed.restrict(8, VARTYPE.integer, 0, most);
    expect(situationOf(mixed.finish(), "separable")[2]).toBe(word);
  });
});

describe("the lessons that ship", () => {
  test("are about solvers that there are, with a share lost at every budget", () => {
    expect(LESSONS.lessons.length).toBeGreaterThan(10);
    const names = solverCatalogue.map(({ name }) => name);
    for (const { situation, problemCount, members } of LESSONS.lessons) {
      expect(situation.length).toBe(5);
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
