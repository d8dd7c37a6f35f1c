/** Time, randomness, environment and network read from the air. */
import { checkRule } from "../rule-cases.ts";
import { ambient } from "./ambient.ts";

const READS = [
  ["Math.random()", "Math.random"],
  ["Date.now()", "Date.now"],
  ["new Date()", "new Date()"],
  ["performance.now()", "performance.now"],
  ["process.env.PORT", "process.env"],
  ["process.hrtime.bigint()", "process.hrtime"],
  ["setTimeout(f, 1)", "setTimeout"],
  ["fetch(url)", "fetch"],
  ["const { now } = Date, t = Date.now", "Date.now"],
  ["randomBytes(8)", "randomBytes"],
] as const;

checkRule(ambient, [
  ...READS.map(([code, subject]) => ({
    remark: code,
    files: { "src/r/a.ts": `\n${code};` },
    found: [`src/r/a.ts:2 ${subject}`],
  })),
  {
    remark: "timers by import",
    files: { "src/r/a.ts": 'import { setTimeout as wait } from "node:timers/promises";' },
    found: ["src/r/a.ts:1 node:timers/promises"],
  },
  {
    remark: "a stated instant, a clock handed in, words in comments and texts",
    files: {
      "src/r/a.ts":
        'new Date(5);\nclock.now();\n// Date.now()\nconst t = "Math.random()";\nport.fetch();',
    },
    found: [],
  },
  {
    remark: "tests and benchmarks may, and the edge of the platform",
    files: {
      "src/assemble.ts": "randomBytes(8);",
      "src/cli/main.ts": "process.env.PORT;",
      "src/r/a.test.ts": "Date.now();",
      "bench/b.ts": "performance.now();",
    },
    found: [],
  },
]);
