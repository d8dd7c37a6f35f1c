/**
 * Includes: the standard libraries come from the gate table, other files from whoever asked for the
 * translation.
 */

import type { GateRow } from "../../gates/gate-row.ts";
import { builtInGates, gateTable, type OpenQasmVersion } from "../../gates/gate-table.ts";
import { parseOpenQasm } from "../parsing/parse.ts";
import { type Position, Rejection, SOURCE_LENGTH_MAX } from "../source.ts";
import { declareLibrary } from "./gate-statement.ts";
import type { Translator } from "./translator.ts";

/** Files that may be included in each other. */
const DEPTH_MAX = 16;

/** The name of the standard library of each version. */
export const libraryPaths: Readonly<Record<OpenQasmVersion, string>> = {
  2: "qelib1.inc",
  3: "stdgates.inc",
};

/**
 * The gates of a version's standard library by their names in it; those that are built in are not
 * in it.
 */
export function libraryGates(version: OpenQasmVersion): readonly (readonly [string, GateRow])[] {
  return gateTable.flatMap((row) => {
    const names = version === 2 ? row.openQasm2 : row.openQasm3;
    return names
      .filter((name) => !builtInGates[version].includes(name))
      .map((name) => [name, row] as const);
  });
}

/** Translates the file `path` as if its text stood here. */
export function translateInclude(t: Translator, at: Position, path: string): void {
  if (!t.scopes.isGlobal) throw new Rejection(at, "expected files to be included in no block");
  if (path === libraryPaths[t.version]) {
    declareLibrary(t, at, libraryGates(t.version));
    return;
  }
  const text = t.readInclude(path);
  if (text === undefined)
    throw new Rejection(at, `expected a file that can be read, got "${path}"`);
  t.includedLength += text.length;
  if (t.includeDepth >= DEPTH_MAX || t.includedLength > SOURCE_LENGTH_MAX) {
    throw new Rejection(at, `expected files at most ${DEPTH_MAX} deep in each other, got more`);
  }
  const { tree, diagnostics } = parseOpenQasm(text, path, t.version);
  t.diagnostics.push(...diagnostics);
  t.includeDepth += 1;
  t.statements(tree.statements);
  t.includeDepth -= 1;
}
