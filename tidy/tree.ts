/**
 * The files the house rules look at: the checkout on disk, or a handful of texts in memory so that
 * each rule can be shown to catch what it forbids. Paths are relative to the root, with forward
 * slashes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource, type Source } from "./syntax.ts";

/** A set of files. */
export interface Tree {
  /** Sorted. */
  readonly paths: readonly string[];
  /** Every TypeScript file, parsed. */
  readonly sources: readonly Source[];
  /** Every Svelte component, by the code in its script blocks. */
  readonly components: readonly Source[];
  has(path: string): boolean;
  /** The text of a file, empty for a binary or absent one. */
  text(path: string): string;
  source(path: string): Source | undefined;
}

/** A tree in memory; its values are the texts. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  return makeTree(Object.keys(files), (path) => files[path] ?? "");
}

/** The tree of the checkout at `root`: everything that `.gitignore` does not leave out. */
export function readTree(root: string): Tree {
  const ignored = ignoredNames(readFileSync(join(root, ".gitignore"), "utf8"));
  const paths: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (ignored(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) paths.push(path);
    }
  };
  visit("");
  return makeTree(paths, (path) => textOf(readFileSync(join(root, path))));
}

/**
 * Whether a file only runs in tests and measurements: time, randomness and long tables are its
 * business.
 */
export function isOutsideProduct(path: string): boolean {
  return path.endsWith(".test.ts") || !path.startsWith("src/");
}

/** Whether a file holds tests. */
export function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}

function makeTree(unsorted: readonly string[], read: (path: string) => string): Tree {
  const paths = [...unsorted].sort();
  const known = new Set(paths);
  const texts = new Map<string, string>();
  const text = (path: string): string => {
    if (!known.has(path)) return "";
    const held = texts.get(path) ?? read(path);
    texts.set(path, held);
    return held;
  };
  const sources = paths
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .map((path) => parseSource(path, text(path)));
  const components = paths
    .filter((path) => path.endsWith(".svelte"))
    .map((path) => parseSource(path, scriptOf(text(path))));
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return {
    paths,
    sources,
    components,
    has: (path) => known.has(path),
    text,
    source: (path) => byPath.get(path),
  };
}

/** A component's text with everything outside its scripts turned into spaces; lines stay. */
function scriptOf(component: string): string {
  let script = "";
  for (const match of component.matchAll(/(<script[^>]*>)(.*?)<\/script>|[^<]+|</gs)) {
    const [whole, opening = "", code] = match;
    script += code === undefined ? blank(whole) : blank(opening) + code + blank("</script>");
  }
  return script;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** The names a `.gitignore` of `name/` and `*.suffix` lines leaves out, and git's own folder. */
function ignoredNames(gitignore: string): (name: string) => boolean {
  const lines = gitignore.split("\n").map((line) => line.trim());
  const names = new Set([".git", ...lines.map((line) => line.replace(/\/$/, ""))]);
  const suffixes = lines.filter((line) => line.startsWith("*.")).map((line) => line.slice(1));
  return (name) => names.has(name) || suffixes.some((suffix) => name.endsWith(suffix));
}

function textOf(bytes: Buffer): string {
  return bytes.subarray(0, 8192).includes(0) ? "" : bytes.toString("utf8");
}
