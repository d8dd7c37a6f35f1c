/** Dependencies with and without a reason, used and unused. */
import { checkRule } from "../rule-cases.ts";
import { dependencyReasons } from "./dependency-reasons.ts";

const REASONS =
  "| `alpha` | speaks the protocol we need so |\n| `@b/beta` | the same for browsers, small |";

checkRule(dependencyReasons, [
  {
    remark: "reasoned, imported, by sub-path too; tests may import what they like",
    files: {
      "package.json": '{"dependencies": {"alpha": "1"}, "optionalDependencies": {"@b/beta": "1"}}',
      "docs/adr/0001-stack.md": REASONS,
      "src/r/a.ts": 'import "alpha/deep";\nimport "@b/beta/deep";\nimport "node:fs";\nimport "#r";',
      "src/r/a.test.ts": 'import "vitest";',
    },
    found: [],
  },
  {
    remark: "no reason, a name for a reason, not used, not declared",
    files: {
      "package.json": '{"dependencies": {"alpha": "1", "gamma": "1"}}',
      "docs/adr/0001-stack.md": "We use `alpha`.",
      "src/r/a.ts": 'import "alpha";\nimport "delta/x";',
    },
    found: [
      "package.json:1 alpha",
      "package.json:1 gamma",
      "package.json:1 gamma",
      "src/r/a.ts:2 delta",
    ],
  },
]);
