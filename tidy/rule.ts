/**
 * What a house rule is. A rule looks at a tree of files and names each place that breaks it; what
 * it finds is printed with file, line and remedy. Rules know nothing of exceptions: those are one
 * table (exceptions.ts), applied here, and an exception that no longer excuses anything is itself
 * reported.
 */
import type { Tree } from "./tree.ts";

/** One place that breaks a rule. */
export interface Finding {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /**
   * What breaks the rule, in a form an exception can name: `Date.now`, `as`, the name of an export.
   */
  readonly subject: string;
  /** What is wrong here: what, expected, got. */
  readonly message: string;
}

/** One house rule. */
export interface Rule {
  /** Kebab-case. */
  readonly name: string;
  /** What holds when the rule is kept, one sentence. */
  readonly asks: string;
  /** What to do about a finding, one sentence. */
  readonly remedy: string;
  check(tree: Tree): readonly Finding[];
}

/** A place where a rule does not hold, and why that is right. */
export interface Exception {
  readonly rule: string;
  /** A file, or a folder when it ends in `/`. */
  readonly path: string;
  readonly subject: string;
  readonly reason: string;
}

/** What is left of a rule's findings once its exceptions are taken out. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** Exceptions that excused nothing. */
  readonly stale: readonly Exception[];
}

/** Runs `rule` on `tree` and sets aside what `exceptions` excuse. */
export function judge(rule: Rule, tree: Tree, exceptions: readonly Exception[]): Judgement {
  const own = exceptions.filter((exception) => exception.rule === rule.name);
  const used = new Set<Exception>();
  const findings = rule.check(tree).filter((finding) => {
    const excuse = own.find((exception) => covers(exception, finding));
    if (excuse !== undefined) used.add(excuse);
    return excuse === undefined;
  });
  return { findings, stale: own.filter((exception) => !used.has(exception)) };
}

/** The rule's row in the table of CONTRIBUTING.md. */
export function tableRow({ name, asks, remedy }: Rule): string {
  return `| \`${name}\` | ${asks} | ${remedy} |`;
}

/** The text a failing rule prints: one line per finding, then the remedy. */
export function report(rule: Rule, findings: readonly Finding[]): string {
  const places = findings.map(({ path, line, message }) => `  ${path}:${line} ${message}`);
  return [`${rule.name}: ${findings.length} found`, ...places, `  Remedy: ${rule.remedy}`].join(
    "\n",
  );
}

function covers(exception: Exception, finding: Finding): boolean {
  const inPlace = exception.path.endsWith("/")
    ? finding.path.startsWith(exception.path)
    : finding.path === exception.path;
  return inPlace && exception.subject === finding.subject;
}
