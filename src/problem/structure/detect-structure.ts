/**
 * The detector: what a problem is, from its numbers and rows alone. Names and orders play no part,
 * and nothing is claimed that the recogniser did not account for down to the last bias. Structures
 * with a polynomial method come first, then those with a method of their own, then small ones.
 */
import { log } from "#kernels";
import { type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import { recogniseGeneralisedAssignment } from "./generalised-assignment.ts";
import { recogniseKnapsack } from "./knapsack.ts";
import { recogniseLinearAssignment } from "./linear-assignment.ts";
import { recogniseMinCostFlow } from "./min-cost-flow.ts";
import { recogniseMultiKnapsack } from "./multi-knapsack.ts";
import { recogniseMultipleChoiceKnapsack } from "./multiple-choice-knapsack.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { recogniseQuadraticAssignment } from "./quadratic-assignment.ts";
import { recogniseQuadraticKnapsack, recogniseSelectK } from "./quadratic-knapsack.ts";
import { recogniseSeparable } from "./separable.ts";
import type { Enumerable, General, Structure, TreeLike } from "./structure.ts";
import { recogniseTransportation } from "./transportation.ts";
import { eliminationOrder } from "./tree-like.ts";

/**
 * Combinations that can be looked at one by one: two to the power of this. Some hundredths of a
 * second; above it branch and bound is faster (`npx tandem bench exact --only small`).
 */
const ENUMERABLE_BITS_MAX = 20;

const RECOGNISERS: readonly ((problem: QuadraticProblem) => Structure | undefined)[] =
  Object.freeze([
    recogniseSeparable,
    recogniseLinearAssignment,
    recogniseTransportation,
    recogniseMinCostFlow,
    recogniseKnapsack,
    recogniseMultipleChoiceKnapsack,
    recogniseGeneralisedAssignment,
    recogniseMultiKnapsack,
    recogniseSelectK,
    recogniseQuadraticKnapsack,
    recogniseQuadraticAssignment,
  ]);

/** What `problem` is. Near-linear in its size. */
export function detectStructure(problem: QuadraticProblem): Structure {
  for (const recognise of RECOGNISERS) {
    const found = recognise(problem);
    if (found !== undefined) return found;
  }
  return smallStructure(problem) ?? general(problem);
}

/** A narrow order of elimination, or few combinations: whichever is the less work. */
function smallStructure(problem: QuadraticProblem): TreeLike | Enumerable | undefined {
  const bits = bitsOf(problem);
  const elimination = eliminationOrder(problem);
  if (elimination !== undefined && bits < Number.POSITIVE_INFINITY) {
    const { order, width } = elimination;
    const bitsEach = order.length === 0 ? 0 : bits / order.length;
    const work = (width + 1) * bitsEach + binaryLog(order.length + 1);
    if (work < bits) {
      const evidence = [
        `eliminated one by one, no variable of ${order.length} has more than ${width} neighbours`,
      ];
      return { kind: "tree-like", ...elimination, evidence };
    }
  }
  if (bits > ENUMERABLE_BITS_MAX) return undefined;
  const evidence = [`its variables have 2^${Math.ceil(bits)} combinations at most`];
  return { kind: "enumerable", bits, evidence };
}

function bitsOf({ lowerBounds, upperBounds, vartypes, variableCount }: QuadraticProblem): number {
  let bits = 0;
  for (let variable = 0; variable < variableCount; variable += 1) {
    const span = upperBounds[variable] - lowerBounds[variable];
    bits += binaryLog(vartypes[variable] === VARTYPE.spin ? 2 : span + 1);
  }
  return bits;
}

function binaryLog(value: number): number {
  return log(value) / Math.LN2;
}

function general(problem: QuadraticProblem): General {
  const form = normalForm(problem);
  const { objective, constraints } = problem;
  const isLinear =
    objective.biases.every((bias) => bias === 0) && constraints.pairBiases.length === 0;
  const evidence = [
    `${problem.variableCount} variables, ${objective.biases.length} products`,
    form.kind === "none" ? form.reason : "its rows and products have no pattern with a method",
  ];
  return { kind: isLinear ? "general-linear" : "general-quadratic", evidence };
}
