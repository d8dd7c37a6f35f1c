/**
 * Files, functions, lines and folders small enough to be read whole. Comments and blank lines do
 * not count towards a file's length: explaining more must never cost anything.
 */
import { posix } from "node:path";
import type { ESTree } from "rolldown/utils";
import type { Finding, Rule } from "../rule.ts";
import { type Source, withoutComments } from "../syntax.ts";
import { isTest, type Tree } from "../tree.ts";

const FILE_LINES_MAX = 300;
const TEST_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 70;
const COLUMNS_MAX = 100; // As biome.json.
const FOLDER_FILES_MAX = 20;

/** The rule. */
export const sizes: Rule = {
  name: "sizes",
  asks:
    "Files to 300 lines of code (tests 500), functions to 70, lines to 100 columns, folders " +
    "to 20 files.",
  remedy:
    "Split by subject, not by number: a file holds one noun, a function one thought, a " +
    "folder one family.",
  check: (tree) => [
    ...tree.sources.flatMap((source) => [
      ...longFile(source),
      ...longFunctions(source),
      ...longLines(source),
    ]),
    ...fullFolders(tree),
  ],
};

function longFile(source: Source): Finding[] {
  const limit = isTest(source.path) ? TEST_LINES_MAX : FILE_LINES_MAX;
  const lines = withoutComments(source)
    .split("\n")
    .filter((line) => line.trim() !== "").length;
  if (lines <= limit) return [];
  const message = `file: expected at most ${limit} lines of code, got ${lines}`;
  return [{ path: source.path, line: 1, subject: "file", message }];
}

function longFunctions(source: Source): Finding[] {
  const findings: Finding[] = [];
  // The callback of `describe` is a chapter of a test file, not a function anybody calls.
  const chapters = new Set<number>();
  const measure = (node: ESTree.Function | ESTree.ArrowFunctionExpression) => {
    const line = source.line(node.start);
    const lines = source.line(node.end) - line + 1;
    if (lines <= FUNCTION_LINES_MAX || chapters.has(node.start)) return;
    const message = `function: expected at most ${FUNCTION_LINES_MAX} lines, got ${lines}`;
    findings.push({ path: source.path, line, subject: "function", message });
  };
  source.visit({
    CallExpression: (node) => {
      if (!isTest(source.path)) return;
      if (source.text.slice(node.callee.start, node.callee.end).startsWith("describe")) {
        for (const argument of node.arguments) chapters.add(argument.start);
      }
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  });
  return findings;
}

function longLines(source: Source): Finding[] {
  return source.text.split("\n").flatMap((text, index): Finding[] => {
    const columns = [...text].length;
    if (columns <= COLUMNS_MAX || text.includes("://")) return [];
    const message = `line: expected at most ${COLUMNS_MAX} columns, got ${columns}`;
    return [{ path: source.path, line: index + 1, subject: "line", message }];
  });
}

function fullFolders(tree: Tree): Finding[] {
  const counts = new Map<string, number>();
  for (const path of tree.paths) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > FOLDER_FILES_MAX)
    .map(([path, count]) => ({
      path,
      line: 1,
      subject: "folder",
      message: `folder: expected at most ${FOLDER_FILES_MAX} files, got ${count}`,
    }));
}
