/** What a twin has to say of a run, in words: the embedding, the chains, what polishing added. */

import { topologyName } from "#annealer";
import { counted } from "#foundation";
import type { QuadraticProblem } from "#problem";
import type { TwinReport } from "./twin-run.ts";

/** Above this share of broken chains the chains are too weak, by the vendor's rule of thumb. */
const BREAKS_MANY = 0.1;

/** One sentence, or a few. */
export function explanationOf(problem: QuadraticProblem, report: TwinReport): string {
  const { graph, search, reads } = report;
  const where = topologyName(graph.topology);
  if (search.kind === "not-found") return `not embedded into ${where}: ${search.reason}`;
  const { longestChain, qubitCount, origin } = search;
  const chains = `${counted(qubitCount, "qubit")}, longest chain ${longestChain}, ${origin}`;
  const embedded = `embedded into ${where} (${chains})`;
  if (reads === 0) return `${embedded}; the budget ended before a read`;
  return [embedded, breaksOf(report), gainOf(problem, report)].join("; ");
}

function breaksOf({ breaks, reads, dropped, chainStrength }: TwinReport): string {
  const mean = breaks.length === 0 ? 0 : breaks.reduce((sum, one) => sum + one, 0) / breaks.length;
  const worst = Math.max(0, ...breaks);
  const strength = Number(chainStrength.toPrecision(4));
  const read = `${counted(reads, "read")} at chain strength ${strength}`;
  const broken = `${read}, ${percent(mean)} of chains broken`;
  const chain = breaks.indexOf(worst);
  const most = worst > 0 ? ` (that of BQM variable ${chain} in ${percent(worst)} of reads)` : "";
  const lost = dropped > 0 ? `, ${dropped} reads dropped` : "";
  const advice = mean > BREAKS_MANY ? ", which a greater strength would mend" : "";
  return `${broken}${most}${lost}${advice}`;
}

function gainOf({ sense }: QuadraticProblem, report: TwinReport): string {
  const { readObjective: read, polishedObjective: polished } = report;
  if (polished === undefined) return `best feasible read ${read ?? "none"}, not polished`;
  if (read === undefined) return `polishing made the reads feasible, at best ${polished}`;
  const gain = sense === "minimise" ? read - polished : polished - read;
  return gain > 0
    ? `polishing improved ${read} to ${polished}`
    : `read as good as polished: ${read}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
