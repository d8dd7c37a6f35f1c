/**
 * Switchback experiments: where contacts share agents, what one contact gets changes what the next
 * one finds, so whole stretches of time are given to one arm. Time is cut into slices,
 * circumstances repeat after a period (a day, a week), and each slice is paired with the one a
 * period later: a coin says which of the two is treated. So every hour of the day is treated
 * exactly as often as not, and what the hour does to the figures drops out of the comparison. The
 * beginning of a slice still serves what the slice before left behind: outcomes of this *burn-in*
 * are kept but not counted.
 *
 * Sources: I. Bojinov, D. Simchi-Levi and J. Zhao, "Design and analysis of switchback experiments",
 * Management Science 69 (2023); pairing as in G. W. Imbens and D. B. Rubin, "Causal inference"
 * (2015), chapter 10.
 */
import { assert, Fault, type Flaw, randomStream } from "#foundation";
import { EXPERIMENT_FAULTS } from "../faults.ts";

/** The arms of an experiment: what is done today, and what is tried. */
export type ArmName = "control" | "treatment";

/** A switchback experiment. */
export interface SwitchbackDesign {
  readonly kind: "switchback";
  /** Its name; another name draws other coins. */
  readonly experiment: string;
  readonly seed: number;
  /** Groups of agents that share no contacts, each with its own coins. */
  readonly pools: readonly string[];
  readonly startUtcMs: number;
  readonly sliceMs: number;
  /** How much of each slice's beginning is not counted. */
  readonly burnInMs: number;
  /** After so many slices circumstances repeat. */
  readonly slicesPerPeriod: number;
  /** How many periods it runs; even, because they come in pairs. */
  readonly periods: number;
}

/** What one slice of one pool was given. */
export interface SliceAssignment {
  readonly pool: string;
  /** From 0. */
  readonly slice: number;
  readonly arm: ArmName;
  /** The chance with which this arm was drawn. */
  readonly propensity: number;
  /** Slices of one pool with the same pair are each other's comparison. */
  readonly pair: number;
}

/** How many slices each pool has. */
export function sliceCount({ slicesPerPeriod, periods }: SwitchbackDesign): number {
  return slicesPerPeriod * periods;
}

/** The design, if it can be run. @throws Fault `experiment-design-invalid`, naming every flaw. */
export function checkedSwitchback(design: SwitchbackDesign): SwitchbackDesign {
  const flaws: Flaw[] = [];
  const expect = (holds: boolean, member: keyof SwitchbackDesign, wanted: string) => {
    const got = JSON.stringify(design[member]);
    if (!holds) flaws.push({ pointer: `/${member}`, message: `expected ${wanted}, got ${got}` });
  };
  const whole = (member: "slicesPerPeriod" | "periods" | "sliceMs" | "startUtcMs" | "seed") =>
    Number.isSafeInteger(design[member]);
  expect(design.experiment !== "", "experiment", "a name");
  expect(whole("seed"), "seed", "a whole number");
  expect(design.pools.length > 0, "pools", "at least one pool");
  expect(new Set(design.pools).size === design.pools.length, "pools", "each pool once");
  expect(whole("startUtcMs"), "startUtcMs", "a whole number of milliseconds");
  expect(whole("sliceMs") && design.sliceMs > 0, "sliceMs", "whole milliseconds above 0");
  const fits = design.burnInMs >= 0 && design.burnInMs < design.sliceMs;
  expect(fits, "burnInMs", "at least 0 and less than a slice");
  expect(whole("slicesPerPeriod") && design.slicesPerPeriod > 0, "slicesPerPeriod", "1 or more");
  const paired = whole("periods") && design.periods >= 2 && design.periods % 2 === 0;
  expect(paired, "periods", "an even number of at least 2");
  if (flaws.length === 0) return design;
  const detail = `design of a switchback: expected no flaws, got ${flaws.length}`;
  throw new Fault(EXPERIMENT_FAULTS.designInvalid, { detail, flaws });
}

/**
 * What a slice is given: a pure function of experiment, seed, pool and slice, in integers only, so
 * that any process draws the same at any time.
 */
export function assignSlice(
  design: SwitchbackDesign,
  pool: string,
  slice: number,
): SliceAssignment {
  const { experiment, seed, slicesPerPeriod } = design;
  assert(
    Number.isInteger(slice) && slice >= 0 && slice < sliceCount(design),
    `a slice of ${experiment}, got ${slice}`,
  );
  const period = Math.floor(slice / slicesPerPeriod);
  const pair = Math.floor(period / 2) * slicesPerPeriod + (slice % slicesPerPeriod);
  const coin = randomStream(seed, "switchback", experiment, pool, pair).below(2);
  const arm = period % 2 === coin ? "treatment" : "control";
  return { pool, slice, arm, propensity: 0.5, pair };
}

/** What a moment is given, and whether it falls into the burn-in; `undefined` outside the run. */
export function assignMoment(
  design: SwitchbackDesign,
  pool: string,
  atUtcMs: number,
): (SliceAssignment & { readonly isBurnIn: boolean }) | undefined {
  const sinceMs = atUtcMs - design.startUtcMs;
  const slice = Math.floor(sinceMs / design.sliceMs);
  if (slice < 0 || slice >= sliceCount(design) || !design.pools.includes(pool)) return undefined;
  const isBurnIn = sinceMs - slice * design.sliceMs < design.burnInMs;
  return { ...assignSlice(design, pool, slice), isBurnIn };
}
