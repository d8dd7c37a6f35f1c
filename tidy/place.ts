/**
 * Where a file lives and where an import leads: the geography the structural rules share.
 */
import { posix } from "node:path";
import type { Tree } from "./tree.ts";

/** The room a path lies in: `src/<room>/…`; `undefined` for everything outside the rooms. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/**
 * The folder inside its room a path lies in, `undefined` at the room's top: `tabu` of
 * `src/solvers/tabu/x.ts`.
 */
export function folderInRoom(path: string): string | undefined {
  return /^src\/[^/]+\/([^/]+)\//.exec(path)?.[1];
}

/** The path a specifier leads to, whether or not a file is there; `undefined` for packages. */
export function targetOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return doorOf(specifier.slice(1));
  if (!specifier.startsWith(".")) return undefined;
  return posix.join(posix.dirname(from), specifier);
}

/** The door of a room. */
export function doorOf(room: string): string {
  return `src/${room}/index.ts`;
}

/**
 * Where the exported `name` of `path` is declared and under which name, followed through `export …
 * from`.
 */
export function declarationOf(
  tree: Tree,
  path: string,
  name: string,
): { readonly path: string; readonly name: string } {
  const visited = new Set<string>();
  let at = { path, name };
  while (!visited.has(`${at.path} ${at.name}`)) {
    visited.add(`${at.path} ${at.name}`);
    const from = tree.source(at.path)?.exports.find((one) => one.name === at.name)?.from;
    const next = from && targetOf(at.path, from.specifier);
    if (from === undefined || next === undefined || !tree.has(next)) return at;
    at = { path: next, name: from.name };
  }
  return at;
}
