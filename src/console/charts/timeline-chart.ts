/**
 * A decision's race: one row per lane, a bar per solver's run, a dot where something better was
 * found, and the deadline if the race came near it.
 */
import * as Plot from "@observablehq/plot";
import type { AttemptSpan } from "../decision/attempts.ts";
import { finished, frame, INK, type Picture } from "./chart.ts";

/** Draws the race; `deadlineMs` counts from the request, a little before the race began. */
export function timelineChart(
  attempts: readonly AttemptSpan[],
  deadlineMs: number,
  width: number,
): Picture {
  const ran = attempts.filter(({ end }) => end !== "unstarted");
  const incumbents = ran.flatMap(({ lane, incumbents: found }) =>
    found.map((one) => ({ lane: laneName(lane), ...one })),
  );
  const lastMs = Math.max(1, ...ran.map(({ endMs }) => endMs));
  const isNear = deadlineMs <= 2 * lastMs;
  const shownMs = isNear ? deadlineMs : lastMs;
  return finished(
    Plot.plot({
      ...frame(width, "The race of solvers over time, by lane"),
      marginLeft: 64,
      height: 56 + 54 * Math.max(1, new Set(ran.map(({ lane }) => lane)).size),
      x: {
        label: "ms since the race began",
        domain: [0, shownMs],
        grid: true,
      },
      y: { type: "band", label: null, tickSize: 0, padding: 0.35 },
      marks: [
        bars(
          ran.filter(({ end }) => end === "finished"),
          0.3,
          "none",
        ),
        bars(
          ran.filter(({ end }) => end !== "finished"),
          0.12,
          "3 3",
        ),
        names(
          ran.filter(({ startMs }) => startMs <= shownMs / 2),
          "start",
        ),
        names(
          ran.filter(({ startMs }) => startMs > shownMs / 2),
          "end",
        ),
        Plot.dot(incumbents, { x: "aboutMs", y: "lane", r: 3.5, fill: INK.plain }),
        ...(isNear ? [Plot.ruleX([deadlineMs], { stroke: INK.alarm, strokeWidth: 1.5 })] : []),
      ],
    }),
  );
}

/** Runs that were cut short are drawn paler and dashed. */
function bars(ran: readonly AttemptSpan[], fillOpacity: number, strokeDasharray: string) {
  const channels = { x1: "startMs", x2: "endMs", y: ({ lane }: AttemptSpan) => laneName(lane) };
  const style = { fill: INK.strong, fillOpacity, stroke: INK.strong, strokeDasharray };
  return Plot.barX(ran, { ...channels, ...style });
}

/** Above each run its solver, towards the middle of the picture, where there is room. */
function names(ran: readonly AttemptSpan[], textAnchor: "start" | "end") {
  return Plot.text(ran, {
    x: textAnchor === "start" ? "startMs" : "endMs",
    y: ({ lane }: AttemptSpan) => laneName(lane),
    text: ({ solver, end }: AttemptSpan) => (end === "finished" ? solver : `${solver}, ${end}`),
    textAnchor,
    dx: textAnchor === "start" ? 5 : -5,
    dy: -24,
    fill: INK.plain,
  });
}

function laneName(lane: number): string {
  return `lane ${lane}`;
}
