/** How findings are excused and printed, and that a file that does not parse is named. */
import { describe, expect, it } from "vitest";
import { type Exception, type Finding, judge, type Rule, report } from "./rule.ts";
import { treeOf } from "./tree.ts";

const FINDINGS: readonly Finding[] = [
  { path: "src/r/a.ts", line: 3, subject: "as", message: "uses as" },
  { path: "src/s/b.ts", line: 4, subject: "any", message: "uses any" },
];
const RULE: Rule = { name: "hatches", asks: "None.", remedy: "Do without.", check: () => FINDINGS };
const except = (path: string, subject: string, rule = "hatches"): Exception => ({
  rule,
  path,
  subject,
  reason: "a reason",
});

describe("judge", () => {
  const cases = [
    ["nothing excused", [], 2, 0],
    ["a file and its subject", [except("src/r/a.ts", "as")], 1, 0],
    ["a folder", [except("src/", "as")], 1, 0],
    ["another subject of the same file", [except("src/r/a.ts", "any")], 2, 1],
    ["a path that only begins like it", [except("src/r/a", "as")], 2, 1],
    ["another rule's exception", [except("src/r/a.ts", "as", "rooms")], 2, 0],
  ] as const;
  it.each(cases)("%s", (_, exceptions, left, stale) => {
    const judgement = judge(RULE, treeOf({}), exceptions);
    expect(judgement.findings).toHaveLength(left);
    expect(judgement.stale).toHaveLength(stale);
  });
});

describe("report", () => {
  it("names file, line and remedy", () => {
    expect(report(RULE, FINDINGS.slice(0, 1))).toBe(
      "hatches: 1 found\n  src/r/a.ts:3 uses as\n  Remedy: Do without.",
    );
  });
});

describe("treeOf", () => {
  it("names the file that does not parse", () => {
    expect(() => treeOf({ "src/r/broken.ts": "const = 1;" })).toThrow("src/r/broken.ts");
  });
});
