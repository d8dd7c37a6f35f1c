/**
 * The state against the definition: what a move was said to change is what it changed, whatever it
 * consists of, and what was taken back never happened.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { HARD, type QuadraticProblem, verify } from "#problem";
import {
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { layOutQuadratic } from "../quadratic-layout.ts";
import { Draws } from "./draws.ts";
import { Fixes } from "./fixes.ts";
import { Moves } from "./moves.ts";
import { RowState } from "./state.ts";

const shapes: readonly (readonly [string, QuadraticShape])[] = [
  ["a bit of everything", { ...smallQuadratic, variableCount: 9, rowCount: 6 }],
  ["fractions", { ...smallQuadratic, variableCount: 9, rowCount: 6, step: 0.1 }],
  ["counts", { ...smallQuadratic, variableCount: 9, groupShare: 1, vartypes: ["binary"] }],
  ["one variable", { ...smallQuadratic, variableCount: 1 }],
  ["rows without variables", { ...smallQuadratic, variableCount: 3, rowDensity: 0 }],
];

/** Objective, to be made small, and all hard rows' distances: what the state keeps count of. */
function judged(problem: QuadraticProblem, state: RowState) {
  const { objective, violations } = verify(problem, { values: state.values });
  const hard = violations.filter(({ penalty }) => penalty === HARD);
  return {
    objective: problem.sense === "minimise" ? objective : -objective,
    broken: hard.length,
  };
}

describe.each(shapes)("%s", (name, shape) => {
  test.each([1, 2, 3])("moves of seed %i add up", (seed) => {
    const problem = quadraticModel(randomStream(seed, name), shape);
    const state = new RowState(layOutQuadratic(problem));
    const draws = new Draws(seed, name);
    const moves = new Moves(state, draws, new Fixes(state, draws));
    const { free } = state.layout;
    if (free.length === 0) return;
    for (let move = 0; move < 300; move += 1) {
      const before = state.values.slice();
      const excess = state.excess.slice();
      const change = moves.open(free[draws.below(free.length)]);
      expect(change).toBe(state.change);
      if (draws.happens(0.5)) {
        state.undo();
        expect(state.values).toEqual(before);
        expect(state.excess).toEqual(excess);
        continue;
      }
      state.keep();
      const { objective, broken } = judged(problem, state);
      expect(state.objective).toBeCloseTo(objective, 6);
      expect(state.broken.count).toBe(broken);
    }
  });
});

test("a broken row costs its weight times the distance, and members follow the values", () => {
  const shape = {
    ...smallQuadratic,
    variableCount: 8,
    softShare: 0,
    vartypes: ["binary"],
  } as const;
  const problem = quadraticModel(randomStream(7, "weights"), shape);
  const state = new RowState(layOutQuadratic(problem));
  const costOf = () => {
    const { violations } = verify(problem, { values: state.values });
    return state.objective + violations.reduce((sum, { count }) => sum + 3 * count, 0);
  };
  for (let row = 0; row < problem.constraints.count; row += 1) state.setWeight(row, 3);
  for (let variable = 0; variable < 8; variable += 1) {
    const before = costOf();
    const change = state.step(variable, 1 - 2 * state.values[variable]);
    state.keep();
    expect(costOf() - before).toBeCloseTo(change, 6);
    for (let row = 0; row < problem.constraints.count; row += 1) {
      for (const value of [0, 1]) {
        const count = state.members.countOf(row, value);
        for (let index = 0; index < count; index += 1) {
          expect(state.values[state.members.member(row, value, index)]).toBe(value);
        }
      }
    }
  }
});
