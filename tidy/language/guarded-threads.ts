/**
 * Node 24 may fall as a whole where a thread comes up while another goes, unless it is told
 * beforehand not to compile wrappers of imported functions (ADR 0010). One function does both.
 */
import type { Finding, Rule } from "../rule.ts";
import { dottedName, type Source } from "../syntax.ts";
import { isOutsideProduct } from "../tree.ts";

/** Where the one function is. */
const STARTER = "src/foundation/engine/import-wrappers.ts";

/** The rule. */
export const guardedThreads: Rule = {
  name: "guarded-threads",
  asks: "A thread is started by startThread alone, which keeps a defect of Node away.",
  remedy: "Call startThread of the foundation, with what the Worker would be given.",
  check: (tree) =>
    tree.sources
      .filter(({ path }) => !isOutsideProduct(path) && path !== STARTER)
      .flatMap(bareThreadsIn),
};

function bareThreadsIn(source: Source): Finding[] {
  const findings: Finding[] = [];
  source.visit({
    NewExpression: (node) => {
      const subject = dottedName(node.callee);
      if (subject.split(".").at(-1) !== "Worker") return;
      const message = `new ${subject} starts a thread unguarded`;
      findings.push({ path: source.path, line: source.line(node.start), subject, message });
    },
  });
  return findings;
}
