/**
 * The board's page as one file of HTML that needs nothing else and prints on one sheet.
 */
import { FINDING_WORDS } from "#experiments";
import type { Board, BoardFigure, MoneyLine } from "./board.ts";

/** The page's HTML; `footer` says where it comes from. */
export function boardPage(board: Board, footer: string): string {
  const { title, lead, conclusion, figures, money, words, risk, solvedBy, assumptions } = board;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(lead)}</p>
<p class="conclusion">${escaped(conclusion)}</p>
<div class="columns">
<section>
<h2>What it did</h2>
${figureTable(figures)}
</section>
<section>
<h2>What it is worth</h2>
${moneyTable(money)}
${paragraphs(words)}
</section>
<section>
<h2>What can go wrong</h2>
${list(risk)}
</section>
<section>
<h2>Who did it</h2>
${list(solvedBy)}
<h2>Assumed</h2>
${list(assumptions)}
</section>
</div>
<footer>${escaped(footer)}</footer>
</main>
</body>
</html>
`;
}

function figureTable(figures: readonly BoardFigure[]): string {
  const head = row("th", ["", "Rule", "Tandem", "Change", "95 % interval", ""]);
  const body = figures.map(({ title, rule, tandem, change, interval, finding }) =>
    row("td", [title, rule, tandem, change, interval, FINDING_WORDS[finding]]),
  );
  return table(head, body);
}

function moneyTable(money: readonly MoneyLine[]): string {
  const head = row("th", ["", "Median", "5 %", "95 %"]);
  return table(
    head,
    money.map(({ title, median, lower, upper }) => row("td", [title, median, lower, upper])),
  );
}

function table(head: string, body: readonly string[]): string {
  return `<table><thead>${head}</thead><tbody>${body.join("")}</tbody></table>`;
}

function row(cell: "td" | "th", texts: readonly string[]): string {
  return `<tr>${texts.map((text) => `<${cell}>${escaped(text)}</${cell}>`).join("")}</tr>`;
}

function list(texts: readonly string[]): string {
  return `<ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join("")}</ul>`;
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escaped(text)}</p>`).join("");
}

const ENTITIES: Readonly<Record<string, string>> = Object.freeze({
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
});

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; color: #16202c; background: #fff; font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; }
h2 { margin: 1rem 0 .4rem; font-size: 1.05rem; }
p, ul { margin: 0 0 .6rem; }
ul { padding-left: 1.1rem; }
.conclusion { border-left: 4px solid #1f6f5c; padding: .4rem .8rem; font-weight: 600; }
.columns { display: grid; gap: 0 2rem; grid-template-columns: 1fr; }
section { min-width: 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin-bottom: .6rem; }
th, td { padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #d5dae0; text-align: right; }
th:first-child, td:first-child { text-align: left; }
td { font-variant-numeric: tabular-nums; }
footer { margin-top: 1rem; color: #55606e; font-size: .8rem; }
@media (min-width: 60rem) { .columns { grid-template-columns: 1fr 1fr; } }
@media print {
  @page { size: A4; margin: 12mm; }
  body { font-size: 10px; }
  main { max-width: none; padding: 0; }
  .columns { grid-template-columns: 1fr 1fr; }
}
`;
