/**
 * Gradients against differences of values and against the parameter-shift rule on the circuit's
 * gates; the mean of the best share against its definition.
 */
import { describe, expect, test } from "vitest";
import { type Circuit, simulate } from "#circuit";
import { randomStream } from "#foundation";
import { COMPARISON, cqmToBqm, ProblemAssembly, type QuadraticProblem, verify } from "#problem";
import { COMMON_CIRCUIT, type QaoaCircuit } from "../circuit.ts";
import { circuitProgram } from "../circuit-program.ts";
import { formulate } from "../formulation.ts";
import { runLayers } from "../layers.ts";
import { prepareCircuit } from "../prepared-circuit.ts";
import { type Angles, anglesOf, transferred } from "./angles.ts";
import { angleSlope } from "./gradient.ts";
import { type CircuitObjective, readObjective, risingOrder } from "./objective.ts";

/** Two of five are 1, one of four, and a bit of its own; everything interacts. */
function mixed(): QuadraticProblem {
  const random = randomStream(1, "mixed");
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(10);
  for (let second = 0; second < 10; second += 1) {
    assembly.addLinear(second, random.unit() - 0.5);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, random.unit() - 0.5);
    }
  }
  for (const [from, to, rightSide] of [
    [0, 5, 2],
    [5, 9, 1],
  ]) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
    for (let member = from; member < to; member += 1) assembly.addRowLinear(row, member, 1);
  }
  return assembly.finish();
}

function prepared(circuit: QaoaCircuit, objective: CircuitObjective) {
  const problem = mixed();
  const conversion = cqmToBqm(problem);
  const sites = formulate(problem, conversion, circuit.mixer);
  const known = Int8Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 1);
  const { ansatz, energies } = prepareCircuit(conversion.problem, sites, circuit, known);
  return { ansatz, energies, order: risingOrder(energies), objective };
}

const ANGLES: Angles = { gammas: [0.31, -0.7, 1.1], betas: [0.5, 0.23, -0.4] };
const WIDTH = 1e-5;

describe.each(["complete", "ring", "matching", "grover", "x"] as const)("mixer %s", (mixer) => {
  test.each<CircuitObjective>([{ kind: "mean" }, { kind: "cvar", share: 0.2 }])(
    "has the slope of its values, %o",
    (objective) => {
      const whole = prepared({ ...COMMON_CIRCUIT, mixer, epsilon: 0.3 }, objective);
      const value = (angles: Angles) => {
        const chances = runLayers(whole.ansatz, angles, () => false)?.probabilities();
        return readObjective(objective, chances ?? whole.energies, whole.energies, whole.order)
          .value;
      };
      const slope = angleSlope(whole, ANGLES);
      expect(slope.value).toBeCloseTo(value(ANGLES), 10);
      for (const kind of ["gammas", "betas"] as const) {
        ANGLES[kind].forEach((angle, layer) => {
          const at = (by: number) => {
            return value({ ...ANGLES, [kind]: ANGLES[kind].with(layer, angle + by) });
          };
          const difference = (at(WIDTH) - at(-WIDTH)) / (2 * WIDTH);
          const apart = Math.abs(slope[kind][layer] - difference) / (1 + Math.abs(difference));
          expect(apart, `${kind} ${layer}`).toBeLessThan(1e-6);
        });
      }
    },
  );
});

test("agrees with the parameter-shift rule on the gates of its circuit", () => {
  const problem = new ProblemAssembly("minimise");
  problem.addVariables(4);
  for (let second = 0; second < 4; second += 1) {
    problem.addLinear(second, 0.3 * second - 0.4);
    for (let first = 0; first < second; first += 1)
      problem.addQuadratic(first, second, first - 0.7);
  }
  const whole = problem.finish();
  const circuit = { ...COMMON_CIRCUIT, mixer: "x", layers: 1 } as const;
  const [gamma, beta] = [0.37, 0.61];
  const angles = { gammas: [gamma], betas: [beta] };
  const program = circuitProgram(whole, circuit, { angles });
  const slope = { rz: 0, rzz: 0, rx: 0 };
  program.operations.forEach((operation, at) => {
    if (operation.kind !== "gate") return;
    const [angle] = operation.parameters;
    const { gate } = operation;
    if (typeof angle !== "number" || (gate !== "rz" && gate !== "rzz" && gate !== "rx")) return;
    const shifted = (by: number) => {
      const operations = program.operations.with(at, { ...operation, parameters: [angle + by] });
      return meanEnergy({ ...program, operations }, whole);
    };
    slope[gate] += (angle * (shifted(Math.PI / 2) - shifted(-Math.PI / 2))) / 2;
  });
  const { problem: bqm } = cqmToBqm(whole);
  const sites = formulate(whole, cqmToBqm(whole), "x");
  const { ansatz, energies } = prepareCircuit(bqm, sites, circuit, undefined);
  const order = risingOrder(energies);
  const exact = angleSlope({ ansatz, energies, order, objective: { kind: "mean" } }, angles);
  expect((slope.rz + slope.rzz) / gamma).toBeCloseTo(exact.gammas[0], 9);
  expect(slope.rx / beta).toBeCloseTo(exact.betas[0], 9);
});

function meanEnergy(circuit: Circuit, problem: QuadraticProblem): number {
  const { probabilities = {} } = simulate(circuit, { shots: 0, seed: 1, exact: true });
  return Object.entries(probabilities).reduce((sum, [key, chance]) => {
    const values = Int32Array.from([...key].reverse(), Number);
    return sum + chance * verify(problem, { values }).objective;
  }, 0);
}

describe("the best share", () => {
  const energies = Float64Array.of(3, -1, 2, 0);
  const chances = Float64Array.of(0.1, 0.2, 0.4, 0.3);
  test.each([
    ["the best alone", 0.2, -1],
    ["the best and some of the next", 0.4, (-1 * 0.2 + 0 * 0.2) / 0.4],
    ["all", 1, 0.3 - 0.2 + 0.8],
  ])("of %s", (_, share, value) => {
    const order = risingOrder(energies);
    const reading = readObjective({ kind: "cvar", share }, chances, energies, order);
    expect(reading.value).toBeCloseTo(value, 12);
  });
});

test("chosen angles are stretched over more layers than they have", () => {
  const { gammas, betas } = anglesOf("transferred", 9, 2);
  const five = anglesOf("transferred", 5, 2);
  expect(gammas).toHaveLength(9);
  for (const [at, gamma] of five.gammas.entries()) expect(gammas[2 * at]).toBeCloseTo(gamma, 12);
  expect(betas[1]).toBeCloseTo((five.betas[0] + five.betas[1]) / 2, 12);
  expect(anglesOf("transferred", 0, 2)).toEqual({ gammas: [], betas: [] });
});

test("angles of one scale mean the same at another", () => {
  const angles = anglesOf("ramp", 2, 3);
  expect(transferred(angles, 3, 6)).toEqual(anglesOf("ramp", 2, 6));
  expect(transferred(angles, 3, 0).gammas).toEqual([0, 0]);
});
