/**
 * The house rules on this checkout. One test per rule; a failure prints file, line and remedy. Each
 * rule's own test, beside it, shows that it catches what it forbids.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXCEPTIONS } from "./exceptions.ts";
import { HOUSE_RULES } from "./house-rules.ts";
import { judge, report, tableRow } from "./rule.ts";
import { readTree } from "./tree.ts";

const tree = readTree(join(import.meta.dirname, ".."));

describe("the tree keeps the house rules", () => {
  it.each(HOUSE_RULES.map((rule) => [rule.name, rule] as const))("%s", (_, rule) => {
    const { findings } = judge(rule, tree, EXCEPTIONS);
    if (findings.length > 0) expect.fail(report(rule, findings));
  });

  it("every exception still excuses something", () => {
    const stale = HOUSE_RULES.flatMap((rule) => judge(rule, tree, EXCEPTIONS).stale);
    expect(stale).toEqual([]);
  });

  it("every exception names a rule there is, and a reason", () => {
    const rules = HOUSE_RULES.map((rule) => rule.name);
    for (const { rule, reason } of EXCEPTIONS) {
      expect(rules).toContain(rule);
      expect(reason.split(" ").length).toBeGreaterThan(2);
    }
  });

  it("CONTRIBUTING.md has the row of every rule, and of no other", () => {
    const rows = tree
      .text("CONTRIBUTING.md")
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    expect(rows).toEqual(HOUSE_RULES.map(tableRow));
  });
});
