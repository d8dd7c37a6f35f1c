/**
 * The server's own pages, plain enough to read in a terminal browser.
 */
import type { FaultRow } from "#foundation";
import type { ListedType } from "./front-desk.ts";

/** The front page where the console is not built: what this is, what it decides, where to go. */
export function homePage(version: string, types: readonly ListedType[]): string {
  const catalogue = types.map(
    (type) =>
      `<dt><code>POST /v1/decisions/${escapeHtml(type.id)}</code></dt>` +
      `<dd><b>${escapeHtml(type.title)}</b>. ${escapeHtml(type.summary)}</dd>`,
  );
  return document(
    "Tandem",
    `<h1>Tandem ${escapeHtml(version)}</h1>
<p>Tandem decides. Models say how much each option is worth; Tandem picks the best set of
options under the business rules, before the deadline, and keeps a record that replays.</p>
<p>The console is not built: run <code>npm run build:console</code> in the checkout and start the
server again.</p>
<h2>Decisions</h2>
<dl>${catalogue.join("\n")}</dl>
<h2>Links</h2>
<ul>
<li><a href="/openapi.json">openapi.json</a>: every route, with schemas and examples</li>
<li><a href="/v1/decisions">Latest decisions</a></li>
<li><a href="/v1/policies">Policies</a></li>
<li><a href="/readyz">Readiness</a>, <a href="/healthz">health</a>,
<a href="/metrics">metrics</a></li>
</ul>`,
  );
}

/** The page behind a problem's `type`. */
export function problemPage(row: FaultRow, status: number): string {
  return document(
    row.code,
    `<h1>${escapeHtml(row.title)}</h1>
<p>${escapeHtml(row.remedy)}</p>
<dl><dt>code</dt><dd><code>${escapeHtml(row.code)}</code></dd>
<dt>status</dt><dd>${status}</dd>
<dt>the same request again</dt><dd>${row.retry ? "can help" : "does not help"}</dd></dl>
<p><a href="/">Tandem</a></p>`,
  );
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title></head>
<body>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
