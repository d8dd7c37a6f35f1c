/**
 * The report of a log replayed in shadow, as a value and as text.
 */
import { counted } from "#foundation";
import type { Estimate } from "#statistics";
import type { BadRow } from "./logged-request.ts";
import type { ShadowFigures } from "./tally.ts";

/** See the file's head. */
export interface ShadowReport {
  readonly kind: "shadow-report";
  /** False when it was interrupted, ended by `--limit`, or cut short. */
  readonly complete: boolean;
  /** The fault that kept the log from being read to its end; its last request may be missing. */
  readonly cutShort: { readonly code: string; readonly detail: string } | null;
  readonly log: string;
  readonly policy: string;
  readonly seed: number;
  /** Requests of the log that were read; each is compared, refused, or left out. */
  readonly requests: number;
  /** Requests with a row that cannot be used. */
  readonly leftOut: number;
  /** Requests without an answer, by the reason's code. */
  readonly refused: Readonly<Record<string, number>>;
  /** How many rows cannot be used, and the first of them. */
  readonly badRows: {
    readonly count: number;
    readonly first: readonly Pick<BadRow, "line" | "why">[];
  };
  readonly overall: ShadowFigures;
  readonly segments: readonly (ShadowFigures & { readonly segment: string })[];
  readonly limits: readonly string[];
}

/** What such a replay can and cannot show; printed with every report. */
export const SHADOW_LIMITS: readonly string[] = Object.freeze([
  "Shown: what the same scores and rules would have given, and what the lists that were shown " +
    "are worth under them.",
  "Not shown: what customers would have done. The objective is the policy's own; whether a " +
    "better objective sells more only an experiment can tell.",
  "Intervals (95 %, normal approximation) treat requests as independent of each other; those of " +
    "one customer are not, so true intervals are wider.",
  "A list that breaks a rule can be worth more than any that keeps it; compare like with like " +
    "where what was shown kept the rules.",
]);

const LABEL_WIDTH = 34;
const COLUMN_WIDTH = 26;

/** The report for a terminal. */
export function shadowText(report: ShadowReport): string {
  const { overall, segments, badRows, refused, log, policy } = report;
  const compared = overall.requests;
  const left = Object.entries(refused).map(([code, count]) => `, ${count} ${code}`);
  if (report.leftOut > 0) left.push(`, ${report.leftOut} left out`);
  const head = [
    `${log}: ${counted(report.requests, "request")}, ${compared} compared${left.join("")}; ` +
      `policy ${policy}`,
    ...(report.complete ? [] : [partialText(report)]),
    ...(badRows.count === 0 ? [] : [`${counted(badRows.count, "row")} cannot be used:`]),
    ...badRows.first.map(({ line, why }) => `  line ${line}: ${why}`),
    ...(badRows.count > badRows.first.length
      ? [`  and ${badRows.count - badRows.first.length} more`]
      : []),
  ];
  const columns = [{ ...overall, segment: "all" }, ...segments];
  const table = [
    row(
      "",
      columns.map(({ segment }) => segment),
    ),
    ...ROWS.map(([label, write]) => row(label, columns.map(write))),
  ];
  return `${[head.join("\n"), table.join("\n"), LIMITS_TEXT].join("\n\n")}\n`;
}

function partialText({ cutShort }: ShadowReport): string {
  const why = cutShort === null ? "the log goes on" : `${cutShort.code}: ${cutShort.detail}`;
  return `PARTIAL: ${why}; the figures speak of its beginning.`;
}

const TEXT_WIDTH = 112;

const LIMITS_TEXT = SHADOW_LIMITS.map((text) => `- ${wrapped(text)}`).join("\n");

type Write = (figures: ShadowFigures) => string;

const ROWS: readonly (readonly [label: string, write: Write])[] = [
  ["requests compared", ({ requests }) => String(requests)],
  ["objective, shown", ({ objective }) => objective.shown.toFixed(4)],
  ["objective, decided", ({ objective }) => objective.decided.toFixed(4)],
  ["  decided less shown", ({ objective }) => span(objective.difference)],
  [
    "  where shown kept the rules",
    ({ whereShownKeptRules: kept }) => (kept === null ? "never" : span(kept.difference)),
  ],
  ["  of these worse", ({ whereShownKeptRules: kept }) => String(kept?.worse ?? 0)],
  [
    "shown breaking a rule, %",
    ({ rulesBroken, requests }) => percent(rulesBroken.requests / requests),
  ],
  ["  by rule", ({ rulesBroken }) => listed(rulesBroken.byRule)],
  ["decided breaking a rule", ({ decidedBroken }) => String(decidedBroken)],
  ["shown items also decided, %", ({ overlap }) => percent(overlap)],
  ["same list, %", ({ identical }) => percent(identical)],
  ["same first item, %", ({ sameFirst }) => percent(sameFirst)],
  ["positions moved, mean", ({ moved }) => moved?.toFixed(2) ?? "-"],
  ["gap of shown (rules kept), %", ({ gap }) => (gap.shown === null ? "-" : percent(gap.shown))],
  ["gap of decided, %", ({ gap }) => (gap.decided === null ? "-" : percent(gap.decided))],
  ["rungs", ({ rungs }) => listed(rungs)],
  [
    "latency p50, p99, ms",
    ({ latencyMs }) => `${latencyMs.p50.toFixed(1)}, ${latencyMs.p99.toFixed(1)}`,
  ],
];

function row(label: string, cells: readonly string[]): string {
  const text = cells.map((cell) => ` ${cell}`.padEnd(COLUMN_WIDTH)).join("");
  return (label.padEnd(LABEL_WIDTH) + text).trimEnd();
}

function span({ value, lower, upper }: Estimate): string {
  return `${value.toFixed(4)} [${lower.toFixed(4)}, ${upper.toFixed(4)}]`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function listed(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return entries.length === 0 ? "-" : entries.join(", ");
}

/** Breaks a sentence at spaces; further lines stand below the text of the first. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const isFull = last === undefined || last.length + word.length >= TEXT_WIDTH - 2;
    if (isFull) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n  ");
}
