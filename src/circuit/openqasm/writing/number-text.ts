/**
 * Angles as text that reads back as the very same number: simple fractions of pi where they are
 * that, otherwise the shortest decimal digits.
 */
import type { Parameter } from "../../gates/parameter.ts";

const DENOMINATORS = [1, 2, 3, 4, 5, 6, 8, 12, 16, 32, 64, 128, 256];

/** `angle` in radians as an OpenQASM expression. */
export function angleText(angle: number): string {
  if (angle === 0) return "0";
  for (const denominator of DENOMINATORS) {
    const numerator = Math.round((angle * denominator) / Math.PI);
    // Only if reading it computes the same double is the fraction the same number.
    if (numerator === 0 || (numerator * Math.PI) / denominator !== angle) continue;
    if (Math.abs(numerator) > 4 * denominator) continue;
    const sign = numerator < 0 ? "-" : "";
    const times = Math.abs(numerator) === 1 ? "" : `${Math.abs(numerator)}*`;
    return `${sign}${times}pi${denominator === 1 ? "" : `/${denominator}`}`;
  }
  return decimalText(angle);
}

/** A parameter as an OpenQASM expression of its symbols. */
export function parameterText(parameter: Parameter): string {
  if (typeof parameter === "number") return angleText(parameter);
  const terms = parameter.terms.map(({ symbol, coefficient }) => termText(symbol, coefficient));
  if (parameter.constant !== 0) terms.push(angleText(parameter.constant));
  return terms.join(" + ").replaceAll("+ -", "- ");
}

/** A real number with a decimal point, which OpenQASM needs to tell it from an integer. */
export function decimalText(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function termText(symbol: string, coefficient: number): string {
  if (coefficient === 1) return symbol;
  if (coefficient === -1) return `-${symbol}`;
  const inverse = 1 / coefficient;
  if (Number.isInteger(inverse) && Math.abs(inverse) <= 64) {
    return `${inverse < 0 ? "-" : ""}${symbol}/${Math.abs(inverse)}`;
  }
  return `${decimalText(coefficient)}*${symbol}`;
}
