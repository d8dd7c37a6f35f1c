/**
 * Sample sets: what a sampler found, judged and put in order. Energies are computed here from the
 * problem, never taken from whoever sampled.
 */
import { assert } from "#foundation";
import type { Sample } from "../problem.ts";
import type { Violation } from "../verdict.ts";
import type { QuadraticProblem } from "./quadratic-problem.ts";
import { verifyQuadratic } from "./verify-quadratic.ts";

/** One distinct sample. */
export interface SampleRow {
  readonly sample: Sample;
  /** The problem's objective in its own sense, soft penalties included. */
  readonly energy: number;
  readonly feasible: boolean;
  /** How often it was seen. */
  readonly occurrences: number;
  readonly violations: readonly Violation[];
}

/**
 * Judges `samples`, adds up the occurrences of equal ones, and sorts: feasible before infeasible,
 * then the better energy, then by values, so that the order is always the same. `occurrences` goes
 * by sample; 1 each where absent.
 */
export function sampleSet(
  problem: QuadraticProblem,
  samples: readonly Sample[],
  occurrences?: readonly number[],
): readonly SampleRow[] {
  assert(
    occurrences === undefined || occurrences.length === samples.length,
    "one count per sample",
  );
  const counts = new Map<string, { readonly sample: Sample; count: number }>();
  for (const [index, sample] of samples.entries()) {
    const key = sample.values.join();
    const seen = counts.get(key);
    const count = occurrences?.[index] ?? 1;
    if (seen === undefined) counts.set(key, { sample, count });
    else seen.count += count;
  }
  const rows = [...counts.values()].map(({ sample, count }): SampleRow => {
    const { objective, feasible, violations } = verifyQuadratic(problem, sample);
    return Object.freeze({ sample, energy: objective, feasible, occurrences: count, violations });
  });
  return Object.freeze(rows.sort((a, b) => inOrder(problem, a, b)));
}

function inOrder(problem: QuadraticProblem, a: SampleRow, b: SampleRow): number {
  if (a.feasible !== b.feasible) return a.feasible ? -1 : 1;
  const worse = problem.sense === "minimise" ? a.energy - b.energy : b.energy - a.energy;
  return worse !== 0 ? worse : byValues(a.sample.values, b.sample.values);
}

function byValues(a: Int32Array, b: Int32Array): number {
  const differs = a.findIndex((value, index) => value !== b[index]);
  return differs < 0 ? 0 : a[differs] - b[differs];
}
