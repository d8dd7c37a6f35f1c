/** Names that say nothing, as folder, file, part of a file's name, and identifier. */
import { checkRule } from "../rule-cases.ts";
import { names } from "./names.ts";

checkRule(names, [
  {
    remark: "folders, files and dotted parts",
    files: { "src/utils/a.ts": "", "src/r/types.ts": "", "src/r/http.util.ts": "" },
    found: ["src/r/http.util.ts:1 util", "src/r/types.ts:1 types", "src/utils/a.ts:1 utils"],
  },
  {
    remark: "a word inside a longer name is a name",
    files: { "src/r/selection-types.ts": "", "src/r/shared-incumbent.test.ts": "" },
    found: [],
  },
  {
    remark: "kebab-case",
    files: { "src/r/DecisionRecord.ts": "", "src/r/decision_record.ts": "" },
    found: [
      "src/r/DecisionRecord.ts:1 DecisionRecord.ts",
      "src/r/decision_record.ts:1 decision_record.ts",
    ],
  },
  {
    remark: "identifiers of variables, functions and parameters",
    files: {
      "src/r/a.ts": "const tmp = 1;\nfunction foo(data2: number) {}\nconst f = (tmp) => 1;",
    },
    found: ["src/r/a.ts:1 tmp", "src/r/a.ts:2 foo", "src/r/a.ts:2 data2", "src/r/a.ts:3 tmp"],
  },
]);
