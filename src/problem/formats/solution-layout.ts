/**
 * How a solution is written in a file's own order: the values of its variables, or, where the file
 * speaks of choices, the index from 0 of what each was given (agent per task, location per
 * facility).
 */
import { assert } from "#foundation";
import type { Sample } from "../problem.ts";

/**
 * `values`: one number per variable. `choices`: the variables are consecutive blocks of `width`,
 * one block per choice, and each block has exactly one 1.
 */
export type SolutionLayout =
  | { readonly kind: "values" }
  | { readonly kind: "choices"; readonly width: number };

/** One number per variable. */
export const VALUES: SolutionLayout = Object.freeze({ kind: "values" });

/** Writes a sample in the file's own order; it keeps the rules that make its blocks choices. */
export function solutionOf(layout: SolutionLayout, { values }: Sample): number[] {
  if (layout.kind === "values") return Array.from(values);
  const solution: number[] = [];
  for (let start = 0; start < values.length; start += layout.width) {
    const chosen = values.subarray(start, start + layout.width).indexOf(1);
    assert(chosen >= 0, `one 1 among variables ${start} to ${start + layout.width - 1}`);
    solution.push(chosen);
  }
  return solution;
}

/** Reads a solution written by {@link solutionOf}, or in the same order by others. */
export function sampleOf(
  layout: SolutionLayout,
  variableCount: number,
  solution: readonly number[],
): Sample {
  if (layout.kind === "values") return { values: Int32Array.from(solution) };
  const values = new Int32Array(variableCount);
  for (const [choice, chosen] of solution.entries()) {
    assert(chosen >= 0 && chosen < layout.width, `choice ${choice} from 0 to ${layout.width - 1}`);
    values[choice * layout.width + chosen] = 1;
  }
  return { values };
}
