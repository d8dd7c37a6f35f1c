/**
 * Arithmetic of angles: fixed-point numbers modulo 2 pi, computed like unsigned integers of the
 * same width (specification, "Angles").
 */
import type { Position } from "../source.ts";
import type { BinaryOperator } from "../syntax.ts";
import { implicitly } from "./conversion.ts";
import { type Typed, trap, typed } from "./typed.ts";
import { asBigint, bitWidth, reduced, type ValueType } from "./value-type.ts";

/**
 * `left operator right` where at least one is an angle; `undefined` if there is no such operation.
 */
export function angleArithmetic(
  at: Position,
  operator: BinaryOperator,
  left: Typed,
  right: Typed,
): Typed | undefined {
  const width = Math.max(angleWidth(left), angleWidth(right));
  const angle: ValueType = { kind: "angle", width };
  const uint: ValueType = { kind: "uint", width };
  switch (operator) {
    case "+":
    case "-": {
      if (!isAngular(left) || !isAngular(right)) return undefined;
      const [a, b] = [implicitly(left, angle), implicitly(right, angle)];
      return integers(at, angle, a, b, (x, y) => (operator === "+" ? x + y : x - y));
    }
    case "*": {
      const [turned, factor] = left.type.kind === "angle" ? [left, right] : [right, left];
      if (!isWhole(factor)) return undefined;
      const [a, b] = [implicitly(turned, angle), implicitly(factor, uint)];
      return integers(at, angle, a, b, (x, y) => x * y);
    }
    case "/": {
      if (left.type.kind !== "angle") return undefined;
      const isRatio = right.type.kind === "angle";
      if (!isRatio && !isWhole(right)) return undefined;
      const [a, b] = [implicitly(left, angle), implicitly(right, isRatio ? angle : uint)];
      return integers(at, isRatio ? uint : angle, a, b, (x, y) =>
        y === 0n ? trap(at, "expected a divisor other than 0, got 0") : x / y,
      );
    }
    default:
      return undefined;
  }
}

function angleWidth(value: Typed): number {
  return value.type.kind === "angle" ? bitWidth(value.type) : 0;
}

function isAngular(value: Typed): boolean {
  return value.type.kind === "angle" || value.type.kind === "float";
}

function isWhole(value: Typed): boolean {
  return value.type.kind === "int" || value.type.kind === "uint";
}

function integers(
  at: Position,
  type: ValueType,
  a: Typed,
  b: Typed,
  compute: (x: bigint, y: bigint) => bigint,
): Typed {
  return typed(at, type, [a, b], (memory) =>
    reduced(type, compute(asBigint(a.evaluate(memory)), asBigint(b.evaluate(memory)))),
  );
}
