/**
 * Reads a split of units: two independent arms, one metric.
 */
import { unreachable } from "#foundation";
import {
  type Arm,
  anytimeComparison,
  armDifference,
  type Comparison,
  observationsPerArm,
  type Scale,
  sampleRatioAnytimeP,
  sampleRatioP,
  welchComparison,
} from "#statistics";
import type { ArmName } from "../assignment/switchback-design.ts";
import type { SplitDesign } from "../assignment/unit-split.ts";
import { type ArmPair, armsOf, type UnitOutcome } from "../outcomes/unit-outcome.ts";
import { type Finding, findingOf } from "./finding.ts";

/** What is asked of a split, fixed before it begins. */
export interface SplitPlan {
  readonly metric: string;
  readonly better: "higher" | "lower" | "neither";
  readonly scale: Scale;
  readonly level: number;
  /** Units at which the interval for every look is to be tightest: those planned. */
  readonly unitsPlanned: number;
}

/** What was seen so far. */
export interface SplitObservations {
  readonly units: readonly UnitOutcome[];
  readonly isOver: boolean;
}

/** What a split says so far. */
export interface SplitReading {
  readonly experiment: string;
  readonly metric: string;
  readonly scale: Scale;
  readonly isOver: boolean;
  readonly level: number;
  readonly units: Readonly<Record<ArmName, number>>;
  /** For one look, and for every look. */
  readonly sampleRatio: {
    readonly p: number;
    readonly anytimeP: number;
    readonly isSound: boolean;
  };
  /** Absent where nothing varies or an arm has fewer than two units. */
  readonly single: Comparison | undefined;
  readonly anytime: Comparison | undefined;
  readonly standardError: number | undefined;
  readonly finding: Finding | "unsound";
  /**
   * Of a proportion: units per arm that would show a difference of this size four times in five;
   * absent for other metrics and where there is none.
   */
  readonly unitsPerArmForPower: number | undefined;
}

/** Below this p-value units are lost from one arm. Source: A. Fabijan et al., KDD 2019. */
const SAMPLE_RATIO_P = 0.001;
const POWER = 0.8;

/** What the split says so far. */
export function readSplit(
  design: SplitDesign,
  plan: SplitPlan,
  { units: outcomes, isOver }: SplitObservations,
): SplitReading {
  const { experiment, treatedShare } = design;
  const arms = armsOf(design, outcomes);
  const units = { control: sizeOf(arms.control), treatment: sizeOf(arms.treatment) };
  const { metric, better, scale, level, unitsPlanned } = plan;
  const alpha = 1 - level;
  const counts = [units.control, units.treatment];
  const shares = [1 - treatedShare, treatedShare];
  const everyLook = sampleRatioAnytimeP(counts, shares);
  // Every look counts while it runs; at the end one look does.
  const isSound = (isOver ? sampleRatioP(counts, shares) : everyLook) >= SAMPLE_RATIO_P;
  const found = armDifference(arms.control, arms.treatment, scale);
  const single = found && welchComparison(found, alpha);
  const anytime = found && anytimeComparison(found, alpha, unitsPlanned);
  const difference = found?.value ?? 0;
  const evidence = { p: single?.p ?? 1, anytimeP: anytime?.p ?? 1, isOver, alpha, better };
  return {
    ...{ experiment, metric, scale, isOver, level, units },
    sampleRatio: { p: sampleRatioP(counts, shares), anytimeP: everyLook, isSound },
    ...{ single, anytime },
    standardError: found?.standardError,
    finding: isSound ? findingOf({ ...evidence, difference }) : "unsound",
    unitsPerArmForPower: unitsForPower(arms, alpha),
  };
}

function sizeOf(arm: Arm): number {
  switch (arm.kind) {
    case "proportion":
      return arm.count;
    case "quantile":
      return arm.observations;
    case "mean":
    case "ratio":
    case "adjusted-mean":
      return arm.sums.count;
    default:
      return unreachable(arm);
  }
}

function unitsForPower({ control, treatment }: ArmPair, alpha: number): number | undefined {
  if (control.kind !== "proportion" || treatment.kind !== "proportion") return undefined;
  if (control.count === 0 || treatment.count === 0) return undefined;
  const before = control.successes / control.count;
  const after = treatment.successes / treatment.count;
  if (before === after) return undefined;
  return Math.ceil(observationsPerArm({ before, after, alpha, power: POWER }));
}
