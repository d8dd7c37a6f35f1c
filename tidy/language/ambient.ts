/**
 * Time, randomness, environment and network come in as arguments. Code that reads them from the air
 * cannot be simulated, replayed or tested at another hour; the few places that wrap them are listed
 * with a reason.
 */
import type { ESTree } from "rolldown/utils";
import type { Finding, Rule } from "../rule.ts";
import { dottedName, type Source } from "../syntax.ts";
import { isOutsideProduct } from "../tree.ts";

const MEMBERS = new Set([
  ...["Math.random", "Date.now", "performance.now", "process.env", "process.hrtime"],
  ...["crypto.randomUUID", "crypto.getRandomValues", "globalThis.fetch", "globalThis.setTimeout"],
]);
const CALLS = new Set([
  ...["setTimeout", "setInterval", "fetch", "Date"],
  ...["randomUUID", "randomBytes", "randomInt", "hrtime"],
]);
const MODULES = new Set(["node:timers", "node:timers/promises", "node:perf_hooks"]);

/** Where the platform meets the machine: what the rest takes as arguments is taken from it here. */
const EDGE = /^src\/(assemble\.ts$|cli\/)/;

/** The rule. */
export const ambient: Rule = {
  name: "ambient",
  asks:
    "Time, randomness, environment and network come in as arguments; only src/assemble.ts and " +
    "the command line read them.",
  remedy:
    "Take a Clock, a RandomStream, an IdentifierSource or a setting as an argument; " +
    "src/assemble.ts hands them in.",
  check: (tree) =>
    tree.sources
      .filter(({ path }) => !isOutsideProduct(path) && !EDGE.test(path))
      .flatMap(ambientIn),
};

function ambientIn(source: Source): Finding[] {
  const findings: Finding[] = [];
  const add = (node: { readonly start: number }, subject: string) => {
    const line = source.line(node.start);
    findings.push({ path: source.path, line, subject, message: `reads ${subject} from the air` });
  };
  for (const { specifier, line } of source.imports) {
    if (!MODULES.has(specifier)) continue;
    findings.push({ path: source.path, line, subject: specifier, message: `imports ${specifier}` });
  }
  const call = (node: ESTree.CallExpression) => {
    const name = dottedName(node.callee);
    if (CALLS.has(name)) add(node, name);
  };
  source.visit({
    MemberExpression: (node) => {
      const name = dottedName(node);
      if (MEMBERS.has(name)) add(node, name);
    },
    CallExpression: call,
    NewExpression: (node) => {
      const isNow = dottedName(node.callee) === "Date" && node.arguments.length === 0;
      if (isNow) add(node, "new Date()");
    },
  });
  return findings;
}
