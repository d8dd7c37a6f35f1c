/**
 * What is recorded must come out the same on every engine and processor. ECMAScript leaves the last
 * digit of the transcendental functions open and engines use that freedom, so rooms whose numbers
 * are replayed use the project's own; the four operations and the square root are exact by IEEE 754
 * and free to use.
 */
import { roomOf } from "../place.ts";
import type { Finding, Rule } from "../rule.ts";
import { dottedName, type Source } from "../syntax.ts";
import { isOutsideProduct } from "../tree.ts";

const REPLAYED_ROOMS = new Set([
  ...["kernels", "problem", "solvers", "runtime", "decisions", "provenance", "pipeline"],
]);
/** Simulated amplitudes are looked at, not recorded. */
const NOT_REPLAYED = "src/kernels/state-vector/";
const IMPRECISE = new Set([
  ...["exp", "expm1", "log", "log1p", "log2", "log10", "pow", "cbrt", "hypot"],
  ...["sin", "cos", "tan", "asin", "acos", "atan", "atan2"],
  ...["sinh", "cosh", "tanh", "asinh", "acosh", "atanh"],
]);

/** The rule. */
export const portableArithmetic: Rule = {
  name: "portable-arithmetic",
  asks: "Rooms whose numbers are replayed use no function whose last digit is up to the engine.",
  remedy:
    "Use the function of that name from the kernels room, which gives the same bits everywhere.",
  check: (tree) =>
    tree.sources
      .filter(({ path }) => !isOutsideProduct(path) && isReplayed(path))
      .flatMap(impreciseIn),
};

function isReplayed(path: string): boolean {
  return REPLAYED_ROOMS.has(roomOf(path) ?? "") && !path.startsWith(NOT_REPLAYED);
}

function impreciseIn(source: Source): Finding[] {
  const findings: Finding[] = [];
  const add = (start: number, subject: string) => {
    const message = `${subject} differs between engines`;
    findings.push({ path: source.path, line: source.line(start), subject, message });
  };
  source.visit({
    MemberExpression: (node) => {
      const name = dottedName(node);
      if (name.startsWith("Math.") && IMPRECISE.has(name.slice(5))) add(node.start, name);
    },
    BinaryExpression: (node) => {
      const { left, right } = node;
      // Between whole numbers written in the source, `**` is exact.
      if (node.operator === "**" && !(isWhole(left) && isWhole(right))) add(node.start, "**");
    },
  });
  return findings;
}

function isWhole(node: { readonly type: string; readonly value?: unknown }): boolean {
  return node.type === "Literal" && Number.isInteger(node.value);
}
