/** Rows of figures with and without the command behind them. */
import { checkRule } from "../rule-cases.ts";
import { measuredLimits } from "./measured-limits.ts";

const HEAD = "| what | figure | command |\n|---|---|---|\n";

checkRule(measuredLimits, [
  {
    remark: "each form of command; rows without figures are free",
    files: {
      "docs/limits.md":
        `${HEAD}| gap | 0.2 % | \`npx node bench/a.ts\` |\n| p99 | 7 ms | \`N=1 npm run x\` |\n` +
        "| hardware | not tried | - |",
    },
    found: [],
  },
  {
    remark: "a figure from nowhere, and one with a file for a command",
    files: { "docs/limits.md": `${HEAD}| gap | 0.2 % | - |\n| p99 | 7 ms | \`bench/a.ts\` |` },
    found: ["docs/limits.md:3 row", "docs/limits.md:4 row"],
  },
]);
