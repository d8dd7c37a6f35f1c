/** A quadratic problem as a sum of tables: one per variable, per product, and per row. */
import { type Factor, rowCost } from "#kernels";
import type { QuadraticProblem } from "#problem";
import { VARTYPE } from "#problem";
import { rowOf, valueCount } from "../quadratic-instance.ts";

/** The tables, how many values each variable has, and the way back to values. */
export interface Factors {
  readonly counts: Int32Array;
  /** Their sum is the objective without its offset, to be made small. */
  readonly factors: readonly Factor[];
  valuesOf(digits: Int32Array): Int32Array;
}

/** Takes the problem apart. Variables with one value are in no table. */
export function factorsOf(problem: QuadraticProblem): Factors {
  const { variableCount, objective, lowerBounds, vartypes } = problem;
  const sign = problem.sense === "minimise" ? 1 : -1;
  const counts = new Int32Array(variableCount).map((_, i) => valueCount(problem, i));
  const valueAt = (variable: number, digit: number) =>
    lowerBounds[variable] + digit * (vartypes[variable] === VARTYPE.spin ? 2 : 1);
  const tabled = (
    members: Iterable<number>,
    costOf: (values: ReadonlyMap<number, number>) => number,
  ) => table([...new Set(members)], counts, valueAt, costOf);
  const factors: Factor[] = [];
  for (let first = 0; first < variableCount; first += 1) {
    const linear = sign * objective.linear[first];
    factors.push(tabled([first], (values) => linear * (values.get(first) ?? 0)));
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      const second = objective.columns[entry];
      const bias = sign * objective.biases[entry];
      const product = (values: ReadonlyMap<number, number>) =>
        bias * (values.get(first) ?? 0) * (values.get(second) ?? 0);
      if (bias !== 0) factors.push(tabled([first, second], product));
    }
  }
  for (let index = 0; index < problem.constraints.count; index += 1) {
    const row = rowOf(problem, index);
    const costOf = (values: ReadonlyMap<number, number>) => {
      let left = 0;
      for (const [k, column] of row.columns.entries()) {
        left += row.biases[k] * (values.get(column) ?? 0);
      }
      for (const [k, first] of row.firsts.entries()) {
        left += row.pairBiases[k] * (values.get(first) ?? 0) * (values.get(row.seconds[k]) ?? 0);
      }
      return rowCost(row, left, left);
    };
    factors.push(tabled([...row.columns, ...row.firsts, ...row.seconds], costOf));
  }
  return { counts, factors, valuesOf: (digits) => digits.map((digit, i) => valueAt(i, digit)) };
}

function table(
  members: readonly number[],
  counts: Int32Array,
  valueAt: (variable: number, digit: number) => number,
  costOf: (values: ReadonlyMap<number, number>) => number,
): Factor {
  const scope = Int32Array.from(members.filter((member) => counts[member] > 1));
  const size = scope.reduce((product, member) => product * counts[member], 1);
  const values = new Map(members.map((member) => [member, valueAt(member, 0)]));
  const costs = new Float64Array(size);
  for (let place = 0; place < size; place += 1) {
    let rest = place;
    for (const member of scope) {
      values.set(member, valueAt(member, rest % counts[member]));
      rest = Math.floor(rest / counts[member]);
    }
    costs[place] = costOf(values);
  }
  return { scope, costs };
}
