/**
 * No file depends on itself, however long the way round, types included: two files that need each
 * other are one subject, or hide a third noun that both could import.
 */
import { targetOf } from "../place.ts";
import type { Finding, Rule } from "../rule.ts";
import type { Tree } from "../tree.ts";

/** The rule. */
export const cycles: Rule = {
  name: "cycles",
  asks: "No file depends on itself, however long the way round.",
  remedy: "Move the noun both files need into a file of its own, lower down, or merge the files.",
  check: (tree) => {
    const findings: Finding[] = [];
    const finished = new Set<string>();
    for (const { path } of tree.sources) visit(tree, path, [], finished, findings);
    return findings;
  },
};

function visit(
  tree: Tree,
  path: string,
  trail: readonly string[],
  finished: Set<string>,
  findings: Finding[],
): void {
  if (finished.has(path)) return;
  const here = [...trail, path];
  for (const one of tree.source(path)?.imports ?? []) {
    const target = targetOf(path, one.specifier);
    if (target === undefined || !tree.has(target)) continue;
    const entered = here.indexOf(target);
    if (entered < 0) {
      visit(tree, target, here, finished, findings);
    } else {
      const round = [...here.slice(entered), target].join(" -> ");
      findings.push({ path, line: one.line, subject: target, message: `cycle ${round}` });
    }
  }
  finished.add(path);
}
