/**
 * Spin forms by what they promise: energies that rise exactly as the objective worsens, in small
 * whole numbers where there are any, and samples that belong to the spins.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { SpinReplicas } from "#kernels";
import { ProblemBuilder, type QuadraticProblem, sum, verify } from "#problem";
import { quadraticModel, smallQuadratic } from "../../../test/generators/quadratic-models.ts";
import { parallelTempering } from "./parallel-tempering.ts";
import { spinForm, supportsSpinForm } from "./spin-form.ts";

const base = { ...smallQuadratic, rowCount: 0, variableCount: 9 };
const families = [
  ["binary", { ...base, vartypes: ["binary"] as const }],
  ["spin", { ...base, vartypes: ["spin"] as const }],
  ["both", { ...base, vartypes: ["binary", "spin"] as const }],
  ["tenths", { ...base, vartypes: ["binary", "spin"] as const, step: 0.1 }],
  ["sevenths", { ...base, vartypes: ["binary"] as const, step: 1 / 7 }],
  ["nothing", { ...base, vartypes: ["binary"] as const, variableCount: 0 }],
] as const;

/** Energy and objective of some samples. */
function pairsOf(problem: QuadraticProblem): readonly (readonly [number, number])[] {
  const { glass, lift } = spinForm(problem);
  const replicas = new SpinReplicas(glass, randomStream(2));
  replicas.setInfiniteTemperature();
  replicas.sweep(0, glass.spinCount, 1);
  return Array.from(replicas.energies(), (energy, lane) => {
    const { objective } = verify(problem, lift(replicas.spinsOf(lane)));
    return [energy, problem.sense === "minimise" ? objective : -objective] as const;
  });
}

describe.each(families)("%s", (name, shape) => {
  test.each([0, 1, 2, 3])("energies are the objective, moved and stretched, seed %i", (seed) => {
    const pairs = pairsOf(quadraticModel(randomStream(seed, name), shape));
    const ascending = pairs.toSorted(([a], [b]) => a - b);
    const [[e0, o0]] = ascending;
    const [e1, o1] = ascending[ascending.length - 1];
    if (e1 === e0) return expect(pairs.every(([, objective]) => objective === o0)).toBe(true);
    const rate = (o1 - o0) / (e1 - e0);
    expect(rate).toBeGreaterThan(0);
    for (const [energy, objective] of pairs) {
      expect(o0 + rate * (energy - e0)).toBeCloseTo(objective, 5);
    }
  });
});

test("a maximum cut has couplings of one and no biases", () => {
  const builder = new ProblemBuilder();
  const [a, b, c] = ["a", "b", "c"].map((label) => builder.binary(label));
  const cut = [a, b].map((x, index) => {
    const y = [b, c][index];
    return sum(x, y, x.times(y).times(-2)).times(3);
  });
  builder.maximise(sum(...cut));
  const { glass } = spinForm(builder.build());
  expect(Array.from(glass.couplings)).toEqual([1, 1, 1, 1]);
  expect(Array.from(glass.biases)).toEqual([0, 0, 0]);
});

test("what a problem's spin form is, and who takes it, is worked out once", () => {
  const problem = quadraticModel(randomStream(3), { ...base, vartypes: ["spin"] });
  expect(spinForm(problem)).toBe(spinForm(problem));
  expect(parallelTempering.supports(problem)).toBe(parallelTempering.supports(problem));
});

describe("what has no spin form is told why", () => {
  test("rows, and integers", () => {
    const builder = new ProblemBuilder();
    const x = builder.binary("x");
    builder.require("row", sum(x).atMost(0));
    expect(supportsSpinForm(builder.build())).toMatchObject({ reason: /rows/ });
    const other = new ProblemBuilder();
    other.minimise(sum(other.integer("n", 0, 3)));
    expect(supportsSpinForm(other.build())).toMatchObject({ reason: /integer/ });
  });

  test("parallel tempering takes a lattice and no random graph", () => {
    const side = 6;
    const cells = Array.from({ length: side * side }, (_, cell) => cell);
    const graphOf = (pairs: readonly (readonly [number, number])[]) => {
      const builder = new ProblemBuilder();
      const spins = cells.map((cell) => builder.spin(`s${cell}`));
      builder.minimise(sum(...pairs.map(([one, other]) => spins[one].times(spins[other]))));
      return builder.build();
    };
    const right = (cell: number) => cell - (cell % side) + ((cell + 1) % side);
    const lattice = cells.flatMap((cell) => [
      [cell, right(cell)] as const,
      [cell, (cell + side) % cells.length] as const,
    ]);
    expect(parallelTempering.supports(graphOf(lattice))).toEqual({ kind: "yes" });
    const ring = cells.map((cell) => [cell, (cell + 1) % cells.length] as const);
    expect(parallelTempering.supports(graphOf(ring))).toMatchObject({ reason: /lattice/ });
  });
});
