/**
 * Expressions of CPLEX LP: signed terms, and quadratic ones in brackets, `[ 2 x * y + z ^ 2 ] / 2`.
 */
import { isCalculable } from "../decimal.ts";
import type { DeclaredVariables } from "../declared-variables.ts";
import type { LpTokens } from "./lp-tokens.ts";

/** Where the terms of an expression go. */
export interface TermSink {
  readonly offset: (bias: number) => void;
  readonly linear: (variable: number, bias: number) => void;
  readonly quadratic: (first: number, second: number, bias: number) => void;
}

/** Reads terms up to what cannot be one; answers how many variables and brackets there were. */
export function* readExpression(
  tokens: LpTokens,
  variables: DeclaredVariables,
  sink: TermSink,
): Generator<void, number, void> {
  let termCount = 0;
  for (;;) {
    const { bias, isNumber, isSigned } = yield* readBias(tokens);
    const token = tokens.current;
    if (token?.kind === "name") {
      sink.linear(variables.mention(token.name), bias);
      tokens.skip();
      termCount += 1;
    } else if (tokens.isOperator("[")) {
      tokens.skip();
      yield* readBracket(tokens, variables, sink, bias);
      termCount += 1;
    } else if (isNumber) {
      sink.offset(bias);
    } else {
      if (isSigned) tokens.fail("a term");
      return termCount;
    }
  }
}

/** Signs and at most one number before a variable or bracket. */
function* readBias(tokens: LpTokens): Generator<void, Bias, void> {
  let sign = 1;
  let isSigned = false;
  for (;;) {
    while (!tokens.ready()) yield;
    const isMinus = tokens.isOperator("-");
    if (!isMinus && !tokens.isOperator("+")) break;
    sign = isMinus ? -sign : sign;
    isSigned = true;
    tokens.skip();
  }
  if (tokens.current?.kind !== "number") return { bias: sign, isNumber: false, isSigned };
  const bias = sign * tokens.current.value;
  if (!isCalculable(bias)) tokens.fail("a number up to 1e140");
  tokens.skip();
  while (!tokens.ready()) yield;
  return { bias, isNumber: true, isSigned };
}

interface Bias {
  readonly bias: number;
  readonly isNumber: boolean;
  readonly isSigned: boolean;
}

function* readBracket(
  tokens: LpTokens,
  variables: DeclaredVariables,
  sink: TermSink,
  factor: number,
): Generator<void, void, void> {
  // The divisor comes last; three flat lists hold millions of products until then.
  const firsts: number[] = [];
  const seconds: number[] = [];
  const biases: number[] = [];
  for (;;) {
    const { bias } = yield* readBias(tokens);
    if (tokens.isOperator("]")) break;
    if (tokens.current?.kind !== "name") tokens.fail("a variable or ]");
    const first = variables.mention(tokens.current.name);
    tokens.skip();
    firsts.push(first);
    seconds.push(yield* readSecond(tokens, variables, first));
    biases.push(bias);
  }
  tokens.skip();
  const share = factor / (yield* readDivisor(tokens));
  for (const [index, bias] of biases.entries()) {
    sink.quadratic(firsts[index], seconds[index], bias * share);
  }
}

/** `^ 2` or `* name`: the second variable of a product. */
function* readSecond(
  tokens: LpTokens,
  variables: DeclaredVariables,
  first: number,
): Generator<void, number, void> {
  while (!tokens.ready()) yield;
  const isSquare = tokens.isOperator("^");
  if (!isSquare && !tokens.isOperator("*")) tokens.fail("^ 2 or * and a variable");
  tokens.skip();
  while (!tokens.ready()) yield;
  const token = tokens.current;
  if (isSquare && !(token?.kind === "number" && token.value === 2)) tokens.fail("exponent 2");
  if (!isSquare && token?.kind !== "name") tokens.fail("a variable");
  const second = token?.kind === "name" ? variables.mention(token.name) : first;
  tokens.skip();
  return second;
}

/** What a bracket is divided by; 1 where it is not. */
function* readDivisor(tokens: LpTokens): Generator<void, number, void> {
  while (!tokens.ready()) yield;
  if (!tokens.isOperator("/")) return 1;
  tokens.skip();
  while (!tokens.ready()) yield;
  if (!(tokens.current?.kind === "number" && tokens.current.value === 2)) tokens.fail("divisor 2");
  tokens.skip();
  return 2;
}
