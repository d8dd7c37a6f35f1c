/**
 * A switch over a `kind` handles every kind and says so: its default calls `unreachable`, which
 * compiles only while no case is missing and stops the program if the data disagrees with the
 * types.
 */
import type { ESTree } from "rolldown/utils";
import type { Finding, Rule } from "../rule.ts";
import { dottedName, type Source } from "../syntax.ts";

/** The rule. */
export const closedSwitches: Rule = {
  name: "closed-switches",
  asks: "A switch over a `kind` ends in `unreachable`.",
  remedy: "End the switch with `default: return unreachable(value)` from the foundation room.",
  check: (tree) =>
    tree.sources.filter(({ path }) => path.startsWith("src/")).flatMap(openSwitchesIn),
};

function openSwitchesIn(source: Source): Finding[] {
  const findings: Finding[] = [];
  source.visit({
    SwitchStatement: (node) => {
      if (!/(^|\.)kind$/.test(dottedName(node.discriminant)) || isClosed(source, node)) return;
      const line = source.line(node.start);
      const message = "switch over a kind does not end in unreachable()";
      findings.push({ path: source.path, line, subject: "switch", message });
    },
  });
  return findings;
}

function isClosed(source: Source, node: ESTree.SwitchStatement): boolean {
  const last = node.cases.find((one) => one.test === null);
  return last !== undefined && /\bunreachable\(/.test(source.text.slice(last.start, last.end));
}
