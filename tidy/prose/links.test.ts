/** Links and paths on pages. */
import { checkRule } from "../rule-cases.ts";
import { links } from "./links.ts";

checkRule(links, [
  {
    remark: "a file, a folder, a heading here and there, the web, code in a fence",
    files: {
      "README.md":
        "[a](docs/a.md) [b](docs) [c](#first-steps) [d](docs/a.md#the-end) [e](https://x.org)\n" +
        "# First steps\n`src/r/a.ts`\n```\n[f](nowhere.md)\n```",
      "docs/a.md": "[up](../README.md)\n## The `end`!",
      "src/r/a.ts": "",
    },
    found: [],
  },
  {
    remark: "dead file, dead heading, dead path, and a path from the wrong folder",
    files: {
      "README.md": "[a](docs/b.md)\n[b](#nothing) `src/r/gone.ts`",
      "docs/a.md": "[x](docs/a.md)",
    },
    found: [
      "README.md:1 docs/b.md",
      "README.md:2 #nothing",
      "README.md:2 src/r/gone.ts",
      "docs/a.md:1 docs/a.md",
    ],
  },
]);
