/** Cycles of one, two and three files, through types and through doors. */
import { checkRule } from "../rule-cases.ts";
import { cycles } from "./cycles.ts";

checkRule(cycles, [
  {
    remark: "a diamond is no cycle",
    files: {
      "src/r/a.ts": 'import "./b.ts";\nimport "./c.ts";',
      "src/r/b.ts": 'import "./d.ts";',
      "src/r/c.ts": 'import "./d.ts";',
      "src/r/d.ts": "",
    },
    found: [],
  },
  {
    remark: "two files, by type alone",
    files: {
      "src/r/a.ts": 'import type { B } from "./b.ts";',
      "src/r/b.ts": 'import type { A } from "./a.ts";',
    },
    found: ["src/r/b.ts:1 src/r/a.ts"],
  },
  {
    remark: "three files, through a door",
    files: {
      "src/p/a.ts": '\nimport "#q";',
      "src/q/index.ts": 'export { x } from "./x.ts";',
      "src/q/x.ts": 'import "../p/a.ts";',
    },
    found: ["src/q/x.ts:1 src/p/a.ts"],
  },
  {
    remark: "a file that imports itself",
    files: { "src/r/a.ts": 'import "./a.ts";' },
    found: ["src/r/a.ts:1 src/r/a.ts"],
  },
]);
