/**
 * No way round the type checker: no `any`, no `!`, no `as` except `as const`, no silenced checks;
 * and none of the constructs that need a compiler (`enum`) or hide a name (default exports).
 */
import type { Finding, Rule } from "../rule.ts";
import type { Source } from "../syntax.ts";

const SILENCERS = /@ts-(ignore|expect-error|nocheck)|biome-ignore/;

/** The rule. */
export const escapeHatches: Rule = {
  name: "escape-hatches",
  asks:
    "No `any`, no `!`, no `as` but `as const`, no silenced check, no `enum`, no default " +
    "export.",
  remedy:
    "Narrow with a guard, `present` or a schema; use a union of literals for an enum and a " +
    "named export for a default.",
  check: (tree) => tree.sources.flatMap(hatchesIn),
};

function hatchesIn(source: Source): Finding[] {
  const findings: Finding[] = [];
  const add = (start: number, subject: string) =>
    findings.push({
      path: source.path,
      line: source.line(start),
      subject,
      message: `uses ${subject}`,
    });
  for (const comment of source.comments) {
    const silenced = SILENCERS.exec(comment.value);
    if (silenced !== null) add(comment.start, silenced[0]);
  }
  source.visit({
    TSAnyKeyword: (node) => add(node.start, "any"),
    TSNonNullExpression: (node) => add(node.start, "!"),
    TSTypeAssertion: (node) => add(node.start, "<type>"),
    TSEnumDeclaration: (node) => add(node.start, "enum"),
    TSAsExpression: (node) => {
      const type = node.typeAnnotation;
      const isConst = source.text.slice(type.start, type.end) === "const";
      if (!isConst) add(node.start, "as");
    },
    VariableDeclarator: (node) => {
      if (node.definite) add(node.start, "!");
    },
    PropertyDefinition: (node) => {
      if (node.definite) add(node.start, "!");
    },
    ExportDefaultDeclaration: (node) => {
      if (!/^[^/]+\.config\.ts$/.test(source.path)) add(node.start, "default export");
    },
  });
  return findings;
}
