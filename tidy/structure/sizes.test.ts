/** Each limit at its edge: the longest that passes, the shortest that does not. */
import { checkRule } from "../rule-cases.ts";
import { sizes } from "./sizes.ts";

const lines = (count: number, text = "f();") => Array(count).fill(text).join("\n");
const functionOf = (count: number) => `function f() {\n${lines(count - 2)}\n}`;

checkRule(sizes, [
  {
    remark: "300 lines of code, whatever is said about them",
    files: { "src/r/a.ts": `/**\n${lines(50, " * words")}\n */\n\n${lines(300)}` },
    found: [],
  },
  { remark: "301 lines", files: { "src/r/a.ts": lines(301) }, found: ["src/r/a.ts:1 file"] },
  {
    remark: "tests may have 500 lines",
    files: { "src/r/a.test.ts": lines(500), "src/r/b.test.ts": lines(501) },
    found: ["src/r/b.test.ts:1 file"],
  },
  {
    remark: "functions of 70 and 71 lines",
    files: { "src/r/a.ts": functionOf(70), "src/r/b.ts": `\n${functionOf(71)}` },
    found: ["src/r/b.ts:2 function"],
  },
  {
    remark: "methods and arrows count",
    files: {
      "src/r/a.ts": `class C { m() {\n${lines(70)}\n} }\nconst g = () => {\n${lines(70)}\n};`,
    },
    found: ["src/r/a.ts:1 function", "src/r/a.ts:73 function"],
  },
  {
    remark: "a chapter of tests may be long, a single test may not",
    files: {
      "src/r/a.test.ts":
        `describe("x", () => {\n${lines(80)}\n` + `it("y", () => {\n${lines(80)}\n});\n});`,
    },
    found: ["src/r/a.test.ts:82 function"],
  },
  {
    remark: "100 and 101 columns, counted in characters",
    files: { "src/r/a.ts": `// ${"é".repeat(97)}\n// ${"é".repeat(98)}` },
    found: ["src/r/a.ts:2 line"],
  },
  {
    remark: "an address cannot be broken",
    files: { "src/r/a.ts": `// https://example.org/${"x".repeat(100)}` },
    found: [],
  },
  {
    remark: "a folder of 21 files",
    files: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`docs/${index}.md`, ""])),
    found: ["docs:1 folder"],
  },
]);
