/**
 * The problems by which members of the portfolio are compared: the shipped ones that are problem
 * files, and those made up.
 */
import type { QuadraticProblem } from "#problem";
import { hasShipped, listedBest, shippedNames } from "../../exact/shipped.ts";
import { readShipped } from "../../exact/shipped-run.ts";
import { GENERATED } from "./generated.ts";

/** One problem. */
export interface SearchInstance {
  readonly family: string;
  readonly name: string;
  readonly isShipped: boolean;
  /** No answer is better, as far as anybody knows. */
  readonly listed: number | undefined;
  readonly read: () => QuadraticProblem | Promise<QuadraticProblem>;
}

/** Families of problem files, and how their listed values are turned to the objective's sense. */
const SHIPPED: readonly (readonly [family: string, sign: number])[] = [
  ["maxcut-gset", 1],
  ["bqp-beasley", -1],
  ["bqp-gka", 1],
  ["bqp-anonymous-1000", -1],
  ["max-diversity", 1],
  ["quadratic-knapsack", 1],
  ["generalized-assignment", 1],
  ["qap", 1],
];

/** Problems of a file of thirty that stand for it. */
const KNAPSACKS: readonly number[] = [1, 11, 21];
const KNAPSACK_FAMILY = "multidim-knapsack";

/** The shipped problems, none where they are absent. */
export function shippedInstances(): readonly SearchInstance[] {
  if (!hasShipped()) return [];
  const whole = SHIPPED.flatMap(([family, sign]) =>
    shippedNames(family).map((file): SearchInstance => {
      const listed = sign * (listedBest(file) ?? Number.NaN);
      const read = async () => (await readShipped({ family, file })).problem;
      return { family, name: file, isShipped: true, listed, read };
    }),
  );
  const knapsacks = shippedNames(KNAPSACK_FAMILY).flatMap((file) =>
    KNAPSACKS.map((number): SearchInstance => {
      const shipped = { family: KNAPSACK_FAMILY, file, problem: { number, name: file } };
      const read = async () => (await readShipped(shipped)).problem;
      const name = `${file} ${number}`;
      return { family: KNAPSACK_FAMILY, name, isShipped: true, listed: undefined, read };
    }),
  );
  return [...whole, ...knapsacks];
}

/** The problems made up. */
export function generatedInstances(): readonly SearchInstance[] {
  return GENERATED.map(({ family, name, draw }) => {
    return { family, name, isShipped: false, listed: undefined, read: draw };
  });
}
