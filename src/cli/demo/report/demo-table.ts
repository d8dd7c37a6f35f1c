/**
 * The demonstration's report as text for a terminal or a page.
 */
import type { Estimate } from "#statistics";
import { SHOP_RULES, SHOP_WEIGHTS } from "../shop/shop-policy.ts";
import type { MeasureKey, Method } from "./comparison.ts";
import type { DemoReport, Spread } from "./demo-report.ts";

const TITLES: Readonly<Record<Method, string>> = {
  topByScore: "best by score",
  mmr: "MMR (the rule)",
  tandem: "Tandem",
};

interface RowStyle {
  readonly key: MeasureKey;
  readonly title: string;
  readonly write: (value: number) => string;
}

const ROWS: readonly RowStyle[] = [
  { key: "hitRate", title: "hit rate at 10, %", write: percent },
  { key: "hits", title: "items bought of 10", write: (value) => value.toFixed(2) },
  { key: "revenueShare", title: "revenue captured at 10, %", write: percent },
  { key: "similarity", title: "mean pair similarity", write: (value) => value.toFixed(3) },
  { key: "objective", title: "objective", write: (value) => value.toFixed(4) },
];

const LABEL_WIDTH = 28;
const COLUMN_WIDTH = 28;
const TEXT_WIDTH = 112;

/** The table with everything that belongs to it. */
export function demoTable(report: DemoReport): string {
  const { methods, differences, log } = report;
  const blocks = [
    headline(report),
    [
      line(
        "",
        methods.map(({ method }) => TITLES[method]),
      ),
      ...ROWS.map(({ key, title, write }) =>
        line(
          title,
          methods.map((one) => span(one[key], write)),
        ),
      ),
      line(
        "answers breaking a rule, %",
        methods.map((one) => span(one.rulesBroken, percent)),
      ),
      line(
        "catalogue shown, %",
        methods.map(({ coverage }) => percent(coverage)),
      ),
      line(
        "mean gap (rules kept), %",
        methods.map(({ gapMean }) => gapText(gapMean)),
      ),
    ].join("\n"),
    [
      line(
        "Tandem minus",
        differences.map(({ minus }) => TITLES[minus]),
      ),
      ...ROWS.map(({ key, title, write }) =>
        line(
          title,
          differences.map((one) => span(one[key], signed(write))),
        ),
      ),
    ].join("\n"),
    platformText(report),
    report.limits.map((text) => wrapped(text, "- ")).join("\n"),
  ];
  if (!report.complete) {
    const done = `${log.basketsCompared} of ${log.baskets}`;
    blocks.unshift(`PARTIAL: interrupted after ${done} baskets; the figures speak of those alone.`);
  }
  return `${blocks.join("\n\n")}\n`;
}

function headline({ log, policy, positions, candidatesMax }: DemoReport): string {
  const { diversity, freshness, halfLifeHours } = SHOP_WEIGHTS;
  const { maxPerGroup, minFresh, soft } = SHOP_RULES;
  return wrapped(
    `${log.basketsCompared} baskets of ${log.customers} returning customers, ${log.from} to ` +
      `${log.to}: ${positions} of the ${candidatesMax} most probable items are chosen ` +
      `(catalogue: ${log.catalogueItems} items). Policy ${policy.name}@${policy.version}: ` +
      `weights utility 1, diversity ${diversity}, freshness ${freshness} ` +
      `(half-life ${halfLifeHours} h); at most ${maxPerGroup["*"]} items of a kind and ` +
      `${maxPerGroup["price-0-1"]} of a price band; ${minFresh.count} item no older than ` +
      `${minFresh.withinHours} h or a penalty of ${soft.minFresh}. In brackets: 95 % intervals.`,
    "",
  );
}

function platformText({ platform, calibration, log }: DemoReport): string {
  const { rungs, serverMs, roundTripMs, gap, leftOut, unconfirmed, belowRule } = platform;
  const gaps =
    gap === null ? "no gap known" : `gap p50 ${gapText(gap.p50)} %, p99 ${gapText(gap.p99)} %`;
  const confirmed = `${log.basketsCompared - unconfirmed} of ${log.basketsCompared} confirmed`;
  const { hitsExpected, hitsObserved } = calibration;
  return [
    ["rungs", `${listed(rungs)}; ${gaps}`],
    ["latency", `platform ${spreadText(serverMs)}; round trip ${spreadText(roundTripMs)}`],
    ["answers checked again here", `${confirmed}; below the rule: ${belowRule}`],
    ["baskets not compared", listed(leftOut)],
    [
      "scores",
      `of the ten best, ${hitsExpected.toFixed(2)} expected and ${hitsObserved.toFixed(2)} bought`,
    ],
  ]
    .map(([label, text]) => label.padEnd(LABEL_WIDTH) + text)
    .join("\n");
}

function line(label: string, cells: readonly string[]): string {
  return (
    label.padEnd(LABEL_WIDTH) + cells.map((cell) => cell.padEnd(COLUMN_WIDTH)).join("")
  ).trimEnd();
}

function span({ value, lower, upper }: Estimate, write: (value: number) => string): string {
  return `${write(value)} [${write(lower)}, ${write(upper)}]`;
}

function signed(write: (value: number) => string): (value: number) => string {
  return (value) => (value > 0 ? `+${write(value)}` : write(value));
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function gapText(gap: number | null): string {
  return gap === null ? "unknown" : (100 * gap).toFixed(2);
}

function spreadText({ p50, p99 }: Spread): string {
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

function listed(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return entries.length === 0 ? "none" : entries.join(", ");
}

/** Breaks a sentence at spaces; lines after the first stand below the first's text. */
function wrapped(text: string, bullet: string): string {
  const lines: string[] = [];
  let open = bullet;
  for (const word of text.split(" ")) {
    if (open.length + word.length >= TEXT_WIDTH) {
      lines.push(open.trimEnd());
      open = " ".repeat(bullet.length);
    }
    open += `${word} `;
  }
  return [...lines, open.trimEnd()].join("\n");
}
