/**
 * The key figures of a contact centre, each one ratio of two sums. One record says all of a figure;
 * readings, tables and pages are made from it.
 */
import { present } from "#foundation";
import type { AbandonConvention, SliceTotals } from "./slice-totals.ts";

/** One key figure. */
export interface Kpi {
  readonly name: KpiName;
  /** In words, for a heading. */
  readonly title: string;
  /** `share` is shown in per cent, `minor` in money. */
  readonly unit: "share" | "seconds" | "points" | "minor";
  /** Which way is good; occupancy has no good way by itself. */
  readonly better: "higher" | "lower" | "neither";
  numerator(totals: SliceTotals, abandoned: AbandonConvention): number;
  denominator(totals: SliceTotals, abandoned: AbandonConvention): number;
}

/** The names of the figures. */
export const KPI_NAMES = [
  ...(["service-level", "speed-of-answer", "abandonment", "handle-time", "occupancy"] as const),
  ...(["resolution", "transfers", "satisfaction", "cost-per-contact"] as const),
] as const;

/** The name of a figure. */
export type KpiName = (typeof KPI_NAMES)[number];

const KPIS: readonly Kpi[] = [
  kpi("service-level", "service level", "share", "higher", {
    numerator: (totals, abandoned) =>
      totals.answeredWithin + (abandoned === "short-met" ? totals.abandonedWithin : 0),
    denominator: countedContacts,
  }),
  kpi("speed-of-answer", "average speed of answer", "seconds", "lower", {
    numerator: ({ answerSeconds }) => answerSeconds,
    denominator: ({ answered }) => answered,
  }),
  kpi("abandonment", "abandonment", "share", "lower", {
    numerator: ({ abandoned }) => abandoned,
    denominator: ({ offered }) => offered,
  }),
  kpi("handle-time", "average handle time", "seconds", "lower", {
    numerator: ({ handleSeconds }) => handleSeconds,
    denominator: ({ answered }) => answered,
  }),
  kpi("occupancy", "occupancy", "share", "neither", {
    numerator: ({ busySeconds }) => busySeconds,
    denominator: ({ staffedSeconds }) => staffedSeconds,
  }),
  kpi("resolution", "resolution", "share", "higher", {
    numerator: ({ resolved }) => resolved,
    denominator: ({ resolvedKnown }) => resolvedKnown,
  }),
  kpi("transfers", "transfers", "share", "lower", {
    numerator: ({ transferred }) => transferred,
    denominator: ({ transferredKnown }) => transferredKnown,
  }),
  kpi("satisfaction", "satisfaction", "points", "higher", {
    numerator: ({ satisfaction }) => satisfaction,
    denominator: ({ satisfactionKnown }) => satisfactionKnown,
  }),
  kpi("cost-per-contact", "cost per contact", "minor", "lower", {
    numerator: ({ costMinor }) => costMinor,
    denominator: ({ offered }) => offered,
  }),
];

/** The figure of a name. */
export function kpiNamed(name: KpiName): Kpi {
  return present(
    KPIS.find((one) => one.name === name),
    `the figure ${name}`,
  );
}

function kpi(
  name: KpiName,
  title: string,
  unit: Kpi["unit"],
  better: Kpi["better"],
  parts: Pick<Kpi, "numerator" | "denominator">,
): Kpi {
  return { name, title, unit, better, ...parts };
}

function countedContacts(totals: SliceTotals, abandoned: AbandonConvention): number {
  switch (abandoned) {
    case "left-out":
      return totals.answered;
    case "short-left-out":
      return totals.offered - totals.abandonedWithin;
    case "missed":
    case "short-met":
      return totals.offered;
  }
}
