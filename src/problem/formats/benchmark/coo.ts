/**
 * Coordinate lists of QUBO and Ising problems, in two dialects. dimod's: lines `i j bias`, indices
 * from 0, and a comment line `# vartype=BINARY` or `SPIN` (binary where absent). qbsolv's: a line
 * `p qubo 0 n diagonals couplers` before them, comments `c ...`. The bias counts once, i = j is
 * linear, and the energy is minimised. Without a `p` line there are as many variables as the
 * greatest index plus one. Solution: the value of each variable.
 */
import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import { interactionsOf, isAll, VARTYPE } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import { notWritable } from "../not-writable.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";

const VARTYPE_COMMENT = /vartype\s*[:=]\s*([-\w.]+)/i;
const HASH = 35;
const LOWER_C = 99;
const LOWER_P = 112;

/** What the `p` line announces. */
interface Announcement {
  readonly variableCount: number;
  readonly diagonalCount: number;
  readonly couplerCount: number;
}

/** The format. */
export const coo: ProblemFormat = {
  name: "qubo",
  title: "coordinate list of a QUBO or Ising problem (dimod COO, qbsolv)",
  extensions: [".qubo", ".coo"],
  isSurely: (head) => /^(?:c.*\r?\n)*p qubo /.test(head) || /^#[^\n]*vartype\s*[:=]/i.test(head),
  isMaybe: (head) => /^\s*\d+[ \t]+\d+[ \t]+\S+[ \t]*\r?\n/.test(head),
  read: readCoordinates,
  write: writeCoordinates,
};

function* readCoordinates(scanner: Scanner): Reading {
  const assembly = new ProblemAssembly("minimise");
  let vartype: 0 | 1 = VARTYPE.binary;
  let announced: Announcement | undefined;
  let diagonals = 0;
  let couplers = 0;
  for (;;) {
    while (!scanner.hasLine()) yield;
    const goesOn = scanner.skipBlanks();
    if (!goesOn && scanner.isAtEnd) break;
    const first = goesOn ? scanner.peek() : HASH;
    if (first === HASH || first === LOWER_C) {
      vartype = vartypeIn(scanner, scanner.lineText()) ?? vartype;
    } else if (first === LOWER_P) {
      announced = readAnnouncement(scanner, announced);
      assembly.addVariables(Math.max(0, announced.variableCount - assembly.variableCount));
    } else {
      const isDiagonal = readBias(scanner, assembly, announced);
      diagonals += isDiagonal ? 1 : 0;
      couplers += isDiagonal ? 0 : 1;
    }
    scanner.skipLine();
  }
  if (announced !== undefined) checkAnnouncement(scanner, announced, diagonals, couplers);
  for (let index = 0; index < assembly.variableCount; index += 1) assembly.restrict(index, vartype);
  return { problem: assembly.finish(), layout: VALUES };
}

/** Reads `i j bias`; whether it is a diagonal entry. */
function readBias(
  scanner: Scanner,
  assembly: ProblemAssembly,
  announced: Announcement | undefined,
): boolean {
  const indexMax = (announced?.variableCount ?? VARIABLES_MAX) - 1;
  const i = scanner.integer("first index", 0, indexMax);
  const j = scanner.integer("second index", 0, indexMax);
  const bias = scanner.number("bias");
  const isWhole = scanner.endOfLine();
  if (!isWhole || Number.isNaN(i + j + bias)) return i === j;
  if (announced === undefined) {
    assembly.addVariables(Math.max(0, Math.max(i, j) + 1 - assembly.variableCount));
  }
  if (i === j) assembly.addLinear(i, bias);
  else assembly.addQuadratic(i, j, bias);
  return i === j;
}

function vartypeIn(scanner: Scanner, comment: string): 0 | 1 | undefined {
  const name = VARTYPE_COMMENT.exec(comment)?.[1];
  if (name === undefined) return undefined;
  if (name === "BINARY") return VARTYPE.binary;
  if (name === "SPIN") return VARTYPE.spin;
  scanner.flaw(`vartype: expected BINARY or SPIN, got ${name}`);
  return undefined;
}

function readAnnouncement(scanner: Scanner, before: Announcement | undefined): Announcement {
  const words = [scanner.word(), scanner.word(), scanner.word()];
  if (before !== undefined) scanner.fail("p line: expected one, got another");
  if (words.join(" ") !== "p qubo 0") {
    scanner.fail(`p line: expected "p qubo 0", got ${JSON.stringify(words.join(" "))}`);
  }
  const announced = {
    variableCount: scanner.integer("variables", 0, VARIABLES_MAX),
    diagonalCount: scanner.integer("diagonals", 0, Number.MAX_SAFE_INTEGER),
    couplerCount: scanner.integer("couplers", 0, Number.MAX_SAFE_INTEGER),
  };
  scanner.endOfLine();
  scanner.check();
  return announced;
}

function checkAnnouncement(
  scanner: Scanner,
  announced: Announcement,
  diagonals: number,
  couplers: number,
) {
  scanner.mark();
  if (announced.diagonalCount !== diagonals) {
    scanner.flaw(`diagonals: expected ${announced.diagonalCount}, got ${diagonals}`);
  }
  if (announced.couplerCount !== couplers) {
    scanner.flaw(`couplers: expected ${announced.couplerCount}, got ${couplers}`);
  }
}

function* writeCoordinates({ problem }: FileProblem): Generator<string> {
  const { objective, variableCount } = problem;
  const isSpin = isAll(problem, VARTYPE.spin) && variableCount > 0;
  if (!isSpin && !isAll(problem, VARTYPE.binary)) {
    notWritable("expected binary variables or spin variables alone, got others");
  }
  if (problem.constraints.count > 0) notWritable("expected no constraints, got some");
  if (problem.sense !== "minimise") notWritable("expected a minimisation, got a maximisation");
  if (objective.offset !== 0) notWritable(`expected offset 0, got ${objective.offset}`);
  if (isSpin) yield "# vartype=SPIN\n";
  const diagonals = objective.linear.reduce((count, bias) => count + (bias === 0 ? 0 : 1), 0);
  yield `p qubo 0 ${variableCount} ${diagonals} ${objective.biases.length}\n`;
  for (const [index, bias] of objective.linear.entries()) {
    if (bias !== 0) yield `${index} ${index} ${bias}\n`;
  }
  for (const [first, second, bias] of interactionsOf(problem)) yield `${first} ${second} ${bias}\n`;
}
