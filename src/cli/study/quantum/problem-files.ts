/**
 * The files of a study: which family each belongs to, what is known of it, and the problem in it.
 */
import fs from "node:fs";
import path from "node:path";
import { Fault } from "#foundation";
import { type QuadraticProblem, readProblemFile } from "#problem";
import { cliFaults } from "../../faults.ts";
import { fileBytes } from "../../input-file.ts";

/** A family by name, and the pattern its files match. */
export interface FamilyPattern {
  readonly name: string;
  readonly pattern: string;
}

/** One file of a family. */
export interface ProblemFile {
  readonly family: string;
  /** As it is called in the ledger. */
  readonly name: string;
  readonly path: string;
}

/** What was in a file. */
export type Content =
  | { readonly kind: "problem"; readonly problem: QuadraticProblem }
  | { readonly kind: "unread"; readonly reason: string };

/** The files named, of families called after their folders, then those of patterns. */
export function problemFiles(
  files: readonly string[],
  patterns: readonly FamilyPattern[],
): readonly ProblemFile[] {
  const named = files.map((file) => {
    return fileOf(path.basename(path.dirname(path.resolve(file))), file);
  });
  const matched = patterns.flatMap(({ name, pattern }) =>
    fs
      .globSync(pattern)
      .sort()
      .map((file) => fileOf(name, file)),
  );
  const all = [...named, ...matched];
  if (all.length > 0) return all;
  const detail = "expected problem files, or --family NAME=GLOB that matches some, got none";
  throw new Fault(cliFaults.usage, { detail });
}

function fileOf(family: string, file: string): ProblemFile {
  return { family, name: path.basename(file), path: file };
}

/**
 * The problem in a file, the first where there are several. A file in no known format is no reason
 * to stop: it is a row of the ledger.
 *
 * @throws Fault `problem-file-unreadable`
 */
export async function contentOf(file: ProblemFile): Promise<Content> {
  try {
    const { problem } = await readProblemFile(file.path, { problem: 1 });
    return { kind: "problem", problem };
  } catch (error) {
    if (!(error instanceof Fault) || error.row.code === "problem-file-unreadable") throw error;
    return { kind: "unread", reason: `not read: ${error.row.title}` };
  }
}

/**
 * Values known to be best, from lines `name,value`; a header without a number is passed over.
 *
 * @throws Fault `file-unreadable`
 */
export function knownBests(file: string): ReadonlyMap<string, number> {
  const rows = new TextDecoder()
    .decode(fileBytes(file))
    .split(/\r?\n/)
    .map((line) => line.split(","));
  return new Map(
    rows
      .filter(([name, value]) => name !== "" && /^\s*-?\d/.test(value ?? ""))
      .map(([name, value]) => [name, Number(value)]),
  );
}
