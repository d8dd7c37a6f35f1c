/**
 * How a rule is tested: small trees in memory, each with what has to be found in it. A table of
 * cases always holds a tree that breaks the rule and one that keeps it.
 */
import { describe, expect, it } from "vitest";
import type { Rule } from "./rule.ts";
import { treeOf } from "./tree.ts";

/** One tree and its findings, each as `path:line subject`, in order. */
export interface RuleCase {
  readonly remark: string;
  readonly files: Readonly<Record<string, string>>;
  readonly found: readonly string[];
}

/** Runs `rule` over every case, and over the empty tree. */
export function checkRule(rule: Rule, cases: readonly RuleCase[]): void {
  describe(`the rule ${rule.name}`, () => {
    it("finds nothing in an empty tree", () => {
      expect(rule.check(treeOf({}))).toEqual([]);
    });

    it.each(cases.map((one) => [one.remark, one] as const))("%s", (_, { files, found }) => {
      const lines = rule
        .check(treeOf(files))
        .map((one) => `${one.path}:${one.line} ${one.subject}`);
      expect(lines).toEqual(found);
    });

    it("is shown both broken and kept", () => {
      expect(cases.some(({ found }) => found.length > 0)).toBe(true);
      expect(cases.some(({ found }) => found.length === 0)).toBe(true);
    });
  });
}
