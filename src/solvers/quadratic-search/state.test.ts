/**
 * Every move the chooser draws is judged as verify judges the sample it leads to, and the groups
 * and sums that make it cheap stay what they would be if worked out afresh.
 */
import { expect, test } from "vitest";
import { randomStream } from "#foundation";
import { HARD, type QuadraticProblem, type Verdict, verify } from "#problem";
import {
  type QuadraticShape,
  quadraticModel,
  smallQuadratic,
} from "../../../test/generators/quadratic-models.ts";
import { structuredModels } from "../../../test/generators/structured-models.ts";
import { layOutQuadratic } from "../quadratic-layout.ts";
import { MoveChooser } from "./moves.ts";
import { QuadraticState } from "./state.ts";

const shapes: readonly (readonly [string, QuadraticShape])[] = [
  ["a bit of everything", { ...smallQuadratic, variableCount: 9, rowCount: 5 }],
  ["many quadratic rows", { ...smallQuadratic, quadraticRowShare: 1, groupShare: 0 }],
  ["counts of binaries", { ...smallQuadratic, vartypes: ["binary"], groupShare: 1, rowCount: 6 }],
  ["soft rows only", { ...smallQuadratic, softShare: 1 }],
  ["no rows", { ...smallQuadratic, rowCount: 0 }],
];

const problems: readonly (readonly [string, (seed: number) => QuadraticProblem])[] = [
  ...shapes.map(([name, shape]) => {
    const draw = (seed: number) => quadraticModel(randomStream(seed, name), shape);
    return [name, draw] as const;
  }),
  ...Object.entries(structuredModels).map(([name, generator]) => {
    const draw = (seed: number) => generator(randomStream(seed, name));
    return [name, draw] as const;
  }),
];

test.each(problems)("moves are judged as verify judges them: %s", (_name, draw) => {
  for (let seed = 0; seed < 8; seed += 1) {
    const problem = draw(seed);
    const state = new QuadraticState(layOutQuadratic(problem));
    const random = randomStream(seed, "moves");
    const moves = new MoveChooser(state, random);
    for (let row = 0; row < state.weights.length; row += 1) {
      if (state.isHard(row)) state.weights[row] = 1 + random.below(5);
    }
    const { free } = state.layout;
    for (let step = 0; free.length > 0 && step < 80; step += 1) {
      const before = meritOf(problem, state);
      moves.choose(free[random.below(free.length)]);
      const judged = state.judge();
      expect(meritOf(problem, state)).toBe(before);
      state.make();
      expect(before + judged).toBeCloseTo(meritOf(problem, state), 9);
      const { sense } = problem;
      const { objective, feasible } = verify(problem, state.sample());
      expect(sense === "minimise" ? state.objective : -state.objective).toBeCloseTo(objective, 9);
      expect(state.brokenCount === 0).toBe(feasible);
      checkGroups(state);
    }
  }
});

test("brings a start inside its bounds", () => {
  const problem = quadraticModel(randomStream(2), { ...smallQuadratic, vartypes: ["integer"] });
  const state = new QuadraticState(layOutQuadratic(problem));
  state.load({ values: new Int32Array(problem.variableCount).fill(1000) });
  expect([...state.values]).toEqual([...problem.upperBounds]);
});

/** Objective to be made small, plus what the state's weights make of broken hard rows. */
function meritOf(problem: QuadraticProblem, state: QuadraticState): number {
  const { objective, violations }: Verdict = verify(problem, state.sample());
  const labels = problem.constraints.labels;
  const weighted = violations
    .filter(({ penalty }) => penalty === HARD)
    .map(({ rule, count }) => count * state.weights[labels.indexOf(rule)]);
  const signed = problem.sense === "minimise" ? objective : -objective;
  return weighted.reduce((sum, cost) => sum + cost, signed);
}

function checkGroups({ groups, values }: QuadraticState): void {
  for (let group = 0; group < groups.rows.length; group += 1) {
    for (const value of [0, 1]) {
      for (let index = 0; index < groups.countOf(group, value); index += 1) {
        expect(values[groups.member(group, value, index)]).toBe(value);
      }
    }
  }
}
