/**
 * Reading CPLEX LP: objective, constraints, bounds and the lists of binary and integer variables,
 * in one pass. Variables stand in order of first mention. Continuous and semi-continuous variables,
 * special ordered sets and indicator constraints are refused by name.
 */
import { unreachable } from "#foundation";
import { ProblemAssembly } from "../../model/assembly.ts";
import { COMPARISON, type ComparisonCode } from "../../model/quadratic-problem.ts";
import { isCalculable } from "../decimal.ts";
import { DeclaredVariables } from "../declared-variables.ts";
import type { Reading } from "../format.ts";
import type { Position, Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { readExpression, type TermSink } from "./lp-expression.ts";
import { type LpSection, LpTokens } from "./lp-tokens.ts";

/** What one file is read into. */
interface Lp {
  readonly tokens: LpTokens;
  readonly assembly: ProblemAssembly;
  readonly variables: DeclaredVariables;
  readonly rowLabels: Set<string>;
}

type Step = Generator<void, void, void>;

/** Reads one file. */
export function* readLp(scanner: Scanner): Reading {
  const assembly = new ProblemAssembly("minimise");
  const lp: Lp = {
    tokens: new LpTokens(scanner),
    assembly,
    variables: new DeclaredVariables(assembly, scanner),
    rowLabels: new Set(),
  };
  const seen = new Set<LpSection>();
  for (;;) {
    while (!lp.tokens.ready()) yield;
    const token = lp.tokens.current;
    if (token?.kind !== "section") lp.tokens.fail("a section, or End");
    else if (token.section === "end") break;
    else yield* readSection(lp, token.section, seen);
  }
  lp.variables.settle();
  return { problem: assembly.finish(), layout: VALUES };
}

function* readSection(lp: Lp, section: Exclude<LpSection, "end">, seen: Set<LpSection>): Step {
  const hasObjective = seen.has("minimise") || seen.has("maximise");
  if ((section === "minimise" || section === "maximise") && hasObjective) {
    lp.tokens.fail("one objective");
  }
  seen.add(section);
  lp.tokens.skip();
  switch (section) {
    case "minimise":
    case "maximise":
      lp.assembly.sense = section;
      return yield* readObjective(lp);
    case "constraints":
      return yield* readStatements(lp, readConstraint);
    case "bounds":
      return yield* readStatements(lp, readBound);
    case "binary":
    case "integer":
      return yield* readStatements(lp, function* (one) {
        while (!one.tokens.ready()) yield;
        one.variables.declare(takeVariable(one.tokens, one.variables), section);
      });
    default:
      return unreachable(section);
  }
}

/** Reads statements up to the next section or the end. */
function* readStatements(lp: Lp, read: (lp: Lp) => Step): Step {
  for (;;) {
    while (!lp.tokens.ready()) yield;
    const token = lp.tokens.current;
    if (token === undefined || token.kind === "section") return;
    yield* read(lp);
  }
}

function* readObjective({ tokens, assembly, variables }: Lp): Step {
  while (!tokens.ready()) yield;
  if (tokens.current?.kind === "label") tokens.skip();
  yield* readExpression(tokens, variables, {
    offset: (bias) => assembly.addOffset(bias),
    linear: (variable, bias) => assembly.addLinear(variable, bias),
    quadratic: (first, second, bias) => assembly.addQuadratic(first, second, bias),
  });
}

/** `expression <= number`, `number <= expression`, or `number <= expression <= number`. */
function* readConstraint(lp: Lp): Step {
  const { tokens, assembly, variables } = lp;
  const position = tokens.scanner.token;
  const label = readLabel(lp);
  const left: Parameters<ProblemAssembly["addRowQuadratic"]>[] = [];
  let offset = 0;
  const sink: TermSink = {
    offset: (bias) => {
      offset += bias;
    },
    linear: (variable, bias) => left.push([0, variable, -1, bias]),
    quadratic: (first, second, bias) => left.push([0, first, second, bias]),
  };
  const addRow = (comparison: ComparisonCode, rightSide: number, suffix: string) => {
    if (!isCalculable(rightSide)) tokens.fail("a right side up to 1e140 before it");
    const row = assembly.addRow({
      label: rowLabel(lp, label, suffix, position),
      comparison,
      rightSide,
    });
    for (const [, first, second, bias] of left) {
      if (second < 0) assembly.addRowLinear(row, first, bias);
      else assembly.addRowQuadratic(row, first, second, bias);
    }
  };
  const termCount = yield* readExpression(tokens, variables, sink);
  const comparison = takeComparison(tokens);
  if (termCount > 0) {
    addRow(comparison, (yield* readNumber(tokens)) - offset, "");
    return;
  }
  const bound = offset;
  offset = 0;
  if ((yield* readExpression(tokens, variables, sink)) > 0) {
    addRow(flipped(comparison), bound - offset, "");
  } else {
    addRow(comparison, offset - bound, "");
  }
  if (tokens.current?.kind === "comparison") {
    const upper = takeComparison(tokens);
    addRow(upper, (yield* readNumber(tokens)) - offset, ".range");
  }
}

function readLabel({ tokens }: Lp): string | undefined {
  const token = tokens.current;
  if (token?.kind !== "label") return undefined;
  tokens.skip();
  return token.name;
}

/** The name of the next row, which no other row has. */
function rowLabel(lp: Lp, label: string | undefined, suffix: string, position: Position): string {
  const name = `${label ?? `c${lp.assembly.rowCount}`}${suffix}`;
  if (lp.rowLabels.has(name)) {
    lp.tokens.scanner.flaw(`constraint ${name}: expected once, got again`, position);
  }
  lp.rowLabels.add(name);
  return name;
}

/** `x free`, `x >= 1`, `1 <= x`, or `1 <= x <= 2`. */
function* readBound({ tokens, variables }: Lp): Step {
  const first = tokens.current;
  if (first?.kind === "name" && !isInfinity(first.name)) {
    tokens.skip();
    const variable = variables.mention(first.name);
    while (!tokens.ready()) yield;
    if (tokens.current?.kind === "name" && tokens.current.name.toLowerCase() === "free") {
      tokens.skip();
      setBound(variables, variable, COMPARISON.atLeast, Number.NEGATIVE_INFINITY);
      setBound(variables, variable, COMPARISON.atMost, Number.POSITIVE_INFINITY);
    } else {
      const comparison = takeComparison(tokens);
      setBound(variables, variable, comparison, yield* readNumber(tokens));
    }
    return;
  }
  const bound = yield* readNumber(tokens);
  while (!tokens.ready()) yield;
  const comparison = flipped(takeComparison(tokens));
  while (!tokens.ready()) yield;
  const variable = takeVariable(tokens, variables);
  setBound(variables, variable, comparison, bound);
  while (!tokens.ready()) yield;
  if (tokens.current?.kind !== "comparison") return;
  const second = takeComparison(tokens);
  setBound(variables, variable, second, yield* readNumber(tokens));
}

function setBound(
  variables: DeclaredVariables,
  variable: number,
  comparison: ComparisonCode,
  bound: number,
): void {
  if (comparison !== COMPARISON.atMost) variables.boundBelow(variable, bound);
  if (comparison !== COMPARISON.atLeast) variables.boundAbove(variable, bound);
}

/** The variable at hand, passed over. */
function takeVariable(tokens: LpTokens, variables: DeclaredVariables): number {
  if (tokens.current?.kind !== "name") return tokens.fail("a variable");
  const variable = variables.mention(tokens.current.name);
  tokens.skip();
  return variable;
}

/** The comparison at hand, passed over. */
function takeComparison(tokens: LpTokens): ComparisonCode {
  if (tokens.current?.kind !== "comparison") return tokens.fail("<=, >= or =");
  const { comparison } = tokens.current;
  tokens.skip();
  return comparison;
}

/** A signed number, or a signed infinity. */
function* readNumber(tokens: LpTokens): Generator<void, number, void> {
  while (!tokens.ready()) yield;
  let sign = 1;
  while (tokens.isOperator("-") || tokens.isOperator("+")) {
    if (tokens.isOperator("-")) sign = -sign;
    tokens.skip();
    while (!tokens.ready()) yield;
  }
  const token = tokens.current;
  if (token?.kind === "number") {
    tokens.skip();
    return sign * token.value;
  }
  if (token?.kind !== "name" || !isInfinity(token.name)) tokens.fail("a number");
  tokens.skip();
  return sign * Number.POSITIVE_INFINITY;
}

function isInfinity(name: string): boolean {
  return /^inf(inity)?$/i.test(name);
}

function flipped(comparison: ComparisonCode): ComparisonCode {
  if (comparison === COMPARISON.equal) return comparison;
  return comparison === COMPARISON.atMost ? COMPARISON.atLeast : COMPARISON.atMost;
}
