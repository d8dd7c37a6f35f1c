/**
 * MDPLIB (R. Marti, M. Gallego, A. Duarte, 2010): maximum diversity. First line `n m`: choose m of
 * n; then one line `i j d` per pair, elements from 0. Solution: 0 or 1 per element.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import { COMPARISON, interactionsOf } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { recovered } from "./recover.ts";
import { readTriples } from "./triples.ts";

/** All pairs of more elements than this have more terms than a problem may. */
const ELEMENTS_MAX = 2 ** 14;

interface Distances {
  readonly elementCount: number;
  readonly chosenCount: number;
  /** elementCount^2 numbers, of which those above the diagonal count. */
  readonly distances: Float64Array;
}

/** The format. */
export const mdp: ProblemFormat = {
  name: "mdp",
  title: "MDPLIB maximum diversity",
  extensions: [".mdp"],
  fileName: /^(GKD|MDG|SOM)-/,
  isMaybe: (head) => /^\s*\d+[ \t]+\d+[ \t]*\r?\n\s*0[ \t]+[1-9]\d*[ \t]+\S+[ \t]*\r?\n/.test(head),
  read: readDistances,
  write: writeDistances,
};

function* readDistances(scanner: Scanner): Reading {
  while (!scanner.ready()) yield;
  const elementCount = scanner.integer("elements", 0, ELEMENTS_MAX);
  const chosenCount = scanner.integer("chosen elements", 0, elementCount);
  scanner.endOfLine();
  scanner.check();
  const distances = new Float64Array(elementCount * elementCount).fill(Number.NaN);
  yield* readTriples(scanner, {
    what: "distance",
    count: (elementCount * (elementCount - 1)) / 2,
    indexMin: 0,
    indexMax: elementCount - 1,
    take: (first, second, distance) => {
      const place = Math.min(first, second) * elementCount + Math.max(first, second);
      if (first === second) scanner.flaw("distance: expected two elements, got one twice");
      else if (!Number.isNaN(distances[place])) scanner.flaw("distance: expected once, got again");
      distances[place] = distance;
    },
  });
  scanner.check();
  return pose({ elementCount, chosenCount, distances });
}

function pose({ elementCount, chosenCount, distances }: Distances): FileProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(elementCount);
  const row = assembly.addRow({
    label: "chosen",
    comparison: COMPARISON.equal,
    rightSide: chosenCount,
  });
  for (let first = 0; first < elementCount; first += 1) {
    assembly.addRowLinear(row, first, 1);
    for (let second = first + 1; second < elementCount; second += 1) {
      assembly.addQuadratic(first, second, distances[first * elementCount + second]);
    }
  }
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeDistances({ problem }: FileProblem): Generator<string> {
  const elementCount = problem.variableCount;
  const distances = new Float64Array(elementCount * elementCount);
  for (const [first, second, bias] of interactionsOf(problem)) {
    distances[first * elementCount + second] = bias;
  }
  const chosenCount = problem.constraints.rightSides[0] ?? 0;
  const data = { elementCount, chosenCount, distances };
  recovered(problem, data, pose, "a maximum diversity over binary variables");
  yield `${elementCount} ${chosenCount}\n`;
  for (let first = 0; first < elementCount; first += 1) {
    for (let second = first + 1; second < elementCount; second += 1) {
      yield `${first} ${second} ${distances[first * elementCount + second]}\n`;
    }
  }
}
