/**
 * Nothing half done is committed: no marks of unfinished work, no test that silences the others, no
 * test skipped without saying why, no break point.
 */
import type { Finding, Rule } from "../rule.ts";
import { dottedName, type Source } from "../syntax.ts";
import type { Tree } from "../tree.ts";

const MARKS = /\b(?:TODO|FIXME|XXX|HACK)\b/;

/** The rule. */
export const leftovers: Rule = {
  name: "leftovers",
  asks: "No mark of unfinished work, no focused test, no test skipped without a reason.",
  remedy: "Finish it, delete it, or open an issue; a skipped test says why on the line above.",
  check: (tree) => [
    ...tree.sources.flatMap((source) => [...marksIn(source), ...testsIn(source)]),
    ...marksInPages(tree),
  ],
};

function marksIn(source: Source): Finding[] {
  return source.comments.flatMap(({ value, start }) => {
    const mark = MARKS.exec(value);
    return mark === null ? [] : [left(source.path, source.line(start + mark.index), mark[0])];
  });
}

function marksInPages(tree: Tree): Finding[] {
  return tree.paths
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      tree
        .text(path)
        .split("\n")
        .flatMap((text, index) => {
          const mark = MARKS.exec(text.replace(/`[^`]*`/g, ""));
          return mark === null ? [] : [left(path, index + 1, mark[0])];
        }),
    );
}

function testsIn(source: Source): Finding[] {
  const findings: Finding[] = [];
  const lines = source.text.split("\n");
  source.visit({
    DebuggerStatement: (node) =>
      findings.push(left(source.path, source.line(node.start), "debugger")),
    MemberExpression: (node) => {
      const name = dottedName(node);
      const line = source.line(node.start);
      if (/^(it|test|describe)\.only$/.test(name)) findings.push(left(source.path, line, name));
      const explained = /^\s*(\/\/|\*)/.test(lines[line - 2] ?? "");
      if (/^(it|test|describe)\.(skip|skipIf|runIf|todo)$/.test(name) && !explained) {
        findings.push(left(source.path, line, name));
      }
    },
  });
  return findings;
}

function left(path: string, line: number, subject: string): Finding {
  return { path, line, subject, message: `${subject} was left behind` };
}
