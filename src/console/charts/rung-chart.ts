/**
 * Which step of the ladder answered, from the best down.
 */
import * as Plot from "@observablehq/plot";
import type { DecisionSummary } from "#wire";
import { RUNGS } from "../words.ts";
import { finished, frame, INK, type Picture } from "./chart.ts";
import { rungCounts } from "./rung-counts.ts";

/** Draws one bar per rung. */
export function rungChart(decisions: readonly DecisionSummary[], width: number): Picture {
  const counts = rungCounts(decisions);
  return finished(
    Plot.plot({
      ...frame(width, "Decisions by the rung of the ladder that answered"),
      height: 200,
      marginRight: 88,
      x: { domain: [0, Math.max(1, ...counts.map(({ count }) => count))], axis: null },
      y: { domain: RUNGS.map(({ name }) => name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(counts, {
          x: "count",
          y: "rung",
          fill: ({ rung }) => (rung === "proved" ? INK.strong : INK.faint),
        }),
        Plot.text(counts, {
          x: "count",
          y: "rung",
          text: ({ count, share }) => `${count}, ${Math.round(share * 100)} %`,
          textAnchor: "start",
          dx: 6,
          fill: INK.plain,
        }),
        Plot.ruleX([0], { stroke: INK.plain }),
      ],
    }),
  );
}
