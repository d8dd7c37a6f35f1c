/**
 * A row over binary variables in whole numbers: scaled by the least power of ten that makes every
 * bias an integer. Only such a row has a least violation, which a penalty can be weighed against.
 */
import { assert, Fault } from "#foundation";
import { COMPARISON, type QuadraticProblem } from "../model/quadratic-problem.ts";
import { conversionFaults } from "./faults.ts";

const SCALE_MAX = 1e9;
/** How far from a decimal a double may be and still mean it. */
const ROUNDING = 1e-12;

/** sum of coefficient * x_variable, compared with `rightSide`; all integers, none zero. */
export interface IntegralRow {
  readonly variables: readonly number[];
  readonly coefficients: readonly number[];
  readonly rightSide: number;
  /** The row times this is the row as the problem has it. */
  readonly unit: number;
  readonly isEquality: boolean;
}

/** Row `row`, which is linear; at-least rows become at-most rows. */
export function integralRow({ constraints: rows }: QuadraticProblem, row: number): IntegralRow {
  assert(rows.pairStarts[row] === rows.pairStarts[row + 1], "a linear row");
  const sign = rows.comparisons[row] === COMPARISON.atLeast ? -1 : 1;
  const biases = rows.biases.subarray(rows.starts[row], rows.starts[row + 1]);
  const scale = scaleOf([...biases, rows.rightSides[row]], rows.labels[row]);
  const whole = (value: number) => sign * Math.round(value * scale);
  return {
    variables: Array.from(rows.columns.subarray(rows.starts[row], rows.starts[row + 1])),
    coefficients: Array.from(biases, whole),
    rightSide: whole(rows.rightSides[row]),
    unit: 1 / scale,
    isEquality: rows.comparisons[row] === COMPARISON.equal,
  };
}

/**
 * The least power of ten that makes every value an integer.
 *
 * @throws Fault `conversion-impossible` when there is none up to 10^9.
 */
export function scaleOf(values: readonly number[], label: string): number {
  const scale = wholeScale([values]);
  if (scale !== undefined) return scale;
  const detail = `constraint ${label}: expected biases of at most nine decimals, got finer ones`;
  throw new Fault(conversionFaults.impossible, { detail });
}

/** The least power of ten, up to 10^9, that makes every value an integer, if there is one. */
export function wholeScale(values: readonly ArrayLike<number>[]): number | undefined {
  let scale = 1;
  for (const array of values) {
    for (let index = 0; index < array.length; index += 1) {
      while (!isWhole(array[index] * scale)) {
        scale *= 10;
        if (scale > SCALE_MAX) return undefined;
      }
    }
  }
  return scale;
}

function isWhole(scaled: number): boolean {
  const nearest = Math.round(scaled);
  const off = Math.abs(scaled - nearest);
  return Number.isSafeInteger(nearest) && off <= ROUNDING * Math.abs(scaled);
}
