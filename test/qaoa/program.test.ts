/**
 * Circuits written down: the OpenQASM text, read and simulated as any other program, ends in the
 * distribution that the simulation in the space of the groups ends in.
 */
import { describe, expect, test } from "vitest";
import {
  bases,
  type Circuit,
  gridMap,
  programOfOpenQasm,
  simulate,
  statisticsOf,
  transpile,
  writeOpenQasm3,
} from "#circuit";
import { randomStream } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem } from "#problem";
import { COMMON_CIRCUIT, circuitProgram, type QaoaCircuit, runCircuit } from "#solvers";
import { denseCase } from "./dense-circuit.ts";

const MIXERS = ["x", "complete", "ring", "matching", "grover"] as const;

type Changes = Parameters<typeof runCircuit>[2];

/** By how much the text's distribution is off, added up over all states; 1 if it leaves them. */
function distance(circuit: Circuit, run: ReturnType<typeof runCircuit>): number {
  const program = programOfOpenQasm(writeOpenQasm3(circuit));
  const { probabilities = {} } = simulate(program, { shots: 0, seed: 1, exact: true });
  let apart = 0;
  let inside = 0;
  run.probabilities.forEach((chance, state) => {
    const key = [...run.bitsOf(state).values].reverse().join("");
    inside += probabilities[key] ?? 0;
    apart += Math.abs((probabilities[key] ?? 0) - chance);
  });
  return apart + Math.abs(1 - inside);
}

function compare(problem: QuadraticProblem, circuit: QaoaCircuit, changes: Changes): number {
  return distance(circuitProgram(problem, circuit, changes), runCircuit(problem, circuit, changes));
}

describe.each(MIXERS)("mixer %s", (mixer) => {
  test("means in OpenQASM what it means in the groups", () => {
    for (let seed = 0; seed < 24; seed += 1) {
      const one = denseCase(seed);
      const circuit = { ...COMMON_CIRCUIT, mixer, epsilon: one.epsilon };
      expect(compare(one.problem, circuit, one), `seed ${seed}`).toBeLessThan(1e-9);
    }
  });

  test.each([
    ["none of 4", 4, 0],
    ["all of 3", 3, 3],
    ["one of 7", 7, 1],
    ["3 of 6", 6, 3],
    ["6 of 8", 8, 6],
  ])("keeps %s", (_, size, ones) => {
    const problem = counted(size, ones);
    expect(compare(problem, { ...COMMON_CIRCUIT, mixer, layers: 2 }, {})).toBeLessThan(1e-9);
  });
});

test("is the same in a device's gates", () => {
  const problem = counted(5, 1);
  for (const mixer of MIXERS) {
    const circuit = { ...COMMON_CIRCUIT, mixer, layers: 2 };
    const target = { basis: bases[0], map: gridMap(2, 3) };
    const program = circuitProgram(problem, circuit);
    const transpiled = transpile(program, target, { seed: 1, trials: 4 });
    expect(distance(transpiled.circuit, runCircuit(problem, circuit))).toBeLessThan(1e-9);
  }
});

test("prepares a W state of five by two CX and a rotation for each step", () => {
  const { counts } = statisticsOf(circuitProgram(counted(5, 1), { ...COMMON_CIRCUIT, layers: 0 }));
  expect(counts).toMatchObject({ x: 1, cx: 8 });
});

test("has no gates where there are no variables", () => {
  const nothing = new ProblemAssembly("minimise").finish();
  const program = circuitProgram(nothing, COMMON_CIRCUIT);
  expect(program.operations).toEqual([]);
});

/** So many of some variables are 1; everything interacts. */
function counted(size: number, ones: number): QuadraticProblem {
  const random = randomStream(size, "counted", ones);
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let second = 0; second < size; second += 1) {
    assembly.addLinear(second, random.unit() - 0.5);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, random.unit() - 0.5);
    }
  }
  const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: ones });
  for (let member = 0; member < size; member += 1) assembly.addRowLinear(row, member, 1);
  return assembly.finish();
}
