/**
 * What became of the units of a split, added up by arm.
 */
import type { Arm, PairedSums, Sums } from "#statistics";
import type { ArmName } from "../assignment/switchback-design.ts";
import { assignUnit, type SplitDesign } from "../assignment/unit-split.ts";

/** One unit's outcome. */
export interface UnitOutcome {
  readonly unit: string;
  /** 0 or 1 where the metric is a share, else a number. */
  readonly value: number;
  /** What was known of the unit before the experiment and foretells its value. */
  readonly before?: number;
}

/** Both arms of a split. */
export type ArmPair = Readonly<Record<ArmName, Arm>>;

/**
 * The covered units of each arm, as the design assigns them. Where every unit says what was known
 * before, the means are adjusted for it; where every value is 0 or 1, they are shares.
 */
export function armsOf(design: SplitDesign, outcomes: readonly UnitOutcome[]): ArmPair {
  const isShare = outcomes.every(({ value }) => value === 0 || value === 1);
  const isForetold = outcomes.length > 0 && outcomes.every(({ before }) => before !== undefined);
  const armOf = (arm: ArmName): Arm => {
    const own = outcomes.filter(({ unit }) => {
      const given = assignUnit(design, unit);
      return given.isCovered && given.arm === arm;
    });
    const values = own.map(({ value }) => value);
    if (isForetold) {
      const sums = pairedSums(
        values,
        own.map(({ before = 0 }) => before),
      );
      return { kind: "adjusted-mean", sums };
    }
    const sums = sumsOf(values);
    return isShare
      ? { kind: "proportion", count: sums.count, successes: sums.sum }
      : { kind: "mean", sums };
  };
  return { control: armOf("control"), treatment: armOf("treatment") };
}

function sumsOf(values: readonly number[]): Sums {
  return {
    count: values.length,
    sum: products(values, []),
    sumOfSquares: products(values, values),
  };
}

function pairedSums(first: readonly number[], second: readonly number[]): PairedSums {
  return {
    count: first.length,
    first: sumsOf(first),
    second: sumsOf(second),
    sumOfProducts: products(first, second),
  };
}

function products(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 1), 0);
}
