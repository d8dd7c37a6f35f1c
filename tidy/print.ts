/**
 * Prints what breaks the house rules, for the moment before a commit: `npx node tidy/print.ts [path
 * prefix …]`. The test (house-rules.test.ts) decides; this only shows less of the tree, faster.
 */
import { join } from "node:path";
import { EXCEPTIONS } from "./exceptions.ts";
import { HOUSE_RULES } from "./house-rules.ts";
import { judge, report } from "./rule.ts";
import { readTree } from "./tree.ts";

const prefixes = process.argv.slice(2);
const tree = readTree(join(import.meta.dirname, ".."));
for (const rule of HOUSE_RULES) {
  const findings = judge(rule, tree, EXCEPTIONS).findings.filter(
    ({ path }) => prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix)),
  );
  if (findings.length === 0) continue;
  process.exitCode = 1;
  process.stdout.write(`${report(rule, findings)}\n`);
}
