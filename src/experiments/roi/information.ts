/**
 * What it is worth to know more before deciding. Knowledge has value only where it could change the
 * decision: to go ahead, or not to.
 *
 * Source: H. Raiffa and R. Schlaifer, "Applied statistical decision theory" (1961), chapters 4 and
 * 5.
 */
import { expectedShortfall } from "#statistics";
import type { MoreTesting } from "./business-case.ts";
import type { CaseDraws } from "./simulate-case.ts";

/** The value of information, in minor units. */
export interface InformationValue {
  /** Of knowing every number of the case: what going by the mean loses on average. */
  readonly perfect: number;
  /** Of knowing the uplift alone. */
  readonly uplift: number;
}

/** What so many more weeks of testing are worth, in minor units. */
export interface TestingValue {
  readonly weeks: number;
  readonly value: number;
  readonly cost: number;
}

/** The value of knowing everything, and of knowing the uplift, before deciding. */
export function informationValue({
  net,
  uplift,
  valueOfUplift,
  costs,
}: CaseDraws): InformationValue {
  const expected = mean(net);
  const [worth, cost] = [mean(valueOfUplift), mean(costs)];
  // The uplift is drawn apart from all else, so all else is known by its mean.
  const known = uplift.map((one) => one * worth - cost);
  return {
    perfect: aboveZero(net) - Math.max(expected, 0),
    uplift: Math.max(0, aboveZero(known) - Math.max(mean(known), 0)),
  };
}

/**
 * The number of further weeks whose testing is worth most beyond its cost; `undefined` if none is
 * worth its cost. Belief in the uplift is taken as normal with its mean and deviation; what waiting
 * itself loses is not counted.
 */
export function bestTesting(
  { uplift, valueOfUplift, costs }: CaseDraws,
  { deviationOfWeek, costMinorOfWeek, weeksMax }: MoreTesting,
): TestingValue | undefined {
  const centre = mean(uplift);
  const variance = mean(uplift.map((one) => (one - centre) ** 2));
  const worth = mean(valueOfUplift);
  const margin = Math.abs(centre * worth - mean(costs));
  let best: TestingValue | undefined;
  for (let weeks = 1; weeks <= weeksMax && variance > 0; weeks += 1) {
    // How far the belief's mean will move, seen from before the test.
    const moved = variance / Math.sqrt(variance + deviationOfWeek ** 2 / weeks);
    const value = expectedShortfall(margin, moved * worth);
    const cost = weeks * costMinorOfWeek;
    if (value - cost > (best === undefined ? 0 : best.value - best.cost)) {
      best = { weeks, value, cost };
    }
  }
  return best;
}

function aboveZero(numbers: Float64Array): number {
  return mean(numbers.map((one) => Math.max(one, 0)));
}

function mean(numbers: Float64Array): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
