/** Files nobody reaches and exports nobody uses. */
import { checkRule } from "../rule-cases.ts";
import { reachableFiles, usedExports } from "./reach.ts";

checkRule(reachableFiles, [
  {
    remark: "imported, started in a thread, named in the manifest, named on a page, a door, a test",
    files: {
      "src/r/index.ts": 'import "./a.ts";\nnew Worker(new URL("./b.ts", import.meta.url));',
      "src/r/a.ts": "",
      "src/r/b.ts": "",
      "src/r/c.test.ts": "",
      "src/cli/main.ts": "",
      "bench/d.ts": "",
      "package.json": '{"bin": "src/cli/main.ts"}',
      "docs/limits.md": "`npx node bench/d.ts`",
    },
    found: [],
  },
  {
    remark: "nobody's file, even if a page talks about it",
    files: {
      "src/r/index.ts": "",
      "src/r/a.ts": "",
      "test/b.ts": "",
      "README.md": "Begin with `src/r/a.ts`.",
    },
    found: ["src/r/a.ts:1 file", "test/b.ts:1 file"],
  },
]);

const A = "src/r/a.ts";
checkRule(usedExports, [
  {
    remark: "used by a component's script, whatever its markup says",
    files: {
      [A]: "export const one = 1;\nexport const two = 2;",
      "src/r/page.svelte": '<p>{two}</p>\n<script lang="ts">import { one } from "./a.ts";</script>',
    },
    found: [`${A}:2 two`],
  },
  {
    remark: "used by a neighbour, and through a door under another name",
    files: {
      [A]: "export const one = 1;\nexport const two = 2;",
      "src/r/b.ts": 'import { one } from "./a.ts";',
      "src/r/index.ts": 'export { two as deux } from "./a.ts";',
      "src/s/c.ts": 'import { deux } from "#r";',
    },
    found: [],
  },
  {
    remark: "shown by a door to nobody",
    files: { [A]: "\nexport const one = 1;", "src/r/index.ts": 'export { one } from "./a.ts";' },
    found: [`${A}:2 one`],
  },
  {
    remark: "used by tests alone",
    files: {
      [A]: "export const one = 1;",
      "src/r/a.test.ts": 'import { one } from "./a.ts";',
      "test/b.ts": 'import { one } from "../src/r/a.ts";',
    },
    found: [`${A}:1 one`],
  },
  {
    remark: "all of a file at once",
    files: { [A]: "export const one = 1;", "bench/b.ts": 'import * as a from "../src/r/a.ts";' },
    found: [],
  },
  {
    remark: "a type that describes another export, and one that describes nothing",
    files: {
      [A]: "export interface Part {}\nexport interface Lost {}\nexport const f = (p: Part) => 1;",
      "src/r/b.ts": 'import { f } from "./a.ts";',
    },
    found: [`${A}:2 Lost`],
  },
]);
