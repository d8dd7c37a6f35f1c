/**
 * Names that mean something. A folder called `utils` is where subjects go to be forgotten; a
 * variable called `tmp` was never named at all. Files are kebab-case, so that a name can be
 * guessed.
 */
import { posix } from "node:path";
import type { ESTree } from "rolldown/utils";
import type { Finding, Rule } from "../rule.ts";
import type { Source } from "../syntax.ts";

const BANNED_PLACES = new Set([
  ...["util", "utils", "helper", "helpers", "common", "misc", "core", "lib", "shared"],
  ...["types", "manager", "service"],
]);
const BANNED_IDENTIFIERS = new Set(["data2", "tmp", "foo"]);
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/;

/** The rule. */
export const names: Rule = {
  name: "names",
  asks: "No `util`, `common`, `types` and the like; no `tmp`; file names in kebab-case.",
  remedy: "Name it after the noun of the field it is about; docs/glossary.md has the list.",
  check: (tree) => [
    ...tree.paths.flatMap(bannedPlaces),
    ...tree.sources.flatMap((source) => [...badCase(source.path), ...bannedIdentifiers(source)]),
  ],
};

function bannedPlaces(path: string): Finding[] {
  const parts = path.split("/").flatMap((part) => part.split("."));
  return parts
    .filter((part) => BANNED_PLACES.has(part))
    .map((part) => ({ path, line: 1, subject: part, message: `the name ${part} says nothing` }));
}

function badCase(path: string): Finding[] {
  const file = posix.basename(path);
  if (KEBAB_CASE.test(file)) return [];
  return [{ path, line: 1, subject: file, message: `file name: expected kebab-case, got ${file}` }];
}

function bannedIdentifiers(source: Source): Finding[] {
  const findings: Finding[] = [];
  const look = (node: ESTree.Node | null) => {
    if (node?.type !== "Identifier" || !BANNED_IDENTIFIERS.has(node.name)) return;
    const { name } = node;
    const line = source.line(node.start);
    findings.push({ path: source.path, line, subject: name, message: `${name} is no name` });
  };
  const lookAtParameters = (node: ESTree.Function | ESTree.ArrowFunctionExpression) => {
    for (const parameter of node.params) look(parameter);
  };
  source.visit({
    VariableDeclarator: (node) => look(node.id),
    FunctionDeclaration: (node) => {
      look(node.id);
      lookAtParameters(node);
    },
    FunctionExpression: lookAtParameters,
    ArrowFunctionExpression: lookAtParameters,
  });
  return findings;
}
