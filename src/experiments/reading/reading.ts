/**
 * Readings: what an experiment says so far, as fields, and one sentence made from them. A reading
 * that cannot be trusted says why and shows no finding.
 */
import { minorDigits } from "#foundation";
import type { Estimate } from "#statistics";
import { type KpiName, kpiNamed } from "../outcomes/kpis.ts";
import type { Finding } from "./finding.ts";

/** What an experiment shows of one figure. */
export interface FigureReading {
  readonly kpi: KpiName;
  readonly control: number;
  readonly treated: number;
  /** Treated less control, in the figure's unit. */
  readonly effect: Estimate;
  /** Standard error of the effect. */
  readonly standardError: number;
  /** The same with an interval that holds at every look; absent while there is too little. */
  readonly anytime: Estimate | undefined;
  /** For one look at the end, from the randomisation test; guardrails' adjusted after Holm. */
  readonly p: number;
  readonly anytimeP: number;
  readonly finding: Finding;
}

/**
 * Whether slices are lost from one arm more than from the other. Slices are what is randomised, and
 * pairs make their numbers equal, so it is the lost ones that must fall on both arms alike.
 */
export interface SampleRatio {
  readonly controlLost: number;
  readonly treatmentLost: number;
  /** Exact binomial where they are few; for one look. */
  readonly p: number;
  readonly isSound: boolean;
}

/** What an experiment says so far. */
export interface ExperimentReading {
  readonly experiment: string;
  readonly isOver: boolean;
  readonly slicesPlanned: number;
  readonly slicesSeen: number;
  readonly pairs: number;
  /** Slices whose partner is missing; they count for nothing. */
  readonly slicesAlone: number;
  readonly level: number;
  readonly sampleRatio: SampleRatio;
  /** The figure the experiment is about. */
  readonly primary: FigureReading;
  /** Figures that shall not get worse. */
  readonly guardrails: readonly FigureReading[];
  /** Guardrails that cannot be read: nothing of them was observed. */
  readonly unread: readonly KpiName[];
  /**
   * The primary figure's effect on slices whose predecessor ran the same arm. Far from the effect
   * itself it says that the burn-in is too short; it spreads widely. Absent while slices miss.
   */
  readonly carriedEffect: number | undefined;
  readonly conclusion: Conclusion;
}

/** The one thing to take away. */
export interface Conclusion {
  readonly kind: "unsound" | "harmful" | Finding;
  readonly words: string;
}

/** The conclusion on a reading's fields. */
export function conclusionOf(reading: Omit<ExperimentReading, "conclusion">): Conclusion {
  const { sampleRatio, primary, guardrails, isOver } = reading;
  const name = kpiNamed(primary.kpi).title;
  if (!sampleRatio.isSound) {
    const { controlLost, treatmentLost } = sampleRatio;
    return {
      kind: "unsound",
      words:
        `Not readable: ${controlLost} slices of control and ${treatmentLost} of treatment were ` +
        "lost, which chance does not explain. Find what loses them first.",
    };
  }
  const harmed = guardrails.filter(({ finding }) => finding === "worse");
  const p = isOver ? primary.p : primary.anytimeP;
  const moved = `${name} ${changeText(primary)}, p ${chanceText(p)}`;
  if (harmed.length > 0) {
    const names = harmed.map(({ kpi }) => kpiNamed(kpi).title).join(", ");
    return { kind: "harmful", words: `The treatment makes ${names} worse; ${moved}.` };
  }
  const so = {
    better: `The treatment is better: ${moved}.`,
    worse: `The treatment is worse: ${moved}.`,
    changed: `The treatment makes a difference: ${moved}.`,
    "not-shown": isOver
      ? `No difference is shown: ${moved}. That is no proof that there is none.`
      : `Nothing is shown yet: ${moved}, with the experiment still running.`,
  }[primary.finding];
  return { kind: primary.finding, words: so };
}

type FigureChange = Pick<FigureReading, "kpi" | "control" | "treated" | "effect">;

/**
 * What a figure says, as text: both arms, their difference, and its interval. Money is in minor
 * units where its currency is not known.
 */
export function figureTexts(
  { kpi, control, treated, effect: { value, lower, upper } }: FigureChange,
  currency?: string,
): Readonly<Record<"control" | "treated" | "change" | "interval", string>> {
  const { show, sign } = styleOf(kpiNamed(kpi).unit, currency);
  const level = (number: number) => `${show(number)}${sign.level}`;
  return {
    control: level(control),
    treated: level(treated),
    change: `${show(value)}${sign.change}`,
    interval: `${show(lower)} to ${show(upper)}`,
  };
}

/** `went from 81.2 % to 83.0 %, by 1.8 points (95 % interval 0.6 to 3.0)`. */
export function changeText(figure: FigureChange): string {
  const { control, treated, change, interval } = figureTexts(figure);
  const level = shareText(figure.effect.level);
  return `went from ${control} to ${treated}, by ${change} (${level} interval ${interval})`;
}

/** The test's own p-value decides; near its limit the interval may just miss or hold 0. */
function chanceText(p: number): string {
  return p < 0.001 ? "below 0.001" : p.toFixed(3);
}

/** How numbers of a unit are written, and what stands behind a level and behind a change. */
function styleOf(unit: "share" | "seconds" | "points" | "minor", currency: string | undefined) {
  const both = (text: string) => ({ level: text, change: text });
  switch (unit) {
    case "share":
      return {
        show: (number: number) => (100 * number).toFixed(1),
        sign: { level: " %", change: " points" },
      };
    case "seconds":
      return { show: (number: number) => number.toFixed(1), sign: both(" s") };
    case "points":
      return { show: (number: number) => number.toFixed(2), sign: both("") };
    case "minor":
      return currency === undefined
        ? { show: (number: number) => String(Math.round(number)), sign: both(" minor units") }
        : { show: (number: number) => majorText(number, currency), sign: both(` ${currency}`) };
  }
}

function majorText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

/** A share for people, to a tenth of a percent. */
export function shareText(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
