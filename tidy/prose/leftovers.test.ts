/** Marks of unfinished work. The marks are put together here so that this file holds none. */
import { checkRule } from "../rule-cases.ts";
import { leftovers } from "./leftovers.ts";

const MARK = ["TO", "DO"].join("");

checkRule(leftovers, [
  {
    remark: "in comments and on pages, not in texts or code spans",
    files: {
      "README.md": `Say ${MARK} never.\n\`${MARK}\``,
      "src/r/a.ts": `/**\n * ${MARK}: later\n */\nconst mark = "${MARK}";`,
    },
    found: [`src/r/a.ts:2 ${MARK}`, `README.md:1 ${MARK}`],
  },
  {
    remark: "silenced tests and break points",
    files: { "src/r/a.test.ts": 'it.only("x", f);\ndescribe.skip("y", f);\ndebugger;' },
    found: [
      "src/r/a.test.ts:1 it.only",
      "src/r/a.test.ts:2 describe.skip",
      "src/r/a.test.ts:3 debugger",
    ],
  },
  {
    remark: "a test skipped for a reason",
    files: {
      "src/r/a.test.ts": '// The sample data is not part of a clone.\nit.skipIf(x)("y", f);',
    },
    found: [],
  },
]);
