/** Somebody's folders and hosts. They are put together here so that this file names none. */
import { checkRule } from "../rule-cases.ts";
import { machinePaths } from "./machine-paths.ts";

const HOME = ["", "home", "ada"].join("/");
const HOST = ["registry", "npmjs", "org"].join(".");

checkRule(machinePaths, [
  {
    remark: "in sources, pages and the lock file",
    files: {
      "docs/a.md": `see\n${HOME}/notes`,
      "package-lock.json": `{\n"a": "https://${HOST}/a.tgz"}`,
      "src/r/a.ts": `const path = "${HOME}";`,
    },
    found: [`docs/a.md:2 ${HOME}`, `package-lock.json:2 //${HOST}/`, `src/r/a.ts:1 ${HOME}`],
  },
  {
    remark: "relative paths, routes and words",
    files: {
      "docs/a.md":
        "`../shared/data`, `test/home/a.json`, GET /v1/decisions, work/life, https://x.org/home/x",
      "src/r/a.ts": `const path = \`\${root}${HOME}\`;`,
    },
    found: [],
  },
]);
