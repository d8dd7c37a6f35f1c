/**
 * Nothing lies about. Each file is imported by another, started by name, or an entry point; each
 * exported value has a user outside its file. A test is not a user: code that only its test needs
 * is dead code with an alibi. Exported types may stand alone where they describe another export.
 */
import { posix } from "node:path";
import { declarationOf, doorOf, roomOf, targetOf } from "../place.ts";
import type { Finding, Rule } from "../rule.ts";
import type { Export, Source } from "../syntax.ts";
import { isTest, type Tree } from "../tree.ts";

const COMMAND = /\bnode (?:--\S+ )*[\w./-]+\.ts\b/g;

/** Each file is reached from somewhere. */
export const reachableFiles: Rule = {
  name: "reachable-files",
  asks: "Each file is imported, started, or named as a command.",
  remedy: "Delete the file, import it, or name the command that runs it in package.json or a page.",
  check: (tree) => {
    const reached = new Set([...tree.sources, ...tree.components].flatMap(leadsTo));
    const commands = textWithCommands(tree);
    return tree.sources
      .filter(({ path }) => !isEntry(path) && !reached.has(path) && !commands.includes(path))
      .map(({ path }) => ({
        path,
        line: 1,
        subject: "file",
        message: "nothing imports or runs it",
      }));
  },
};

/** Each export is used. */
export const usedExports: Rule = {
  name: "used-exports",
  asks: "Each export has a user outside its file that is not a test.",
  remedy:
    "Delete it or stop exporting it; if only a test needs it, test through what is public, " +
    "or list it with a reason.",
  check: (tree) => {
    const used = usedNames(tree);
    return tree.sources
      .filter(({ path }) => path.startsWith("src/"))
      .flatMap((source) =>
        source.exports
          .filter((one) => one.from === undefined && !used.has(`${source.path} ${one.name}`))
          .filter((one) => one.kind === "value" || !describesAnother(source, one))
          .map((one) => unused(source, one)),
      );
  },
};

function unused(source: Source, { name, start }: Export): Finding {
  const message = `nothing outside this file uses ${name}`;
  return { path: source.path, line: source.line(start), subject: name, message };
}

function isEntry(path: string): boolean {
  const room = roomOf(path);
  return isTest(path) || !path.includes("/") || (room !== undefined && path === doorOf(room));
}

function leadsTo(source: Source): string[] {
  const folder = posix.dirname(source.path);
  return [
    ...source.imports.flatMap(({ specifier }) => targetOf(source.path, specifier) ?? []),
    ...source.started.flatMap((name) => [posix.join(folder, name), name]),
  ];
}

/** Files that a page tells to run, and everything in which the manifest and scripts name files. */
function textWithCommands(tree: Tree): string {
  const scripts = tree.paths.filter(
    (path) => path === "package.json" || /^(\.ci|bin)\//.test(path),
  );
  const pages = tree.paths.filter((path) => path.endsWith(".md"));
  const commands = pages.flatMap((path) => tree.text(path).match(COMMAND) ?? []);
  return [...scripts.map((path) => tree.text(path)), ...commands].join("\n");
}

/** `path name` of every declared export that some other file, no test and no door, takes. */
function usedNames(tree: Tree): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { path, imports } of [...tree.sources, ...tree.components]) {
    if (isTest(path) || /^(test|tidy)\/|\/index\.ts$/.test(path)) continue;
    for (const { specifier, names } of imports) {
      const target = targetOf(path, specifier);
      if (target === undefined || !tree.has(target)) continue;
      for (const name of names.includes("*") ? allNames(tree, target) : names) {
        const declared = declarationOf(tree, target, name);
        used.add(`${declared.path} ${declared.name}`);
      }
    }
  }
  return used;
}

function allNames(tree: Tree, path: string): readonly string[] {
  return (tree.source(path)?.exports ?? []).map((one) => one.name);
}

/**
 * Whether a type is mentioned in its file beyond its declaration: then it is part of another
 * export's contract.
 */
function describesAnother(source: Source, type: Export): boolean {
  return (source.text.match(new RegExp(`\\b${type.name}\\b`, "g")) ?? []).length > 1;
}
