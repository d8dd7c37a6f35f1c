/**
 * A dependency is a decision. Each package the product needs at run time has a line of reason in
 * docs/adr, is imported by the product, and the product imports nothing that a user's install would
 * not bring.
 */
import { z } from "zod";
import type { Finding, Rule } from "../rule.ts";
import { isOutsideProduct, type Tree } from "../tree.ts";

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

/** The console is bundled when it is built: what it imports is in the bundle, not installed. */
const BUNDLED = "src/console/";

/** Fewer words than these around a package's name are no reason. */
const WORDS_MIN = 6;

/** The rule. */
export const dependencyReasons: Rule = {
  name: "dependency-reasons",
  asks:
    "Each dependency has its reason in docs/adr, and the product imports it and nothing " +
    "undeclared.",
  remedy:
    "Give the package a row with its reason in docs/adr, or remove it; what src imports is a " +
    "dependency.",
  check: (tree) => {
    if (!tree.has("package.json")) return [];
    const parsed = manifest.parse(JSON.parse(tree.text("package.json")));
    const required = Object.keys(parsed.dependencies);
    const optional = [parsed.optionalDependencies, parsed.peerDependencies].flatMap(Object.keys);
    const imported = importedPackages(tree);
    return [
      ...[...required, ...optional].filter((name) => !hasReason(tree, name)).map(withoutReason),
      ...required.filter((name) => !imported.has(name)).map(unused),
      ...undeclared(imported, new Set([...required, ...optional])),
    ];
  },
};

/** Packages the product imports, each with the first place that does. */
function importedPackages(tree: Tree): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>();
  for (const { path, imports } of tree.sources) {
    if (isOutsideProduct(path) || path.startsWith(BUNDLED)) continue;
    for (const { specifier, line } of imports) {
      if (/^(\.|#|node:)/.test(specifier)) continue;
      const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
      const message = `imports ${name}, which is no dependency`;
      if (!found.has(name)) found.set(name, { path, line, subject: name, message });
    }
  }
  return found;
}

function undeclared(
  imported: ReadonlyMap<string, Finding>,
  declared: ReadonlySet<string>,
): Finding[] {
  return [...imported].filter(([name]) => !declared.has(name)).map(([, finding]) => finding);
}

/** A reason is a line of a decision page with the package's name as code and words besides. */
function hasReason(tree: Tree, name: string): boolean {
  return tree.paths
    .filter((path) => path.startsWith("docs/adr/") && path.endsWith(".md"))
    .flatMap((path) => tree.text(path).split("\n"))
    .some((line) => line.includes(`\`${name}\``) && line.split(/\s+/).length >= WORDS_MIN);
}

function withoutReason(name: string): Finding {
  return inManifest(name, `${name} has no line of reason in docs/adr`);
}

function unused(name: string): Finding {
  return inManifest(name, `${name} is required and src never imports it`);
}

function inManifest(subject: string, message: string): Finding {
  return { path: "package.json", line: 1, subject, message };
}
