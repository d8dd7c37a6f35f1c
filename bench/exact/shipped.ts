/**
 * The benchmark instances shipped beside the project where it is developed: their files, the values
 * listed with them, and the independent evaluator. Nothing of them is kept in the project.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";

const SHARED = new URL("../../../shared/", import.meta.url);
const EVALUATOR = new URL("tools/evaluate.mjs", SHARED);
const LIST = new URL("instances/SOURCES.md", SHARED);

/** Judges a solution of an instance file from the file alone. */
export type Evaluate = (
  file: string,
  solution: readonly number[],
  options: { readonly problem?: number },
) => { readonly objective: number; readonly feasible: boolean };

/** Whether the instances are there. */
export function hasShipped(): boolean {
  return existsSync(EVALUATOR) && existsSync(LIST);
}

/** The evaluator. */
export async function shippedEvaluator(): Promise<Evaluate> {
  const tools: { readonly evaluate: Evaluate } = await import(EVALUATOR.href);
  return tools.evaluate;
}

/** The path of an instance. */
export function shippedPath(family: string, name: string): string {
  return new URL(`instances/${family}/${name}`, SHARED).pathname;
}

/** The names of a family's instances. */
export function shippedNames(family: string): readonly string[] {
  return readdirSync(new URL(`instances/${family}/`, SHARED)).sort();
}

/**
 * The value listed for an instance, or for one problem of a file that holds several; it is the last
 * number of the instance's row, before which stand sizes and bounds.
 */
export function listedBest(name: string, problem?: string): number | undefined {
  for (const line of readFileSync(LIST, "utf8").split("\n")) {
    const cells = line.split("|").map((cell) => cell.trim());
    if (cells[1] !== name) continue;
    if (problem === undefined) return Number(cells.findLast(isNumeral));
    if (cells[2] === problem) return Number(cells[3]);
  }
  return undefined;
}

/** Some rows end with a remark. */
function isNumeral(cell: string): boolean {
  return cell !== "" && Number.isFinite(Number(cell));
}
