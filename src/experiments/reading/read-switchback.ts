/**
 * Reads a switchback: from the sums of its slices to a conclusion.
 */
import { Fault, type Flaw, type RandomStream } from "#foundation";
import { adjustP, sampleRatioP } from "#statistics";
import { assignSlice, type SwitchbackDesign, sliceCount } from "../assignment/switchback-design.ts";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import { type Kpi, type KpiName, kpiNamed } from "../outcomes/kpis.ts";
import type { AbandonConvention, SliceTotals } from "../outcomes/slice-totals.ts";
import { type Evidence, findingOf } from "./finding.ts";
import { lagEffect } from "./horvitz-thompson.ts";
import {
  conclusionOf,
  type ExperimentReading,
  type FigureReading,
  type SampleRatio,
} from "./reading.ts";
import { type SwitchbackEffect, switchbackEffect } from "./switchback-effect.ts";

/** What is asked of an experiment, fixed before it begins. */
export interface ReadingPlan {
  readonly primary: KpiName;
  readonly guardrails: readonly KpiName[];
  readonly abandoned: AbandonConvention;
  /** Confidence level; 1 less this is the chance of a false finding agreed to. */
  readonly level: number;
}

/** What was seen so far. */
export interface SwitchbackObservations {
  readonly slices: readonly SliceTotals[];
  /** Whether the experiment has run its time; lost slices do not come any more. */
  readonly isOver: boolean;
}

/** Assignments drawn by the randomisation test: p-values to 0.001. */
const DRAWS = 999;
/** Below this p-value missing slices make a reading unsound. Source: Fabijan et al., KDD 2019. */
const SAMPLE_RATIO_P = 0.001;

/**
 * What the experiment says so far. Same slices and stream, same reading.
 *
 * @throws Fault `experiment-observations-invalid` if slices are not the design's, come twice, or
 * hold nothing of the primary figure.
 */
export function readSwitchback(
  design: SwitchbackDesign,
  plan: ReadingPlan,
  { slices, isOver }: SwitchbackObservations,
  random: RandomStream,
): ExperimentReading {
  refuseStrangers(design, slices);
  const slicesPlanned = sliceCount(design) * design.pools.length;
  const effectOf = (kpi: KpiName) =>
    effectOn(design, plan, slices, kpiNamed(kpi), random.fork(kpi));
  const primary = effectOf(plan.primary);
  if (primary === undefined) throw nothingSeen(plan.primary);
  const guarded = plan.guardrails.map((kpi) => ({ kpi, effect: effectOf(kpi) }));
  const seen = guarded.flatMap(({ kpi, effect }) =>
    effect === undefined ? [] : [{ kpi, effect }],
  );
  const sampleRatio = sampleRatioOf(design, slices, isOver);
  const judged = { isOver, isSound: sampleRatio.isSound, alpha: 1 - plan.level };
  const fields = {
    experiment: design.experiment,
    isOver,
    slicesPlanned,
    slicesSeen: slices.length,
    pairs: primary.pairs,
    slicesAlone: primary.slicesAlone,
    level: plan.level,
    sampleRatio,
    primary: figureReading(plan.primary, primary, judged),
    guardrails: adjusted(seen).map(({ kpi, effect }) => figureReading(kpi, effect, judged)),
    unread: guarded.filter(({ effect }) => effect === undefined).map(({ kpi }) => kpi),
    carriedEffect:
      slices.length === slicesPlanned ? carriedEffect(design, plan, slices) : undefined,
  };
  return { ...fields, conclusion: conclusionOf(fields) };
}

interface FigureEffect {
  readonly kpi: KpiName;
  readonly effect: SwitchbackEffect;
}

/** Several guardrails are several chances to be wrong. */
function adjusted(figures: readonly FigureEffect[]): readonly FigureEffect[] {
  const single = adjustP(
    figures.map(({ effect }) => effect.p),
    "holm",
  );
  const everyLook = adjustP(
    figures.map(({ effect }) => effect.anytimeP),
    "holm",
  );
  return figures.map(({ kpi, effect }, index) => ({
    kpi,
    effect: { ...effect, p: single[index], anytimeP: everyLook[index] },
  }));
}

function effectOn(
  design: SwitchbackDesign,
  { abandoned, level }: ReadingPlan,
  slices: readonly SliceTotals[],
  kpi: Kpi,
  random: RandomStream,
): SwitchbackEffect | undefined {
  const shares = slices.map((totals) => ({
    pool: totals.pool,
    slice: totals.slice,
    numerator: kpi.numerator(totals, abandoned),
    denominator: kpi.denominator(totals, abandoned),
  }));
  return switchbackEffect(design, shares, { level, draws: DRAWS }, random);
}

function figureReading(
  kpi: KpiName,
  found: SwitchbackEffect,
  { isSound, ...when }: Pick<Evidence, "isOver" | "alpha"> & { readonly isSound: boolean },
): FigureReading {
  const { control, treated, effect, standardError, anytime, p, anytimeP } = found;
  const { better } = kpiNamed(kpi);
  const evidence = { difference: effect.value, p, anytimeP, better, ...when };
  const finding = isSound ? findingOf(evidence) : "not-shown";
  return { kpi, control, treated, effect, standardError, anytime, p, anytimeP, finding };
}

function sampleRatioOf(
  design: SwitchbackDesign,
  slices: readonly SliceTotals[],
  isOver: boolean,
): SampleRatio {
  const seen = new Set(slices.map(({ pool, slice }) => `${slice} ${pool}`));
  const reached = slices.reduce((last, { slice }) => Math.max(last, slice + 1), 0);
  const planned = { control: 0, treatment: 0 };
  const lost = { control: 0, treatment: 0 };
  for (const pool of design.pools) {
    for (let slice = 0; slice < (isOver ? sliceCount(design) : reached); slice += 1) {
      const { arm } = assignSlice(design, pool, slice);
      planned[arm] += 1;
      if (!seen.has(`${slice} ${pool}`)) lost[arm] += 1;
    }
  }
  const weights = [planned.control, planned.treatment];
  const isTold = Math.min(...weights) > 0;
  const p = isTold ? sampleRatioP([lost.control, lost.treatment], weights) : 1;
  const isSound = p >= SAMPLE_RATIO_P;
  return { controlLost: lost.control, treatmentLost: lost.treatment, p, isSound };
}

/** The mean over pools of the effect of two slices in a row, around the figure's own mean. */
function carriedEffect(
  design: SwitchbackDesign,
  { primary, abandoned }: ReadingPlan,
  slices: readonly SliceTotals[],
): number | undefined {
  // Neighbours that are each other's pair never run the same arm.
  if (design.slicesPerPeriod < 2) return undefined;
  const kpi = kpiNamed(primary);
  const values = slices.map((totals) => {
    return kpi.numerator(totals, abandoned) / kpi.denominator(totals, abandoned);
  });
  if (!values.every(Number.isFinite)) return undefined;
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const effects = design.pools.map((pool) => {
    const own = slices
      .map(({ slice, pool: where }, index) => ({ slice, where, value: values[index] - centre }))
      .filter(({ where }) => where === pool)
      .sort((a, b) => a.slice - b.slice);
    const given = own.map(({ slice }) => assignSlice(design, pool, slice));
    const series = {
      outcomes: own.map(({ value }) => value),
      isTreated: given.map(({ arm }) => arm === "treatment"),
      blocks: given.map(({ pair }) => pair),
      propensity: 0.5,
    };
    return lagEffect(series, 1);
  });
  return effects.reduce((sum, effect) => sum + effect, 0) / effects.length;
}

function refuseStrangers(design: SwitchbackDesign, slices: readonly SliceTotals[]): void {
  const seen = new Set<string>();
  const flaws = slices.flatMap(({ pool, slice }, index): Flaw[] => {
    const key = `${slice} ${pool}`;
    const isOwn = Number.isInteger(slice) && slice >= 0 && slice < sliceCount(design);
    if (!isOwn || !design.pools.includes(pool)) {
      const message = `expected a slice of the design, got ${slice} of pool ${pool}`;
      return [{ pointer: `/slices/${index}`, message }];
    }
    if (seen.has(key)) {
      const message = `expected each slice once, got ${slice} of pool ${pool} again`;
      return [{ pointer: `/slices/${index}`, message }];
    }
    seen.add(key);
    return [];
  });
  if (flaws.length === 0) return;
  const detail = `slices of ${design.experiment}: expected no flaws, got ${flaws.length}`;
  throw new Fault(EXPERIMENT_FAULTS.observationsInvalid, { detail, flaws });
}

function nothingSeen(kpi: KpiName): Fault {
  const detail = `${kpi}: expected at least one whole pair of slices with observations, got none`;
  return new Fault(EXPERIMENT_FAULTS.observationsInvalid, { detail });
}
