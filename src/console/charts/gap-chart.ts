/**
 * The gap over time: how far each answer may be from the best there is, with the running median.
 */
import * as Plot from "@observablehq/plot";
import type { DecisionSummary } from "#wire";
import { finished, frame, INK, type Picture } from "./chart.ts";

/** A decision whose answer has a bound beside it. */
export interface GapPoint {
  readonly at: Date;
  /** Relative, from 0. */
  readonly gap: number;
}

/** Decisions over which the median runs. */
const MEDIAN_OVER = 25;

/** The axis reaches at least this far, so that a run of proofs is not drawn as a mountain range. */
const GAP_SHOWN_MIN = 0.01;

/** The points in order of time; decisions without a bound have none. */
export function gapPoints(decisions: readonly DecisionSummary[]): readonly GapPoint[] {
  return decisions
    .flatMap(({ at, gap }) => (gap === null ? [] : [{ at: new Date(at), gap }]))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** Draws a dot per decision and the running median. */
export function gapChart(decisions: readonly DecisionSummary[], width: number): Picture {
  const points = gapPoints(decisions);
  const over = Math.min(MEDIAN_OVER, Math.max(1, points.length));
  const highest = Math.max(GAP_SHOWN_MIN, ...points.map(({ gap }) => gap));
  return finished(
    Plot.plot({
      ...frame(width, "Gap of each decision over time, with the running median"),
      height: 260,
      x: { type: "utc", label: null },
      y: { label: "gap", tickFormat: ".1~%", grid: true, domain: [0, highest], nice: true },
      marks: [
        Plot.ruleY([0], { stroke: INK.plain }),
        Plot.dot(points, { x: "at", y: "gap", r: 1.8, fill: INK.faint, fillOpacity: 0.6 }),
        Plot.lineY(
          points,
          Plot.windowY(
            { k: over, reduce: "median", anchor: "middle" },
            { x: "at", y: "gap", stroke: INK.strong, strokeWidth: 2 },
          ),
        ),
      ],
    }),
  );
}
