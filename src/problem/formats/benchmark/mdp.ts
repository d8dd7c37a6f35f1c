/**
 * MDPLIB (R. Marti, M. Gallego, A. Duarte, 2010): maximum diversity. First line `n m`: choose m of
 * n; then one line `i j d` per pair, elements from 0. Solution: 0 or 1 per element.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import {
  COMPARISON,
  isAll,
  type QuadraticProblem,
  VARTYPE,
} from "../../model/quadratic-problem.ts";
import { HARD } from "../../ordered-selection.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import { notWritable } from "../not-writable.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { readTriples } from "./triples.ts";

/** All pairs of more elements than this are more terms than a problem may have. */
const ELEMENTS_MAX = 10_000;

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
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(elementCount);
  const rightSide = chosenCount;
  const row = assembly.addRow({ label: "chosen", comparison: COMPARISON.equal, rightSide });
  for (let one = 0; one < elementCount; one += 1) assembly.addRowLinear(row, one, 1);
  const seen = new Uint8Array(Math.ceil((elementCount * elementCount) / 8));
  yield* readTriples(scanner, {
    what: "distance",
    count: (elementCount * (elementCount - 1)) / 2,
    indexMin: 0,
    indexMax: elementCount - 1,
    take: (first, second, distance) => {
      const place = Math.min(first, second) * elementCount + Math.max(first, second);
      const bit = 1 << (place % 8);
      const byte = Math.floor(place / 8);
      if (first === second) return scanner.flaw("distance: expected two elements, got one twice");
      if ((seen[byte] & bit) !== 0) return scanner.flaw("distance: expected once, got again");
      seen[byte] |= bit;
      assembly.addQuadratic(first, second, distance);
    },
  });
  scanner.check();
  return { problem: assembly.finish(), layout: VALUES };
}

function* writeDistances({ problem }: FileProblem): Generator<string> {
  const { variableCount, objective, constraints } = problem;
  if (!isMaximumDiversity(problem)) {
    notWritable("expected a maximum diversity over binary variables, got another kind of problem");
  }
  yield `${variableCount} ${constraints.rightSides[0]}\n`;
  for (let first = 0; first < variableCount; first += 1) {
    let entry = objective.starts[first];
    for (let second = first + 1; second < variableCount; second += 1) {
      const isThere = entry < objective.starts[first + 1] && objective.columns[entry] === second;
      yield `${first} ${second} ${isThere ? objective.biases[entry] : 0}\n`;
      if (isThere) entry += 1;
    }
  }
}

/** Whether all there is are pair biases and how many variables are 1. */
function isMaximumDiversity(problem: QuadraticProblem): boolean {
  const { objective, constraints: rows, sense, variableCount } = problem;
  return (
    sense === "maximise" &&
    isAll(problem, VARTYPE.binary) &&
    objective.offset === 0 &&
    objective.linear.every((bias) => bias === 0) &&
    rows.count === 1 &&
    rows.weights[0] === HARD &&
    rows.comparisons[0] === COMPARISON.equal &&
    rows.pairBiases.length === 0 &&
    rows.biases.length === variableCount &&
    rows.biases.every((bias) => bias === 1)
  );
}
