/**
 * Why hard rules cannot hold together: a set of rules that clash, none of them superfluous, by
 * deletion filtering (J. W. Chinneck and E. W. Dravnieks, ORSA Journal on Computing 3(2), 1991).
 * Rules are left out in blocks that halve, so that the many that have no part in the clash go
 * quickly.
 */
import type { OrderedSelection } from "#problem";
import type { SearchRun } from "../search-run.ts";
import { feasibleAtAll } from "./feasibility.ts";
import { type HardRules, keepNamed, ruleNames } from "./hard-rules.ts";

/**
 * Names of rules that cannot hold together, given that all of `rules` cannot; `undefined` if the
 * budget ends first.
 */
export function minimalConflict(
  problem: OrderedSelection,
  rules: HardRules,
  run: SearchRun,
): readonly string[] | undefined {
  let names = ruleNames(rules);
  for (let block = names.length >> 1 || 1; ; block = block >> 1 || 1) {
    for (let from = 0; from < names.length; ) {
      const without = names.toSpliced(from, block);
      const answer = feasibleAtAll(problem, keepNamed(rules, new Set(without)), run);
      if (answer.kind === "undecided") return undefined;
      if (answer.kind === "none") names = without;
      else from += block;
    }
    if (block === 1) return names;
  }
}
