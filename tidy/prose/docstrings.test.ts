/** Files without a paragraph, exports without a summary. */
import { checkRule } from "../rule-cases.ts";
import { docstrings } from "./docstrings.ts";

const PARAGRAPH = "/** What this file is for, said in a sentence of some length. */";

checkRule(docstrings, [
  {
    remark: "paragraph and summary",
    files: { "src/r/a.ts": `#!/usr/bin/env node\n${PARAGRAPH}\n/** One. */\nexport const a = 1;` },
    found: ["src/r/a.ts:1 file"],
  },
  {
    remark: "paragraph, import, summary; exports from elsewhere need none",
    files: {
      "src/r/a.ts": `${PARAGRAPH}\nimport "./b.ts";\n/** One. */\nexport const a = 1;`,
      "src/r/index.ts": `${PARAGRAPH}\nexport { a } from "./a.ts";\nconst b = 1;\nexport { b };`,
    },
    found: [],
  },
  {
    remark: "no paragraph, too short a one, one after the code",
    files: {
      "src/r/a.ts": "",
      "src/r/b.ts": "/** Constants. */",
      "src/r/c.ts": `const c = 1;\n${PARAGRAPH}`,
    },
    found: ["src/r/a.ts:1 file", "src/r/b.ts:1 file", "src/r/c.ts:1 file"],
  },
  {
    remark: "the paragraph is nobody's summary; a plain comment is none either",
    files: { "src/r/a.ts": `${PARAGRAPH}\nexport const a = 1;\n// Two.\nexport interface B {}` },
    found: ["src/r/a.ts:2 a", "src/r/a.ts:4 B"],
  },
  {
    remark: "exports of tests and benchmarks explain themselves",
    files: { "bench/a.ts": `${PARAGRAPH}\nexport const a = 1;` },
    found: [],
  },
]);
