/**
 * The ledger as a page: what was asked, families, problems, what a device would have to be like,
 * and what could have been told beforehand.
 */
import { type Block, markdownOf } from "../kernels/page.ts";
import { PROGRAMMING_MS, READ_MS } from "./annealer-outlook.ts";
import { CIRCUIT_SAMPLE_MS } from "./circuit-outlook.ts";
import type { Entry, Verdict } from "./entry.ts";
import type { Distribution, Ledger, LedgerRow } from "./ledger.ts";
import { forecastWords, ledgerWords } from "./ledger-words.ts";
import { outlookTables } from "./outlook-tables.ts";
import { gapText, msText } from "./quantities.ts";

/** The page as Markdown; `command` is what makes it again, `made` says when and where. */
export function ledgerPage(ledger: Ledger, command: string, made: string): string {
  const { budgetMs, seeds, isPartial, rows } = ledger;
  const partial = isPartial ? " Interrupted: files are missing." : "";
  return markdownOf([
    {
      kind: "heading",
      level: 1,
      text: "The ledger: quantum and quantum-inspired beside classical",
    },
    ...ledgerWords(ledger).map(paragraph),
    paragraph(
      `Every solver had ${budgetMs} CPU-ms on one thread for a run. In each camp the one that ` +
        `did best in a run of every member was run with ${seeds} more seeds; those count. A ` +
        "verdict compares answers after the same time, by the exact rank test at 5 %: where no " +
        "difference shows it is a tie, and chance alone makes one in twenty a win or a loss. " +
        "Circuits and annealers are simulated, and what they measure is mended by a classical " +
        "descent; the last tables leave mending out. `highs-linearised` and `cp-sat`, which " +
        `would build models of their own first, took no part.${partial}`,
    ),
    { kind: "heading", level: 2, text: "Families" },
    familyTable(ledger),
    { kind: "heading", level: 2, text: "Problems" },
    problemTable(rows),
    paragraph(
      "Each cell: who was strongest, its median gap, and the CPU time to the best with 99 %, by " +
        "beginning again (Rønnow et al. 2014); then the verdict and its p.",
    ),
    ...refusalBlocks(rows),
    { kind: "heading", level: 2, text: "What would turn a verdict" },
    paragraph(
      "Below the sample time allowed a device has the best sooner than the classical champion: a " +
        "tie or a loss turns to a win. Above it a win is over. " +
        "The error rate is that of a two-qubit gate, with all qubits coupled, at which it would " +
        "turn: at half the sample time allowed without errors, and where a sample takes " +
        `${CIRCUIT_SAMPLE_MS} ms (assumed). An error anywhere makes all bits uniform; fewer ` +
        "couplings mean more gates and fewer errors allowed. The noise " +
        "allowed is in multiples of an Advantage's documented control errors, with " +
        `${PROGRAMMING_MS} ms to program it and ${READ_MS} ms a read; 0, 1, 2 and 4 were tried. ` +
        "Never: not without any error. A quantum-inspired " +
        "solver runs on the same machine and has no sample time: its verdict would turn if it " +
        "were faster by the ratio of the two times above.",
    ),
    ...outlookTables(rows),
    { kind: "heading", level: 2, text: "Told beforehand" },
    ...forecastWords(ledger.forecast).map(paragraph),
    paragraph(`Made by ${command}: ${made}.`),
  ]);
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

function familyTable({ families }: Ledger): Block {
  const head = ["family", "camp", "strongest", "ran on", "best gap", "quartile", "median"];
  const more = ["quartile", "worst", "win, tie, loss, not run", "hardware"];
  const rows = families.flatMap(({ family, camps }) =>
    camps.map(({ camp, champions, run, read, gaps, outcomes, hardware }) => [
      ...[family, camp, champions.join(", ") || "-", `${run} of ${read}`],
      ...distributionCells(gaps),
      outcomes === null
        ? "-"
        : `${outcomes.win}, ${outcomes.tie}, ${outcomes.loss}, ${outcomes["not-run"]}`,
      camp === "quantum" ? hardware : "-",
    ]),
  );
  return { kind: "table", rows: [[...head, ...more], ...rows] };
}

function distributionCells(gaps: Distribution | null): readonly string[] {
  return (gaps ?? ["-", "-", "-", "-", "-"]).map((gap) => {
    return typeof gap === "string" ? gap : gapText(gap);
  });
}

function problemTable(rows: readonly LedgerRow[]): Block {
  const head = ["problem", "structure", "variables", "best", "classical", "inspired", "quantum"];
  return {
    kind: "table",
    rows: [
      head,
      ...rows.map((row) => {
        if (row.kind === "unread") return [row.file, row.reason, "-", "-", "-", "-", "not run"];
        const { features, best, isBestKnown, camps } = row.entry;
        return [
          ...[row.file, features.structure, `${features.variables}`],
          best === null ? "none found" : `${best}${isBestKnown ? "" : " (found here)"}`,
          ...camps.map((camp) => campText(camp, row.entry.verdicts)),
        ];
      }),
    ],
  };
}

function campText(
  { camp, champion, gaps, timeToBest }: Entry["camps"][number],
  verdicts: readonly Verdict[],
): string {
  if (champion === null) return "not run";
  const verdict = verdicts.find(({ challenger }) => challenger === camp);
  const middle = gaps.toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity) || 0)[gaps.length >> 1];
  const time = timeToBest.isAtLeast
    ? `not in ${msText(timeToBest.ms)}`
    : `in ${msText(timeToBest.ms)}`;
  const own = `${champion}, ${gapText(middle)}, ${time}`;
  if (verdict === undefined) return own;
  return `${own}: ${verdict.outcome}${verdict.p === null ? "" : `, p ${verdict.p.toFixed(3)}`}`;
}

/** Each reason once, with those who gave it. */
function reasonsText(refusals: Entry["camps"][number]["refusals"]): string {
  const reasons = [...new Set(refusals.map(({ reason }) => reason))];
  const solversOf = (reason: string) =>
    refusals.filter((one) => one.reason === reason).map(({ solver }) => solver);
  return reasons.map((reason) => `${solversOf(reason).join(", ")}: ${reason}`).join("; ");
}

/** Why a quantum solver was not run, where none was. */
function refusalBlocks(rows: readonly LedgerRow[]): readonly Block[] {
  const cells = rows.flatMap((row) => {
    if (row.kind === "unread") return [];
    return row.entry.camps
      .filter(({ champion, camp }) => champion === null && camp === "quantum")
      .map(({ refusals }) => [row.file, reasonsText(refusals)]);
  });
  if (cells.length === 0) return [];
  return [
    paragraph("Too large, or not for them, for every quantum solver there is:"),
    { kind: "table", rows: [["problem", "why"], ...cells] },
  ];
}
