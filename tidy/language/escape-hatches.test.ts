/** Ways round the type checker. */
import { checkRule } from "../rule-cases.ts";
import { escapeHatches } from "./escape-hatches.ts";

const HATCHES = [
  ["let a: any;", "any"],
  ["const a = b!;", "!"],
  ["let a!: number;", "!"],
  ["const a = b as number;", "as"],
  ["const a = b as unknown;", "as"],
  ["const a = <number>b;", "<type>"],
  ["enum A { B }", "enum"],
  ["export default 1;", "default export"],
  ["// @ts-expect-error", "@ts-expect-error"],
  ["// biome-ignore lint: no", "biome-ignore"],
] as const;

checkRule(escapeHatches, [
  ...HATCHES.map(([code, subject]) => ({
    remark: code,
    files: { "test/a.ts": `\n${code}` },
    found: [`test/a.ts:2 ${subject}`],
  })),
  {
    remark: "const, satisfies, renaming and negation are none",
    files: {
      "src/r/a.ts":
        'import { a as b } from "./b.ts";\nconst c = [1] as const;\n' +
        'const d = !c satisfies boolean;\nconst many = "any as enum!";',
    },
    found: [],
  },
  {
    remark: "configuration files export by default because their readers ask for it",
    files: { "vitest.config.ts": "export default {};" },
    found: [],
  },
]);
