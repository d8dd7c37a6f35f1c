/**
 * The page of a study: headings, paragraphs and tables, written as Markdown or as HTML.
 */
import { counted, unreachable } from "#foundation";
import type { Comparison } from "./comparison.ts";
import type { CurvePoint, StudyReport, TableReport } from "./report.ts";

/** A piece of the page. */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] };

/** The page; `command` is what makes it again, `made` says when and where. */
export function studyPage(report: StudyReport, command: string, made: string): readonly Block[] {
  const { seedsDone, seeds, folds, featuresMax, rowsMax, configurations } = report;
  const partial = report.isPartial ? ` Interrupted: ${counted(seeds, "seed")} asked for.` : "";
  return [
    { kind: "heading", level: 1, text: "Quantum kernels on tables" },
    ...report.words.map(paragraph),
    paragraph(
      `${counted(seedsDone, "seed")}, each with up to ${counted(rowsMax, "row")} of a table ` +
        `and ${folds} folds; in a ` +
        `fold every model chose among ${configurations} configurations by ${folds} folds within. ` +
        `All models saw the same features, standardised and reduced to at most ${featuresMax} ` +
        `principal components.${partial}`,
    ),
    paragraph(
      "A family is represented on each fold by the model that did best in the folds within. " +
        "Intervals and p allow for folds that share rows (Nadeau and Bengio 2003); p in verdicts " +
        "also for the number of tables (Holm). States are simulated without noise, fidelities " +
        "exact: a device would do worse. Hardware: not run.",
    ),
    summary(report.tables),
    paragraph(LEGEND),
    ...report.tables.flatMap(tableBlocks),
    paragraph(`Made by ${command}: ${made}.`),
  ];
}

/** As Markdown. */
export function markdownOf(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return `${"#".repeat(block.level)} ${block.text}`;
      case "paragraph":
        return block.text;
      case "table": {
        const [head, ...rows] = block.rows.map((cells) => `| ${cells.join(" | ")} |`);
        return [head, `|${"---|".repeat(block.rows[0].length)}`, ...rows].join("\n");
      }
      default:
        return unreachable(block);
    }
  });
  return `${parts.join("\n\n")}\n`;
}

/** As one HTML file that needs nothing else. */
export function htmlOf(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
      case "paragraph":
        return `<p>${escaped(block.text)}</p>`;
      case "table":
        return `<table>${block.rows.map(htmlRow).join("")}</table>`;
      default:
        return unreachable(block);
    }
  });
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Quantum kernels on tables</title>',
    "<style>body{font:16px/1.5 system-ui;max-width:70rem;margin:2rem auto;padding:0 1rem}" +
      "td,th{padding:.2rem .6rem;text-align:left;border-bottom:1px solid #ccc}</style>",
    ...parts,
    "</html>\n",
  ].join("\n");
}

function htmlRow(cells: readonly string[], at: number): string {
  const tag = at === 0 ? "th" : "td";
  return `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

function summary(tables: readonly TableReport[]): Block {
  const head = ["table", "classical", "inspired", "quantum", "quantum - classical", "p", "winner"];
  const rows = tables.map(({ name, families, comparisons: [first], verdict }) => [
    ...[name, percent(families.classical), percent(families.inspired), percent(families.quantum)],
    differenceText(first),
    pText(verdict.p),
    verdict.winner,
  ]);
  return { kind: "table", rows: [head, ...rows] };
}

function tableBlocks(table: TableReport): readonly Block[] {
  const { name, rows, features, classes, trainRows, qubits, verdict } = table;
  return [
    { kind: "heading", level: 2, text: name },
    paragraph(verdict.words.join(" ")),
    paragraph(
      `${rows} rows of ${features} features, ${classes.length} classes; ${qubits} features seen, ` +
        `${trainRows} rows to learn from.`,
    ),
    paragraph(costText(table)),
    modelTable(table),
    { kind: "table", rows: [COMPARISON_HEAD, ...table.comparisons.map(comparisonRow)] },
    curveTable(table.curves),
    diagnosisTable(table),
  ];
}

/** How the last table of each section is read. */
const LEGEND =
  "Of the Gram matrix of the first fold under the chosen configuration, medians over the seeds: " +
  "alignment with the classes (1 knows them already); effective rank; shots a pair of rows below " +
  "which noise hides how fidelities differ; g, the geometric difference from rbf-svm's matrix, " +
  "over the root of the number of rows (far below 1, no labels exist that the kernel could be " +
  "much better at); s, the model complexity of the labels, over the number of rows (less is " +
  "better). Both with a ridge of 0.01.";

/** What a prediction takes, by the model in the middle of each family. */
function costText({ models }: TableReport): string {
  const usual = (family: string) => {
    const own = models.filter((one) => one.family === family).map((one) => one.predictCpuUs);
    return own.toSorted((a, b) => a - b)[own.length >> 1].toPrecision(2);
  };
  return (
    `To predict a row takes ${usual("classical")} CPU-us with a classical model, ` +
    `${usual("inspired")} with a quantum-inspired one, and ${usual("quantum")} to simulate a ` +
    "quantum one (the upper middle of each family)."
  );
}

function modelTable({ models }: TableReport): Block {
  const head = ["model", "family", "balanced accuracy", "worst to best seed", "usual choice"];
  const costs = ["tuning, CPU-ms", "a prediction, CPU-us", "circuits a prediction"];
  const rows = models.map((model) => [
    ...[model.name, model.family, percent(model.score)],
    `${percent(model.least)} to ${percent(model.greatest)}`,
    ...[model.chosen, model.tuneCpuMs.toFixed(0), model.predictCpuUs.toPrecision(2)],
    model.circuits === 0 ? "-" : `${model.circuits}`,
  ]);
  return { kind: "table", rows: [[...head, ...costs], ...rows] };
}

const COMPARISON_HEAD = Object.freeze([
  ...["compared", "difference, 95 % interval", "p", "effect size"],
  "seeds better, same, worse",
]);

function comparisonRow(found: Comparison): readonly string[] {
  const { title, p, effectSize, better, same, worse } = found;
  const effect = effectSize === null ? "-" : effectSize.toFixed(2);
  return [title, differenceText(found), pText(p), effect, `${better}, ${same}, ${worse}`];
}

function curveTable(curves: readonly CurvePoint[]): Block {
  const sizes = [...new Set(curves.map(({ rows }) => rows))];
  const families = [...new Set(curves.map(({ family }) => family))];
  const rows = families.map((family) => [
    family,
    ...sizes.map((size) => {
      const point = curves.find((one) => one.family === family && one.rows === size);
      return point === undefined ? "-" : percent(point.score);
    }),
  ]);
  return {
    kind: "table",
    rows: [["first fold, learnt from", ...sizes.map((size) => `${size} rows`)], ...rows],
  };
}

function diagnosisTable({ diagnoses }: TableReport): Block {
  const head = ["kernel", "alignment", "effective rank", "shots a pair", "g / root N", "s / N"];
  const rows = diagnoses.map((one) => [
    one.name,
    one.alignment.toFixed(2),
    one.effectiveRank.toFixed(1),
    one.family === "classical" ? "-" : one.shotsMin.toPrecision(2),
    one.geometricDifference.toFixed(2),
    one.complexity.toFixed(2),
  ]);
  return { kind: "table", rows: [head, ...rows] };
}

function differenceText({ difference, lower, upper }: Comparison): string {
  const points = (share: number) => (100 * share).toFixed(1);
  return `${points(difference)} (${points(lower)} to ${points(upper)})`;
}

function pText(p: number): string {
  return p < 0.001 ? "below 0.001" : p.toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
