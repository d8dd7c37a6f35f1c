/**
 * The campaigns of switchback-coverage.ts, in any size: how often intervals cover what is true, and
 * how often something is found where there is nothing.
 */
import { type RandomStream, randomStream } from "#foundation";
import { findingOf } from "../../src/experiments/reading/finding.ts";
import { type Centre, drawCentre, drawDay, runDay } from "./queue-centre.ts";
import {
  addContact,
  designOf,
  effectOf,
  emptyTotals,
  FIGURES,
  ratio,
  runSwitchback,
  SLICES_A_DAY,
  trueEffects,
} from "./trial.ts";

const DAYS = 28;
const DRAWS = 999;
const ALPHA = 0.05;

/** What became of one figure over all centres. */
export interface FigureCoverage {
  /** Centres whose 95 % interval holds the true effect. */
  readonly covered: number;
  readonly trueMean: number;
  /** Mean error of the switchback, as a share of the mean true effect. */
  readonly bias: number;
  /** The same of a split of customers in halves. */
  readonly splitBias: number;
}

/** Puts centres through both kinds of experiment; one entry a figure. */
export function coverage({
  centres,
  truthDays,
  burnInSeconds,
  seed,
}: Readonly<
  Record<"centres" | "truthDays" | "burnInSeconds" | "seed", number>
>): readonly FigureCoverage[] {
  const tally = FIGURES.map(() => ({ covered: 0, truth: 0, error: 0, splitError: 0 }));
  for (let index = 0; index < centres; index += 1) {
    const random = randomStream(seed, "centre", index);
    const centre = drawCentre(random.fork("centre"));
    const truths = trueEffects(centre, truthDays, random.fork("truth"));
    const design = designOf(random.fork("design").uint32(), DAYS, burnInSeconds);
    const slices = runSwitchback(centre, design, true, random.fork("switchback"));
    const split = splitEffects(centre, random.fork("split"));
    for (const [figure, truth] of truths.entries()) {
      const { value, lower, upper } = effectOf(design, slices, figure, 0).effect;
      const sums = tally[figure];
      if (lower <= truth && truth <= upper) sums.covered += 1;
      sums.truth += truth;
      sums.error += value - truth;
      sums.splitError += split[figure] - truth;
    }
  }
  return tally.map(({ covered, truth, error, splitError }) => ({
    covered,
    trueMean: truth / centres,
    bias: error / truth,
    splitBias: splitError / truth,
  }));
}

/** Every other customer treated, as if they did not share agents. */
function splitEffects(centre: Centre, random: RandomStream): number[] {
  const [control, treated] = [emptyTotals(), emptyTotals()];
  for (let index = 0; index < DAYS; index += 1) {
    const day = drawDay(centre, random);
    const isTreated = Array.from({ length: day.count }, () => random.below(2) === 1);
    const outcome = runDay(centre, day, (contact) => isTreated[contact]);
    for (let contact = 0; contact < day.count; contact += 1) {
      addContact(isTreated[contact] ? treated : control, outcome, contact);
    }
  }
  return FIGURES.map((_, figure) => ratio(treated, figure) - ratio(control, figure));
}

/** How often each way of judging finds an effect on the first figure where there is none. */
export function falseAlarms({
  runs,
  burnInSeconds,
  seed,
}: Readonly<Record<"runs" | "burnInSeconds" | "seed", number>>): readonly {
  readonly name: string;
  readonly alarms: number;
}[] {
  const alarms = { interval: 0, test: 0, conclusion: 0, everyDay: 0, naiveEveryDay: 0 };
  for (let index = 0; index < runs; index += 1) {
    const random = randomStream(seed, "null", index);
    const centre = drawCentre(random.fork("centre"));
    const design = designOf(random.fork("design").uint32(), DAYS, burnInSeconds);
    const slices = runSwitchback(centre, design, false, random.fork("switchback"));
    const { effect, p } = effectOf(design, slices, 0, DRAWS);
    const excludes = effect.lower > 0 || effect.upper < 0;
    if (excludes) alarms.interval += 1;
    if (p <= ALPHA) alarms.test += 1;
    let [anytime, naive, conclusion] = [false, false, false];
    for (let days = 2; days <= DAYS; days += 2) {
      const look = effectOf(design, slices.slice(0, days * SLICES_A_DAY), 0, 0);
      anytime ||= look.anytimeP <= ALPHA;
      naive ||= look.effect.lower > 0 || look.effect.upper < 0;
      const isOver = days === DAYS;
      const evidence = { ...look, p, isOver, alpha: ALPHA, difference: look.effect.value };
      conclusion ||= findingOf({ ...evidence, better: "higher" }) !== "not-shown";
    }
    if (conclusion) alarms.conclusion += 1;
    if (anytime) alarms.everyDay += 1;
    if (naive) alarms.naiveEveryDay += 1;
  }
  return [
    { name: "a reading's conclusion, 14 looks", alarms: alarms.conclusion },
    { name: "95 % interval excludes 0", alarms: alarms.interval },
    { name: "randomisation test, p <= 0.05", alarms: alarms.test },
    { name: "confidence sequence, 14 looks", alarms: alarms.everyDay },
    { name: "95 % interval misused for 14 looks", alarms: alarms.naiveEveryDay },
  ];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
