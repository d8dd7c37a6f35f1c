/**
 * One centre put through experiments whose right answer is known: the effect of treating everybody,
 * measured on the same contacts under either policy; a switchback; and the split of customers that
 * shared agents make wrong.
 */
import { type RandomStream, randomStream } from "#foundation";
import {
  assignSlice,
  type SwitchbackDesign,
} from "../../src/experiments/assignment/switchback-design.ts";
import {
  type SliceShare,
  type SwitchbackEffect,
  switchbackEffect,
} from "../../src/experiments/reading/switchback-effect.ts";
import {
  type Centre,
  type Day,
  type DayOutcome,
  drawDay,
  OPEN_SECONDS,
  runDay,
} from "./queue-centre.ts";

const SLICE_SECONDS = 3600;
export const SLICES_A_DAY = OPEN_SECONDS / SLICE_SECONDS;
const WITHIN_SECONDS = 20;

/** Figures looked at, each a ratio of totals over contacts. */
export const FIGURES = ["serviceLevel", "waitMean", "abandonment", "handleTime"] as const;
export type Figure = (typeof FIGURES)[number];

/** Numerators and denominators of the figures, in their order. */
type Totals = Float64Array;

export function emptyTotals(): Totals {
  return new Float64Array(2 * FIGURES.length);
}

/** Adds one contact: answered within the limit of all offered; waits of all; who left; handling. */
export function addContact(totals: Totals, outcome: DayOutcome, contact: number): void {
  const wait = outcome.waits[contact];
  const handled = outcome.handled[contact];
  const served = handled > 0 ? 1 : 0;
  totals[0] += served === 1 && wait <= WITHIN_SECONDS ? 1 : 0;
  totals[1] += 1;
  totals[2] += wait;
  totals[3] += 1;
  totals[4] += 1 - served;
  totals[5] += 1;
  totals[6] += handled;
  totals[7] += served;
}

export function ratio(totals: Totals, figure: number): number {
  return totals[2 * figure] / totals[2 * figure + 1];
}

/** The effect of treating everybody: the same days under either policy. */
export function trueEffects(centre: Centre, days: number, random: RandomStream): number[] {
  const treated = emptyTotals();
  const control = emptyTotals();
  for (let index = 0; index < days; index += 1) {
    const day = drawDay(centre, random);
    addDay(
      treated,
      day,
      runDay(centre, day, () => true),
    );
    addDay(
      control,
      day,
      runDay(centre, day, () => false),
    );
  }
  return FIGURES.map((_, figure) => ratio(treated, figure) - ratio(control, figure));
}

function addDay(totals: Totals, day: Day, outcome: DayOutcome): void {
  for (let contact = 0; contact < day.count; contact += 1) addContact(totals, outcome, contact);
}

/** A design of so many days and a burn-in. */
export function designOf(seed: number, days: number, burnInSeconds: number): SwitchbackDesign {
  return {
    kind: "switchback",
    experiment: "routing",
    seed,
    pools: ["all"],
    startUtcMs: 0,
    sliceMs: SLICE_SECONDS * 1000,
    burnInMs: burnInSeconds * 1000,
    slicesPerPeriod: SLICES_A_DAY,
    periods: days,
  };
}

/** Runs a switchback; `hasEffect` false gives control to both arms. */
export function runSwitchback(
  centre: Centre,
  design: SwitchbackDesign,
  hasEffect: boolean,
  random: RandomStream,
): readonly Totals[] {
  const slices: Totals[] = [];
  for (let index = 0; index < design.periods; index += 1) {
    const day = drawDay(centre, random);
    const first = index * SLICES_A_DAY;
    const arms = Array.from(
      { length: SLICES_A_DAY },
      (_, slice) => hasEffect && assignSlice(design, "all", first + slice).arm === "treatment",
    );
    const at = (now: number) => Math.min(SLICES_A_DAY - 1, Math.floor(now / SLICE_SECONDS));
    const outcome = runDay(centre, day, (_, now) => arms[at(now)]);
    const totals = arms.map(emptyTotals);
    for (let contact = 0; contact < day.count; contact += 1) {
      const arrival = day.arrivals[contact];
      const isBurnIn = (arrival % SLICE_SECONDS) * 1000 < design.burnInMs;
      if (!isBurnIn) addContact(totals[at(arrival)], outcome, contact);
    }
    slices.push(...totals);
  }
  return slices;
}

export function effectOf(
  design: SwitchbackDesign,
  slices: readonly Totals[],
  figure: number,
  draws: number,
): SwitchbackEffect {
  const shares = slices.map(
    (totals, slice): SliceShare => ({
      pool: "all",
      slice,
      numerator: totals[2 * figure],
      denominator: totals[2 * figure + 1],
    }),
  );
  const random = randomStream(design.seed, "randomisation test");
  const found = switchbackEffect(design, shares, { level: 0.95, draws }, random);
  if (found === undefined) throw new Error("expected pairs, got none");
  return found;
}
