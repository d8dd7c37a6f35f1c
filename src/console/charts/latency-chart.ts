/**
 * Latency against the deadline: for each policy the share of decisions answered within a time, on a
 * logarithmic axis, with the deadline the policy promises.
 */
import * as Plot from "@observablehq/plot";
import type { DecisionSummary } from "#wire";
import { finished, frame, INK, type Picture } from "./chart.ts";
import { type Deadlines, latencySteps } from "./latency-steps.ts";

/** Draws the curves, one row per policy. */
export function latencyChart(
  decisions: readonly DecisionSummary[],
  deadlines: Deadlines,
  width: number,
): Picture {
  const steps = latencySteps(decisions);
  const policies = [...new Set(steps.map(({ policy }) => policy))];
  const promised = policies.flatMap((policy) => {
    const deadlineMs = deadlines.get(policy);
    return deadlineMs === undefined ? [] : [{ policy, deadlineMs }];
  });
  return finished(
    Plot.plot({
      ...frame(width, "Share of decisions answered within a time, by policy, and the deadline"),
      height: 60 + 130 * Math.max(1, policies.length),
      marginTop: 30,
      x: { type: "log", label: "latency, ms", tickFormat: "~s", grid: true },
      y: { domain: [0, 1], label: "answered", tickFormat: "%", ticks: 4, grid: true },
      fy: { label: null, axis: null },
      marks: [
        Plot.frame({ stroke: INK.line }),
        Plot.lineY(steps, {
          x: "latencyMs",
          y: "share",
          fy: "policy",
          curve: "step-after",
          stroke: INK.strong,
          strokeWidth: 2,
        }),
        Plot.ruleX(promised, {
          x: "deadlineMs",
          fy: "policy",
          stroke: INK.alarm,
          strokeWidth: 1.5,
        }),
        Plot.text(promised, {
          x: "deadlineMs",
          fy: "policy",
          text: ({ deadlineMs }) => `deadline ${deadlineMs} ms`,
          frameAnchor: "bottom",
          textAnchor: "end",
          dx: -6,
          dy: -6,
          fill: INK.alarm,
        }),
        Plot.text(policies, {
          fy: (policy) => policy,
          text: (policy) => policy,
          frameAnchor: "top-left",
          dx: 6,
          dy: 6,
          fontWeight: 600,
          fill: INK.plain,
        }),
      ],
    }),
  );
}
