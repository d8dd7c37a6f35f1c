/**
 * QAPLIB (R. Burkard, S. Karisch, F. Rendl, J. Global Optimization 10, 1997): quadratic assignment.
 * n, on whose line an optimum or bound and a best value may follow, then two matrices of n^2
 * numbers, flows and distances. Minimise the sum over facilities i, j of
 * flow(i, j) * distance(p(i), p(j)). Solution: the location p(i), from 0, of each facility.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import { COMPARISON } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { endOfNumbers, nextInteger, nextNumbers } from "./numbers.ts";
import { factored, type QuadraticAssignment } from "./qap-factors.ts";
import { recovered } from "./recover.ts";

/** Dense matrices of a tenth of this size have as many terms as a problem may. */
const FACILITIES_MAX = 1024;

/** The format. */
export const qaplib: ProblemFormat = {
  name: "qaplib",
  title: "QAPLIB quadratic assignment",
  extensions: [".qap", ".dat"],
  isMaybe: (head) => /^\s*\d+(?:[ \t]+-?\d+){0,2}[ \t]*\r?\n\s*\r?\n(?:\s*-?\d+){4,}/.test(head),
  read: readMatrices,
  write: writeMatrices,
};

function* readMatrices(scanner: Scanner): Reading {
  const size = yield* nextInteger(scanner, "facilities", 1, FACILITIES_MAX);
  while (!scanner.hasLine()) yield;
  while (scanner.skipBlanks()) scanner.number("known value");
  scanner.check();
  const flows = yield* nextNumbers(scanner, "flow", size * size);
  const distances = yield* nextNumbers(scanner, "distance", size * size);
  yield* endOfNumbers(scanner);
  return pose({ size, flows, distances });
}

/** Variable `facility * size + location`: that the facility is there. */
function pose({ size, flows, distances }: QuadraticAssignment): FileProblem {
  const assembly = new ProblemAssembly("minimise");
  for (let facility = 0; facility < size; facility += 1) {
    for (let location = 0; location < size; location += 1) {
      const variable = assembly.addVariable(`x_${facility}_${location}`);
      const own = flows[facility * size + facility] * distances[location * size + location];
      assembly.addLinear(variable, own);
    }
  }
  const pairs = distantPairs(size, distances);
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const there = flows[i * size + j];
      const back = flows[j * size + i];
      if (there === 0 && back === 0) continue;
      for (const [k, l] of pairs) {
        const cost = there * distances[k * size + l] + back * distances[l * size + k];
        assembly.addQuadratic(i * size + k, j * size + l, cost);
      }
    }
  }
  for (let one = 0; one < size; one += 1) {
    addOneHot(assembly, `facility${one}`, size, one * size, 1);
  }
  for (let one = 0; one < size; one += 1) addOneHot(assembly, `location${one}`, size, one, size);
  return { problem: assembly.finish(), layout: { kind: "choices", width: size } };
}

/** Pairs of different locations with a distance, there or back. */
function distantPairs(size: number, distances: readonly number[]) {
  const pairs: (readonly [k: number, l: number])[] = [];
  for (let k = 0; k < size; k += 1) {
    for (let l = 0; l < size; l += 1) {
      const isApart = distances[k * size + l] !== 0 || distances[l * size + k] !== 0;
      if (k !== l && isApart) pairs.push([k, l]);
    }
  }
  return pairs;
}

function addOneHot(
  assembly: ProblemAssembly,
  label: string,
  size: number,
  start: number,
  step: number,
): void {
  const row = assembly.addRow({ label, comparison: COMPARISON.equal, rightSide: 1 });
  for (let one = 0; one < size; one += 1) assembly.addRowLinear(row, start + one * step, 1);
}

function* writeMatrices({ problem }: FileProblem): Generator<string> {
  const data = factored(problem);
  const { size, flows, distances } = recovered(problem, data, pose, "a quadratic assignment");
  yield `${size}\n`;
  for (const matrix of [flows, distances]) {
    yield "\n";
    for (let row = 0; row < size; row += 1) {
      yield `${matrix.slice(row * size, (row + 1) * size).join(" ")}\n`;
    }
  }
}
