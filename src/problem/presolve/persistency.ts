/**
 * Persistency by roof duality (P. Hammer, P. Hansen, B. Simeone, Mathematical Programming 28, 1984;
 * E. Boros, P. Hammer, Discrete Applied Mathematics 123, 2002): a least cut in the network of
 * implications names variables that have one and the same value in every optimum of a quadratic
 * function of two-valued variables without rows.
 */
import type { WorkBudget } from "#foundation";
import { maxFlow } from "#kernels";
import { wholeScale } from "../conversion/integral-row.ts";
import { type Objective, VARTYPE } from "../model/quadratic-problem.ts";
import type { Draft } from "./draft.ts";

/** Arcs looked at, for each arc there is, before the cut is given up. */
const WORK_PER_ARC = 20;

/** What the network's capacities add up to at most, so that its sums are exact. */
const CAPACITY_MAX = 2 ** 50;

/** Fixes what has one value in every optimum; nothing where a row still stands. */
export function fixPersistent(draft: Draft): void {
  const { vartypes, objective, variableCount } = draft.problem;
  if (draft.stands.includes(1) || objective.columns.length === 0) return;
  for (let variable = 0; variable < variableCount; variable += 1) {
    if (vartypes[variable] === VARTYPE.integer && !draft.isFixed(variable)) return;
  }
  const network = implicationNetwork(draft);
  const arcs = network.from.length;
  const source = 2 * variableCount;
  const budget = budgetOf(draft, WORK_PER_ARC * arcs);
  const { status, sourceSide } = maxFlow(network, source, source + 1, budget);
  if (status === "stopped") return;
  for (let variable = 0; variable < variableCount; variable += 1) {
    if (draft.isFixed(variable)) continue;
    if (sourceSide[2 * variable] === 1) {
      draft.raise(variable, draft.upper[variable], "persistency", []);
    } else if (sourceSide[2 * variable + 1] === 1) {
      draft.reduce(variable, draft.lower[variable], "persistency", []);
    }
  }
}

/** Ends with the draft's own work, or after `workMax`. */
function budgetOf(draft: Draft, workMax: number): WorkBudget {
  let spent = 0;
  return {
    tick: (work) => {
      spent += work;
      draft.spend(work / WORK_PER_ARC);
      return spent >= workMax || draft.workLeft <= 0 ? "stop" : "continue";
    },
  };
}

/**
 * Node 2i says that variable i is at its upper bound, 2i + 1 that it is at its lower one; the last
 * two are true and false. A term c u v of the posiform says: u implies not v, and v not u.
 */
function implicationNetwork(draft: Draft) {
  const { objective, sense, variableCount } = draft.problem;
  const scale = (sense === "minimise" ? 1 : -1) * exactScale(objective);
  const whole = (bias: number) => Math.round(scale * bias);
  const from: number[] = [];
  const to: number[] = [];
  const capacities: number[] = [];
  const term = (a: number, b: number, weight: number) => {
    if (weight === 0) return;
    from.push(a, b);
    to.push(b ^ 1, a ^ 1);
    capacities.push(weight, weight);
  };
  // With x = lower + width * y, y in {0, 1}, every term becomes one of y.
  const slopes = Float64Array.from(objective.linear, whole);
  const width = (variable: number) => draft.upper[variable] - draft.lower[variable];
  for (let first = 0; first < variableCount; first += 1) {
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      if (draft.dropped.has(entry)) continue;
      const second = objective.columns[entry];
      const bias = whole(objective.biases[entry]);
      slopes[first] += bias * draft.lower[second];
      slopes[second] += bias * draft.lower[first];
      const weight = bias * width(first) * width(second);
      if (weight > 0) term(2 * first, 2 * second, weight);
      else {
        // c y z = c y - c y (1 - z), so a negative product is a linear term and a positive one.
        slopes[first] += bias * width(second);
        term(2 * first, 2 * second + 1, -weight);
      }
    }
  }
  const truth = 2 * variableCount;
  for (let variable = 0; variable < variableCount; variable += 1) {
    const weight = slopes[variable] * width(variable);
    if (weight > 0) term(2 * variable, truth, weight);
    else term(2 * variable + 1, truth, -weight);
  }
  return {
    nodes: truth + 2,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    capacities: Float64Array.from(capacities),
  };
}

/**
 * What the biases are multiplied by before they are rounded: with inexact sums, a value and its
 * opposite could both look forced. Decimals become exact; others lose less than their sum does.
 */
function exactScale({ linear, biases }: Objective): number {
  let total = 0;
  for (const bias of linear) total += Math.abs(bias);
  for (const bias of biases) total += 4 * Math.abs(bias);
  const decimal = wholeScale([linear, biases]);
  if (decimal !== undefined && total * decimal <= CAPACITY_MAX) return decimal;
  let scale = 1;
  while (total * scale > CAPACITY_MAX) scale /= 2;
  while (total > 0 && total * scale * 2 <= CAPACITY_MAX) scale *= 2;
  return scale;
}
