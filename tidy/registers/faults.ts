/**
 * The register of faults is sound: codes are unique, a row reads as two sentences, and every row is
 * raised by some code and shown by some test. A fault nobody raises is a promise nobody keeps.
 */
import type { ESTree } from "rolldown/utils";
import type { Finding, Rule } from "../rule.ts";
import { dottedName, type Source } from "../syntax.ts";
import { isOutsideProduct, isTest, type Tree } from "../tree.ts";

const CODE = /^[a-z]+(-[a-z]+)*$/;
const SENTENCE = /^[A-Z][^\n]{8,198}\.$/;

/** A row as it stands in the source. */
interface Row {
  readonly path: string;
  readonly line: number;
  /** How code names it: `STORE_FAULTS.closed`. */
  readonly reference: string;
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
}

/** The rule. */
export const faults: Rule = {
  name: "faults",
  asks:
    "Fault codes are unique; each row reads as two sentences, is raised somewhere and shown " +
    "by a test.",
  remedy:
    "One row per code in the room's faults.ts: kebab-case code, title and remedy each one " +
    "sentence; raise it with " +
    "new Fault and show it in a test.",
  check: (tree) => {
    const rows = tree.sources.filter(({ path }) => !isOutsideProduct(path)).flatMap(rowsOf);
    return [
      ...rows.flatMap(badForm),
      ...duplicates(rows),
      ...notRaised(tree, rows),
      ...notTested(tree, rows),
    ];
  },
};

function rowsOf(source: Source): Row[] {
  const rows: Row[] = [];
  source.visit({
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== "Identifier" || init?.type !== "CallExpression") return;
      const [table] = init.arguments;
      if (dottedName(init.callee) !== "faultRows" || table?.type !== "ObjectExpression") return;
      for (const [key, value] of propertiesOf(table)) {
        if (value.type !== "ObjectExpression") continue;
        const facts = new Map(propertiesOf(value).map(([name, fact]) => [name, textOf(fact)]));
        rows.push({
          path: source.path,
          line: source.line(value.start),
          reference: `${id.name}.${key}`,
          code: facts.get("code") ?? "",
          title: facts.get("title") ?? "",
          remedy: facts.get("remedy") ?? "",
        });
      }
    },
  });
  return rows;
}

function propertiesOf(object: ESTree.ObjectExpression): [string, ESTree.Expression][] {
  return object.properties.flatMap((property): [string, ESTree.Expression][] => {
    if (property.type !== "Property") return [];
    const { key, value } = property;
    if (key.type === "Identifier") return [[key.name, value]];
    return key.type === "Literal" && typeof key.value === "string" ? [[key.value, value]] : [];
  });
}

/** The text of a literal, or of literals joined by `+`; empty for anything that is computed. */
function textOf(node: ESTree.Expression): string {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : "";
  const isSum = node.type === "BinaryExpression" && node.operator === "+";
  return isSum ? textOf(node.left) + textOf(node.right) : "";
}

function badForm(row: Row): Finding[] {
  return [
    ...(CODE.test(row.code) ? [] : [found(row, `code: expected kebab-case, got "${row.code}"`)]),
    ...(SENTENCE.test(row.title)
      ? []
      : [found(row, `title: expected one sentence, got "${row.title}"`)]),
    ...(SENTENCE.test(row.remedy)
      ? []
      : [found(row, `remedy: expected one sentence, got "${row.remedy}"`)]),
  ];
}

function duplicates(rows: readonly Row[]): Finding[] {
  return rows
    .filter((row, index) => rows.findIndex((other) => other.code === row.code) < index)
    .map((row) => found(row, `code ${row.code} is already taken`));
}

function notRaised(tree: Tree, rows: readonly Row[]): Finding[] {
  const named = new Set<string>();
  for (const source of tree.sources) {
    if (isOutsideProduct(source.path)) continue;
    source.visit({ MemberExpression: (node) => void named.add(dottedName(node)) });
  }
  return rows
    .filter((row) => !named.has(row.reference))
    .map((row) => found(row, `${row.code}: nothing raises ${row.reference}`));
}

function notTested(tree: Tree, rows: readonly Row[]): Finding[] {
  const tests = tree.sources
    .filter(({ path }) => isTest(path) && !path.startsWith("tidy/"))
    .map(({ text }) => text)
    .join("\n");
  return rows
    .filter((row) => !tests.includes(`"${row.code}"`) && !tests.includes(row.reference))
    .map((row) => found(row, `${row.code}: no test shows it`));
}

function found(row: Row, message: string): Finding {
  return { path: row.path, line: row.line, subject: row.code, message };
}
